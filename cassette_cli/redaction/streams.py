"""The texts of a streamed response: its channels, joined over all events, and what else lies in the events.

What a protocol makes of a stream is not relied on: whatever lies at the same place of events of one kind may be one
text in pieces, too, whether a reader knows the place or passes it over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cassette_cli.conversation import Delta, Layer, Route
from cassette_cli.document.lens import Fixed, Joined, Lens
from cassette_cli.exchange import Exchange, Places
from cassette_cli.redaction.reading import Origin, json_value, origin, read, strings
from cassette_cli.redaction.text import Framed, Frames, Text

Gate = Callable[[str], bool]
# Where pieces lie: by their route in a payload, the events.
Taken = dict[Route, set[int]]

# The framing whose messages say how long they are, and what fills them up: `p` in what Bedrock sends, so that lengths
# tell nothing of what was said (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html).
BINARY = "eventstream"
PADDING: Route = ("p",)
# What tells apart the texts that different events hold at the same route.
KINDS = ("type", "event", "index", "id", "output_index", "content_index")


class Leaf(NamedTuple):
    """A string of an event: the number of the event, its route in the payload, and the name it goes by."""

    event: int
    route: Route
    name: str | None
    value: str


# What tells events apart from others; None for those that are no JSON.
Kind = tuple[tuple[str, str], ...] | None
# What the pieces of one text have in common: the kind of their events, and their route.
Group = tuple[Kind, Route]
# A string, and the name that it goes by.
Said = tuple[str | None, str]


class Stream(NamedTuple):
    """Reads the texts of one streamed response. `gate` says whether a text may hold anything of interest."""

    found: Exchange
    places: Places
    gate: Gate

    def texts(self) -> Iterator[Text]:
        """Each text once. What lies in a channel is given as the channel; what repeats a channel is given beside it."""
        taken: Taken = defaultdict(set)
        yield from self._channels(taken)
        yield from self._others(taken)

    def _channels(self, taken: Taken) -> Iterator[Text]:
        """The texts of channels; their places are put into `taken`. Those of one field and place are joined, too: what
        a protocol takes for several texts may have been cut within a secret."""
        beside: dict[object, list[Text]] = defaultdict(list)
        for name, deltas in self._deltas().items():
            places = [(delta.event, delta.route) for delta in deltas if delta.route is not None]
            # A channel whose pieces are not all texts of their own is left to the events that hold it.
            if len(places) < len(deltas):
                continue
            for event, route in places:
                taken[route].add(event)
            del places
            value = "".join(delta.text for delta in deltas)
            texts = list(read(value, self._channel(name, deltas)))
            if len(texts) == 1 and not texts[0].route:
                message, _, field = deltas[0].channel
                beside[message, field, deltas[0].route].append(texts[0])
            elif self.gate(value):
                yield from texts
        for texts in beside.values():
            whole = _whole(texts)
            if self.gate("\n".join(text.value for text in texts)) or self.gate(whole.value):
                yield whole

    def _deltas(self) -> Mapping[str, Sequence[Delta]]:
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

    def _others(self, taken: Taken) -> Iterator[Text]:
        """What lies in no channel."""
        shown = self._shown(taken)
        # Most streams hold nothing, and one look at all of them says so. Only what may hold something is gone through
        # again, so that a stream of many events takes little room.
        if not self.gate("\n".join(shown.values())):
            return
        groups: dict[Group, list[Leaf]] = {group: [] for group, text in shown.items() if self.gate(text)}
        for number, kind, held in self._events() if groups else ():
            for route, name, value in held:
                if (kind, route) in groups and number not in taken.get(route, ()):
                    groups[kind, route].append(Leaf(number, route, name, value))
        for leaves in groups.values():
            yield from self._read(leaves, taken)

    def _shown(self, taken: Taken) -> dict[Group, str]:
        """What the strings that no channel has say, by group."""
        # By kind and route, what the strings say, once and in order; what is said again takes no room.
        said: dict[Kind, dict[Route, tuple[dict[Said, str], list[str]]]] = defaultdict(dict)
        for number, kind, held in self._events():
            groups = said[kind]
            for route, name, value in held:
                if number in taken.get(route, ()):
                    continue
                if route not in groups:
                    groups[route] = {}, []
                once, pieces = groups[route]
                pieces.append(once.setdefault((name, value), value))
        return {
            (kind, route): _shown(list(once), pieces)
            for kind, groups in said.items()
            for route, (once, pieces) in groups.items()
        }

    def _events(self) -> Iterator[tuple[int, Kind, Iterable[tuple[Route, str | None, str]]]]:
        """The number of each event, what tells its kind, and its strings, their routes and names."""
        for number, data in events_of(self.found):
            value = json_value(data)
            if value is None:
                yield number, None, [((), None, data)]
            elif isinstance(value, dict):
                yield number, tuple((name, str(value[name])) for name in KINDS if name in value), strings(value)
            else:
                yield number, (), strings(value)

    def _read(self, leaves: Sequence[Leaf], taken: Taken) -> Iterator[Text]:
        """The texts that strings of several events hold: those at the same route are one."""
        groups: dict[Route, list[Text]] = defaultdict(list)
        for number, route, name, value in leaves:
            source = event_origin(self.found, self.places, number, self._frames([number]))
            for text in read(value, source, route=(Layer.JSON, *route) if route else (), name=name):
                if number not in taken.get(_inner(text.route), ()):
                    groups[text.route].append(text)
        for texts in groups.values():
            # What is the same in each event is said again and again, not in pieces.
            is_one = len({text.value for text in texts}) > 1
            yield from [_whole(texts)] if is_one else texts

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


def events_of(found: Exchange) -> Iterator[tuple[int, str]]:
    """The payloads of a response and their numbers."""
    return ((frame.number, frame.data) for frame in found.frames if frame.number is not None and frame.data)


def event_origin(found: Exchange, places: Places, number: int, frames: Frames | None = None) -> Origin:
    """Where the routes of an event's texts begin, by the lenses that `places` has."""
    prefix = f"response.events[{number}]" if found.streamed else "response.body"
    return Origin(prefix, found.interaction.index, lambda route: places.lens_at(number, _inner(route)), frames)


def _shown(once: list[Said], pieces: Sequence[str]) -> str:
    """What strings of one group say, each by itself and all as one, as it stands in JSON beside the name that says
    what it is."""
    said = [*once, (once[0][0], "".join(pieces))] if len(once) > 1 else once
    return "\n".join(f'"{name}":"{value}"' if name else value for name, value in said)


def _inner(route: Route) -> Route:
    """A route from a payload as protocols count it: from the root of its JSON."""
    return route[1:] if len(route) > 1 and route[0] is Layer.JSON else route


def _whole(texts: Sequence[Text]) -> Text:
    """Texts that may be one, as one."""
    first = texts[0]
    if len(texts) == 1:
        return first
    frames = [text.frames for text in texts if text.frames]
    return Text(
        "".join(text.value for text in texts),
        lambda: Joined(tuple(text.lens for text in texts)),
        f"{first.prefix} and on",
        route=first.route,
        name=first.name,
        interaction=first.interaction,
        pieces=texts,
        frames=(lambda: [frame for each in frames for frame in each()]) if frames else None,
    )
