"""A structure kept as YAML or JSON nodes where other recorders keep a JSON text, read as that JSON text.

    parsed_body:                     {"messages":[{"content":"It's 5."}]}
      messages:             reads
      - content: It''s 5.    as

What a string, a number or a key of the text says can be edited, and edits the scalar; the rest is only implied.
(pydantic-ai keeps bodies so: https://github.com/pydantic/pydantic-ai, tests/json_body_serializer.py.)
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from json import JSONDecodeError, loads
from typing import NamedTuple

from cassette_cli.document.json_string import quoted
from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, changed, moved, splice
from cassette_cli.document.tree import Node, Scalar, Style
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.document.yaml_kind import kind_of, same_kind
from cassette_cli.errors import CassetteError

# An alias bomb is small in the file and endless as text.
MOST_NODES = 1_000_000
MOST_CHARACTERS = 64 * 1024 * 1024

SHAPE = "only strings, numbers and names of this body can be edited, not its shape"
JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")
TRUTH = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


class JsonText:
    """The JSON text that a structure stands for, written when it is first asked for.

    `node` has spans that count characters of `outer.text`. Raises CassetteError, when asked for its text, where
    aliases make it endless or a key is no scalar.
    """

    def __init__(self, outer: Lens[str], node: Node) -> None:
        self.outer = outer
        self.node = node

    @cached_property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def depth(self) -> int:
        return self.outer.depth + 2

    @cached_property
    def _pieces(self) -> Sequence[str]:
        """The text in pieces: punctuation, keys and scalars' values by turns."""
        pieces: list[str] = []
        size = 0
        for token in _tokens(self.node):
            piece = token if isinstance(token, str) else token.text if isinstance(token, _Key) else _literal(token)
            pieces.append(piece)
            size += len(piece)
            if size > MOST_CHARACTERS or len(pieces) > MOST_NODES:
                raise CassetteError("a structure of more than a million nodes or 64 MiB of text: an alias bomb?")
        return pieces

    @cached_property
    def _leaves(self) -> Sequence[tuple[Span, "Scalar | _Key"]]:
        """Where in the text the keys and the scalars' values stand; only edits ask for it."""
        ends = list(accumulate(map(len, self._pieces)))
        return [
            (Span(end - len(piece) + len(token.comma), end - 1), token)
            if isinstance(token, _Key)
            else (Span(end - len(piece), end), token)
            for token, piece, end in zip(_tokens(self.node), self._pieces, ends, strict=True)
            if not isinstance(token, str)
        ]

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        leaves = self._leaves
        if splice(self.text, edits) == self.text:
            return []
        starts = [span.start for span, _ in leaves]
        changes: list[Change] = []
        for index, inside in groupby(edits, lambda edit: bisect_right(starts, edit.span.start) - 1):
            if index < 0:
                raise CassetteError(SHAPE)
            changes += self._lifted(*leaves[index], list(inside))
        return changes

    def _lifted(self, span: Span, leaf: "Scalar | _Key", edits: Sequence[Edit[str]]) -> Sequence[Change]:
        start, end = span
        if edits[-1].span.end > end:
            raise CassetteError(SHAPE)
        literal = self.text[start:end]
        after = splice(literal, moved(edits, -start))
        if after == literal:
            return []
        value = _string(after) if literal[0] == '"' else after
        if (quoted(value) if isinstance(leaf, _Key) else _literal_of(leaf, value)) != after:
            raise CassetteError(SHAPE)
        lens = lens_of(self.outer, leaf.scalar if isinstance(leaf, _Key) else leaf)
        return [(lens, edit) for edit in changed(lens.text, value)]


class _Key(NamedTuple):
    """The name of a field, and the comma before it where it is not the first."""

    scalar: Scalar
    comma: str

    @property
    def text(self) -> str:
        return f"{self.comma}{quoted(self.scalar.value)}:"


def _tokens(root: Node) -> "Iterator[Scalar | _Key | str]":
    """The structure in the order in which JSON writes it: punctuation, keys and scalars."""
    waiting: list[Node | _Key | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str | Scalar | _Key):
            yield node
        elif isinstance(node, SequenceNode):
            yield "["
            waiting.append("]")
            waiting += _between(node.items[::-1])
        else:
            yield "{"
            waiting.append("}")
            for place in range(len(node.items) - 1, -1, -1):
                key, item = node.items[place]
                if not isinstance(key, Scalar):
                    raise CassetteError("a key of this body is no scalar")
                waiting += (item, _Key(key, "," if place else ""))


def _between(items: Sequence[Node]) -> list[Node | str]:
    """Items with a comma between each two."""
    apart: list[Node | str] = [","] * (2 * len(items) - 1)
    apart[::2] = items
    return apart


def _literal(scalar: Scalar) -> str:
    """A scalar as JSON: what is not text in YAML, plain and untagged, stays a number, truth value or null."""
    if scalar.style is Style.JSON_LITERAL:
        return scalar.value
    if scalar.style is Style.PLAIN and scalar.tag is None:
        # A number in JSON is one in YAML.
        if JSON_NUMBER.match(scalar.value):
            return scalar.value
        kind = kind_of(scalar.value)
        if kind == "null":
            return "null"
        if kind == "bool" and scalar.value.lower() in TRUTH:
            return TRUTH[scalar.value.lower()]
    return quoted(scalar.value)


def _literal_of(scalar: Scalar, value: str) -> str:
    """A scalar as JSON, once it has another value: what is plain is quoted before it would change its kind."""
    plain = scalar.style is Style.PLAIN and scalar.tag is None
    if plain and not same_kind(kind_of(scalar.value), kind_of(value)):
        return quoted(value)
    return _literal(scalar._replace(value=value))


def _string(literal: str) -> str:
    try:
        value = loads(literal)
    except JSONDecodeError:
        value = None
    if not isinstance(value, str):
        raise CassetteError(SHAPE)
    return value
