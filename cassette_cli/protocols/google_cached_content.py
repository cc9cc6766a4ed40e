"""Gemini's cachedContents: contents that later requests name instead of sending them.

https://ai.google.dev/api/caching

    POST /v1beta/cachedContents
    {"model": "models/gemini-2.5-flash", "contents": [...], "systemInstruction": {...}, "ttl": "300s"}

    {"name": "cachedContents/c1", "model": "models/gemini-2.5-flash", "usageMetadata": {"totalTokenCount": 1081}, ...}

Its listing, change and removal hold no contents: they are HTTP like any other.
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Reading, Unknown, Usage
from cassette_cli.protocols.base import Call, Event, ReplyBuilder, at, int_at, text_at
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.google import prompt

NAME = "google.cached_content"

PATH = re.compile(r"/cachedContents/?$")
KIND = "cachedContent"

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path, for what makes a cache."""
    return bool(PATH.search(call.path)) and call.method in ("POST", "")


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    out = ReplyBuilder()
    for event in events:
        out.use(event.number)
        value = event.value
        name = text_at(value, "name")
        if name is not None:
            out.id, out.model = name, text_at(value, "model")
            out.message().put(event.number, Unknown(KIND, value))
            usage = at(value, "usageMetadata")
            out.usage = Usage(total_tokens=int_at(usage, "totalTokenCount"), raw=usage) if usage else None
        elif error := error_of(value):
            out.error = error
        elif event.text.strip():
            out.unknown(event)
    return out.build()
