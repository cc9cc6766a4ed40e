"""What a response would say after an edit, without writing it anywhere: how the places of a value are found.

A protocol reads a finish reason, a tool's name or a count from somewhere, and says only what it is. Where it stands is
found by trying: another value is put at a place that looks right, the response is read again, and the place is right
where that changes what was meant to change, and nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cassette_cli import framing, protocols
from cassette_cli.conversation import Json, Layer, Reply, Route
from cassette_cli.document.lens import Change, layers
from cassette_cli.document.text import Edit, splice
from cassette_cli.exchange import BOM, Exchange, Places, events_of, read
from cassette_cli.framing.base import Frame
from cassette_cli.protocols.base import Event, follow, parse_json, same_json

# A text in base64 that Bedrock wraps events in.
WRAPPED = "bytes"


class Place(NamedTuple):
    """A value of an event's payload."""

    event: int
    route: Route

    @property
    def name(self) -> str | int | Layer | None:
        """Its key or index."""
        return self.route[-1] if self.route else None

    @property
    def names(self) -> tuple[str, ...]:
        """The keys on the way to it."""
        return tuple(step for step in self.route if isinstance(step, str))


class Trial:
    """A response that can be read again with edits. `places` are the lenses that edits are of."""

    def __init__(self, exchange: Exchange) -> None:
        assert exchange.protocol
        assert exchange.reply
        self.exchange = exchange
        self.reply: Reply = exchange.reply
        self.places = Places(exchange)
        self.events: Sequence[Event] = tuple(events_of(exchange.frames))
        self._protocol = protocols.named(exchange.protocol)

    def after(self, changes: Iterable[Change]) -> Reply:
        """The reply as it would be. Raises CassetteError where a place cannot hold its new text."""
        changes = list(changes)
        content = self.exchange.content
        if any(lens is content for lens, _ in changes) and self.exchange.streamed:
            return self._cut_anew(changes)
        numbers = {id(self.places.payload(event.number)): event.number for event in self.events}
        texts: dict[int, str] = {}
        for lens, edits in layers(changes):
            if id(lens) in numbers:
                texts[numbers[id(lens)]] = splice(lens.text, edits)
            if lens is content:
                break
        events = [_replaced(event, texts[event.number]) if event.number in texts else event for event in self.events]
        return self._read(self.exchange.frames, events)

    def _cut_anew(self, changes: Iterable[Change]) -> Reply:
        """The reply of a body whose events are other ones."""
        content, name = self.exchange.content, self.exchange.framing
        assert content is not None
        assert name is not None
        edits = next(edits for lens, edits in layers(changes) if lens is content)
        frames = framing.named(name).split(splice(content.text, edits))
        return self._read(frames, list(events_of(frames)))

    def _read(self, frames: Sequence[Frame], events: Sequence[Event]) -> Reply:
        status = self.exchange.interaction.response.status
        return read(self._protocol, status, frames, events, streamed=self.exchange.streamed).reply

    def values(self, names: Iterable[str], wanted: Callable[[Json], bool]) -> list[Place]:
        """The values that stand under one of these names and are as wanted, in order of place."""
        wanted_names = frozenset(names)
        return [
            Place(event.number, route)
            for event in self.events
            if event.is_json
            for route, value in values_in(event.value)
            if route and route[-1] in wanted_names and wanted(value)
        ]

    def set(self, place: Place, value: str) -> Change:
        """The change that puts a value, given as JSON text, at a place."""
        found = self.places.value_at(*place)
        assert found is not None
        text, node = found
        return text, Edit(node.span, value)

    def value(self, place: Place) -> Json:
        """The value that is at a place now."""
        event = next(event for event in self.events if event.number == place.event)
        return follow(event.value, place.route)


@dataclass(frozen=True, slots=True)
class Found:
    """The places that decide on a value, and others that hold it and decide nothing."""

    deciding: Sequence[Place]
    idle: Sequence[Place]


def tried(trial: Trial, candidates: Iterable[Place], value: str, is_meant: Callable[[Reply], bool]) -> Found:
    """Which of some places decide: those where putting `value` (JSON text) gives what is meant."""
    deciding, idle = [], []
    for place in candidates:
        reply = trial.after([trial.set(place, value)])
        if is_meant(reply):
            deciding.append(place)
        elif reply == trial.reply:
            idle.append(place)
    return Found(deciding, idle)


def values_in(value: Json, route: Route = ()) -> Iterator[tuple[Route, Json]]:
    """All values in a JSON value with their routes, through the texts in texts that hold JSON."""
    waiting: list[tuple[Route, Json]] = [(route, value)]
    while waiting:
        here, found = waiting.pop()
        yield here, found
        if isinstance(found, dict):
            waiting.extend(((*here, name), item) for name, item in reversed(found.items()))
        elif isinstance(found, list):
            waiting.extend(((*here, at), found[at]) for at in reversed(range(len(found))))
        elif isinstance(found, str):
            inner: Route = (Layer.BASE64, Layer.JSON) if here and here[-1] == WRAPPED else (Layer.JSON,)
            told = follow(found, inner) if len(inner) > 1 or found[:1] in ("{", "[") else None
            if isinstance(told, dict | list):
                waiting.append(((*here, *inner), told))


def same_value(old: Json) -> Callable[[Json], bool]:
    """Whether a value is this one, and of its kind: true is not 1."""
    return lambda value: type(value) is type(old) and same_json(value, old)


def _replaced(event: Event, text: str) -> Event:
    value, is_json = parse_json(text.removeprefix(BOM))
    return event._replace(text=text, value=value, is_json=is_json)
