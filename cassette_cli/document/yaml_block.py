"""YAML's block scalars: literal and folded (YAML 1.1, section 9.3, as libyaml's scanner.c reads it).

body: |2+        <- header: style, indentation indicator, chomping indicator
    data: ...    <- content, indented; what stands deeper belongs to the text
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli.document.spelling import Atom, Writer
from cassette_cli.document.text import Span
from cassette_cli.document.yaml_flow import BREAK, BREAKS, NOT_PLAIN, newlines

REST = rf"[^{BREAKS}]*+"
END = rf"(?:{BREAK}|\Z)"
HEADER = re.compile(rf"([|>])(?:([+-])([1-9])?|([1-9])([+-])?)?([ \t]*+(?:#{REST})?)({END})")
LINE = re.compile(rf"( *+)({REST}){END}")


class Block(NamedTuple):
    """How a block scalar is written: what its header says (`rest` is white space and comment), where its content
    starts, how that is indented, and the line break for new lines."""

    folded: bool
    chomping: str
    digit: str
    rest: str
    newline: str
    start: int
    indent: int

    @property
    def margin(self) -> str:
        return " " * self.indent


class Line(NamedTuple):
    """A line of content: `start` is where its text begins (behind the indentation), `end` where its break does,
    `stop` where that ends."""

    start: int
    end: int
    stop: int


def block_of(source: str, parent: int) -> Block:
    """How a block scalar is written, header included in `source`; `parent` is the column of the collection around it.

    Raises ValueError where there is none.
    """
    found = HEADER.match(source)
    if not found:
        raise ValueError("not a block scalar")
    style, sign, digit_behind, digit_before, sign_behind, rest, newline = found.groups()
    digit = digit_behind or digit_before or ""
    indent = max(parent, 0) + int(digit) if digit else _detected(source, found.end(), parent)
    newline = newline if newline in ("\n", "\r\n", "\r") else "\n"
    return Block(style == ">", sign or sign_behind or "", digit, rest, newline, found.end(), indent)


def _detected(source: str, start: int, parent: int) -> int:
    """The indentation of content whose header tells none: that of the first text, or of a deeper blank line above."""
    deepest = 0
    for found in LINE.finditer(source, start):
        deepest = max(deepest, len(found[1]))
        if found[2].startswith("\t"):
            raise ValueError("a tab stands where the indentation is looked for")
        if found[2]:
            return max(deepest, parent + 1, 1)
    return max(deepest, max(parent, 0) + 2)


def _lines_of(source: str, block: Block) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of content up to the last one with text, and the blank lines behind it."""
    lines = []
    size = 0
    for found in re.compile(rf" {{0,{block.indent}}}({REST}){END}").finditer(source, block.start):
        start, end = found.span(1)
        if found.start() < len(source):
            lines.append(Line(start, end, found.end()))
        if start < end:
            size = len(lines)
            if start - found.start() < block.indent:
                raise ValueError("a line stands too far to the left")
    return lines[:size], lines[size:]


def block_atoms(source: str, parent: int) -> Iterator[Atom]:
    """The atoms of a block scalar, header included in `source`; `parent` is the column of the collection around it."""
    block = block_of(source, parent)
    lines, blank = _lines_of(source, block)
    if lines:
        yield from _folded(source, lines) if block.folded else _literal(source, lines)
        if block.chomping != "-":
            yield _break(source, lines[-1])
    if block.chomping == "+":
        for line in blank:
            yield _break(source, line)


def _break(source: str, line: Line) -> Atom:
    return newlines(source[line.end : line.stop]), line.end, line.stop


def _literal(source: str, lines: Sequence[Line]) -> Iterator[Atom]:
    """The atoms of literal lines, without the last one's break."""
    *others, last = lines
    for line in others:
        start, end, stop = line
        if source[end:stop] == "\n":
            yield source[start:stop], start, stop
        else:
            yield source[start:end], start, end
            yield _break(source, line)
    yield source[last.start : last.end], last.start, last.end


def _folded(source: str, lines: Sequence[Line]) -> Iterator[Atom]:
    """The atoms of folded lines, without the last one's break: between two lines of text that start at the margin, the
    first break is nothing where others follow it, else a space."""
    above: list[Line] = []  # the last line with text, and the blank ones below it
    for line in lines:
        if line.start == line.end:
            above.append(line)
            continue
        if above and above[0].end > above[0].start and _folds(source, above[0], line):
            end, stop = above[0].end, above[-1].stop
            yield newlines(source[above[0].stop : stop]) or " ", end, stop
        else:
            yield from (_break(source, each) for each in above)
        yield source[line.start : line.end], line.start, line.end
        above = [line]


def _folds(source: str, line: Line, following: Line) -> bool:
    """Whether the break between two lines with text folds: neither is indented deeper."""
    at_margin = source[line.start] not in " \t" and source[following.start] not in " \t"
    return at_margin and newlines(source[line.end : line.stop]) == "\n"


def block_writer(source: str, parent: int) -> Writer:
    """How text is written into a block scalar's content, in place of a span of its source.

    Writing raises ValueError for characters that no block scalar can hold.
    """
    block = block_of(source, parent)

    def write(text: str, span: Span) -> str:
        if block.folded:
            text = re.sub(r"\n+", r"\g<0>\n", text)
        first, *rest = _checked(text).split("\n")
        if first and source[span.start - 1] in "\r\n":
            first = block.margin + first
        spelled = [block.margin + line if line else "" for line in rest]
        if rest and not rest[-1] and source[span.end : span.end + 1] not in ("", "\r", "\n"):
            spelled[-1] = block.margin
        return block.newline.join([first, *spelled])

    return write


def rewrite_block(text: str, source: str, parent: int) -> Iterator[str]:
    """Whole sources for a text in the style of an old one; not every one of them need decode to it.

    Raises ValueError for characters that no block scalar can hold.
    """
    block = block_of(source, parent)
    bare = _checked(text).rstrip("\n")
    ends = len(text) - len(bare)
    written = _folded_lines(bare) if block.folded else bare.split("\n")
    content = "".join((block.margin + line if line else "") + block.newline for line in written) if bare else ""
    lines, _ = _lines_of(source, block)
    blank = source[lines[-1].stop if lines else block.start :]
    for chomping in dict.fromkeys((block.chomping, ("-", "")[ends] if ends < 2 else "+")):
        kept = blank if chomping == block.chomping != "+" else block.newline * (ends - bool(bare))
        for digit in dict.fromkeys((block.digit, str(block.indent - max(parent, 0)))):
            style = ">" if block.folded else "|"
            candidate = style + digit + chomping + block.rest + block.newline + content + kept
            if not source.endswith(tuple(BREAKS)):
                yield candidate.removesuffix(block.newline)
            yield candidate


def _folded_lines(text: str) -> list[str]:
    """The lines of a folded scalar for a text: a newline between two lines that start at the margin needs one more."""
    lines: list[str] = []
    before = ""
    for line in text.split("\n"):
        if line:
            if before and before[0] not in " \t" and line[0] not in " \t":
                lines.append("")
            before = line
        lines.append(line)
    return lines


def _checked(text: str) -> str:
    if NOT_PLAIN.search(text):
        raise ValueError("a block scalar cannot hold a control character")
    return text
