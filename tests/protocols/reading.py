"""Helpers of the protocol tests: events from payloads, the laws of every reading, and anomalies in short."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from cassette_cli.conversation import Channel, Json, Message, Reading
from cassette_cli.protocols.base import Event, ProtocolModule, follow, parse_json

TEXTS = ("content", "arguments_text", "signature", "encrypted", "transcript")


class Case(NamedTuple):
    """An awkward response: its payloads (objects, or raw text), the messages it means, and its anomalies by event."""

    name: str
    payloads: Sequence[Json]
    messages: tuple[Message, ...]
    anomalies: Sequence[tuple[str, int | None]] = ()
    complete: bool = True


def events_of(payloads: Sequence[Json]) -> list[Event]:
    """Events numbered from 0; a str is the payload's text, anything else its JSON value."""
    events = []
    for number, payload in enumerate(payloads):
        text = payload if isinstance(payload, str) else json.dumps(payload)
        value, is_json = parse_json(text)
        events.append(Event(number, None, text, value, is_json))
    return events


def read(protocol: ProtocolModule, payloads: Sequence[Json], *, streamed: bool = True) -> Reading:
    """A response read, and held to the laws of every reading."""
    events = events_of(payloads)
    reading = protocol.read(events, streamed=streamed)
    check_laws(events, reading)
    return reading


def check_laws(events: Sequence[Event], reading: Reading) -> None:
    """Joined deltas are the texts of the reply, routes lead to their pieces, and no event is silently dropped."""
    joined: defaultdict[Channel, str] = defaultdict(str)
    for delta in reading.deltas:
        joined[delta.channel] += delta.text
        if delta.route is not None:
            found = follow(events[delta.event].value, delta.route)
            # An empty route leads to the payload: its text, which may be no JSON, or the JSON string that it is.
            assert delta.text == found or (not delta.route and delta.text == events[delta.event].text)
    texts = {
        Channel(place, number, field): getattr(part, field)
        for place, message in enumerate(reading.reply.messages)
        for number, part in enumerate(message.parts)
        for field in TEXTS
        if isinstance(getattr(part, field, None), str) and getattr(part, field)
    }
    assert joined == texts
    assert [delta.event for delta in reading.deltas] == sorted(delta.event for delta in reading.deltas)
    said = {(delta.event, delta.channel, delta.text) for delta in reading.deltas}
    for copy in reading.copies:
        assert (copy.event, copy.channel, copy.text) in said
        assert copy.route is not None
        assert follow(events[copy.event].value, copy.route) == copy.text
    for echo in reading.echoes:
        assert echo.text == texts[echo.channel]
        assert echo.route is not None
        assert follow(events[echo.event].value, echo.route) == echo.text
    named = {anomaly.event for anomaly in reading.anomalies}
    assert {event.number for event in events} <= reading.used | named


def short(reading: Reading) -> list[tuple[str, int | None]]:
    """Anomalies as (code, event)."""
    return [(anomaly.code, anomaly.event) for anomaly in reading.anomalies]
