"""Texts that have parts with names: URLs, query strings and forms, cookies, multipart bodies. Parts as spans."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from cassette_cli.document.text import Span

# RFC 3986, appendix B, with the authority cut in two.
URL = re.compile(
    r"(?:(?P<scheme>[A-Za-z][\w+.-]*):)?(?://(?:(?P<userinfo>[^/?#@]*)@)?(?P<host>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
PAIR = re.compile(r"([^&;=]*)=([^&]*)")
# A form: pairs only, and a name in front.
FORM = re.compile(r"[\w.%\[\]+-]+=[^\s&]*(?:&[\w.%\[\]+-]+=[^\s&]*)*+\s*")
COOKIE = re.compile(r"\s*([^=;\s]+)=\"?([^;\"]*)")
BOUNDARY = re.compile(r"--([^\s\"]{1,70})[ \t]*\r?\n")
PART_NAME = re.compile(r"content-disposition:[^\r\n]*?[; ]name=\"?([^\";\r\n]*)", re.IGNORECASE)
BLANK = re.compile(r"\r?\n\r?\n")
DATA_URL = re.compile(
    r"data:(?P<type>[\w.+-]*/?[\w.+-]*)(?:;[\w-]+=[^;,]*)*;base64,(?P<data>[A-Za-z0-9+/\s]+={0,2})\s*"
)


class Named(NamedTuple):
    """A part: its name, where it lies, and what it says once decoded."""

    name: str
    span: Span
    value: str


def pairs(text: str, start: int = 0) -> Iterator[Named]:
    """The pairs of a query string or form that begins at `start`; values decoded."""
    for found in PAIR.finditer(text, start):
        if found[2]:
            value = unquote_plus(found[2], errors="surrogateescape")
            yield Named(unquote_plus(found[1]), Span(*found.span(2)), value)


def cookies(text: str, *, only_first: bool) -> Iterator[Named]:
    """The cookies of a Cookie header; of a Set-Cookie header the first pair is the cookie."""
    for piece in re.finditer("[^;]+", text):
        found = COOKIE.match(text, piece.start(), piece.end())
        if found and found[2]:
            yield Named(found[1], Span(*found.span(2)), found[2])
        if only_first:
            return


def unescaped(text: str) -> str:
    """A part of a URL, decoded."""
    return unquote(text, errors="surrogateescape")


def is_form(text: str) -> bool:
    """Whether a text is a form body: names and values and nothing else."""
    return FORM.fullmatch(text) is not None


def multipart(text: str) -> Iterator[Named]:
    """The parts of a multipart body (RFC 2046, 5.1), line ends of either kind; nothing for any other text."""
    first = BOUNDARY.match(text)
    if not first:
        return
    mark = "--" + first[1]
    place = first.end()
    while (end := text.find(mark, place)) >= 0:
        blank = BLANK.search(text, place, end)
        if blank:
            stop = end - (2 if text.endswith("\r\n", place, end) else 1)
            name = PART_NAME.search(text, place, blank.start())
            span = Span(blank.end(), max(stop, blank.end()))
            yield Named(name[1] if name else "", span, text[span.start : span.end])
        place = end + len(mark)
