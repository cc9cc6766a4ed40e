"""What the bodies of LLM calls mean, protocol by protocol."""

from cassette_cli.protocols import (
    anthropic,
    bedrock_agents,
    bedrock_converse,
    bedrock_count_tokens,
    bedrock_invoke,
    cohere_chat,
    cohere_embed,
    google_cached_content,
    google_count_tokens,
    google_embed_content,
    google_generate_content,
    google_interactions,
    ollama_chat,
    ollama_embed,
    ollama_generate,
    openai_assistants,
    openai_chat,
    openai_completions,
    openai_embeddings,
    openai_responses,
)
from cassette_cli.protocols.base import Call, ProtocolModule

# Most specific first: the first that matches speaks.
PROTOCOLS: list[ProtocolModule] = [
    bedrock_converse,
    bedrock_invoke,
    bedrock_count_tokens,
    bedrock_agents,
    google_generate_content,
    google_embed_content,
    google_count_tokens,
    google_cached_content,
    google_interactions,
    anthropic,
    openai_chat,
    openai_responses,
    ollama_chat,
    ollama_generate,
    cohere_chat,
    openai_completions,
    openai_embeddings,
    cohere_embed,
    ollama_embed,
    openai_assistants,
]


def detect(call: Call) -> ProtocolModule | None:
    """The protocol of a call, None for plain HTTP."""
    return next((protocol for protocol in PROTOCOLS if protocol.matches(call)), None)
