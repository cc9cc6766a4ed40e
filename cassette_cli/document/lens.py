"""Lenses: a text decoded from a place in another text, and the way back for its edits.

A cassette is text in text in text. Each layer is a `Lens`: `text` is what it decodes to, and `lift` turns edits
of that text into edits of the text around it. `lift_all` carries edits made anywhere down to the file, one layer
at a time, so that a layer that must be rewritten whole (gzip) is rewritten once for all edits in it.

    file > YAML scalar > base64 > gzip > UTF-8 > SSE data > JSON string > tool arguments > JSON string

The laws, tested on every lens: no edit changes nothing; after an edit the decoded text is exactly the edited one
and everything else is as it was; only what must change in the outer text does.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate, count
from typing import Any, Generic, Protocol, TypeVar

from cassette_cli.document.text import Edit, Span, in_order, moved, narrowed, splice
from cassette_cli.errors import CassetteError

Inner = TypeVar("Inner", str, bytes)

# An edit and the lens whose text it edits. `Any`: the text is a str or bytes, as the lens says.
Change = tuple["Lens[Any]", Edit[Any]]


class Lens(Protocol[Inner]):
    """A decoded text that knows the way back. One place has one lens: edits are gathered by its identity."""

    @property
    def text(self) -> Inner:
        """The decoded text."""

    @property
    def depth(self) -> int:
        """How many layers lie between this text and the file's; 0 for the file itself."""

    def lift(self, edits: Sequence[Edit[Inner]]) -> Sequence[Change]:
        """What these edits of `text` (disjoint, in order) are in the layer around it.

        Raises CassetteError where the outer text cannot express them.
        """


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The file's own text, where every lens ends."""

    text: str
    depth: int = 0

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        return [(self, edit) for edit in edits]


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """A part of another text, as it stands."""

    outer: Lens[str]
    span: Span

    @property
    def text(self) -> str:
        return self.outer.text[self.span.start : self.span.end]

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        return [(self.outer, edit) for edit in moved(edits, self.span.start)]


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """A text that cannot be edited: the recording implies it but does not hold it (a default, a name that the recorder
    leaves out), or as `reason` says."""

    text: str
    depth: int = 0
    reason: str = "it is not in the recording"

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        if splice(self.text, edits) != self.text:
            raise CassetteError(f"this text cannot be edited: {self.reason}")
        return []


@dataclass(frozen=True, slots=True, eq=False)
class Joined(Generic[Inner]):
    """One logical text that lies in pieces: the channel of a streamed reply, a body kept as a list of chunks.

    An edit that crosses pieces puts its new text where it begins and takes the rest out of the others.
    """

    pieces: tuple[Lens[Inner], ...]

    @property
    def text(self) -> Inner:
        texts = [piece.text for piece in self.pieces]
        return texts[0][:0].join(texts) if texts else ""  # type: ignore[return-value]  # bytes never lie in no piece

    @property
    def depth(self) -> int:
        return 1 + max((piece.depth for piece in self.pieces), default=0)

    def lift(self, edits: Sequence[Edit[Inner]]) -> Sequence[Change]:
        if edits and not self.pieces:
            raise CassetteError("this text lies nowhere in the recording and cannot be edited")
        changes: list[Change] = []
        starts = [0, *accumulate(len(piece.text) for piece in self.pieces)]
        text = self.text
        for edit in edits:
            changes.extend(self._spread(narrowed(text, edit), starts))
        return changes

    def _spread(self, edit: Edit[Inner], starts: Sequence[int]) -> Iterator[Change]:
        start, end = edit.span
        new = edit.new
        # An insertion between two pieces goes to the one before; a replacement starts in the piece it starts in.
        first = bisect_left(starts, start, lo=1) - 1 if start == end else bisect_right(starts, start) - 1
        for index in range(first, len(self.pieces)):
            begin, stop = starts[index], starts[index + 1]
            if begin >= end and index > first:
                break
            here = Span(max(start, begin) - begin, min(end, stop) - begin)
            if new or here.start < here.end:
                yield self.pieces[index], Edit(here, new)
            new = new[:0]


def place_of(lens: Lens[Any], source: Source) -> Span | None:
    """The span of a file's text that a lens lies in, None where it lies in several, in another file, or nowhere."""
    at: Any = lens
    while not isinstance(at, Source):
        outer, span = getattr(at, "outer", None), getattr(at, "span", None)
        if isinstance(outer, Source):
            return span if outer is source else None
        if outer is None:
            return None
        at = outer
    return None


def layers(changes: Iterable[Change]) -> Iterator[tuple[Lens[Any], list[Edit[Any]]]]:
    """Each lens that edits pass on their way to the file, deepest first and the file's own last, with all edits of its
    text in order of place.

    Raises CassetteError where a layer cannot express an edit, InternalError where two edits overlap.
    """
    waiting: dict[int, tuple[Lens[Any], list[Edit[Any]]]] = {}
    # Of equal depth, the first that was edited comes first: the order must be the same in every run.
    depths: list[tuple[int, int, int]] = []
    arrivals = count()

    def add(change: Change) -> None:
        lens, edit = change
        if id(lens) not in waiting:
            waiting[id(lens)] = (lens, [])
            heappush(depths, (-lens.depth, next(arrivals), id(lens)))
        waiting[id(lens)][1].append(edit)

    for change in changes:
        add(change)
    while depths:
        lens, edits = waiting.pop(heappop(depths)[2])
        ordered = in_order(edits)
        yield lens, ordered
        if not isinstance(lens, Source):
            for change in lens.lift(ordered):
                add(change)


def lift_all(changes: Iterable[Change], source: Source | None = None) -> list[Edit[str]]:
    """Edits made at any depth as edits of the file's text, in order of place; those of one `source` only where texts
    lie in several files.

    Raises CassetteError where a layer cannot express an edit, InternalError where two edits overlap.
    """
    return in_order(edit for found, edit in sourced(changes) if source is None or found is source)


def sourced(changes: Iterable[Change]) -> Iterator[tuple[Source, Edit[str]]]:
    """Edits made at any depth as edits of files' texts, each with its file's. Raises as `lift_all`."""
    for lens, edits in layers(changes):
        if isinstance(lens, Source):
            yield from ((lens, edit) for edit in edits)
