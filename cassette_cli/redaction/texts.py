"""Every text of an interaction, through every layer, each once: URL, headers, cookies, bodies, events, channels.

A body is only taken apart where its text, as it stands, may hold something: `gate` says so. A text that lies in a
channel is given once, joined; the places that repeat a channel's text are given beside it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cassette_cli.conversation import Delta, Json, Layer, Route
from cassette_cli.document.encoding import base64_lens, utf8_lens
from cassette_cli.document.lens import Fixed, Joined, Lens, Slice
from cassette_cli.document.percent import Percent
from cassette_cli.document.spelling import SpelledLens
from cassette_cli.document.text import Span
from cassette_cli.exchange import Exchange, Places, Strings
from cassette_cli.framing.base import ContentLens, is_binary, is_text
from cassette_cli.model import Header
from cassette_cli.redaction import pieces
from cassette_cli.redaction.base64_text import decoded
from cassette_cli.redaction.places import OPAQUE
from cassette_cli.redaction.text import Framed, Frames, Spot, Text, route_text

Gate = Callable[[str], bool]
# Gives the lens of a string, by its route from the text where the routes begin.
Origin = Callable[[Route], Lens[str] | None]

# Texts in texts in texts: more layers than this were made to harm.
MOST_LAYERS = 6
# The framing whose messages say how long they are.
BINARY = "eventstream"
JSON_START = re.compile(r"\s*[{\[\"]")


class Reader(NamedTuple):
    """Reads the texts of one interaction. `gate` says whether a text may hold, or lead to, anything of interest."""

    gate: Gate
    interaction: int | None = None

    def exchange(self, found: Exchange) -> Iterator[Text]:
        """All texts of an interaction that may be of interest."""
        request, response = found.interaction.request, found.interaction.response
        if request.url:
            yield from self.url(request.url, "request.url")
        yield from self.headers(request.headers, "request.headers")
        if found.request_content:
            yield from self.body(found.request_content, "request.body")
        yield from self.headers(response.headers, "response.headers")
        yield from self._response(found)

    def text(
        self, value: str, lens: Lens[str] | Callable[[], Lens[str]], prefix: str, spot: Spot, name: str | None = None
    ) -> Text:
        """A text that is not read any further."""
        make = lens if callable(lens) else lambda: lens
        return Text(value, make, prefix, spot=spot, name=name, interaction=self.interaction)

    def url(self, lens: Lens[str], prefix: str) -> Iterator[Text]:
        """The parts of a URL that can hold a secret: password, path, query, fragment."""
        text = lens.text
        found = pieces.URL.match(text)
        if not found:
            return
        if found["userinfo"]:
            user, colon, _ = found["userinfo"].partition(":")
            start = found.start("userinfo") + (len(user) + 1 if colon else 0)
            yield self._spelled(lens, Span(start, found.end("userinfo")), f"{prefix}.userinfo", Spot.PASSWORD)
        if found["path"]:
            path = self._spelled(lens, Span(*found.span("path")), f"{prefix}.path", Spot.PATH)
            path.before = (found["scheme"] or "") + "://" + (found["host"] or "")
            yield path
        for group in ("query", "fragment"):
            if found[group]:
                yield from self._pairs(lens, Span(*found.span(group)), f"{prefix}.{group}", Spot.QUERY)

    def _spelled(self, lens: Lens[str], span: Span, prefix: str, spot: Spot) -> Text:
        value = pieces.path_of(lens.text[span.start : span.end])
        return self.text(value, lambda: SpelledLens(lens, span, value, Percent(safe="/:@!$&'()*+,;=")), prefix, spot)

    def _pairs(self, lens: Lens[str], span: Span, prefix: str, spot: Spot) -> Iterator[Text]:
        """The pairs of a query string or form that lies in `span`."""
        for name, place, value in pieces.pairs(lens.text[: span.end], span.start):
            yield from self._read(value, _origin_of_pair(lens, place, value), f"{prefix}.{name}", name=name, spot=spot)

    def headers(self, headers: Sequence[Header], prefix: str) -> Iterator[Text]:
        """The values of headers; those of cookies one by one."""
        for header in headers:
            lens, low = header.value, header.name.lower()
            where = f"{prefix}.{low}"
            if low in ("cookie", "set-cookie"):
                for cookie in pieces.cookies(lens.text, only_first=low == "set-cookie"):
                    part = Slice(lens, cookie.span)
                    yield self.text(cookie.value, part, f"{where}.{cookie.name}", Spot.COOKIE, cookie.name)
            elif lens.text:
                yield self.text(lens.text, lens, where, Spot.HEADER, low)

    def body(self, content: ContentLens, prefix: str) -> Iterator[Text]:
        """The texts of a body that is not cut into events."""
        if is_binary(content):
            if not pieces.BOUNDARY.match(content.text[:100].decode("latin-1")):
                return
            lens: Lens[str] = utf8_lens(content)
        else:
            assert is_text(content)
            lens = content
        text = lens.text
        if not text or not self.gate(text):
            return
        parts = list(pieces.multipart(text))
        for name, span, value in parts:
            part = Slice(lens, span)
            yield from self._read(value, Strings(part).lens_at, f"{prefix}.{name or 'part'}", name=name or None)
        if not parts and pieces.is_form(text):
            yield from self._pairs(lens, Span(0, len(text)), prefix, Spot.QUERY)
        elif not parts:
            yield from self._read(text, Strings(lens).lens_at, prefix)

    def _response(self, found: Exchange) -> Iterator[Text]:
        places = Places(found)
        events = {frame.number: frame.data for frame in found.frames if frame.number is not None and frame.data}
        if not found.streamed:
            for number, data in events.items():
                if self.gate(data):
                    yield from self._read(data, _origin_of_event(places, number), "response.body")
            return
        joined = list(self._channels(found, places))
        yield from (text for text, _ in joined)
        taken = {(delta.event, delta.route) for _, deltas in joined for delta in deltas}
        if found.protocol is None:
            yield from self._unknown(places, events, binary=found.framing == BINARY)
        elif found.content is None or is_binary(found.content) or self.gate(found.content.text):
            for number, data in events.items():
                if self.gate(data):
                    yield from self._event(places, number, data, taken, binary=found.framing == BINARY)

    def _unknown(self, places: Places, events: dict[int, str], *, binary: bool) -> Iterator[Text]:
        """The texts of a stream that no protocol reads: what lies at one route may be one text in pieces."""
        groups: dict[object, list[Text]] = defaultdict(list)
        for number, data in events.items():
            kind = _kind(data)
            for text in self._event(places, number, data, set(), binary=binary):
                groups[text.route, kind].append(text)
        for texts in groups.values():
            value = "".join(text.value for text in texts)
            if not self.gate(value):
                continue
            if len(texts) == 1:
                yield texts[0]
            else:
                yield _joined(value, tuple(texts))

    def _event(
        self,
        places: Places,
        number: int,
        data: str,
        taken: "set[tuple[int, Route | None]]",
        *,
        binary: bool = False,
    ) -> Iterator[Text]:
        skip = frozenset(route for event, route in taken if event == number) if taken else frozenset()
        for text in self._read(data, _origin_of_event(places, number), f"response.events[{number}]"):
            route = text.route[1:] if text.route[:1] == (Layer.JSON,) else text.route
            if route not in skip and text.route not in skip:
                text.frames = _frames(places, [number]) if binary else None
                yield text

    def _channels(self, found: Exchange, places: Places) -> Iterator[tuple[Text, Sequence[Delta]]]:
        """The channels that may hold something, and what repeats them piece by piece, each with its pieces. One whose
        pieces are not all texts of their own is left to the events that hold it."""
        groups: dict[tuple[str, str], list[Delta]] = defaultdict(list)
        for kind, deltas in (("", found.reading.deltas), ("copy of ", found.reading.copies)) if found.reading else ():
            for delta in deltas:
                where = delta.channel
                groups[kind, f"reply.messages[{where.message}].parts[{where.part}].{where.field}"].append(delta)
        for (kind, where), deltas in groups.items():
            value = "".join(delta.text for delta in deltas)
            if not self.gate(value):
                continue
            if all(delta.route is not None for delta in deltas):
                numbers = [delta.event for delta in deltas]
                for text in self._read(value, _origin_of_channel(places, deltas), kind + where):
                    text.frames = _frames(places, numbers) if found.framing == BINARY else None
                    yield text, deltas

    def _read(
        self,
        value: str,
        origin: Origin,
        prefix: str,
        *,
        route: Route = (),
        name: str | None = None,
        spot: Spot = Spot.FIELD,
        layers: int = 0,
    ) -> Iterator[Text]:
        """A text, or, where it is JSON or base64 of a text, the texts in it."""
        if layers < MOST_LAYERS and name not in OPAQUE:
            inside = _json(value)
            if inside is not None:
                for steps, key, string in _strings(inside, name):
                    yield from self._read(
                        string, origin, prefix, route=(*route, Layer.JSON, *steps), name=key, layers=layers + 1
                    )
                return
            found = decoded(value)
            if found is not None:
                text, span = found
                whole = span == (0, len(value))
                inner = origin if whole else _origin_of_data(origin, route, span)
                steps = (*route, Layer.BASE64) if whole else ()
                where = prefix if whole else prefix + route_text((*route, Layer.BASE64))
                yield from self._read(text, inner, where, route=steps, layers=layers + 1)
                return
        if value:
            yield Text(
                value,
                lambda: origin(route),
                prefix,
                route=route,
                spot=spot,
                name=name,
                interaction=self.interaction,
            )


def _frames(places: Places, events: Sequence[int]) -> Frames:
    """The messages of events that have a text which fills them up: `p` in what Bedrock sends, so that lengths tell
    nothing (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html)."""

    def make() -> Iterator[Framed]:
        for event in dict.fromkeys(events):
            payload = places.payload(event)
            padding = places.lens_at(event, ("p",)) if payload and payload.text.startswith("{") else None
            if payload and padding:
                yield Framed(payload, padding)

    return lambda: tuple(make())


def _kind(data: str) -> object:
    """What keeps apart the texts of different events: their type, and the numbers of what they are about."""
    value = _json(data)
    if not isinstance(value, dict):
        return None
    return tuple((name, str(value[name])) for name in ("type", "event", "index", "id", "output_index") if name in value)


def _joined(value: str, texts: tuple[Text, ...]) -> Text:
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


def _origin_of_event(places: Places, number: int) -> Origin:
    """The strings of an event. Its routes begin in the payload's JSON, without the step that leads into it."""

    def at(route: Route) -> Lens[str] | None:
        return places.lens_at(number, route[1:] if len(route) > 1 and route[0] is Layer.JSON else route)

    return at


