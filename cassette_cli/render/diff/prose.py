"""Two texts as one, with the words that changed: `The sum is [-5-]{+6+}.`

Of long texts only the lines and, within a line, the words around a change are shown. Texts that have little in common
are shown one after the other.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from cassette_cli.comparison.words import WORD, Kind, Stretch, word_changes
from cassette_cli.render.lines import Line, Piece, Style, capped, line

# Characters of a line that does not change around a change in it, and lines around those that change.
_AROUND = 60
_LINES_AROUND = 1
# Lines of each text where they are shown one after the other.
_MOST_LINES = 24
_STYLES = {Kind.SAME: Style.PLAIN, Kind.OLD: Style.OLD, Kind.NEW: Style.NEW}
# White space that changed, made visible.
_VISIBLE = str.maketrans({" ": "·", "\t": "⇥"})
_GAP: Piece = (" … ", Style.DIM)
_LINE_END = "⏎"


def prose_lines(old: str, new: str, indent: int, *, full: bool) -> Iterator[Line]:
    """Both texts as lines."""
    if not (old.strip() and new.strip()):
        # One of them says nothing, so all of the other is the change.
        return chain(_side(old, "- ", Style.BAD, indent, full), _side(new, "+ ", Style.GOOD, indent, full))
    stretches = word_changes(old.replace("\r\n", "\n"), new.replace("\r\n", "\n"))
    if _is_rewritten(stretches):
        return chain(_side(old, "- ", Style.BAD, indent, full), _side(new, "+ ", Style.GOOD, indent, full))
    return _hunks(_rows(stretches), indent, full)


def _is_rewritten(stretches: Sequence[Stretch]) -> bool:
    """Whether less than a third of the words are common to both, and there are too many to see that at a glance."""
    words = {kind: sum(len(WORD.findall(each.text)) for each in stretches if each.kind is kind) for kind in Kind}
    larger = max(words[Kind.OLD], words[Kind.NEW])
    return larger > 8 and 3 * words[Kind.SAME] < words[Kind.SAME] + larger


def _side(text: str, sign: str, style: Style, indent: int, full: bool) -> Iterator[Line]:
    """A whole text, each line with a sign before it."""
    if not text:
        return iter(())
    rows = text.replace("\r\n", "\n").strip("\n").split("\n") if text.strip() else [_visible(text)]
    return capped((line(indent, (sign, style), (row, style), hang=2) for row in rows), indent, _MOST_LINES, full=full)


def _rows(stretches: Sequence[Stretch]) -> list[list[Piece]]:
    """The lines of the joined texts, in pieces."""
    rows: list[list[Piece]] = [[]]
    for kind, text in stretches:
        style = _STYLES[kind]
        pieces = text.split("\n")
        for number, piece in enumerate(pieces):
            ends = number < len(pieces) - 1
            if kind is not Kind.SAME:
                piece = _visible(piece) if not piece.strip() else piece
                piece += _LINE_END if ends and not text.strip() else ""
            if piece:
                rows[-1].append((piece, style))
            if ends:
                rows.append([])
    return rows


def _visible(text: str) -> str:
    return text.replace("\n", _LINE_END).translate(_VISIBLE)


def _hunks(rows: Sequence[Sequence[Piece]], indent: int, full: bool) -> Iterator[Line]:
    """The lines that change with those around them; what is left out is a line of its own."""
    changed = [number for number, row in enumerate(rows) if any(style is not Style.PLAIN for _, style in row)]
    shown = {
        near for number in changed for near in range(number - _LINES_AROUND, number + _LINES_AROUND + 1) if near >= 0
    }
    left_out = False
    for number, row in enumerate(rows):
        if not full and number not in shown:
            left_out = left_out or any(text.strip() for text, _ in row)
            continue
        if left_out and number not in (0,):
            yield line(indent, ("…", Style.DIM))
        left_out = False
        yield line(indent, *(row if full else _shortened(row)))


def _shortened(row: Sequence[Piece]) -> Iterator[Piece]:
    """A line with long stretches left out that do not change."""
    last = len(row) - 1
    if last == 0 and row[0][1] is Style.PLAIN:
        text = row[0][0]
        yield (text if len(text) <= 2 * _AROUND else f"{_head(text)} …"), Style.PLAIN
        return
    for number, (text, style) in enumerate(row):
        room = (_AROUND if number else 0) + (_AROUND if number < last else 0)
        if style is not Style.PLAIN or len(text) <= room + 20:
            yield text, style
            continue
        if number:
            yield _head(text), style
        yield _GAP
        if number < last:
            yield _tail(text), style


def _head(text: str) -> str:
    """The beginning of a text, up to the end of a word."""
    found = re.match(rf"(?s).{{{_AROUND}}}\S{{0,20}}", text)
    return found[0] if found else text[:_AROUND]


def _tail(text: str) -> str:
    """The end of a text, from the beginning of a word on."""
    start = len(text) - _AROUND
    space = text.rfind(" ", max(start - 20, 0), start)
    return text[space + 1 if space >= 0 else start :]
