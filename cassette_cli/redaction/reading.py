"""Texts within texts: the strings of JSON, JSON in a string of JSON, base64 that stands for a text, and so on down."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cassette_cli.conversation import Json, Layer, Route
from cassette_cli.document.encoding import base64_lens, utf8_lens
from cassette_cli.document.lens import Lens, Slice
from cassette_cli.document.text import Span
from cassette_cli.exchange import Strings
from cassette_cli.redaction.base64_text import decoded, within
from cassette_cli.redaction.places import OPAQUE
from cassette_cli.redaction.text import Frames, Spot, Text, route_text

# More layers than this were made to harm.
MOST_LAYERS = 6
JSON_START = re.compile(r"\s*[{\[\"]")
# Shorter keys hold no secret, nor do names up to this length.
SHORT_KEY = 8
LONG_KEY = 20
# Beside a "value" these name it.
NAMES = ("name", "key", "header")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where routes begin: how their places are called, and how a route leads to a lens (None where it leads to no
    text). `frames` are the messages of fixed length that all of it lies in."""

    prefix: str
    interaction: int | None
    lens_at: Callable[[Route], Lens[str] | None]
    frames: Frames | None = None


def origin(
    prefix: str, interaction: int | None, make: Callable[[], Lens[str] | None], frames: Frames | None = None
) -> Origin:
    """The origin of a text whose lens is made when a text in it is asked for."""
    held: list[Strings | None] = []

    def lens_at(route: Route) -> Lens[str] | None:
        if not held:
            lens = make()
            held.append(None if lens is None else Strings(lens))
        return held[0].lens_at(route) if held[0] else None

    return Origin(prefix, interaction, lens_at, frames)


def read(
    value: str,
    source: Origin,
    *,
    route: Route = (),
    name: str | None = None,
    spot: Spot = Spot.FIELD,
    layers: int = MOST_LAYERS,
) -> Iterator[Text]:
    """The text at a route, or, where it is JSON or base64 of a text, the texts in it; at most so many layers down.

    What is opaque by its name is one text, whatever it may stand for.
    """
    if layers and name not in OPAQUE:
        inside = json_value(value)
        if inside is not None:
            for steps, key, string in strings(inside, name):
                yield from read(string, source, route=(*route, Layer.JSON, *steps), name=key, layers=layers - 1)
            return
        coded = decoded(value)
        if coded is not None:
            text, span = coded
            if span == (0, len(value)):
                yield from read(text, source, route=(*route, Layer.BASE64), layers=layers - 1)
            else:
                yield from read(text, _coded(source, route, span), layers=layers - 1)
            return
    if value:
        yield Text(
            value,
            lambda: source.lens_at(route),
            source.prefix,
            route=route,
            spot=spot,
            name=name,
            interaction=source.interaction,
            inside=[
                (span, list(read(text, _coded(source, route, span), layers=layers - 1))) for text, span in within(value)
            ]
            if layers
            else (),
            frames=source.frames,
        )


def _coded(source: Origin, route: Route, span: Span) -> Origin:
    """The text that a stretch of another stands for in base64."""

    def make() -> Lens[str] | None:
        outer = source.lens_at(route)
        return None if outer is None else utf8_lens(base64_lens(Slice(outer, span)))

    prefix = source.prefix + route_text((*route, Layer.BASE64))
    return origin(prefix, source.interaction, make, source.frames)


def json_value(value: str) -> Json:
    """The value of a text that is a JSON object, array or string; None for any other text."""
    if not JSON_START.match(value):
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def strings(value: Json, name: str | None = None) -> Iterator[tuple[Route, str | None, str]]:
    """The strings of a JSON value, long keys among them, those of an object or an array before those further in; each
    with its route and the name it goes by: that of the nearest field, or in `{"name": "authorization", "value": "..."}`
    the one that stands beside it."""
    if isinstance(value, str):
        yield (), name, value
    waiting: list[tuple[Route, str | None, Json]] = [((), name, value)]
    while waiting:
        route, key, each = waiting.pop()
        inner: list[tuple[Route, str | None, Json]] = []
        # By class, because this is where most of the time goes in streams of many events.
        if each.__class__ is dict:
            beside = _beside(each) if "value" in each else None
            for field, held in each.items():
                if len(field) >= SHORT_KEY and _says_something(field):
                    yield (*route, field, Layer.KEY), None, field
                kind = held.__class__
                if kind is str:
                    yield (*route, field), beside if beside and field == "value" else field, held
                elif kind is dict or kind is list:
                    inner.append(((*route, field), beside if beside and field == "value" else field, held))
        elif each.__class__ is list:
            for place, held in enumerate(each):
                kind = held.__class__
                if kind is str:
                    yield (*route, place), key, held
                elif kind is dict or kind is list:
                    inner.append(((*route, place), key, held))
        waiting += reversed(inner)


def _says_something(key: str) -> bool:
    """Whether a key that is not short may be more than the name of a field."""
    return len(key) >= LONG_KEY or not key.isidentifier()


def _beside(pair: dict[str, Json]) -> str | None:
    if not isinstance(pair.get("value"), str):
        return None
    return next((pair[field] for field in NAMES if isinstance(pair.get(field), str)), None)
