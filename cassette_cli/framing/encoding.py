"""Content codings: gzip, deflate, br and zstd as lenses, and from the body that a recorder kept to what it says.

    Content-Encoding: gzip          1f 8b 08 ...  <->  {"id": "chatcmpl-1", ...}

RFC 9110, 8.4 (https://www.rfc-editor.org/rfc/rfc9110#section-8.4) names the codings. Recorders often keep the header
and store the body decoded, or strip the header and keep the coded bytes. So the bytes decide: a header names what is
tried, and gzip and zstd are known by their magic numbers without one.
"""

import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from cassette_cli.document.encoding import Utf8, utf8_lens
from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.text import Edit, changed, splice
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import ContentLens, is_binary

# The largest content that is decoded, in bytes. Bodies of recordings stay below 5 MB.
LIMIT = 64 * 1024 * 1024
# Codings undone without a header; a body of more layers than this was made to harm.
MAX_UNNAMED = 2
CHUNK = 64 * 1024

# What no text holds, and how far to look: https://mimesniff.spec.whatwg.org/#binary-data-byte
BINARY = bytes(set(range(0x20)) - set(b"\t\n\x0c\r\x1b"))
SNIFFED = 1445
CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "iso_8859-1", "latin-1", "latin1"})


class Content(NamedTuple):
    """What a body says: its lens, the names of the codings undone (the outermost first), and whether all of it could
    be read; a content that is not complete cannot be edited."""

    lens: ContentLens
    codings: tuple[str, ...] = ()
    complete: bool = True


def content(
    body: ContentLens, encodings: Iterable[str] = (), content_type: str | None = None, limit: int = LIMIT
) -> Content:
    """The content of a body as a recorder kept it.

    `encodings` are the values of the Content-Encoding headers, `content_type` is the value of Content-Type with its
    parameters. A body that is text already is what it says. Raises CassetteError where a content is larger than
    `limit` bytes.
    """
    if not is_binary(body):
        return Content(body)
    undone: list[Coded] = []
    lens: Lens[bytes] = body
    for candidates in [*_named(encodings), *[(GZIP, ZSTD)] * MAX_UNNAMED]:
        found = next((coded for coding in candidates if (coded := _undone(lens, coding, limit))), None)
        if found:
            undone.append(found)
            lens = found
    codings = tuple(coded.coding.name for coded in undone)
    return Content(_text_of(lens, content_type), codings, all(coded.complete for coded in undone))


def _named(encodings: Iterable[str]) -> list[Sequence["Coding"]]:
    """What Content-Encoding values may mean, the coding that was applied last first; unknown names are left out."""
    names = [name.strip().lower() for value in encodings for name in value.split(",")]
    return [CODINGS[name] for name in reversed(names) if name in CODINGS]


def _undone(outer: Lens[bytes], coding: "Coding", limit: int) -> "Coded | None":
    """A coding undone; None where the bytes are not so coded."""
    data = outer.text
    # A coding without a magic number is not even tried on text: short texts can be valid by chance.
    if not data or not data.startswith(coding.magic) or (not coding.magic and _is_text(data)):
        return None
    decoded = coding.decode(data, limit)
    if (decoded.faulty and not coding.magic) or (not decoded.data and (decoded.faulty or decoded.cut_off)):
        return None
    return Coded(outer, coding, decoded.data, complete=not (decoded.faulty or decoded.cut_off))


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Bytes that lie in other bytes under a content coding. An edit codes all of them anew."""

    outer: Lens[bytes]
    coding: "Coding"
    text: bytes
    complete: bool

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[bytes]]) -> Sequence[Change]:
        after = splice(self.text, edits)
        if after == self.text:
            return []
        if not self.complete:
            raise CassetteError(f"this body cannot be edited: its {self.coding.name} data is cut off or broken")
        recorded = self.outer.text
        return [(self.outer, edit) for edit in changed(recorded, self.coding.encode(after, recorded))]


@dataclass(frozen=True, slots=True, eq=False)
class Latin1:
    """A text that lies in bytes as ISO-8859-1: one character, one byte."""

    outer: Lens[bytes]
    text: str

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        try:
            return [(self.outer, Edit(edit.span, edit.new.encode("latin-1"))) for edit in edits]
        except UnicodeEncodeError as error:
            fault = f"{error.object[error.start : error.end]!r}"
            raise CassetteError(f"{fault} has no place in a body whose charset is iso-8859-1") from error


def _text_of(lens: Lens[bytes], content_type: str | None) -> ContentLens:
    """Bytes as the text they are; as they stand where they are none. UTF-8 is tried before any other charset."""
    data = lens.text
    if _has_binary(data[:SNIFFED]):
        return lens
    try:
        return Utf8(lens, data.decode("utf-8"))
    except UnicodeDecodeError:
        charset = CHARSET.search(content_type or "")
        if charset and charset[1].lower() in LATIN_1:
            return Latin1(lens, data.decode("latin-1"))
        return lens if _has_binary(data) else utf8_lens(lens)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _has_binary(data)


def _has_binary(data: bytes) -> bool:
    return len(data.translate(None, BINARY)) < len(data)


class Decoded(NamedTuple):
    """What could be read of coded bytes; `faulty` where they were wrong, `cut_off` where they ended too early."""

    data: bytes
    faulty: bool = False
    cut_off: bool = False


class Coding(NamedTuple):
    """A content coding. `decode` takes coded bytes and the limit; `encode` takes new content and the bytes recorded,
    whose spelling it keeps where it can; equal arguments give equal bytes."""

    name: str
    magic: bytes
    decode: Callable[[bytes, int], Decoded]
    encode: Callable[[bytes, bytes], bytes]


class _Stream(Protocol):
    """A decompressor of the standard library's shape. `decompress` gives at most `size` bytes, or few more."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, size: int, /) -> bytes: ...


