"""What edits of a file would change, as a unified diff; where secrets go, its old side has masks in their place.

    --- a.yaml
    +++ a.yaml
    @@ -7,3 +7,3 @@
         Authorization:
    -    - Bearer ********
    +    - Bearer <token-1>

Long lines are shown around their changes only: what is read here is not meant to be applied.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from cassette_cli.document.text import Edit, Span
from cassette_cli.render.lines import Line, Style, line

MASK = "********"
CONTEXT = 3
# Lines up to this length are shown whole, others so much around each change.
WHOLE = 240
AROUND = 60
ELLIPSIS = "…"
# Masks what must not be shown, and keeps its length.
Hide = Callable[[str], str]
LETTERS = re.compile(r"[^\r\n]+")


class _Side(NamedTuple):
    """A text after its edits: its lines' starts, and where the edited parts lie in it."""

    text: str
    starts: list[int]
    parts: list[Span]
    hide: Hide

    @property
    def rows(self) -> int:
        """How many lines there are; what follows the last line's end is none."""
        return len(self.starts) - (self.starts[-1] == len(self.text))

    def row(self, number: int) -> str:
        """A line, without its end, shortened."""
        start = self.starts[number]
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        shown = self.hide(self.text[start:end].removesuffix("\r"))
        return _shortened(shown, [_shifted(part, start) for part in self._in(start, end)])

    def _in(self, start: int, end: int) -> Iterator[Span]:
        for part in self.parts[max(bisect_right(self.parts, (start, -1)) - 1, 0) :]:
            if part.start > end:
                return
            if part.end >= start:
                yield part


class _Block(NamedTuple):
    """Lines that change: from `start` to `end` (excluded), counted from 0, on either side."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def masked(text: str) -> str:
    """A text with a mask of one length for each of its lines."""
    return LETTERS.sub(MASK, text)


def diff_lines(
    path: str, text: str, edits: Sequence[Edit[str]], hide: Hide, shown: Callable[[str], str] = masked
) -> Iterator[Line]:
    """The diff of a file that `edits` (disjoint, in order of place) are to change; nothing where there are none.
    `hide` masks what else must not be shown in a line, `shown` is what is shown of a text that is replaced."""
    edits = [part for edit in edits for part in _by_line(text, edit)]
    if not edits:
        return
    old = _side(text, edits, [shown(text[edit.span.start : edit.span.end]) for edit in edits], hide)
    new = _side(text, edits, [edit.new for edit in edits], hide)
    yield line(0, (f"--- {path}", Style.STRONG))
    yield line(0, (f"+++ {path}", Style.STRONG))
    for hunk in _hunks(list(_blocks(text, edits))):
        yield from _hunk(hunk, old, new)


def _by_line(text: str, edit: Edit[str]) -> Iterator[Edit[str]]:
    """An edit of several lines as edits of those that change: what is packed anew (base64) is mostly as it was."""
    old, new = (each.split("\n") for each in (text[edit.span.start : edit.span.end], edit.new))
    if len(old) != len(new):
        yield edit
        return
    place = edit.span.start
    for differ, pairs in groupby(zip(old, new, strict=True), lambda pair: pair[0] != pair[1]):
        before, after = ("\n".join(lines) for lines in zip(*pairs, strict=True))
        if differ:
            yield Edit(Span(place, place + len(before)), after)
        place += len(before) + 1


def masked_line(text: str, edits: Sequence[Edit[str]], offset: int, hide: Hide) -> str:
    """The line of a text that a place lies in, what `edits` change masked; shortened."""
    side = _side(text, edits, [masked(text[edit.span.start : edit.span.end]) for edit in edits], hide)
    return side.row(text.count("\n", 0, offset))


def _side(text: str, edits: Sequence[Edit[str]], news: Sequence[str], hide: Hide) -> _Side:
    pieces, parts, done, size = [], [], 0, 0
    for edit, new in zip(edits, news, strict=True):
        pieces += [text[done : edit.span.start], new]
        size += edit.span.start - done
        parts.append(Span(size, size + len(new)))
        size += len(new)
        done = edit.span.end
    whole = "".join([*pieces, text[done:]])
    return _Side(whole, [0, *(found.end() for found in re.finditer("\n", whole))], parts, hide)


def _blocks(text: str, edits: Sequence[Edit[str]]) -> Iterator[_Block]:
    """The lines that edits touch, those of edits that share a line as one."""
    number = done = shift = 0
    first = end = grown = -1
    for edit in edits:
        old = text[edit.span.start : edit.span.end]
        number += text.count("\n", done, edit.span.start)
        start, lines = number, old.count("\n")
        number, done = start + lines, edit.span.end
        whole = old.endswith("\n") and (edit.new.endswith("\n") or (not edit.new and _starts_line(text, edit.span)))
        stop = number + (not whole)
        if first >= 0 and start >= end:
            yield _Block(first, end, first + shift, end + shift + grown)
            shift += grown
            first = -1
        if first < 0:
            first, end, grown = start, stop, 0
        end = max(end, stop)
        grown += edit.new.count("\n") - lines
    yield _Block(first, end, first + shift, end + shift + grown)


def _starts_line(text: str, span: Span) -> bool:
    return span.start == 0 or text[span.start - 1] == "\n"


def _hunks(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Blocks so near to each other that the lines between them are shown once."""
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block.old_start - hunk[-1].old_end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk


def _hunk(blocks: Sequence[_Block], old: _Side, new: _Side) -> Iterator[Line]:
    first, last = blocks[0], blocks[-1]
    before = min(CONTEXT, first.old_start)
    after = max(min(CONTEXT, old.rows - last.old_end), 0)
    place = f"-{_range(first.old_start - before, last.old_end + after)}"
    place += f" +{_range(first.new_start - before, last.new_end + after)}"
    yield line(0, (f"@@ {place} @@", Style.NAME))
    shown = first.old_start - before
    for block in blocks:
        yield from _rows(" ", Style.PLAIN, old, range(shown, block.old_start))
        yield from _rows("-", Style.BAD, old, range(block.old_start, block.old_end))
        yield from _rows("+", Style.GOOD, new, range(block.new_start, block.new_end))
        shown = block.old_end
    yield from _rows(" ", Style.PLAIN, old, range(shown, last.old_end + after))


def _rows(sign: str, style: Style, side: _Side, numbers: range) -> Iterator[Line]:
    return (line(0, (sign + side.row(number), style)) for number in numbers)


def _range(start: int, end: int) -> str:
    return f"{start + 1},{end - start}"


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start - by, span.end - by)


def _shortened(row: str, parts: Sequence[Span]) -> str:
    """A line around its edited parts; its beginning where it has none."""
    if len(row) <= WHOLE:
        return row
    kept = ""
    done = 0
    for part in parts or [Span(0, 0)]:
        start, end = max(part.start - AROUND, done), min(part.end, part.start + WHOLE) + AROUND
        if end > done:
            kept += (ELLIPSIS if start > done else "") + row[start:end]
            done = end
    return kept + (ELLIPSIS if done < len(row) else "")
