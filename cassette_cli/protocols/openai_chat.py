"""OpenAI's chat completions and all who speak them: Azure, OpenRouter, Groq, DeepSeek, xAI, Mistral, Perplexity, vLLM,
llama.cpp, Ollama's and Google's compatible endpoints, and many more.

https://platform.openai.com/docs/api-reference/chat

    POST /v1/chat/completions
    {"model": "m", "messages": [{"role": "user", "content": "Hi"}], "stream": true}

    data: {"id": "c1", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": "Hello"}}]}
    data: [DONE]
"""

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import Call, at, list_at
from cassette_cli.protocols.shared.chat import prompt, read

NAME = "openai.chat_completions"


__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path (`.../chat/completions`, whatever stands before) or by the shape of request and response, for the
    servers with a path of their own (Writer's /v1/chat, Mistral's agents, watsonx, Databricks)."""
    path = call.path.rstrip("/")
    if path.endswith("/chat/completions"):
        return call.method in ("POST", "") or _is_completion(call.response)
    return not call.on_bedrock and (_is_completion(call.response) or _is_exchange(call))


def _is_completion(response: Json) -> bool:
    name = at(response, "object")
    return isinstance(name, str) and name.startswith("chat.completion") and isinstance(at(response, "choices"), list)


def _is_exchange(call: Call) -> bool:
    """A conversation answered by choices that bear messages, under whatever name."""
    choices = at(call.response, "choices")
    has_messages = isinstance(at(call.request, "messages"), list) and isinstance(choices, list)
    return has_messages and all(
        isinstance(choice, dict) and ("delta" in choice or "message" in choice) for choice in list_at(choices)
    )
