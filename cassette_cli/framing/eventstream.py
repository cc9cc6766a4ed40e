"""AWS event streams: binary messages one after the other, as Bedrock, Transcribe, Kinesis and S3 Select send them.

https://smithy.io/2.0/aws/amazon-eventstream.html
https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html

    00 00 00 6a  00 00 00 4d  9d bc 53 8a        length of all, length of the headers, CRC-32 of these eight bytes
    0b ":event-type" 07 00 0b "messageStop"      headers: length of the name, name, type, length of the value, value
    0d ":message-type" 07 00 05 "event" ...
    {"stopReason":"end_turn"}                    payload
    5d 93 a2 f1                                  CRC-32 of all before it

Numbers are big-endian. Clients give up at a checksum that does not fit; here it is named, and the message is shown.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from cassette_cli.anomalies import Code
from cassette_cli.document.encoding import utf8_lens
from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.text import Edit, Span, changed, moved, splice
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import ContentLens, Fault, Frame, Place, Writer, as_bytes

NAME = "eventstream"
MEDIA_TYPE = "application/vnd.amazon.eventstream"

# The length of a message, that of its headers, and the checksum of both.
PRELUDE = Struct(">III")
LENGTHS = Struct(">II")
CHECKSUM = Struct(">I")
LONGEST = 0xFFFFFFFF

# Header values by type: how many bytes one has, where the type says it. 0 is true, 1 is false, 2 to 5 are integers,
# 8 is a time in milliseconds since 1970, 9 is a UUID. Bytes and strings have their length before them.
SIZES = {0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16}
BYTES, STRING, UUID_TYPE = 6, 7, 9

# The headers that name an event, an exception that the service declares, and any other error.
TYPES = (":event-type", ":exception-type", ":error-code")
# What every event has beside its type.
USUAL = frozenset({*TYPES, ":content-type", ":message-type"})

NO_MESSAGE: Fault = (Code.FRAME_BROKEN.value, "bytes that begin no message: clients give up here")
NO_HEADERS: Fault = (Code.FRAME_BROKEN.value, "the headers of a message cannot be read")
CUT_OFF: Fault = (Code.EVENT_NOT_CLOSED.value, "the stream ends within a message, which clients drop")
BAD_PRELUDE: Fault = (Code.CHECKSUM_MISMATCH.value, "the checksum of a message's lengths does not fit them")
BAD_MESSAGE: Fault = (Code.CHECKSUM_MISMATCH.value, "the checksum of a message does not fit its bytes")


class _Prelude(NamedTuple):
    """What a message says of itself: `size` of all of it and `headers`, both in bytes; `fits` where its checksum
    does."""

    size: int
    headers: int
    fits: bool


class _Headers(NamedTuple):
    """A message's headers: its type, what else they say, and what is wrong with them."""

    event: str | None
    notes: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]


def matches(media_type: str | None, body: str | bytes) -> bool:
    """Whether a body begins with a message, by the checksum of its lengths. Under its own media type lengths that can
    be are enough, and an empty body is a stream, too."""
    if isinstance(body, str):
        return media_type == MEDIA_TYPE and not body
    prelude = _prelude(body, 0)
    return prelude is not None and (prelude.fits or media_type == MEDIA_TYPE)


def split(body: str | bytes) -> list[Frame]:
    """A frame per message; bytes that begin none are a frame to the end, without number. A message that is cut off
    is not `closed`, and has the data that came."""
    data = body.encode() if isinstance(body, str) else body
    frames: list[Frame] = []
    known: dict[bytes, _Headers] = {}
    start = number = 0
    while start < len(data):
        prelude = _prelude(data, start)
        if prelude is None:
            whole = len(data) - start >= PRELUDE.size
            frames.append(Frame(Span(start, len(data)), closed=whole, faults=(NO_MESSAGE if whole else CUT_OFF,)))
            break
        frame = _frame(data, start, prelude, number, known)
        frames.append(frame)
        number += frame.number is not None
        start = frame.span.end
    return frames


def _prelude(data: bytes, start: int) -> _Prelude | None:
    """The prelude that begins here; None for what can be none: lengths that contradict each other, or lengths that
    reach beyond the body and that the checksum does not vouch for."""
    if len(data) - start < PRELUDE.size:
        return None
    size, headers, checksum = PRELUDE.unpack_from(data, start)
    fits = crc32(data[start : start + LENGTHS.size]) == checksum
    if size < PRELUDE.size + headers + CHECKSUM.size or (not fits and start + size > len(data)):
        return None
    return _Prelude(size, headers, fits)


def _frame(data: bytes, start: int, prelude: _Prelude, number: int, known: dict[bytes, _Headers]) -> Frame:
    end = min(start + prelude.size, len(data))
    begin = start + PRELUDE.size + prelude.headers
    if begin > end:
        return Frame(Span(start, end), closed=False, faults=(CUT_OFF,))
    # A stream has few kinds of headers; each is read once.
    raw = data[start + PRELUDE.size : begin]
    headers = known.get(raw)
    if headers is None:
        headers = known[raw] = _headers(raw)
    stop = start + prelude.size - CHECKSUM.size
    closed = end == start + prelude.size
    faults = headers.faults
    if not (prelude.fits and closed and crc32(data[start:stop]) == CHECKSUM.unpack_from(data, stop)[0]):
        faults = (*faults, *_faults(prelude, closed=closed))
    payload = data[begin : min(stop, end)].decode("utf-8", "surrogateescape")
    return Frame(Span(start, end), number, payload, headers.event, headers.notes, closed, faults)


