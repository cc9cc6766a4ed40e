"""A recording as another recorder's file: made, read again and compared with what was meant, before it is given."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cassette_cli import files
from cassette_cli.converting.base import Carried, Lines, Loss, Target, carried, grouped, noted
from cassette_cli.converting.decoded import decoded, plain_beside_coding
from cassette_cli.converting.unread import unread
from cassette_cli.errors import CassetteError, InternalError, Where
from cassette_cli.model import Cassette, split_url

# Aliases name a text many times, and it is written each time. A recording whose texts come to more than so many bytes,
# and to so many times its size, was made to harm.
MOST = 256 * 1024 * 1024
GROWTH = 16
# Recorders of clients compare it; those of servers do not keep it.
HOST = "a host (--base-url puts one before the path)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What came of a cassette. `text` is the new file's."""

    text: str
    interactions: int
    losses: tuple[Loss, ...]

    @property
    def missing(self) -> list[str]:
        """What the recording lacks so that it could not be played."""
        return [loss.what for loss in self.losses if loss.kind == "missing"]


def converted(cassette: Cassette, target: Target, base_url: str | None = None, *, decode: bool = False) -> Converted:
    """A cassette as a file of the target. `base_url` goes before URLs that have no host; with `decode` bodies have no
    content coding.

    One of the target's own is written anew as well: JSON becomes YAML, an old format the present one. Raises
    CassetteError where a text of it cannot be read; InternalError where what was made does not read as meant.
    """
    found = list(_all_carried(cassette, decode))
    if base_url:
        found = [_based(each, base_url) for each in found]
    held = [target.held(each) for each in found]
    text = target.text(held)
    _prove(cassette, target, text, held)
    losses = (*_missing(found), *plain_beside_coding(found), *target.losses(found), *unread(cassette))
    return Converted(text=text, interactions=len(found), losses=losses)


def _all_carried(cassette: Cassette, decode: bool) -> Iterator[Carried]:
    room = max(MOST, GROWTH * len(cassette.document.text))
    for index in range(len(cassette.interactions)):
        each = _carried(cassette, index, decode)
        room -= len(each.request_body or b"") + len(each.response_body or b"")
        room -= sum(len(value) for _, value in (*each.request_headers, *each.response_headers))
        if room < 0:
            raise CassetteError("its texts are too large once written out", Where(cassette.path))
        yield each


def _carried(cassette: Cassette, index: int, decode: bool) -> Carried:
    interaction = cassette.interactions[index]
    try:
        found = carried(interaction)
        return decoded(found) if decode else found
    except CassetteError as error:
        where = Where(cassette.path, *cassette.document.position(interaction.span.start))
        raise type(error)(error.message, where) from None


def _based(each: Carried, base_url: str) -> Carried:
    if each.url is None or split_url(each.url).netloc:
        return each
    return replace(each, url=base_url.rstrip("/") + "/" + each.url.lstrip("/"))


def _missing(found: Sequence[Carried]) -> Iterator[Loss]:
    """What every recorder compares or plays, and this recording does not say."""
    yield from noted("missing", "a method", (not each.method for each in found))
    yield from noted("missing", "a URL", (not each.url for each in found))
    yield from noted("missing", "a status", (not each.status for each in found))
    hostless = (bool(each.url) and not split_url(each.url).netloc for each in found)
    yield from noted("missing", HOST, hostless)


def _prove(cassette: Cassette, target: Target, text: str, held: Sequence[Carried]) -> None:
    try:
        again = files.parse(cassette.path, text)
        found = [carried(each) for each in again.interactions] if again else []
    except CassetteError as error:
        raise _fault(cassette, f"the new text cannot be read: {error.message}") from None
    if again is None or (again.recorder, again.version) != (target.NAME, target.VERSION if held else again.version):
        raise _fault(cassette, f"the new text is no recording of {target.NAME}")
    if len(found) != len(held):
        raise _fault(cassette, f"{len(found)} interactions would be there, not {len(held)}")
    for index, (one, other) in enumerate(zip(found, held, strict=True)):
        if (part := differing(one, other)) is not None:
            raise _fault(cassette, f"{part} of interaction {index} would not read as meant")


def differing(one: Carried, other: Carried) -> str | None:
    """Which part of two interactions differs as they were on the wire, None where they agree. The order of headers is
    that of values of one name (RFC 9110, 5.3), and nothing is as good as an empty text."""
    parts: Iterable[tuple[str, object, object]] = (
        ("the method", one.method or "", other.method or ""),
        ("the URL", one.url or "", other.url or ""),
        ("the status", one.status or 0, other.status or 0),
        ("the headers of the request", _plain(one.request_headers), _plain(other.request_headers)),
        ("the headers of the response", _plain(one.response_headers), _plain(other.response_headers)),
        ("the body of the request", one.request_body or b"", other.request_body or b""),
        ("the body of the response", one.response_body or b"", other.response_body or b""),
    )
    return next((name for name, here, there in parts if here != there), None)


def _plain(lines: Lines) -> dict[str, list[str]]:
    return {name.lower(): values for name, values in grouped(lines).items()}


def _fault(cassette: Cassette, what: str) -> InternalError:
    return InternalError(f"{what}; nothing was written", Where(cassette.path))
