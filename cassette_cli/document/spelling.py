"""How a text is spelled in another one, and the lens that every spelling shares.

A spelling (a YAML style, a JSON string, percent-encoding) cuts its source into atoms: stretches of source with the text
that each stands for. Most atoms stand for themselves; an escape, a folded line break or a doubled quote does not.
What lies between atoms (quotes, indentation) stands for nothing.

An edit of the decoded text replaces just the atoms that it touches. Whether that was right is not left to reasoning:
the edited source is decoded again, and where it does not give exactly the edited text a wider rewrite is tried, until
the whole is spelled anew.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.text import Edit, Span, changed, splice
from cassette_cli.errors import CassetteError, InternalError

# Writes a text in place of a span of a source. Raises ValueError where it cannot be written there.
Writer = Callable[[str, Span], str]


# A text, and the start and end of the stretch of a source that stands for it.
Atom = tuple[str, int, int]


def atoms_of(tokens: Sequence[str], meaning: Callable[[str], str], *, start: int = 0) -> list[Atom]:
    """The atoms of tokens that lie side by side in a source, the first one at `start`."""
    places = list(accumulate(map(len, tokens), initial=start))
    return list(zip(map(meaning, tokens), places, places[1:], strict=False))


class Spelling(Protocol):
    """One way to write a text, as it is in one place: values like its indentation belong to the instance."""

    def atoms(self, source: str) -> Sequence[Atom]:
        """The atoms of a source; their joined texts are what it decodes to. Raises ValueError for no such source."""

    def writer(self, source: str) -> Writer:
        """How new text is written into a source, in the manner of the source."""

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        """Whole sources for `text`, the one nearest to the old source first; not all of them need decode to it."""

    def fits(self, candidate: str, text: str, source: str) -> bool:
        """Whether a new source, which decodes to `text`, may stand where the old one stood."""


@dataclass(frozen=True, slots=True, eq=False)
class SpelledLens:
    """The lens of a text that lies spelled in `span` of another."""

    outer: Lens[str]
    span: Span
    text: str
    spelling: Spelling

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        source = self.outer.text[self.span.start : self.span.end]
        start = self.span.start
        return [
            (self.outer, Edit(Span(start + edit.span.start, start + edit.span.end), edit.new))
            for edit in respell(self.spelling, source, self.text, edits)
        ]


def respell(spelling: Spelling, source: str, text: str, edits: Sequence[Edit[str]]) -> Sequence[Edit[str]]:
    """Edits of `text`, which is what `source` stands for, as edits of the source, as local as the spelling allows.

    Raises CassetteError where no source of this kind can express the edited text.
    """
    target = splice(text, edits)
    if target == text:
        return ()
    board = _board(spelling, source, text)
    for local in _local(spelling, board, edits):
        if _says(spelling, splice(source, local), target, source):
            return local
    try:
        for rewritten in spelling.rewrites(target, source):
            if _says(spelling, rewritten, target, source):
                return changed(source, rewritten)
    except ValueError as error:
        raise CassetteError(f"the edited text cannot be written in this place: {error}") from error
    raise CassetteError("the edited text cannot be written in this place")


def _says(spelling: Spelling, candidate: str, target: str, source: str) -> bool:
    """Whether a new source decodes to `target` and may stand where the old one did."""
    try:
        text = "".join(text for text, _, _ in spelling.atoms(candidate))
    except ValueError:
        return False
    return text == target and spelling.fits(candidate, text, source)


def _board(spelling: Spelling, source: str, text: str) -> "_Board":
    try:
        board = _Board(source, [atom for atom in spelling.atoms(source) if atom[0]])
    except ValueError as error:
        raise InternalError(f"this text is not understood as its parser understood it: {error}") from error
    if board.text != text:
        raise InternalError("this text is not understood as its parser understood it")
    return board


def _local(spelling: Spelling, board: "_Board", edits: Sequence[Edit[str]]) -> Iterator[Sequence[Edit[str]]]:
    """Ways to place the edits in the source, the most local one first; none where the new text has no spelling."""
    if not board.begins:
        return
    write = spelling.writer(board.source)
    for widen in (board.whole_atoms, board.around_folds):
        try:
            yield [Edit(edit.span, write(edit.new, edit.span)) for edit in board.placed(edits, widen)]
        except ValueError:
            return


class _Board:
    """Where the atoms of a source lie: in its decoded text from `starts`, in the source from `begins` to `ends`."""

    def __init__(self, source: str, atoms: Sequence[Atom]) -> None:
        self.source = source
        self.text = "".join(text for text, _, _ in atoms)
        self.starts = [0, *accumulate(len(text) for text, _, _ in atoms)]
        self.ends = [end for _, _, end in atoms]
        # What would come next begins where the last one ends.
        self.begins = [*(begin for _, begin, _ in atoms), *self.ends[-1:]]

    def placed(self, edits: Sequence[Edit[str]], widen: Callable[[Span], Span]) -> Sequence[Edit[str]]:
        """Edits of the decoded text as spans of the source and the (still unspelled) text for them."""
        groups: list[tuple[Span, list[Edit[str]]]] = []
        for edit in edits:
            span = widen(edit.span)
            if groups and span.start < groups[-1][0].end:
                before, members = groups.pop()
                groups.append((Span(before.start, max(before.end, span.end)), [*members, edit]))
            else:
                groups.append((span, [edit]))
        return [Edit(self._in_source(span), self._edited(span, members)) for span, members in groups]

    def whole_atoms(self, span: Span) -> Span:
        """The span, grown so that it cuts through no atom that stands for another text."""
        start, end = span
        first = bisect_right(self.starts, start) - 1
        if start > self.starts[first] and not self._verbatim(first):
            start = self.starts[first]
        last = bisect_left(self.starts, end) - 1
        if last >= 0 and end < self.starts[last + 1] and not self._verbatim(last):
            end = self.starts[last + 1]
        return Span(start, max(start, end))

    def around_folds(self, span: Span) -> Span:
        """The span, grown over whatever beside it does not stand for itself."""
        start, end = self.whole_atoms(span)
        before = bisect_left(self.starts, start) - 1
        while before >= 0 and not self._verbatim(before):
            start = self.starts[before]
            before -= 1
        after = bisect_left(self.starts, end)
        while after < len(self.ends) and not self._verbatim(after):
            end = self.starts[after + 1]
            after += 1
        return Span(start, end)

    def _verbatim(self, index: int) -> bool:
        here = self.source[self.begins[index] : self.ends[index]]
        return here == self.text[self.starts[index] : self.starts[index + 1]]

    def _edited(self, span: Span, edits: Sequence[Edit[str]]) -> str:
        shifted = [Edit(Span(edit.span.start - span.start, edit.span.end - span.start), edit.new) for edit in edits]
        return splice(self.text[span.start : span.end], shifted)

    def _in_source(self, span: Span) -> Span:
        first = bisect_right(self.starts, span.start) - 1
        start = self.begins[first] + span.start - self.starts[first]
        if span.start == span.end:
            return Span(start, start)
        last = bisect_left(self.starts, span.end) - 1
        if span.end < self.starts[last + 1]:
            return Span(start, self.begins[last] + span.end - self.starts[last])
        end = self.ends[last]
        if self.source[end - 1] in "\r\n":
            # The indentation of the next line goes with the line break before it.
            end = self.begins[last + 1]
        return Span(start, end)
