"""httprr, the record and replay of Go's own tools and of langchaingo: messages as they went over the wire.

https://pkg.go.dev/golang.org/x/oscar/internal/httprr

    httprr trace v1
    166 207
    POST https://api.example.com/v1/chat/completions HTTP/1.1
    Host: api.example.com
    Content-Length: 21

    {"model":"gpt-4o" ...HTTP/2.0 200 OK
    Content-Type: application/json

    {"id":"chatcmpl-1" ...

A body under `Transfer-Encoding: chunked` keeps its chunks (RFC 9112, section 7.1); they are joined here, and an edit
redoes the size of the chunk and of the message that it lies in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import Bytes
from cassette_cli.document.from_httprr import TAG, rest_fault
from cassette_cli.document.lens import Change, Fixed, Joined, Lens, Slice
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, moved, splice
from cassette_cli.document.tree import Node, Scalar, elements, get
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Header, Interaction, Request, Response, header_values

NAME = "httprr"
# Go ends lines at LF, and takes the CR before it away (https://pkg.go.dev/net/textproto#Reader.ReadLine).
HEAD = re.compile(r"([^\n]*?)(?:\r?\n|\Z)")
FIELD = re.compile(r"(?P<name>[^\s:]+)[ \t]*:[ \t]*(?P<value>(?:[^\n]*[^ \t\r\n])?)[ \t\r]*(?:\n|\Z)")
PROTOCOL = re.compile(r" HTTP/[0-9.]+\Z")
# What no first line, and no value of a header, can hold.
NOT_IN_LINE = re.compile(r"\n|\r\Z")
NOT_IN_FIELD = re.compile(r"\n|\A[ \t]|[ \t\r]\Z")
# A byte that is no UTF-8, as from_httprr keeps it.
ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
BLANK = re.compile(r"\r?\n")
CHUNK = re.compile(r"([0-9a-fA-F]{1,15})[^\r\n]*\r?\n")


def matches(root: Node) -> bool:
    """Whether a tree was made of an httprr trace."""
    return isinstance(root, SequenceNode) and root.tag == TAG


def version(root: Node) -> int:
    """The number in the first line; there is one only."""
    return 1


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The records of a trace, in file order."""
    return tuple(_interaction(document, index, node) for index, node in enumerate(elements(document.root)))


def faults(document: Document) -> Iterator[CassetteError]:
    """A record that is cut off, or whose sizes do not fit: where it ends, and what follows, nobody can know."""
    fault = document.root and rest_fault(document.text, document.root.span.end)
    if fault:
        number = len(elements(document.root))
        yield CassetteError(f"interaction {number} cannot be read, {fault.message}", fault.where)


def _interaction(document: Document, index: int, node: Node) -> Interaction:
    asked, answered = (_Message(_sized(document, node, side)) for side in ("request", "response"))
    method, _, rest = asked.first.text.partition(" ")
    url = PROTOCOL.sub("", rest)
    start = len(method) + 1
    status, _, reason = answered.first.text.partition(" ")[2].partition(" ")
    return Interaction(
        index=index,
        span=node.span,
        request=Request(
            method=method or None,
            url=Within(asked.first, Span(start, start + len(url)), NOT_IN_LINE) if url else None,
            headers=asked.headers,
            body=asked.body,
        ),
        response=Response(
            status=int(status) if status.isascii() and status.isdigit() else None,
            reason=reason or None,
            headers=answered.headers,
            body=answered.body,
        ),
    )


def _sized(document: Document, node: Node, side: str) -> "Sized":
    message, size = get(node, side), get(node, f"{side}_size")
    assert isinstance(message, Scalar)  # from_httprr makes no other
    assert isinstance(size, Scalar)
    return Sized(lens_of(document.source, message), lens_of(document.source, size))


