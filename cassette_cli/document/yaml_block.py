"""YAML's block scalars: literal and folded (YAML 1.1, section 9.3, as libyaml's scanner.c reads it).

body: |2+        <- header: style, indentation indicator, chomping indicator
    data: ...    <- content, indented; what stands deeper belongs to the text
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cassette_cli.document.spelling import Atom, Writer
from cassette_cli.document.text import Span
from cassette_cli.document.yaml_flow import NOT_PLAIN, newlines

HEADER = re.compile(r"([|>])(?:([+-])([1-9])?|([1-9])([+-])?)?([ \t]*+(?:#[^\r\n\x85\u2028\u2029]*+)?)(\r\n|[\r\n\x85\u2028\u2029]|$)")
LINE = re.compile(r"( *+)([^\r\n\x85\u2028\u2029]*+)(\r\n|[\r\n\x85\u2028\u2029]|$)")


class Header(NamedTuple):
    """The first line of a block scalar; `end` is where the content begins."""

    folded: bool
    chomping: str
    digit: str
    rest: str
    newline: str
    end: int


class Line(NamedTuple):
    """A line of content: `start` is where its text begins (behind the indentation), `end` where its break does."""

    start: int
    end: int
    stop: int


def header_of(source: str) -> Header:
    """The header of a block scalar's source. Raises ValueError where there is none."""
    found = HEADER.match(source)
    if not found:
        raise ValueError("not a block scalar")
    style, sign, digit, digit_first, sign_second, rest, newline = found.groups()
    return Header(style == ">", sign or sign_second or "", digit or digit_first or "", rest, newline, found.end())


def indent_of(source: str, header: Header, parent: int) -> int:
    """The indentation of the content: told by the header, or that of the first line that has text."""
    if header.digit:
        return max(parent, 0) + int(header.digit)
    deepest = 0
    for found in LINE.finditer(source, header.end):
        deepest = max(deepest, len(found[1]))
        if found[2] or not found[3]:
            break
    return max(deepest, parent + 1, 1)


def lines_of(source: str, start: int, indent: int) -> list[Line]:
    """The lines of the content."""
    lines = []
    for found in LINE.finditer(source, start):
        if found.start() == len(source):
            break
        begin = found.start() + min(len(found[1]), indent)
        if found[2] and len(found[1]) < indent:
            raise ValueError("a line stands too far to the left")
        lines.append(Line(begin, found.end(2), found.end()))
    return lines


def block_atoms(source: str, parent: int) -> Iterator[Atom]:
    """The atoms of a block scalar, header included in `source`; `parent` is the column of the collection around it."""
    header = header_of(source)
    lines = lines_of(source, header.end, indent_of(source, header, parent))
    full = [number for number, line in enumerate(lines) if line.end > line.start]
    following = dict(pairwise(full)) if header.folded else {}
    last = full[-1] if full else -1
    resume = 0
    for number, line in enumerate(lines):
        if number < resume:
            continue
        if number < last and number in following and _folds(source, line, lines[following[number]]):
            resume = following[number]
            yield Atom(source[line.start : line.end], line.start, line.end)
            blanks = newlines(source[line.stop : lines[resume - 1].stop])
            yield Atom(blanks or " ", line.end, lines[resume - 1].stop)
        else:
            kept = number < last or (number == last and header.chomping != "-") or header.chomping == "+"
            yield from _text_and_break(source, line, kept)


def _folds(source: str, line: Line, following: Line) -> bool:
    """Whether the break between two lines with text folds: neither is indented deeper."""
    breaks = source[line.end : line.stop]
    return source[line.start] not in " \t" and source[following.start] not in " \t" and newlines(breaks) == "\n"


def _text_and_break(source: str, line: Line, kept: bool) -> Iterator[Atom]:
    newline = source[line.end : line.stop]
    if kept and newline == newlines(newline):
        yield Atom(source[line.start : line.stop], line.start, line.stop)
        return
    yield Atom(source[line.start : line.end], line.start, line.end)
    if kept:
        yield Atom(newlines(newline), line.end, line.stop)


def block_writer(source: str, parent: int) -> Writer:
    """How text is written into a block scalar's content, in place of a span of its source.

    Writing raises ValueError for characters that no block scalar can hold.
    """
    header = header_of(source)
    margin = " " * indent_of(source, header, parent)

    def write(text: str, span: Span) -> str:
        if header.folded:
            text = re.sub(r"\n+", r"\g<0>\n", text)
        first, *rest = _checked(text).split("\n")
        if first and source[span.start - 1] in "\r\n":
            first = margin + first
        spelled = [margin + line if line else "" for line in rest]
        if rest and not rest[-1] and source[span.end : span.end + 1] not in ("", "\r", "\n"):
            spelled[-1] = margin
        return header.newline.join([first, *spelled])

    return write


def rewrite_block(text: str, source: str, parent: int) -> Iterator[str]:
    """Whole sources for a text in the style of an old one; not every one of them need decode to it."""
    header = header_of(source)
    newline = header.newline or "\n"
    bare = _checked(text).rstrip("\n")
    indent = indent_of(source, header, parent)
    written = _folded_lines(bare) if header.folded else bare.split("\n")
    body = newline.join(" " * indent + line if line else "" for line in written)
    ends = len(text) - len(bare)
    style = ">" if header.folded else "|"
    for chomping in dict.fromkeys((header.chomping, ("-", "")[ends] if ends < 2 else "+")):
        tail = source[len(source.rstrip(" \t\r\n")) :] if chomping == header.chomping != "+" else newline * max(ends, 1)
        for digit in dict.fromkeys((header.digit, str(indent - max(parent, 0)))):
            yield style + digit + chomping + header.rest + newline + body + tail


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