def _faults(prelude: _Prelude, *, closed: bool) -> Iterator[Fault]:
    """What is wrong with a message that is not sound."""
    if not prelude.fits:
        yield BAD_PRELUDE
    elif closed:
        yield BAD_MESSAGE
    if not closed:
        yield CUT_OFF


def _headers(raw: bytes) -> _Headers:
    found: list[tuple[str, str]] = []
    faults: list[Fault] = []
    try:
        found.extend(_fields(raw))
    except (ValueError, IndexError):
        faults.append(NO_HEADERS)
    values = dict(found)
    event = next((values[name] for name in TYPES if name in values), None)
    kind = values.get(":message-type", "event")
    if kind == "error":
        message = values.get(":error-message", "no message")
        faults.append((Code.ERROR_EVENT.value, f"the service reports an error within the stream: {event}: {message}"))
    notes = [(name, value) for name, value in found if name not in USUAL]
    if kind != "event":
        notes.append((":message-type", kind))
    return _Headers(event, tuple(notes), tuple(faults))


def _fields(raw: bytes) -> Iterator[tuple[str, str]]:
    """Names and values, as text. Raises ValueError or IndexError, once it is reached, for what is no header."""
    place = 0
    while place < len(raw):
        name, place = _cut(raw, place + 1, raw[place])
        kind = raw[place]
        place += 1
        size = SIZES.get(kind)
        if kind in (BYTES, STRING):
            length, place = _cut(raw, place, 2)
            size = int.from_bytes(length, "big")
        if size is None:
            raise ValueError(f"no type of header: {kind}")
        value, place = _cut(raw, place, size)
        yield name.decode("utf-8", "surrogateescape"), _text(kind, value)


def _cut(raw: bytes, start: int, size: int) -> tuple[bytes, int]:
    if start + size > len(raw):
        raise ValueError("a header is cut off")
    return raw[start : start + size], start + size


def _text(kind: int, value: bytes) -> str:
    """A header's value as text: bytes as base64, a time as its milliseconds."""
    if kind == STRING:
        return value.decode("utf-8", "surrogateescape")
    if kind == BYTES:
        return b64encode(value).decode("ascii")
    if kind == UUID_TYPE:
        return str(UUID(bytes=value))
    return str(int.from_bytes(value, "big", signed=True)) if value else str(kind == 0).lower()


def payload(body: ContentLens, frame: Frame) -> Lens[str]:
    """The payload of a message as text; bytes that are no UTF-8 come as surrogates and are kept."""
    outer = as_bytes(body)
    start, end = frame.span
    size, headers, _ = PRELUDE.unpack_from(outer.text, start)
    begin = PRELUDE.size + headers
    data = outer.text[start + begin : min(start + size - CHECKSUM.size, end)]
    return utf8_lens(Payload(outer, frame.span, begin, data))


@dataclass(frozen=True, slots=True, eq=False)
class Payload:
    """The payload of the message in `span`, of which it begins at `begin`. An edit sets the message's length and its
    checksums right; that of a message that is cut off stays away."""

    outer: Lens[bytes]
    span: Span
    begin: int
    text: bytes

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[bytes]]) -> Sequence[Change]:
        after = splice(self.text, edits)
        if after == self.text:
            return []
        before = self.outer.text[self.span.start : self.span.end]
        size, headers, _ = PRELUDE.unpack_from(before)
        longer = size + len(after) - len(self.text)
        if longer > LONGEST:
            raise CassetteError("a message of an event stream cannot be that long")
        lengths = LENGTHS.pack(longer, headers)
        prelude = lengths + CHECKSUM.pack(crc32(lengths))
        lifted = [*changed(before[: PRELUDE.size], prelude), *moved(edits, self.begin)]
        if len(before) == size:
            checksum = crc32(prelude + before[PRELUDE.size : self.begin] + after)
            stop = size - CHECKSUM.size
            lifted += moved(changed(before[stop:], CHECKSUM.pack(checksum)), stop)
        return [(self.outer, edit) for edit in moved(lifted, self.span.start)]


def writer(body: str | bytes, frames: Sequence[Frame]) -> Writer:
    """A message with the headers of its model; its lengths and checksums are its own."""
    stream = body.encode() if isinstance(body, str) else body

    def write(frame: Frame, data: str, place: Place) -> bytes:
        start = frame.span.start
        _, length, _ = PRELUDE.unpack_from(stream, start)
        headers = stream[start + PRELUDE.size : start + PRELUDE.size + length]
        return message(headers, data.encode("utf-8", "surrogateescape"))

    return write


def message(headers: bytes, payload: bytes) -> bytes:
    """A message of these headers, encoded, and this payload. Raises CassetteError for one that is too long."""
    size = PRELUDE.size + len(headers) + len(payload) + CHECKSUM.size
    if size > LONGEST:
        raise CassetteError("a message of an event stream cannot be that long")
    lengths = LENGTHS.pack(size, len(headers))
    whole = lengths + CHECKSUM.pack(crc32(lengths)) + headers + payload
    return whole + CHECKSUM.pack(crc32(whole))


def event(name: str, payload: str) -> bytes:
    """A message that brings an event of this name, whose payload is JSON."""
    fields = ((TYPES[0], name), (":content-type", "application/json"), (":message-type", "event"))
    return message(b"".join(_field(*field) for field in fields), payload.encode())


def _field(name: str, value: str) -> bytes:
    """A header whose value is a text."""
    raw = value.encode()
    return bytes([len(name)]) + name.encode() + bytes([STRING]) + len(raw).to_bytes(2, "big") + raw
