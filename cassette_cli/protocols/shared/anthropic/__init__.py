"""Anthropic messages: what requests say and what replies bring, wherever they travel."""

from cassette_cli.protocols.shared.anthropic.prompt import prompt
from cassette_cli.protocols.shared.anthropic.reply import read, usage_of

__all__ = ["prompt", "read", "usage_of"]
