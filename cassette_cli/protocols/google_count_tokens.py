"""Gemini's countTokens, in the Gemini API and in Vertex AI.

https://ai.google.dev/api/tokens

    POST /v1beta/models/gemini-2.5-flash:countTokens
    {"contents": [{"parts": [{"text": "Hi"}]}]}

    {"totalTokens": 1, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 1}]}

The count is the reply's usage: a total, of which nothing is input or output.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from cassette_cli.conversation import Json, Prompt, Reading, Usage
from cassette_cli.protocols.base import Call, Event, ReplyBuilder, at, int_at, without
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.google import prompt as read_prompt

NAME = "google.count_tokens"

PATH = re.compile(r":countTokens/?$")
# A whole generateContent request, in place of contents alone.
WRAPPER = "generateContentRequest"


def matches(call: Call) -> bool:
    """By path."""
    return bool(PATH.search(unquote(call.path)))


def prompt(request: Json) -> Prompt:
    """The request read."""
    inner = at(request, WRAPPER)
    if not isinstance(inner, dict):
        return read_prompt(request)
    read = read_prompt(inner)
    return replace(read, parameters={**without(request, (WRAPPER,)), **read.parameters})


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    out = ReplyBuilder()
    for event in events:
        out.use(event.number)
        value = event.value
        if int_at(value, "totalTokens") is not None:
            out.usage = Usage(
                total_tokens=int_at(value, "totalTokens"),
                cache_read_input_tokens=int_at(value, "cachedContentTokenCount"),
                raw=value,
            )
        elif error := error_of(value):
            out.error = error
        elif event.text.strip():
            out.unknown(event)
    return out.build()
