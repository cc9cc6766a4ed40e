"""Texts that lie in texts of an event's payload, opened once and closed around as many new texts as are wanted.

{"bytes": "eyJkZWx0YSI6eyJ0ZXh0Ijoi..."}     by ("bytes", Layer.BASE64, Layer.JSON): {"delta":{"text":"...
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cassette_cli.conversation import Layer, Route
from cassette_cli.document import from_json
from cassette_cli.document.json_string import quoted
from cassette_cli.document.tree import Scalar, Style, get
from cassette_cli.errors import CassetteError


class Opened(NamedTuple):
    """A text within a payload, and what makes a payload around another one in its place."""

    text: str
    around: Callable[[str], str]


def base_of(route: Route) -> tuple[Route, tuple[str | int, ...]]:
    """A route as far as its last layer, and the keys behind it."""
    last = max((place for place, step in enumerate(route) if isinstance(step, Layer)), default=-1)
    return route[: last + 1], tuple(step for step in route[last + 1 :] if not isinstance(step, Layer))


def opened(payload: str, base: Route) -> Opened | None:
    """The text at the end of a route that ends with a layer, or is empty; None where there is none, or where it is
    spelled in a way that would not come out the same."""
    text = payload
    shells: list[Callable[[str], str]] = []
    keys: list[str | int] = []
    for step in base:
        if not isinstance(step, Layer):
            keys.append(step)
            continue
        if keys:
            literal = _literal(text, keys)
            if literal is None:
                return None
            shells.append(_quoted(text[: literal.span.start], text[literal.span.end :]))
            text, keys = literal.value, []
        if step is Layer.BASE64:
            shells.append(lambda inner: b64encode(inner.encode()).decode())
            try:
                text = b64decode(text, validate=True).decode()
            except ValueError:
                return None
    whole = _nested(shells)
    return Opened(text, whole) if whole(text) == payload else None


def _literal(text: str, keys: Sequence[str | int]) -> Scalar | None:
    try:
        node = get(from_json.parse(text), *keys)
    except CassetteError:
        return None
    return node if isinstance(node, Scalar) and node.style is Style.JSON_STRING else None


def _quoted(before: str, after: str) -> Callable[[str], str]:
    return lambda inner: before + quoted(inner) + after


def _nested(shells: Sequence[Callable[[str], str]]) -> Callable[[str], str]:
    def around(inner: str) -> str:
        for shell in reversed(shells):
            inner = shell(inner)
        return inner

    return around
