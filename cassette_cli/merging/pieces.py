"""A cassette's text cut into what stands before its interactions, the text of each, and what stands behind them.

    version: 2                  before
    interactions:
        - id: 0                 a piece, in whole lines
          request: ...
        - id: 1                 a piece
          request: ...
    recorded_with: x            after

In JSON a piece is the text of the value, without the comma behind it; in a trace of httprr a record; where each
interaction is a document of YAML by itself, that document.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from cassette_cli.document import from_httprr
from cassette_cli.document.document import Document
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, get
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Cassette, Interaction

# The end of what stands before an item of a block sequence (YAML 1.2.2, 8.2.1).
DASH = re.compile(r"(?:\A|(?<=\n))[ \t]*-[ \t]*(?:\r?\n[ \t]*)?\Z")
# No indentation is deeper than a parser reads it.
DEEPEST = 1000
# What stands between the documents of httpmock (https://docs.rs/httpmock, "record").
BETWEEN_DOCUMENTS = "---\n"


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """An interaction and its text; `number` is the place in it of the digits of the id, None where there are none."""

    interaction: Interaction
    node: Node
    text: str
    number: Span | None

    @property
    def same(self) -> str:
        """What is equal in pieces that say the same: the text but for the number."""
        return self.text if self.number is None else self.text[: self.number.start] + self.text[self.number.end :]

    @property
    def asked(self) -> tuple[str | bytes | None, ...]:
        """What is equal in pieces that ask the same: method, URL and body."""
        request = self.interaction.request
        return request.method, _read(request.url), _read(request.body)

    @property
    def endpoint(self) -> tuple[str | None, str]:
        """What is equal in pieces that ask the same place: method, and URL without its query."""
        request = self.interaction.request
        return request.method, str(_read(request.url)).partition("?")[0]

    def numbered(self, number: int | None) -> str:
        """Its text with a number in the place of its own, or with its own for None."""
        if number is None or self.number is None:
            return self.text
        return f"{self.text[: self.number.start]}{number}{self.text[self.number.end :]}"


class Cut(NamedTuple):
    """A cassette's text in parts. With `in_lines` each of them is whole lines; else `separator` stands between pieces,
    None where there are fewer than two."""

    before: str
    pieces: tuple[Piece, ...]
    after: str
    in_lines: bool
    separator: str | None = ""

    @property
    def running(self) -> bool:
        """Whether the ids are the recorder's running numbers."""
        return all(
            piece.number is not None and piece.interaction.id == str(index) for index, piece in enumerate(self.pieces)
        )


def cut(cassette: Cassette) -> Cut | None:
    """The parts of a cassette's text; None where its interactions are neither the items of one list nor documents of
    their own, or there are none."""
    document = cassette.document
    spans = [interaction.span for interaction in cassette.interactions]
    if spans and spans == [root.span for root in document.roots]:
        return _values(cassette, document.roots, BETWEEN_DOCUMENTS)
    held = _held(document, spans)
    if held is None or len(document.roots) > 1:
        return None
    sequence, rest = held
    if sequence.tag == from_httprr.TAG:
        return _values(cassette, sequence.items, "")
    if document.text.startswith("[", sequence.span.start):
        return _values(cassette, sequence.items)
    return _lines(cassette, sequence, rest)


def _held(document: Document, spans: Sequence[Span]) -> tuple[SequenceNode, int] | None:
    """The list with these items, at the top or in mappings below it, and where the key behind it begins."""
    waiting = [(root, len(document.text)) for root in document.roots]
    while spans and waiting:
        node, end = waiting.pop()
        if isinstance(node, SequenceNode) and [item.span for item in node.items] == spans:
            return node, end
        if isinstance(node, Mapping):
            starts = [key.span.start for key, _ in node.items][1:]
            waiting += [(value, start) for (_, value), start in zip(node.items, [*starts, end], strict=True)]
    return None


def _values(cassette: Cassette, nodes: Sequence[Node], separator: str | None = None) -> Cut:
    text = cassette.document.text
    spans = [node.span for node in nodes]
    separators = [text[one.end : other.start] for one, other in pairwise(spans)]
    return Cut(
        before=text[: spans[0].start],
        pieces=_pieces(cassette, nodes, spans),
        after=text[spans[-1].end :],
        in_lines=False,
        separator=separators[0] if separators else separator,
    )


def _lines(cassette: Cassette, sequence: SequenceNode, rest: int) -> Cut | None:
    text = cassette.document.text
    starts = [_line_of_dash(text, node.span.start) for node in sequence.items]
    end = text.rfind("\n", 0, rest) + 1 if rest < len(text) else rest
    places = [*(start for start in starts if start is not None), end]
    # An alias stands for what lies elsewhere.
    if len(places) <= len(starts) or places != sorted(set(places)) or text[end:rest].strip():
        return None
    spans = [Span(*pair) for pair in pairwise(places)]
    pieces = _pieces(cassette, sequence.items, spans)
    if not pieces[-1].text.endswith("\n"):
        pieces = (*pieces[:-1], replace(pieces[-1], text=pieces[-1].text + ("\r\n" if "\r\n" in text else "\n")))
    return Cut(text[: places[0]], pieces, text[end:], in_lines=True)


def _line_of_dash(text: str, start: int) -> int | None:
    near = max(0, start - DEEPEST)
    found = DASH.search(text[near:start])
    return near + found.start() if found else None


def _pieces(cassette: Cassette, nodes: Sequence[Node], spans: Sequence[Span]) -> tuple[Piece, ...]:
    text = cassette.document.text
    return tuple(
        Piece(interaction, node, text[span.start : span.end], _number(text, node, span.start))
        for interaction, node, span in zip(cassette.interactions, nodes, spans, strict=True)
    )


def _number(text: str, node: Node, start: int) -> Span | None:
    """The place, from `start` on, of an id that is written as digits."""
    id_ = get(node, "id")
    if not isinstance(id_, Scalar) or not text[id_.span.start : id_.span.end].isdecimal():
        return None
    return Span(id_.span.start - start, id_.span.end - start)


def _read(lens: BodyLens | None) -> str | bytes | None:
    try:
        return lens.text if lens else None
    except CassetteError:
        return None
