"""What a conversion carries from one recorder's file to another's, in plain values, and what a target is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeAlias

from cassette_cli.document.lens import Lens
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Header, Interaction

# Header lines, names as recorded.
Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An interaction as it was on the wire. Bodies are bytes, content codings not undone; None where the recorder keeps
    none. `recorded_at` is as written, `duration_ms` milliseconds."""

    method: str | None
    url: str | None
    request_headers: Lines
    request_body: bytes | None
    status: int | None
    reason: str | None
    response_headers: Lines
    response_body: bytes | None
    id: str | None = None
    duration_ms: float | None = None
    recorded_at: str | None = None


# What happens to something: the target has no place for it (a field: one that only the source recorder knows), holds it
# in another form, needs it and the recording does not say; or it stays, and clients may not be able to read it; or the
# recording has none, which leaves nothing to play.
Kind: TypeAlias = Literal["lost", "field", "changed", "added", "doubtful", "missing"]


class Loss(NamedTuple):
    """Something that a conversion does not carry as it is; `where` has the numbers of the interactions concerned."""

    kind: Kind
    what: str
    where: tuple[int, ...]


class Target(Protocol):
    """A module of this folder: writes files as one recorder writes them."""

    # As the recorder of this name reads them, and as `--to` has it.
    NAME: str
    OPTION: str
    # What names of its files end in.
    EXTENSION: str
    # The number or word of the format that is written, as the recorder's `version` gives it.
    VERSION: int | str | None

    def held(self, carried: Carried) -> Carried:
        """What of an interaction a file of the recorder can hold."""

    def losses(self, carried: Sequence[Carried]) -> Iterable[Loss]:
        """What of the interactions it cannot hold."""

    def text(self, held: Sequence[Carried]) -> str:
        """The file, as the recorder writes it."""


def carried(interaction: Interaction) -> Carried:
    """An interaction's plain values. Raises CassetteError where one of its texts cannot be read."""
    request, response = interaction.request, interaction.response
    return Carried(
        method=request.method,
        url=_text(request.url),
        request_headers=_lines(request.headers),
        request_body=_bytes(request.body),
        status=response.status,
        reason=response.reason,
        response_headers=_lines(response.headers),
        response_body=_bytes(response.body),
        id=interaction.id,
        duration_ms=interaction.duration_ms,
        recorded_at=interaction.recorded_at,
    )


def _text(lens: Lens[str] | None) -> str | None:
    """A text that any file can hold: bytes that are no UTF-8 are read as Latin-1, as HTTP clients do (RFC 9110, 5.5),
    and two halves of a surrogate pair are one character."""
    if lens is None:
        return None
    text = lens.text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _with_pairs(text).encode("utf-8", "surrogateescape").decode("latin-1")
    return text


def _with_pairs(text: str) -> str:
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        pass
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise CassetteError("a text here holds half a character (an unpaired surrogate), which no HTTP can") from None
    return text


def _bytes(lens: BodyLens | None) -> bytes | None:
    if lens is None:
        return None
    body = lens.text
    if isinstance(body, bytes):
        return body
    try:
        return body.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _with_pairs(body).encode("utf-8", "surrogateescape")


def _lines(headers: Iterable[Header]) -> Lines:
    return tuple((header.name, _text(header.value) or "") for header in headers)


def grouped(lines: Lines) -> dict[str, list[str]]:
    """Headers by name, in order; names that differ in case alone go under the first (RFC 9110, 5.1)."""
    spelled: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for name, value in lines:
        found.setdefault(spelled.setdefault(name.lower(), name), []).append(value)
    return found


def header(lines: Lines, name: str) -> str | None:
    """The first value of a header, None where it is absent."""
    return next((value for each, value in lines if each.lower() == name), None)


def text_or_bytes(body: bytes | None) -> str | bytes:
    """A body as text where it is UTF-8; nothing is an empty text."""
    try:
        return (body or b"").decode()
    except UnicodeDecodeError:
        return body or b""


def noted(kind: Kind, what: str, concerned: Iterable[bool]) -> Iterator[Loss]:
    """A loss of those interactions that are concerned, none where there are none."""
    where = tuple(index for index, each in enumerate(concerned) if each)
    if where:
        yield Loss(kind, what, where)


def lost_durations(carried: Iterable[Carried]) -> Iterator[Loss]:
    """How long responses took."""
    return noted("lost", "how long the response took", (each.duration_ms is not None for each in carried))


def lost_dates(carried: Iterable[Carried]) -> Iterator[Loss]:
    """When interactions were recorded."""
    return noted("lost", "when it was recorded", (each.recorded_at is not None for each in carried))


def lost_ids(carried: Iterable[Carried]) -> Iterator[Loss]:
    """Ids that are not the number of their interaction."""
    return noted("lost", "its id", (each.id not in (None, str(index)) for index, each in enumerate(carried)))
