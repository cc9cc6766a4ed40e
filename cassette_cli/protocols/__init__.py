"""What the bodies of LLM calls mean, protocol by protocol."""

from cassette_cli.protocols import (
    anthropic,
    anthropic_batches,
    anthropic_completions,
    anthropic_count_tokens,
    bedrock_agents,
    bedrock_converse,
    bedrock_count_tokens,
    bedrock_invoke,
    cloudflare_workers_ai,
    cohere_chat,
    cohere_embed,
    cohere_generate,
    dashscope_generation,
    google_cached_content,
    google_count_tokens,
    google_embed_content,
    google_generate_content,
    google_interactions,
    huggingface_text_generation,
    mcp,
    ollama_chat,
    ollama_embed,
    ollama_generate,
    openai_assistants,
    openai_audio,
    openai_batches,
    openai_chat,
    openai_completions,
    openai_embeddings,
    openai_images,
    openai_moderations,
    openai_responses,
    replicate_predictions,
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
    anthropic_batches,
    openai_batches,
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
    openai_images,
    openai_audio,
    openai_moderations,
    anthropic_completions,
    anthropic_count_tokens,
    cohere_generate,
    huggingface_text_generation,
    replicate_predictions,
    cloudflare_workers_ai,
    mcp,
    dashscope_generation,
]


def detect(call: Call) -> ProtocolModule | None:
    """The protocol of a call, None for plain HTTP."""
    return next((protocol for protocol in PROTOCOLS if protocol.matches(call)), None)


def named(name: str) -> ProtocolModule:
    """The protocol of this name. Raises KeyError where there is none."""
    return {protocol.NAME: protocol for protocol in PROTOCOLS}[name]
