"""The status of a response set: its code, and the phrase that recorders write beside it (RFC 9110, 15)."""

import re
from http import HTTPStatus

from cassette_cli.document.lens import Change, Lens, Slice
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Node, Scalar, get
from cassette_cli.editing.interactions import holder
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.model import Cassette
from cassette_cli.proof import prove

# Where recorders keep the code, and where the phrase: in words of their own, or in a line with the code.
CODES = (
    ("response", "code"),
    ("response", "status_code"),
    ("response", "status", "code"),
    ("response", "status"),
    ("status",),
)
PHRASES = (
    ("response", "status"),
    ("response", "status", "message"),
    ("response", "message"),
    ("response", "statusText"),
)
LINE = re.compile(r"[0-9]{3}(?= |\Z)")
# The first line of a response as it went over the wire.
FIRST_LINE = re.compile(r"(HTTP/[0-9.]+ )([0-9]{3}[^\r\n]*)")


def with_status(cassette: Cassette, index: int, code: int) -> Cassette:
    """The cassette whose interaction has a response of this status, and the phrase that goes with it where one is
    written. Raises CassetteError where the file has no place for it."""
    if not 100 <= code <= 599:
        raise CassetteError(f"{code} is no status: they go from 100 to 599")
    if cassette.interactions[index].response.status is None:
        raise _nowhere(index)
    phrase = HTTPStatus(code).phrase if code in HTTPStatus._value2member_map_ else ""
    again = prove(cassette, _changes(cassette, index, code, phrase))
    if again.interactions[index].response.status != code:
        raise InternalError(f"interaction {index} would not have the status {code}").at(cassette.path)
    return again


def _changes(cassette: Cassette, index: int, code: int, phrase: str) -> list[Change]:
    node = holder(cassette).items[index]
    found: list[Change] = []
    for route in CODES:
        lens = _lens(cassette, get(node, *route))
        if lens and re.fullmatch("[0-9]{3}", lens.text):
            found.append(_whole(lens, str(code)))
    if not found and not any(_is_line(get(node, *route)) for route in PHRASES):
        return _of_message(cassette, index, f"{code} {phrase}")
    for route in PHRASES:
        lens = _lens(cassette, get(node, *route))
        if lens and LINE.match(lens.text):
            if not re.fullmatch("[0-9]{3}", lens.text):
                found.append(_whole(lens, f"{code} {phrase}".rstrip()))
        elif lens and lens.text:
            found.append(_whole(lens, phrase))
    return found


def _is_line(node: Node | None) -> bool:
    return isinstance(node, Scalar) and LINE.match(node.value) is not None


def _lens(cassette: Cassette, node: Node | None) -> Lens[str] | None:
    return lens_of(cassette.document.source, node) if isinstance(node, Scalar) else None


def _whole(lens: Lens[str], text: str) -> Change:
    return lens, Edit(Span(0, len(lens.text)), text)


def _of_message(cassette: Cassette, index: int, line: str) -> list[Change]:
    """In a message as it went over the wire; its lens is what its headers are cut from."""
    for header in cassette.interactions[index].response.headers:
        value = header.value
        if isinstance(value, Slice) and (found := FIRST_LINE.match(value.outer.text)):
            return [(value.outer, Edit(Span(*found.span(2)), line.rstrip()))]
    raise _nowhere(index)


def _nowhere(index: int) -> CassetteError:
    return CassetteError(f"interaction {index} has no status that could be changed")
