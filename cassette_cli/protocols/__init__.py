"""What the bodies of LLM calls mean, protocol by protocol."""

from collections.abc import Sequence

from cassette_cli.protocols.base import Call, ProtocolModule
from cassette_cli.registry import Registry

# Most specific first: the first that matches speaks.
PROTOCOLS: Sequence[ProtocolModule] = Registry(
    __name__,
    [
        "bedrock_converse",
        "bedrock_invoke",
        "bedrock_count_tokens",
        "bedrock_agents",
        "google_generate_content",
        "google_embed_content",
        "google_count_tokens",
        "google_cached_content",
        "google_interactions",
        "anthropic_batches",
        "openai_batches",
        "anthropic",
        "openai_chat",
        "openai_responses",
        "ollama_chat",
        "ollama_generate",
        "cohere_chat",
        "openai_completions",
        "openai_embeddings",
        "cohere_embed",
        "ollama_embed",
        "openai_assistants",
        "openai_images",
        "openai_audio",
        "openai_moderations",
        "anthropic_completions",
        "anthropic_count_tokens",
        "cohere_generate",
        "huggingface_text_generation",
        "replicate_predictions",
        "cloudflare_workers_ai",
        "mcp",
        "dashscope_generation",
    ],
)


def detect(call: Call) -> ProtocolModule | None:
    """The protocol of a call, None for plain HTTP."""
    return next((protocol for protocol in PROTOCOLS if protocol.matches(call)), None)


def named(name: str) -> ProtocolModule:
    """The protocol of this name. Raises KeyError where there is none."""
    for protocol in PROTOCOLS:
        if name == protocol.NAME:
            return protocol
    raise KeyError(name)
