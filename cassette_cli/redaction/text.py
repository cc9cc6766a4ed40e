"""A text of a recording: what it says, where it lies in logical terms, and the lens that leads back to the file."""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from cassette_cli.conversation import Layer, Route
from cassette_cli.document.lens import Fixed, Lens
from cassette_cli.document.text import Span

LAYERS = {Layer.JSON: ".$", Layer.BASE64: ".base64", Layer.KEY: "~"}
PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*")


class Spot(Enum):
    """What kind of place a text is in, which says how its name is to be read."""

    HEADER = "header"
    QUERY = "query"
    COOKIE = "cookie"
    PASSWORD = "password"
    PATH = "path"
    FIELD = "field"


class Framed(NamedTuple):
    """A message of a binary stream: its payload, and the text in it that is there to fill it up."""

    payload: Lens[str]
    padding: Lens[str]


# The messages of fixed length that a text lies in; found when they are asked for.
Frames = Callable[[], Sequence[Framed]]


class Text:
    """One text.

    `prefix` and `route` say where it is; the lens is made when it is first asked for. `name` is that of the header,
    the parameter, the cookie or the field that it is the value of, None where it has none. `before` is what stands
    before it and helps to recognise it (the host before a path). `interaction` counts from 0, None outside of all.

    `pieces` are the texts that this one is joined of, where these may also be texts by themselves: then it counts for
    what crosses them. `inside` are the texts that stand in it in base64, and where. `frames` are the messages of fixed
    length that it lies in.
    """

    def __init__(
        self,
        value: str,
        make: Callable[[], Lens[str] | None],
        prefix: str,
        *,
        route: Route = (),
        spot: Spot = Spot.FIELD,
        name: str | None = None,
        before: str = "",
        interaction: int | None = None,
        pieces: "Sequence[Text]" = (),
        inside: "Sequence[tuple[Span, Sequence[Text]]]" = (),
        frames: Frames | None = None,
    ) -> None:
        self.value = value
        self.prefix = prefix
        self.route = route
        self.spot = spot
        self.name = name
        self.before = before
        self.interaction = interaction
        self.pieces = pieces
        self.inside = inside
        self.frames = frames
        self._make = make

    @cached_property
    def lens(self) -> Lens[str]:
        """The lens of the text; one that takes no edits where the recording does not hold the text as it is read."""
        found = self._make()
        return found if found is not None and found.text == self.value else Fixed(self.value)

    @property
    def where(self) -> str:
        """The logical place: "request.headers.authorization", "response.events[12].choices[0].delta.content"."""
        return self.prefix + route_text(self.route)


def given(lens: Lens[str]) -> Callable[[], Lens[str]]:
    """What makes a lens that is there already."""
    return lambda: lens


def route_text(route: Route) -> str:
    """A route as it is shown: ".$" leads into a JSON text, ".base64" into what base64 stands for; "~" ends that of a
    field's name."""
    return "".join(map(_step, route))


def _step(step: str | int | Layer) -> str:
    if isinstance(step, Layer):
        return LAYERS[step]
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if PLAIN_KEY.fullmatch(step) else f"[{step!r}]"
