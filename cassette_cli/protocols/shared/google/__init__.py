"""Gemini contents: what requests say and what replies bring, in the Gemini API, Vertex AI and Code Assist."""

from cassette_cli.protocols.shared.google.prompt import content_message, prompt
from cassette_cli.protocols.shared.google.reply import read
from cassette_cli.protocols.shared.google.usage import usage_of

__all__ = ["content_message", "prompt", "read", "usage_of"]
