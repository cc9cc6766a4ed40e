"""Lines cut into the rows of a terminal: at spaces where there are any, by columns and not by characters."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from cassette_cli.render.lines import Line, Piece

TAB = "    "
# Prose wider than this is tiring to read, however wide the terminal is.
WIDEST = 120


@lru_cache(maxsize=4096)
def columns_of(character: str) -> int:
    """Columns that a character takes: 2 for East Asian wide and full-width ones (Unicode TR 11), 0 for marks that
    combine with the one before and for invisible format characters, else 1."""
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def columns(text: str) -> int:
    """Columns that a text takes."""
    return len(text) if text.isascii() else sum(map(columns_of, text))


def rows(line: Line, width: int) -> Iterator[tuple[int, list[Piece]]]:
    """The rows (indent, pieces) of a line within `width` columns. Tabs become spaces; a row carried over hangs as
    the line says, else keeps the indent of the line's own text. Time is linear in the line's length."""
    pieces = [(text.replace("\t", TAB), style) for text, style in line.pieces]
    text = "".join(piece for piece, _ in pieces)
    indent = min(line.indent, width // 3)
    room = min(width, WIDEST) - indent
    if len(text) <= room and columns(text) <= room:
        yield indent, pieces
        return
    hang = min(line.hang or len(text) - len(text.lstrip(" ")), room // 2)
    for number, (start, end) in enumerate(cuts(text, room, room - hang)):
        yield indent + (hang if number else 0), list(_between(pieces, start, end))


def cuts(text: str, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """Where to cut a text so that its first row takes at most `first` columns and the others `rest`. The space at
    which a row ends belongs to none. A word too long for any row, and writing without spaces, is cut at the edge."""
    start, room = 0, first
    while start < len(text):
        end = _fits(text, start, room)
        if end >= len(text):
            yield start, len(text)
            return
        space = text.rfind(" ", start + 1, end + 1)
        # A space within the line's own indent is no place to cut.
        if space > start and text[start:space].strip(" ") and _word_fits(text, space + 1, rest):
            end = space
        yield start, end
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
        room = rest


def _word_fits(text: str, start: int, room: int) -> bool:
    end = _fits(text, start, room)
    return end >= len(text) or text.find(" ", start, end + 1) >= 0


def _fits(text: str, start: int, room: int) -> int:
    """The end of the longest stretch from `start` that takes at most `room` columns; at least one character."""
    stretch = text[start : start + room]
    if stretch.isascii():
        return start + max(len(stretch), 1)
    used, end = 0, start
    while end < len(text):
        used += columns_of(text[end])
        if used > room:
            break
        end += 1
    return max(end, start + 1)


def _between(pieces: list[Piece], start: int, end: int) -> Iterator[Piece]:
    """The part of some pieces that lies between two offsets of their joined text."""
    begin = 0
    for text, style in pieces:
        stop = begin + len(text)
        if stop > start and begin < end:
            yield text[max(start - begin, 0) : end - begin], style
        begin = stop
