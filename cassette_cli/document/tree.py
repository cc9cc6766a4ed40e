"""What a parser makes of a text: mappings, sequences and scalars, each with its place in the text.

Nodes are tuples, not dataclasses: a file has tens of thousands of them, and a tuple is made in a third of the time.
"""

from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple, TypeAlias

from cassette_cli.document.text import Span


class Style(Enum):
    """How a scalar is written: the five styles of YAML 1.2.2 chapters 7.3 and 8.1, and the two of JSON (RFC 8259)."""

    PLAIN = "plain"
    SINGLE = "single-quoted"
    DOUBLE = "double-quoted"
    LITERAL = "literal"
    FOLDED = "folded"
    JSON_STRING = "json string"
    JSON_LITERAL = "json literal"  # a number, true, false or null
    TOML = "toml"  # a string of any of its four kinds, or what is unquoted
    VERBATIM = "verbatim"  # a stretch of a text that has no spelling of its own


class Scalar(NamedTuple):
    """A leaf. `span` covers what the file holds for it: tag and anchor, header of a block scalar, quotes.

    `indent` is the column of the block collection around it (-1 at the top), which decides how block scalars
    and continuation lines may be indented. `shared` says that an alias names it too: it cannot be edited alone.
    `in_flow` and `in_key` say what else limits how YAML may write it: it lies in a flow collection ([a, b]), or is a
    key or in one, which has to stay on one line.
    """

    value: str
    span: Span
    style: Style
    tag: str | None = None
    indent: int = -1
    shared: bool = False
    in_flow: bool = False
    in_key: bool = False


class Sequence(NamedTuple):
    """`items` in file order."""

    items: "tuple[Node, ...]"
    span: Span
    tag: str | None = None


class Mapping(NamedTuple):
    """`items` are (key, value) in file order, duplicates kept."""

    items: "tuple[tuple[Node, Node], ...]"
    span: Span
    tag: str | None = None


Node: TypeAlias = Scalar | Sequence | Mapping


def get(node: Node | None, *route: str | int) -> Node | None:
    """What lies at a route of keys and indexes, None where there is nothing; the last of duplicate keys counts."""
    for step in route:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = _value_of(node, step)
        elif isinstance(node, Sequence) and isinstance(step, int) and -len(node.items) <= step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def key_at(node: Node | None, *route: str | int) -> Node | None:
    """The key that the value at a route lies under, None where there is none."""
    around = get(node, *route[:-1])
    found = None
    for name, _ in entries(around) if route else ():
        if isinstance(name, Scalar) and name.value == route[-1]:
            found = name
    return found


def _value_of(mapping: Mapping, key: str) -> Node | None:
    found = None
    for name, value in mapping.items:
        if isinstance(name, Scalar) and name.value == key:
            found = value
    return found


def text_of(node: Node | None) -> str | None:
    """The value of a scalar that is there and is not null, else None."""
    return node.value if isinstance(node, Scalar) and not is_null(node) else None


def is_null(scalar: Scalar) -> bool:
    """Whether a scalar stands for no value (YAML 1.1 and 1.2 core schema, JSON null)."""
    if scalar.style is Style.PLAIN and scalar.tag is None:
        return scalar.value in ("", "~", "null", "Null", "NULL")
    return scalar.style is Style.JSON_LITERAL and scalar.value == "null"


def entries(node: Node | None) -> Iterator[tuple[Node, Node]]:
    """The (key, value) pairs of a mapping; nothing for anything else."""
    if isinstance(node, Mapping):
        yield from node.items


def elements(node: Node | None) -> "tuple[Node, ...]":
    """The items of a sequence; nothing for anything else."""
    return node.items if isinstance(node, Sequence) else ()


def inside(node: Node) -> "tuple[Node, ...]":
    """The nodes that a collection holds, keys included; none for a scalar."""
    return tuple(each for pair in entries(node) for each in pair) or elements(node)


class Ways:
    """The ways from the root of a tree down to places in its text; quick, however many are asked for."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._starts: dict[int, list[int]] = {}

    def to(self, span: Span) -> list[Node]:
        """The nodes that a span lies in, the outermost first; nothing of what an alias names."""
        node, way = self._root, []
        while node.span.start <= span.start and span.end <= node.span.end:
            way.append(node)
            children = inside(node)
            if not children:
                break
            if id(node) not in self._starts:
                self._starts[id(node)] = [child.span.start for child in children]
            node = children[bisect_right(self._starts[id(node)], span.start) - 1]
        return way
