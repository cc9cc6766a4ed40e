"""What every recorder says, in one vocabulary: a cassette, its interactions, their requests and responses.

Texts are lenses: `header.value.text` reads, an edit of it finds its way back to the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import SplitResult, urlsplit

from cassette_cli.document.conflict import Side
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Lens
from cassette_cli.document.text import Span
from cassette_cli.errors import CassetteError


@dataclass(frozen=True, slots=True)
class Header:
    """One header line: a name that repeats is several of these, in file order."""

    name: str
    value: Lens[str]


# Which of the two messages of an interaction.
MessageSide: TypeAlias = Literal["request", "response"]

# A body as the recorder stored it: text, or bytes where the recorder kept bytes (base64). Content codings
# (gzip ...) are not undone yet.
BodyLens = Lens[str] | Lens[bytes]


def header_values(headers: Iterable[Header], name: str) -> list[str]:
    """All values of the headers of this name, without regard to case (RFC 9110, 5.1)."""
    wanted = name.lower()
    return [header.value.text for header in headers if header.name.lower() == wanted]


def header_value(headers: Iterable[Header], name: str) -> str | None:
    """The first value of a header, None where it is absent."""
    values = header_values(headers, name)
    return values[0] if values else None


def split_url(url: str | None) -> SplitResult:
    """A URL's parts; one that cannot be split (an open bracket) is all path."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return SplitResult("", "", url or "", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`url` as recorded: absolute, or a path where the recorder keeps no host; None where it keeps none. `lengths` are
    what states the number of bytes of the body, beside the header."""

    method: str | None
    url: Lens[str] | None
    headers: tuple[Header, ...] = ()
    body: BodyLens | None = None
    lengths: tuple[Lens[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """`status` is the code, `reason` its phrase where recorded; None where the recorder keeps none. `lengths` as in a
    request."""

    status: int | None
    reason: str | None = None
    headers: tuple[Header, ...] = ()
    body: BodyLens | None = None
    lengths: tuple[Lens[str], ...] = ()


def stated_lengths(message: Request | Response) -> Iterator[Lens[str]]:
    """What says how many bytes a body has: the header, and what the recorder has beside it."""
    for header in message.headers:
        if header.name.lower() == "content-length":
            yield header.value
    yield from message.lengths


def size_of(body: str | bytes) -> int:
    """How many bytes a body has; bytes that are no UTF-8 stand in a text as surrogates (PEP 383). Any other surrogate,
    which JSON and YAML can spell and no encoding can write, counts as the three bytes that it would take."""
    if not isinstance(body, str):
        return len(body)
    try:
        return len(body.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return len(body.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """A request and its response. `index` counts from 0 in file order, `id` is the recorder's own, `span` the
    place of both in the file, `duration_ms` milliseconds, `recorded_at` as written."""

    index: int
    span: Span
    request: Request
    response: Response
    id: str | None = None
    duration_ms: float | None = None
    recorded_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cassette:
    """A recording as a file holds it. `version` is the format's own number or word, None where it has none; `faults`
    say what of it is missing. Of a file that git could not merge, `side` says which of its two texts this is."""

    path: str
    recorder: str
    version: int | str | None
    document: Document
    interactions: tuple[Interaction, ...]
    faults: tuple[CassetteError, ...] = ()
    side: Side | None = None

    @property
    def text(self) -> str:
        """The text of its file, to the letter."""
        return self.document.text

    @property
    def title(self) -> str:
        """Its path, and its side where it has one."""
        return f"{self.path} ({self.side})" if self.side else self.path
