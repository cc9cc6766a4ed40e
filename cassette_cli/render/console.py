"""The way to the terminal: no control character of a recording passes, colour and width follow the reader's wishes.

Colour: NO_COLOR (https://no-color.org) beats FORCE_COLOR (https://force-color.org); without either a terminal that is
not TERM=dumb gets colour and a pipe does not. Only a terminal gets wrapped lines; a pipe gets each line whole. Behind
git's pager is a terminal, too (GIT_PAGER_IN_USE, https://github.com/git/git/blob/master/pager.c).
"""

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from cassette_cli.render.lines import Line, Piece, Style
from cassette_cli.render.wrapping import WIDEST, columns, rows

# What a terminal acts on or hides instead of showing it: C0, DEL and C1 controls (ECMA-48) but LF and TAB, the
# bidirectional controls of Unicode TR 9 and TR 36 with the line and paragraph separators, the byte order mark,
# interlinear annotations, tag characters, and surrogates, which no encoding can write.
HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)

# Select Graphic Rendition (ECMA-48, 8.3.117): the eight basic colours alone, so that the reader's theme decides.
_CODES = {
    Style.PLAIN: "",
    Style.DIM: "2",
    Style.STRONG: "1",
    Style.NAME: "36",
    Style.GOOD: "32",
    Style.CAREFUL: "33",
    Style.BAD: "31",
    Style.SYSTEM: "1;35",
    Style.USER: "1;34",
    Style.ASSISTANT: "1;32",
    Style.TOOL: "1;33",
    Style.REASONING: "2;3",
    Style.OLD: "31;9",
    Style.NEW: "32;1",
}
# What stands around words that changed where there is no colour, as in `git diff --word-diff=plain`.
_MARKS = {Style.OLD: ("[-", "-]"), Style.NEW: ("{+", "+}")}


def safe(text: str) -> str:
    """`text` with every character that a terminal would act on or hide written as an escape; LF and TAB stay.

    A surrogate that stands for an undecodable byte (PEP 383) is written as that byte.
    """
    return HOSTILE.sub(_escaped, text)


def safe_line(text: str) -> str:
    """`safe`, and LF too is written as an escape: the text stays on its line."""
    return safe(text).replace("\n", "\\n")


def bytes_of(text: str) -> bytes:
    """A text as UTF-8; surrogates that stand for undecodable bytes (PEP 383) are those bytes again."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    if code < 0x20 and match[0] in "\r\b\f\v":
        return {"\r": "\\r", "\b": "\\b", "\f": "\\f", "\v": "\\v"}[match[0]]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@dataclass(frozen=True, slots=True)
class Policy:
    """How to print: whether in colour, and within how many columns; `width` is None where lines are not wrapped."""

    colour: bool = False
    width: int | None = None


def policy(stream: TextIO, environ: Mapping[str, str]) -> Policy:
    """The policy for a stream under these environment variables."""
    terminal = stream.isatty() or environ.get("GIT_PAGER_IN_USE") in ("1", "true")
    if environ.get("NO_COLOR"):
        colour = False
    elif environ.get("FORCE_COLOR", "0") not in ("", "0"):
        colour = True
    else:
        colour = terminal and environ.get("TERM") != "dumb" and _understands_codes()
    return Policy(colour, max(shutil.get_terminal_size().columns, 20) if terminal else None)


def _understands_codes() -> bool:
    """False in a console of Windows that prints escape sequences as they stand."""
    if sys.platform != "win32":
        return True
    from rich.console import detect_legacy_windows

    return not detect_legacy_windows()


# Rows written at a time: a terminal is told of each write.
_BATCH = 256


def text_of(lines: Iterable[Line], how: Policy) -> str:
    """Lines as a policy says, each with its line end. Nothing in the text can act on a terminal."""
    return "".join(f"{row}\n" for line in lines for row in printed(line, how))


class Printer:
    """Writes lines to a stream as a policy says. Nothing written through it can act on a terminal."""

    def __init__(self, stream: TextIO, how: Policy) -> None:
        self.stream = stream
        self.how = how

    def lines(self, lines: Iterable[Line]) -> None:
        """Write lines, each with its line end."""
        rows = (f"{row}\n" for line in lines for row in printed(line, self.how))
        while batch := "".join(islice(rows, _BATCH)):
            self.stream.write(batch)

    def raw(self, content: str | bytes) -> None:
        """Write a body as it is, to the byte, to a pipe; `safe` and ended by a line end to a terminal."""
        if self.stream.isatty():
            text = content if isinstance(content, str) else content.decode("utf-8", "surrogateescape")
            self.stream.write(safe(text.replace("\r\n", "\n")).rstrip("\n") + "\n")
            return
        self.stream.flush()
        self.stream.buffer.write(content if isinstance(content, bytes) else bytes_of(content))
        self.stream.buffer.flush()


def printed(line: Line, how: Policy) -> Iterator[str]:
    """The rows of a terminal (one where nothing wraps) that a line becomes, without line ends."""
    pieces = [(safe_line(text), style) for text, style in line.pieces if text]
    if not how.colour:
        pieces = [_marked(piece) for piece in pieces]
    if how.width is None:
        yield (" " * line.indent + _joined(pieces, how.colour)).rstrip()
        return
    if line.rule:
        used = columns("".join(text for text, _ in pieces))
        pieces.append(("─" * (min(how.width, WIDEST) - line.indent - used), Style.DIM))
    for indent, row in rows(line._replace(pieces=tuple(pieces)), how.width):
        yield (" " * indent + _joined(row, how.colour)).rstrip()


def _marked(piece: Piece) -> Piece:
    text, style = piece
    if style not in _MARKS:
        return piece
    before, after = _MARKS[style]
    return f"{before}{text}{after}", style


def _joined(pieces: Iterable[Piece], colour: bool) -> str:
    if not colour:
        return "".join(text for text, _ in pieces)
    return "".join(f"\x1b[{code}m{text}\x1b[0m" if (code := _CODES[style]) else text for text, style in pieces)
