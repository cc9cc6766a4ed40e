"""A structure kept as YAML or JSON nodes where other recorders keep a JSON text, read as that JSON text.

    parsed_body:                     {"messages":[{"content":"It's 5."}]}
      messages:             reads
      - content: It''s 5.    as

What a string or a number of the text says can be edited, and edits the scalar; the rest of the text is only implied.
(pydantic-ai keeps bodies so: https://github.com/pydantic/pydantic-ai, tests/json_body_serializer.py.)
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from json import JSONDecodeError, dumps, loads

from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, changed, splice
from cassette_cli.document.tree import Node, Scalar, Style
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.document.yaml_kind import kind_of
from cassette_cli.errors import CassetteError

# An alias bomb is small in the file and endless as text.
MOST_NODES = 1_000_000

JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?\Z")
TRUTH = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar of the structure: where its JSON stands in the text, and its lens."""

    span: Span
    lens: Lens[str]
    is_string: bool


@dataclass(frozen=True, slots=True, eq=False)
class JsonText:
    """The JSON text that a structure stands for. Made by `json_text`."""

    text: str
    leaves: tuple[Leaf, ...]

    @property
    def depth(self) -> int:
        return 1 + max((leaf.lens.depth for leaf in self.leaves), default=0)

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        starts = [leaf.span.start for leaf in self.leaves]
        changes: list[Change] = []
        for index, inside in groupby(edits, lambda edit: bisect_right(starts, edit.span.start) - 1):
            changes += self._lifted(self.leaves[index] if index >= 0 else None, list(inside))
        return changes

    def _lifted(self, leaf: Leaf | None, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        if leaf is None or edits[-1].span.end > leaf.span.end:
            raise CassetteError("only strings and numbers of this body can be edited, not its shape")
        start, end = leaf.span
        shifted = [Edit(Span(edit.span.start - start, edit.span.end - start), edit.new) for edit in edits]
        literal = splice(self.text[start:end], shifted)
        value = _string(literal) if leaf.is_string else literal
        return [(leaf.lens, edit) for edit in changed(leaf.lens.text, value)]


def json_text(outer: Lens[str], node: Node) -> JsonText:
    """The JSON text of a node whose spans count characters of `outer.text`.

    Raises CassetteError where aliases make it endless, or a key is no scalar.
    """
    pieces: list[str] = []
    leaves: list[Leaf] = []
    size = 0
    for count, token in enumerate(_tokens(node)):
        if count > MOST_NODES:
            raise CassetteError("a structure of more than a million nodes: an alias bomb?")
        if isinstance(token, Scalar):
            literal = _literal(token)
            leaf = Leaf(Span(size, size + len(literal)), lens_of(outer, token), literal[0] == '"')
            leaves.append(leaf)
        else:
            literal = token
        pieces.append(literal)
        size += len(literal)
    return JsonText("".join(pieces), tuple(leaves))


def _tokens(root: Node) -> Iterator[Scalar | str]:
    """The structure in the order in which JSON writes it: punctuation, and scalars. Keys come as text."""
    waiting: list[Node | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str | Scalar):
            yield node
        elif isinstance(node, SequenceNode):
            yield "["
            waiting.append("]")
            for place, item in reversed(list(enumerate(node.items))):
                waiting += [item, ","] if place else [item]
        else:
            yield "{"
            waiting.append("}")
            for place, (key, item) in reversed(list(enumerate(node.items))):
                waiting += [item, ("," if place else "") + _key(key)]


def _key(key: Node) -> str:
    if isinstance(key, Scalar):
        return dumps(key.value, ensure_ascii=False) + ":"
    raise CassetteError("a key of this body is no scalar")


def _literal(scalar: Scalar) -> str:
    """A scalar as JSON: what is not text in YAML, plain and untagged, stays a number, truth value or null."""
    if scalar.style is Style.JSON_LITERAL:
        return scalar.value
    if scalar.style is Style.PLAIN and scalar.tag is None:
        kind = kind_of(scalar.value)
        if kind == "null":
            return "null"
        if kind == "bool" and scalar.value.lower() in TRUTH:
            return TRUTH[scalar.value.lower()]
        if kind in ("int", "float") and JSON_NUMBER.match(scalar.value):
            return scalar.value
    return dumps(scalar.value, ensure_ascii=False)


def _string(literal: str) -> str:
    try:
        value = loads(literal)
    except JSONDecodeError:
        value = None
    if not isinstance(value, str):
        raise CassetteError("only strings and numbers of this body can be edited, not its shape")
    return value
