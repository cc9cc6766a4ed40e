"""Spans, edits and the one way to apply them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from cassette_cli.errors import InternalError

Text = TypeVar("Text", str, bytes)


class Span(NamedTuple):
    """Half-open range of a text: characters of a `str`, bytes of a `bytes`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit(Generic[Text]):
    """Replace what lies in `span` by `new`."""

    span: Span
    new: Text


def in_order(edits: Iterable[Edit[Text]]) -> list[Edit[Text]]:
    """Edits sorted by place. Raises InternalError where two overlap."""
    ordered = sorted(edits, key=attrgetter("span"))
    for before, after in pairwise(ordered):
        if after.span.start < before.span.end:
            raise InternalError(f"two edits overlap at {after.span.start}")
    return ordered


def splice(text: Text, edits: Iterable[Edit[Text]]) -> Text:
    """`text` with all edits applied at once; spans are those of the text before any edit.

    Insertions at the same place keep the order in which they are given.
    Raises InternalError where two edits overlap or one reaches outside the text.
    """
    pieces = []
    done = 0
    for edit in in_order(edits):
        if not done <= edit.span.start <= edit.span.end <= len(text):
            raise InternalError(f"an edit reaches outside the text at {edit.span.start}")
        pieces.append(text[done : edit.span.start])
        pieces.append(edit.new)
        done = edit.span.end
    pieces.append(text[done:])
    return text[:0].join(pieces)


def moved(edits: Iterable[Edit[Text]], by: int) -> list[Edit[Text]]:
    """The same edits `by` places further on."""
    return [Edit(Span(edit.span.start + by, edit.span.end + by), edit.new) for edit in edits]


def narrowed(text: Text, edit: Edit[Text]) -> Edit[Text]:
    """The same edit without the characters that it would replace by themselves at either end."""
    (start, end), new = edit.span, edit.new
    same = min(end - start, len(new))
    head = 0
    while head < same and text[start + head] == new[head]:
        head += 1
    tail = 0
    while tail < same - head and text[end - 1 - tail] == new[len(new) - 1 - tail]:
        tail += 1
    return Edit(Span(start + head, end - tail), new[head : len(new) - tail])


def changed(before: Text, after: Text) -> Sequence[Edit[Text]]:
    """The one smallest edit that turns `before` into `after`; none where they are equal."""
    if before == after:
        return ()
    return (narrowed(before, Edit(Span(0, len(before)), after)),)
