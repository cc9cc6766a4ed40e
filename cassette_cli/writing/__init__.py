"""What providers send for the same reply, streamed and plain: one module for each protocol."""

from cassette_cli.writing import (
    anthropic_messages,
    bedrock_converse,
    bedrock_invoke,
    cohere_chat,
    google_generate_content,
    ollama_chat,
    ollama_generate,
    openai_chat,
    openai_completions,
    openai_responses,
)
from cassette_cli.writing.base import Writer

WRITERS: list[Writer] = [
    openai_chat,
    openai_responses,
    openai_completions,
    anthropic_messages,
    google_generate_content,
    ollama_chat,
    ollama_generate,
    cohere_chat,
    bedrock_converse,
    bedrock_invoke,
]


def named(protocol: str) -> Writer | None:
    """The writer of a protocol, None where none is known."""
    return next((writer for writer in WRITERS if protocol == writer.NAME), None)
