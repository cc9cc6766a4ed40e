"""Helpers of Bedrock's tests: typed events, wrapped events, and whole exchanges with their event streams."""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path

from reading import check_laws

from cassette_cli.conversation import Json, Reading
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Fixed, Source
from cassette_cli.document.text import Span
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.files import load
from cassette_cli.model import Cassette, Header, Interaction, Request, Response
from cassette_cli.protocols.base import Event, ProtocolModule, parse_json
from samples.make.eventstream import MEDIA_TYPE

# An event's type, and its payload: a text, or anything else as JSON.
Typed = tuple[str, Json]


def events_of(events: Sequence[Typed]) -> list[Event]:
    found = []
    for number, (kind, payload) in enumerate(events):
        text = payload if isinstance(payload, str) else json.dumps(payload)
        found.append(Event(number, kind, text, *parse_json(text)))
    return found


def read_typed(protocol: ProtocolModule, events: Sequence[Typed]) -> Reading:
    """A stream read, and held to the laws of every reading."""
    typed = events_of(events)
    reading = protocol.read(typed, streamed=True)
    check_laws(typed, reading)
    return reading


def chunk(value: Json) -> Typed:
    """A model's own event as Bedrock wraps it; a text is wrapped as it is."""
    text = value if isinstance(value, str) else json.dumps(value)
    return "chunk", {"bytes": b64encode(text.encode()).decode(), "p": "abcdef"}


def interaction(url: str, request: Json, body: bytes, source: Source | None = None) -> Interaction:
    """A recorded call; `source` is the base64 text that the recording has in place of `body`."""
    return Interaction(
        index=0,
        span=Span(0, 0),
        request=Request(method="POST", url=Fixed(url), body=Source(json.dumps(request))),
        response=Response(
            status=200,
            headers=(Header("Content-Type", Fixed(MEDIA_TYPE)),),
            body=base64_lens(source or Source(b64encode(body).decode())),
        ),
    )


def recorded(corpus: Path) -> Iterator[Exchange]:
    """All calls of Bedrock in the recordings at hand that can be read."""
    lines = (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    paths = [str(corpus / line.split("\t")[0]) for line in lines if "bedrock" in line.lower()]
    for cassette in load(paths):
        if isinstance(cassette, Cassette):
            yield from (exchange(each) for each in cassette.interactions)
