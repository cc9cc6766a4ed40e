"""Responses as they travel, for tests that go from a recorded body to the reply."""

import json
from base64 import b64encode
from collections.abc import Iterable
from typing import NamedTuple

from cassette_cli.conversation import Json, Message
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Fixed, Source
from cassette_cli.document.text import Span
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Header, Interaction, Request, Response

SSE = "text/event-stream"
DONE = "data: [DONE]\n\n"


class Awkward(NamedTuple):
    """An awkward response of the field: its body, the messages that it means, and its anomalies by event.

    `name` says what is awkward; `body` is text, or bytes for a binary framing.
    """

    name: str
    body: str | bytes
    messages: tuple[Message, ...]
    anomalies: tuple[tuple[str, int | None], ...] = ()
    complete: bool = True


def sse(*events: Json, end: str = "") -> str:
    """A stream of server-sent events: objects as `data:`, strings as the lines that they are. `event:` is named where
    the object has a type, as OpenAI and Anthropic do."""
    return (
        "".join(event if isinstance(event, str) else f"{_head(event)}data: {_json(event)}\n\n" for event in events)
        + end
    )


def _head(event: Json) -> str:
    return f"event: {event['type']}\n" if isinstance(event.get("type"), str) else ""


def ndjson(*events: Json) -> str:
    return "".join(f"{_json(event)}\n" for event in events)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def answered(url: str, request: Json, body: str | bytes, media_type: str = SSE, status: int = 200) -> Exchange:
    """What is made of a call that was answered so."""
    data = body.encode() if isinstance(body, str) else body
    lens = base64_lens(Source(b64encode(data).decode()))
    return exchange(
        Interaction(
            index=0,
            span=Span(0, 0),
            request=Request(method="POST", url=Fixed(url), body=Source(json.dumps(request))),
            response=Response(status=status, headers=(Header("Content-Type", Fixed(media_type)),), body=lens),
        )
    )


def codes(found: Exchange) -> tuple[tuple[str, int | None], ...]:
    """Anomalies in short, by event."""
    return tuple((anomaly.code, anomaly.event) for anomaly in found.anomalies)


def names(table: Iterable[Awkward]) -> list[str]:
    """The rows' names, for pytest."""
    return [row.name for row in table]
