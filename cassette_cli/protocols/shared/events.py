"""The events of a response, their JSON parsed."""

from collections.abc import Iterable, Iterator, Sequence, Set
from operator import attrgetter
from typing import NamedTuple, overload

from cassette_cli.conversation import Json
from cassette_cli.protocols.shared.json_values import parse_json

BOM = "\ufeff"
# The values of payloads of more characters than this in all are not kept: they take ten times the room of their text.
KEPT = 1_000_000


class Event(NamedTuple):
    """One event of a response, its payload parsed. A response that is not streamed is a single event.

    `value` is the payload's JSON value; where the payload is not JSON `is_json` is False and `value` is None.
    """

    number: int
    type: str | None
    text: str
    value: Json
    is_json: bool


class Payload(NamedTuple):
    """What an event is made of: its number, its type and its text."""

    number: int
    type: str | None
    text: str


class Events(Sequence[Event]):
    """Events made of payloads. Those of a large response are parsed each time when they are come to, one by one."""

    def __init__(self, payloads: Iterable[Payload]) -> None:
        self._payloads = tuple(payloads)
        large = sum(len(each.text) for each in self._payloads) > KEPT
        self._held = None if large else tuple(map(event_of, self._payloads))

    def __len__(self) -> int:
        return len(self._payloads)

    @overload
    def __getitem__(self, place: int) -> Event: ...
    @overload
    def __getitem__(self, place: slice) -> "Events": ...
    def __getitem__(self, place: int | slice) -> "Event | Events":
        if isinstance(place, slice):
            return Events(self._payloads[place])
        return self._held[place] if self._held is not None else event_of(self._payloads[place])

    def __iter__(self) -> Iterator[Event]:
        return map(event_of, self._payloads) if self._held is None else iter(self._held)

    def others(self, known: Set[int]) -> Iterator[Event]:
        """The events that have none of these numbers; no other is parsed."""
        return (self[place] for place, number in enumerate(self.numbers) if number not in known)

    @property
    def numbers(self) -> Iterator[int]:
        """The numbers of all, for which nothing has to be parsed."""
        return map(attrgetter("number"), self._payloads)


def event_of(payload: Payload) -> Event:
    """An event. A byte order mark before a payload belongs to no JSON."""
    return Event(*payload, *parse_json(payload.text.removeprefix(BOM)))


def numbers(events: Iterable[Event]) -> Iterator[int]:
    """The numbers of events."""
    return events.numbers if isinstance(events, Events) else map(attrgetter("number"), events)