def _decoded(
    stream: Callable[[], _Stream], fault: type[Exception], data: bytes, limit: int, careful: int | None = None
) -> Decoded:
    """All members of coded bytes, decoded and joined (gzip and zstd allow several: RFC 1952, 2.2; RFC 8878, 3).

    From `careful` on they are fed one by one: a decompressor keeps what it has when a later byte is a fault.
    """
    pieces: list[bytes] = []
    room, place = limit, 0
    while place < len(data):
        member = stream()
        try:
            while not member.eof and place < len(data):
                stop = place + 1 if careful is not None and place >= careful else place + CHUNK
                pieces.append(member.decompress(data[place:stop], room + 1))
                place = min(stop, len(data))
                room -= len(pieces[-1])
                if room < 0:
                    raise CassetteError(f"a coded body is larger than {limit} bytes once decoded")
        except fault:
            if careful is None:
                return _decoded(stream, fault, data, limit, place)
            return Decoded(b"".join(pieces), faulty=True)
        if not member.eof:
            return Decoded(b"".join(pieces), cut_off=True)
        place -= len(member.unused_data)
    return Decoded(b"".join(pieces))


def _gzip(data: bytes, recorded: bytes) -> bytes:
    """One member, with the header (time, flags, system, name) of the recorded one: RFC 1952, 2.3."""
    # The extra flags name the level only at its ends: 2 the best compression, 4 the fastest.
    level = {2: 9, 4: 1}.get(recorded[8], -1)
    end = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return recorded[: _gzip_header(recorded)] + _deflate(data, level) + end


def _gzip_header(recorded: bytes) -> int:
    """How long a gzip header is, in bytes."""
    flags, size = recorded[3], 10
    if flags & 4:  # FEXTRA
        size += 2 + int.from_bytes(recorded[size : size + 2], "little")
    for flag in (8, 16):  # FNAME, FCOMMENT
        if flags & flag:
            size = recorded.index(0, size) + 1
    return size + 2 if flags & 2 else size  # FHCRC


def _deflate(data: bytes, level: int = -1) -> bytes:
    packer = zlib.compressobj(level, wbits=-15)
    return packer.compress(data) + packer.flush()


class _BrotliStream:
    """Brotli's decompressor in the standard library's shape. It takes bytes after its end for a fault."""

    unused_data = b""

    def __init__(self) -> None:
        self._stream = _brotli().Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())

    def decompress(self, data: bytes, size: int, /) -> bytes:
        return bytes(self._stream.process(data, output_buffer_limit=size))


# Both are imported late: few recordings need them.
def _brotli() -> Any:
    import brotli

    return brotli


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


GZIP = Coding(
    "gzip",
    b"\x1f\x8b\x08",
    lambda data, limit: _decoded(lambda: zlib.decompressobj(31), zlib.error, data, limit),
    _gzip,
)
# RFC 9110 means zlib by "deflate"; some servers send it raw (RFC 9110, 8.4.1.2).
ZLIB = Coding(
    "deflate",
    b"",
    lambda data, limit: _decoded(zlib.decompressobj, zlib.error, data, limit),
    lambda data, recorded: zlib.compress(data),
)
DEFLATE = Coding(
    "deflate",
    b"",
    lambda data, limit: _decoded(lambda: zlib.decompressobj(-15), zlib.error, data, limit),
    lambda data, recorded: _deflate(data),
)
BROTLI = Coding(
    "br",
    b"",
    lambda data, limit: _decoded(_BrotliStream, _brotli().error, data, limit),
    # The default level is made for files that are packed once: 1 MB takes it seconds. And of all empty streams
    # (RFC 7932, 9.1) the library writes the one that is a text, ";", which would not be taken for brotli here.
    lambda data, recorded: bytes(_brotli().compress(data, quality=5)) if data else b"\x06",
)
ZSTD = Coding(
    "zstd",
    b"\x28\xb5\x2f\xfd",
    lambda data, limit: _decoded(_zstd().ZstdDecompressor, _zstd().ZstdError, data, limit),
    lambda data, recorded: bytes(_zstd().compress(data)),
)
CODINGS: dict[str, tuple[Coding, ...]] = {
    "gzip": (GZIP,),
    "x-gzip": (GZIP,),
    "deflate": (ZLIB, DEFLATE),
    "br": (BROTLI,),
    "zstd": (ZSTD,),
}
