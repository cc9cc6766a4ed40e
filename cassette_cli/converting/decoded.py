"""Content codings undone: bodies as texts, without the header that named the coding, with the length that is theirs.

    Content-Encoding: gzip          1f 8b 08 ...  ->  {"id": "chatcmpl-1", ...}

Recorders of browsers keep bodies decoded beside the headers that came; there only the header goes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cassette_cli.converting.base import Carried, Lines, Loss, noted
from cassette_cli.document.lens import Change
from cassette_cli.document.text import Edit
from cassette_cli.errors import CassetteError
from cassette_cli.framing.encoding import CODINGS, content


@dataclass(frozen=True, slots=True)
class _Held:
    """Bytes that are only read."""

    text: bytes
    depth: int = 0

    def lift(self, edits: Iterable[Edit[bytes]]) -> list[Change]:
        raise CassetteError("these bytes are only read")


def decoded(carried: Carried) -> Carried:
    """An interaction whose bodies have no content coding. One that cannot be undone stays, with its header. Raises
    CassetteError where a body is too large once decoded."""
    request_headers, request_body = _plain(carried.request_headers, carried.request_body)
    response_headers, response_body = _plain(carried.response_headers, carried.response_body)
    return replace(
        carried,
        request_headers=request_headers,
        request_body=request_body,
        response_headers=response_headers,
        response_body=response_body,
    )


def plain_beside_coding(carried: Iterable[Carried]) -> Iterator[Loss]:
    """Responses whose header names a coding that their body does not have: clients fail to undo it."""
    what = "content-encoding names a coding, and the body is plain: clients may fail (--decode drops the header)"
    return noted("doubtful", what, (_names_other(each.response_headers, each.response_body) for each in carried))


def _names_other(headers: Lines, body: bytes | None) -> bool:
    named = [value.strip().lower() for value in _codings(headers)]
    return bool(body) and any(value in CODINGS for value in named) and not content(_Held(body or b""), named).codings


def _plain(headers: Lines, body: bytes | None) -> tuple[Lines, bytes | None]:
    named = _codings(headers)
    if not body or not (named or body.startswith(b"\x1f\x8b")):
        return headers, body
    found = content(_Held(body), named)
    text = found.lens.text
    if not found.complete or (isinstance(text, bytes) and not found.codings):
        return headers, body
    data = text.encode() if isinstance(text, str) else text
    kept = ((name, value) for name, value in headers if name.lower() != "content-encoding")
    length = str(len(data))
    return tuple((name, length if name.lower() == "content-length" else value) for name, value in kept), data


def _codings(headers: Lines) -> list[str]:
    return [value for name, value in headers if name.lower() == "content-encoding"]