@dataclass(frozen=True, slots=True, eq=False)
class Sized:
    """A message, whose size in bytes of UTF-8 stands before it."""

    outer: Lens[str]
    size: Lens[str]

    @property
    def text(self) -> str:
        return self.outer.text

    @property
    def depth(self) -> int:
        return 1 + max(self.outer.depth, self.size.depth)

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        size = str(_size(splice(self.text, edits)))
        changes: list[Change] = [(self.outer, edit) for edit in edits]
        if size != self.size.text:
            changes.append((self.size, Edit(Span(0, len(self.size.text)), size)))
        return changes


class Places(NamedTuple):
    """Where a chunk's size, its data and the whole of it stand in the body."""

    size: Span
    data: Span
    whole: Span


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """The data of a chunk, whose size in hexadecimal stands before it. An empty one would end the body, so a chunk
    that is emptied goes away."""

    outer: Lens[str]
    places: Places
    text: str

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        after = splice(self.text, edits)
        if not after:
            return [(self.outer, Edit(self.places.whole, ""))]
        changes = [(self.outer, edit) for edit in moved(edits, self.places.data.start)]
        if _size(after) != _size(self.text):
            changes.append((self.outer, Edit(self.places.size, f"{_size(after):x}")))
        return changes


def _size(text: str) -> int:
    try:
        return len(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError as error:
        raise CassetteError("a lone surrogate has no UTF-8 encoding") from error


@dataclass(frozen=True, slots=True, eq=False)
class Within(Slice):
    """A part of a line, which cannot hold what would end it."""

    refused: re.Pattern[str]

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        if self.refused.search(splice(self.text, edits)):
            raise CassetteError("a line of a message cannot hold this text: a line break, or blanks at an end of it")
        return Slice.lift(self, edits)


class _Message:
    """A message cut up: its first line, its headers, and its body, None where nothing follows the headers."""

    def __init__(self, lens: Lens[str]) -> None:
        text = lens.text
        first = HEAD.match(text)
        assert first  # it matches any text
        self.first = Slice(lens, Span(*first.span(1)))
        fields, place = [], first.end()
        while found := FIELD.match(text, place):
            fields.append(Header(found["name"], _value(lens, found)))
            place = found.end()
        self.headers = tuple(fields)
        blank = BLANK.match(text, place)
        body = Slice(lens, Span(blank.end() if blank else place, len(text)))
        chunked = any("chunked" in value.lower() for value in header_values(self.headers, "transfer-encoding"))
        whole: Lens[str] = (_joined(body) if chunked else None) or body
        self.body: BodyLens | None = None
        if body.text:
            self.body = Bytes(whole) if ESCAPED_BYTE.search(whole.text) else whole


def _value(message: Lens[str], field: re.Match[str]) -> Lens[str]:
    """The value of a header. Of one that decides how the body is read it stays as it is."""
    if field["name"].lower() == "transfer-encoding":
        return Fixed(field["value"], reason="it says how the body is cut into chunks")
    return Within(message, Span(*field.span("value")), NOT_IN_FIELD)


def _joined(body: Slice) -> Joined[str] | None:
    """The chunks of a body as one text, None where it is not cut into chunks after all."""
    text = body.text
    chunks = _chunks(text)
    if chunks is None:
        return None
    return Joined(tuple(Chunk(body, places, text[places.data.start : places.data.end]) for places in chunks))


def _chunks(text: str) -> list[Places] | None:
    """The places of the chunks up to the last, empty one; None where a size is missing or does not fit."""
    chunks: list[Places] = []
    place = 0
    while found := CHUNK.match(text, place):
        count, start = int(found[1], 16), found.end()
        if not count:
            return chunks
        data = text[start : start + count].encode("utf-8", "surrogateescape")[:count].decode("utf-8", "surrogateescape")
        if _size(data) < count or not text.startswith(data, start):
            return None
        end = BLANK.match(text, start + len(data))
        stop = end.end() if end else start + len(data)
        chunks.append(Places(Span(*found.span(1)), Span(start, start + len(data)), Span(place, stop)))
        place = stop
    return None
