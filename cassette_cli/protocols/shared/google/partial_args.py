"""Arguments of a function call that Vertex AI streams value by value.

https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc

    {"functionCall": {"name": "add", "willContinue": true}}
    {"functionCall": {"partialArgs": [{"jsonPath": "$.who.name", "stringValue": "Bo", "willContinue": true}]}}
    {"functionCall": {"partialArgs": [{"jsonPath": "$.who.name", "stringValue": "b"}, {"jsonPath": "$.n[0]", ...}]}}
    {"functionCall": {}}

Together they are `{"who":{"name":"Bob"},"n":[...]}`. The paths are JSONPath (RFC 9535) of names and indexes.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from cassette_cli.conversation import Json, Route
from cassette_cli.protocols.base import json_text, text_at

STEP = re.compile(r"""\.([^.\[\]]+)|\[(\d{1,9})\]|\['((?:[^'\\]|\\.)*+)'\]|\["((?:[^"\\]|\\.)*+)"\]""")
ESCAPED = re.compile(r"\\(.)")
# Deeper paths are taken for a name: nothing that is written down again may be nested without bound.
MAX_STEPS = 50
VALUES = ("stringValue", "numberValue", "boolValue", "nullValue")


class Piece(NamedTuple):
    """Some of the arguments' text: the event that brought it, and its place in that event's payload."""

    event: int
    text: str
    route: Route | None


class Leaf:
    """A value: the pieces of a string, or one piece of another value."""

    def __init__(self, *, is_string: bool) -> None:
        self.is_string = is_string
        self.pieces: list[Piece] = []


# What lies at a path so far. Keys are all names or all indexes; an index is where the path says, not where it comes.
Node: TypeAlias = "Leaf | dict[str | int, Node]"


class PartialArgs:
    """The arguments of one call as they grow."""

    def __init__(self) -> None:
        self._root: dict[str | int, Node] = {}

    def add(self, event: int, value: Json, route: Route) -> None:
        """Take an entry of `partialArgs` that lies at `route`. One without any value only announces its path."""
        name = next((name for name in VALUES if isinstance(value, dict) and name in value), None)
        if name is None:
            return
        item = value[name]
        steps = _steps(text_at(value, "jsonPath") or "")
        if name == "stringValue" and isinstance(item, str):
            self._string(steps).pieces.append(_piece_of_string(event, item, (*route, name)))
        else:
            self._put(steps, event, None if name == "nullValue" else item)

    def add_whole(self, event: int, arguments: dict[str, Json]) -> None:
        """Take arguments that come as an object, each in the place of what came before under its name."""
        for name, item in arguments.items():
            self._put((name,), event, item)

    def pieces(self) -> list[Piece]:
        """The arguments as JSON text, in pieces in the order of events; none where no value came."""
        if not self._root:
            return []
        pieces = _filled(list(_written(self._root)))
        if all(before.event <= after.event for before, after in pairwise(pieces)):
            return pieces
        return [Piece(max(piece.event for piece in pieces), "".join(piece.text for piece in pieces), None)]

    def _string(self, steps: tuple[str | int, ...]) -> Leaf:
        parent = self._parent(steps)
        leaf = parent.get(steps[-1])
        if not isinstance(leaf, Leaf) or not leaf.is_string:
            leaf = parent[steps[-1]] = Leaf(is_string=True)
        return leaf

    def _put(self, steps: tuple[str | int, ...], event: int, item: Json) -> None:
        leaf = self._parent(steps)[steps[-1]] = Leaf(is_string=False)
        leaf.pieces.append(Piece(event, json_text(item), None))

    def _parent(self, steps: tuple[str | int, ...]) -> dict[str | int, Node]:
        """What holds the last step of a path, made where it is not there. What stands in the way gives way."""
        node = self._root
        for step in steps[:-1]:
            child = node.get(step)
            if not isinstance(child, dict):
                child = node[step] = {}
            node = child
        return node


def _steps(path: str) -> tuple[str | int, ...]:
    """The names and indexes of a path; the path itself as a name where it is more than that."""
    steps: list[str | int] = []
    place = len("$")
    while found := STEP.match(path, place):
        name, index, single, double = found.groups()
        steps.append(int(index) if index else name or ESCAPED.sub(r"\1", single or double or ""))
        place = found.end()
    plain = path[:1] == "$" and place == len(path) and 0 < len(steps) <= MAX_STEPS
    return tuple(steps) if plain else (path,)


def _piece_of_string(event: int, text: str, route: Route) -> Piece:
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    return Piece(event, written, route if written == text else None)


def _written(node: Node) -> Iterator[Piece | str]:
    """A value's text; what no event brought, the punctuation and names, as bare strings."""
    if isinstance(node, Leaf):
        quote = '"' if node.is_string else ""
        yield quote
        yield from node.pieces
        yield quote
        return
    is_list = all(isinstance(key, int) for key in node)
    keys = sorted(node, key=int) if is_list else list(node)
    yield "[" if is_list else "{"
    for count, key in enumerate(keys):
        yield "," if count else ""
        yield "" if is_list else json.dumps(str(key), ensure_ascii=False) + ":"
        yield from _written(node[key])
    yield "]" if is_list else "}"


def _filled(written: list[Piece | str]) -> list[Piece]:
    """Pieces alone: punctuation goes with the event of the piece behind it, at the end with that of the last."""
    pieces: list[Piece] = []
    waiting = ""
    for item in written:
        if isinstance(item, str):
            waiting += item
            continue
        if waiting:
            pieces.append(Piece(item.event, waiting, None))
        pieces.append(item)
        waiting = ""
    if pieces and waiting:
        pieces.append(Piece(pieces[-1].event, waiting, None))
    return pieces
