"""The texts of a streamed response: its channels, joined over all events, and what else lies in the events."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cassette_cli.conversation import Delta, Layer, Route
from cassette_cli.document.lens import Fixed, Joined, Lens
from cassette_cli.exchange import Exchange, Places
from cassette_cli.framing.base import is_text
from cassette_cli.redaction.reading import Origin, json_value, origin, read
from cassette_cli.redaction.text import Framed, Frames, Text

Gate = Callable[[str], bool]

# The framing whose messages say how long they are, and what fills them up: `p` in what Bedrock sends, so that lengths
# tell nothing of what was said (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html).
BINARY = "eventstream"
PADDING: Route = ("p",)
# What tells apart the texts that different events hold at the same route.
KINDS = ("type", "event", "index", "id", "output_index", "content_index")


class Stream(NamedTuple):
    """Reads the texts of one streamed response. `gate` says whether a text may hold anything of interest."""

    found: Exchange
    places: Places
    gate: Gate

    def texts(self) -> Iterator[Text]:
        """Each text once. What lies in a channel is given as the channel; what repeats a channel is given beside it."""
        events = events_of(self.found)
        if self.found.protocol is None:
            yield from self._unknown(events)
            return
        taken: set[tuple[int, Route | None]] = set()
        for name, deltas in self._channels().items():
            value = "".join(delta.text for delta in deltas)
            # A channel whose pieces are not all texts of their own is left to the events that hold it.
            if self.gate(value) and all(delta.route is not None for delta in deltas):
                taken.update((delta.event, delta.route) for delta in deltas)
                yield from read(value, self._channel(name, deltas))
        content = self.found.content
        if content and is_text(content) and not self.gate(content.text):
            return
        for number, data in events.items():
            if self.gate(data):
                yield from (text for text in self._event(number, data) if (number, _route_of(text)) not in taken)

    def _channels(self) -> Mapping[str, Sequence[Delta]]:
        """The pieces of each channel, and of what repeats it piece by piece, by what they are called."""
        groups: dict[str, list[Delta]] = defaultdict(list)
        reading = self.found.reading
        for kind, deltas in (("", reading.deltas), ("copy of ", reading.copies)) if reading else ():
            for delta in deltas:
                message, part, field = delta.channel
                groups[f"{kind}reply.messages[{message}].parts[{part}].{field}"].append(delta)
        return groups

    def _channel(self, name: str, deltas: Sequence[Delta]) -> Origin:
        def make() -> Lens[str]:
            return Joined(tuple(self.places.lens_of(delta) or Fixed(delta.text) for delta in deltas))

        return origin(name, self.found.interaction.index, make, self._frames([delta.event for delta in deltas]))

    def _event(self, number: int, data: str) -> Iterator[Text]:
        return read(data, event_origin(self.found, self.places, number, self._frames([number])))

    def _unknown(self, events: Mapping[int, str]) -> Iterator[Text]:
        """The texts of a stream that no protocol reads: what lies at one route may be one text in pieces."""
        groups: dict[object, list[Text]] = defaultdict(list)
        for number, data in events.items():
            kind = _kind(data)
            for text in self._event(number, data):
                groups[text.route, kind].append(text)
        for texts in groups.values():
            value = "".join(text.value for text in texts)
            if self.gate(value):
                yield texts[0] if len(texts) == 1 else _joined(value, texts)

    def _frames(self, events: Sequence[int]) -> Frames | None:
        """The messages of events that have a text which fills them up."""
        if self.found.framing != BINARY:
            return None

        def make() -> Iterator[Framed]:
            for event in dict.fromkeys(events):
                payload = self.places.payload(event)
                padding = self.places.lens_at(event, PADDING) if payload and json_value(payload.text) else None
                if payload and padding:
                    yield Framed(payload, padding)

        return lambda: tuple(make())


def events_of(found: Exchange) -> dict[int, str]:
    """The payloads of a response by their numbers."""
    return {frame.number: frame.data for frame in found.frames if frame.number is not None and frame.data}


def event_origin(found: Exchange, places: Places, number: int, frames: Frames | None = None) -> Origin:
    """Where the routes of an event's texts begin, by the lenses that `places` has."""
    prefix = f"response.events[{number}]" if found.streamed else "response.body"
    return Origin(prefix, found.interaction.index, lambda route: places.lens_at(number, _inner(route)), frames)


def _inner(route: Route) -> Route:
    """A route from a payload as protocols count it: from the root of its JSON."""
    return route[1:] if len(route) > 1 and route[0] is Layer.JSON else route


def _route_of(text: Text) -> Route:
    return text.route[1:] if text.route[:1] == (Layer.JSON,) else text.route


def _kind(data: str) -> object:
    value = json_value(data)
    return tuple((name, str(value[name])) for name in KINDS if name in value) if isinstance(value, dict) else None


def _joined(value: str, texts: Sequence[Text]) -> Text:
    first = texts[0]
    frames = [text.frames for text in texts if text.frames]
    return Text(
        value,
        lambda: Joined(tuple(text.lens for text in texts)),
        f"{first.prefix} and on",
        route=first.route,
        name=first.name,
        interaction=first.interaction,
        pieces=texts,
        frames=(lambda: [frame for each in frames for frame in each()]) if frames else None,
    )
