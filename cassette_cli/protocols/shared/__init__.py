"""Readings that several protocols share: Anthropic messages travel by themselves and inside AWS Bedrock, chat
completions too. Protocol modules never import each other; what they have in common lies here or in `base`."""
