"""Anthropic's Messages API, at Anthropic, on Vertex AI, in Azure and behind gateways.

https://docs.anthropic.com/en/api/messages, https://docs.anthropic.com/en/api/claude-on-vertex-ai

    POST /v1/messages
    {"model": "claude-sonnet-4-20250514", "max_tokens": 1024, "messages": [{"role": "user", "content": "Hi"}]}

    event: content_block_delta
    data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hello"}}
"""

import re
from urllib.parse import unquote

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import Call, at, text_at
from cassette_cli.protocols.shared.anthropic import prompt, read

NAME = "anthropic.messages"

PATH = re.compile(
    r"(^|/)(v1/messages|publishers/anthropic/models/(?!count-tokens)[^/]+:(rawPredict|streamRawPredict))/?$"
)

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path together with a request or response of this shape, or by the shape of either alone."""
    if call.on_bedrock:
        return False
    asks = isinstance(at(call.request, "messages"), list)
    if PATH.search(unquote(call.path)):
        return asks or _answers(call.response) or text_at(call.response, "type") == "error"
    return _answers(call.response) or (asks and text_at(call.request, "anthropic_version") is not None)


def _answers(response: Json) -> bool:
    kind = text_at(response, "type")
    if kind == "message":
        return isinstance(at(response, "content"), list) and text_at(response, "role") == "assistant"
    return kind == "message_start" and "message" in response
