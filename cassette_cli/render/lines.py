"""What a text renderer makes: lines of styled pieces. Safety, colour and wrapping come when console.py prints them."""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import islice
from typing import NamedTuple, TypeAlias


class Style(Enum):
    """What a piece of a line is; console.py decides how it looks."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    NAME = "name"  # a field, header or tool name
    GOOD = "good"
    CAREFUL = "careful"
    BAD = "bad"
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"
    REASONING = "reasoning"
    OLD = "old"  # what a text said before, within a line
    NEW = "new"  # what it says now


Piece: TypeAlias = tuple[str, Style]


class Line(NamedTuple):
    """One line: `indent` columns of space, then its pieces. `hang` more columns indent what wrapping carries over.
    A `rule` is drawn on to the terminal's edge."""

    indent: int = 0
    pieces: tuple[Piece, ...] = ()
    hang: int = 0
    rule: bool = False


BLANK = Line()


def line(indent: int, *pieces: str | Piece, hang: int = 0) -> Line:
    """A line of pieces; a bare string is a plain one."""
    styled = tuple((piece, Style.PLAIN) if isinstance(piece, str) else piece for piece in pieces)
    return Line(indent, styled, hang)


def paragraph(indent: int, text: str, style: Style = Style.PLAIN) -> Iterator[Line]:
    """A text's own lines (ended by LF or CRLF), each indented; a blank line at its end is not a line of its own."""
    for row in text.replace("\r\n", "\n").rstrip("\n").split("\n"):
        yield Line(indent, ((row, style),)) if row else BLANK


def apart(blocks: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """Blocks of lines with a blank line between them; an empty block is as if it were not there."""
    after_another = False
    for block in blocks:
        for number, row in enumerate(block):
            if number == 0 and after_another:
                yield BLANK
            yield row
            after_another = True


def capped(lines: Iterable[Line], indent: int, most: int, *, full: bool) -> Iterator[Line]:
    """The first lines of many, and how many more there are; all of them with `full`."""
    rest = iter(lines)
    yield from rest if full else islice(rest, most)
    more = sum(1 for _ in rest)
    if more:
        noun = "line" if more == 1 else "lines"
        yield line(indent, (f"… {more:,} more {noun} (--full shows them)", Style.DIM))