def _origin_of_channel(places: Places, deltas: Sequence[Delta]) -> Origin:
    def make() -> Lens[str]:
        return Joined(tuple(places.lens_of(delta) or Fixed(delta.text) for delta in deltas))

    return _late(make)


def _origin_of_pair(lens: Lens[str], span: Span, value: str) -> Origin:
    return _late(lambda: SpelledLens(lens, span, value, Percent(form=True)))


def _origin_of_data(origin: Origin, route: Route, span: Span) -> Origin:
    def make() -> Lens[str] | None:
        outer = origin(route)
        return None if outer is None else utf8_lens(base64_lens(Slice(outer, span)))

    return _late(make)


def _late(make: Callable[[], Lens[str] | None]) -> Origin:
    """The strings of a text whose lens is made when one of them is asked for."""
    held: list[Strings | None] = []

    def at(route: Route) -> Lens[str] | None:
        if not held:
            lens = make()
            held.append(None if lens is None else Strings(lens))
        return held[0].lens_at(route) if held[0] else None

    return at


def _json(value: str) -> Json:
    """The value of a text that is a JSON object, array or string; None for any other text."""
    if not JSON_START.match(value):
        return None
    try:
        return json.loads(value.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _strings(value: Json, name: str | None) -> Iterator[tuple[Route, str | None, str]]:
    """The strings of a JSON value, each with its route and the name it goes by: that of the nearest field, or in
    `{"name": "authorization", "value": "..."}` the one that stands beside it."""
    waiting: list[tuple[Route, str | None, Json]] = [((), name, value)]
    while waiting:
        route, key, each = waiting.pop()
        if isinstance(each, str):
            yield route, key, each
        elif isinstance(each, dict):
            beside = _beside(each)
            waiting += [
                ((*route, field), beside if beside and field == "value" else field, held)
                for field, held in reversed(each.items())
            ]
        elif isinstance(each, list):
            waiting += [((*route, place), key, held) for place, held in reversed(list(enumerate(each)))]


def _beside(pair: dict[str, Json]) -> str | None:
    for field in ("name", "key", "header"):
        if isinstance(pair.get(field), str) and isinstance(pair.get("value"), str):
            return str(pair[field])
    return None
