"""OpenAI's Responses API and all who speak it: Azure, OpenRouter, xAI, DeepSeek, Bedrock's gateway, vLLM, Ollama ...

https://platform.openai.com/docs/api-reference/responses

    POST /v1/responses
    {"model": "m", "instructions": "You are terse.", "input": "Hi", "stream": true}

    event: response.output_text.delta
    data: {"type": "response.output_text.delta", "output_index": 0, "content_index": 0, "delta": "Hello", ...}
"""

import re

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import Call, at, text_at
from cassette_cli.protocols.openai_responses.prompt import prompt
from cassette_cli.protocols.openai_responses.reply import read

NAME = "openai.responses"

# A response made, fetched, cancelled or deleted, or a conversation compacted; what is listed below one is not a reply.
PATH = re.compile(r"(^|/)responses(/[^/]+(/cancel)?)?/?$")
# How a request may say what it is about: https://platform.openai.com/docs/api-reference/responses/create
ASKS = ("input", "previous_response_id", "prompt", "conversation")

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path together with a request or response of this shape, or by the shape of the response alone."""
    if _is_response(call.response):
        return True
    if not PATH.search(call.path):
        return False
    kind = text_at(call.response, "type") or text_at(call.response, "object") or ""
    asks = any(at(call.request, name) is not None for name in ASKS)
    return kind.startswith("response") or (asks and at(call.request, "messages") is None)


def _is_response(response: Json) -> bool:
    if text_at(response, "object") == "response" and isinstance(at(response, "output"), list):
        return True
    return text_at(response, "type") in ("response.created", "response.queued") and "response" in response
