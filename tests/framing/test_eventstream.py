"""AWS event streams: the types of headers, messages that are broken, and the laws of frames and payloads."""

import struct
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import exchange
from cassette_cli.files import load
from cassette_cli.framing import detect, eventstream
from cassette_cli.framing.base import Frame
from cassette_cli.model import Cassette
from samples.make.eventstream import MEDIA_TYPE, event, header, message

HELLO = event("contentBlockDelta", {"delta": {"text": "Hé"}})
STOP = event("messageStop", {"stopReason": "end_turn"})
FAILED = event("throttlingException", {"message": "Too many"}, "exception")
EVENT = header(":event-type", "x") + header(":message-type", "event")
PIECES = ["", "{}", "a", '{"text":"Hé\u2028"}', "\udcff\udcfe", "x" * 300]


class Message(NamedTuple):
    """What a decoder that knows nothing of ours finds in a message."""

    headers: bytes
    payload: bytes
    is_sound: bool


def by_the_letter(body: bytes) -> list[Message]:
    """All messages of a body that holds nothing else, as the specification words them."""
    found = []
    while body:
        size, length, checksum = struct.unpack(">III", body[:12])
        headers, payload, end = body[12 : 12 + length], body[12 + length : size - 4], body[size - 4 : size]
        sums = checksum == zlib.crc32(body[:8]) and end == struct.pack(">I", zlib.crc32(body[: size - 4]))
        found.append(Message(headers, payload, sums))
        body = body[size:]
    return found


def in_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def flipped(body: bytes, place: int) -> bytes:
    changed = bytearray(body)
    changed[place] ^= 1
    return bytes(changed)


def codes(frame: Frame) -> list[str]:
    return [code for code, _ in frame.faults]


def test_a_stream() -> None:
    body = HELLO + FAILED + STOP
    first, second = len(HELLO), len(HELLO + FAILED)

    assert eventstream.split(body) == [
        Frame(Span(0, first), 0, '{"delta":{"text":"Hé"}}', "contentBlockDelta"),
        Frame(
            Span(first, second),
            1,
            '{"message":"Too many"}',
            "throttlingException",
            ((":message-type", "exception"),),
        ),
        Frame(Span(second, len(body)), 2, '{"stopReason":"end_turn"}', "messageStop"),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (0, b"", "true"),
        (1, b"", "false"),
        (2, b"\xff", "-1"),
        (3, b"\x01\x00", "256"),
        (4, b"\xff\xff\xff\xfe", "-2"),
        (5, b"\0\0\0\1\0\0\0\0", "4294967296"),
        (6, b"\x00\x03\xff\x00\x01", "/wAB"),
        (7, b"\x00\x03H\xc3\xa9", "Hé"),
        (7, b"\x00\x01\xff", "\udcff"),
        (8, b"\0\0\x01\x8b\xcf\xe5\x68\x00", "1700000000000"),
        (9, bytes(range(16)), "00010203-0405-0607-0809-0a0b0c0d0e0f"),
    ],
)
def test_types_of_headers(kind: int, value: bytes, text: str) -> None:
    [frame] = eventstream.split(message(EVENT + b"\x04name" + bytes([kind]) + value + header("last", "z"), b"{}"))

    assert frame.event == "x"
    assert frame.notes == (("name", text), ("last", "z"))
    assert frame.faults == ()


@pytest.mark.parametrize(
    "headers",
    [b"\x0a", b"\x04name", b"\x04name\x0a", b"\x04name\x07", b"\x04name\x07\x00\x05abc", b"\x04name\x04\x00"],
)
def test_headers_that_cannot_be_read(headers: bytes) -> None:
    [frame] = eventstream.split(message(EVENT + headers, b"{}"))

    assert (frame.event, frame.data, frame.closed) == ("x", "{}", True)
    assert codes(frame) == ["frame-broken"]


def test_an_error_that_no_service_declares() -> None:
    headers = header(":message-type", "error") + header(":error-code", "InternalError")
    [frame] = eventstream.split(message(headers + header(":error-message", "We are sorry"), b""))

    assert (frame.number, frame.data, frame.event) == (0, "", "InternalError")
    assert frame.notes == ((":error-message", "We are sorry"), (":message-type", "error"))
    assert codes(frame) == ["error-event"]
    assert frame.faults[0][1].endswith("InternalError: We are sorry")


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        (b"", []),
        # A checksum that does not fit is named, and the message is shown.
        (flipped(HELLO, -1) + STOP, [(0, True, True, ["checksum-mismatch"]), (1, True, True, [])]),
        (flipped(HELLO, -5) + STOP, [(0, True, True, ["checksum-mismatch"]), (1, True, True, [])]),
        (flipped(HELLO, 8) + STOP, [(0, True, True, ["checksum-mismatch"]), (1, True, True, [])]),
        # Cut off: in the checksum, in the payload, before it, in the headers, in the lengths.
        (STOP + HELLO[:-1], [(0, True, True, []), (1, True, False, ["event-not-closed"])]),
        (STOP + HELLO[:-8], [(0, True, True, []), (1, True, False, ["event-not-closed"])]),
        (STOP + HELLO[:-28], [(0, True, True, []), (1, True, False, ["event-not-closed"])]),
        (STOP + HELLO[:40], [(0, True, True, []), (None, False, False, ["event-not-closed"])]),
        (STOP + HELLO[:7], [(0, True, True, []), (None, False, False, ["event-not-closed"])]),
        # What follows is no message.
        (STOP + b"\r\n" * 20, [(0, True, True, []), (None, False, True, ["frame-broken"])]),
        (STOP + flipped(HELLO, 0), [(0, True, True, []), (None, False, True, ["frame-broken"])]),
    ],
)
def test_broken_streams(body: bytes, frames: list[tuple[int | None, bool, bool, list[str]]]) -> None:
    found = eventstream.split(body)

    assert [(each.number, each.data is not None, each.closed, codes(each)) for each in found] == frames


def test_data_of_a_message_that_is_cut_off_is_what_came() -> None:
    whole = eventstream.split(HELLO)[0].data or ""

    found = [eventstream.split(HELLO[:-missing])[0].data for missing in range(1, 8)]

    assert found == [whole, whole, whole, whole, whole[:-1], whole[:-2], whole[:-3]]


def test_a_length_that_is_a_lie_takes_no_memory() -> None:
    lengths = struct.pack(">II", 1 << 30, 1 << 20)
    stream = lengths + struct.pack(">I", zlib.crc32(lengths)) + b"\0" * 100

    assert eventstream.matches(None, stream)
    assert eventstream.split(stream) == [Frame(Span(0, 112), closed=False, faults=(eventstream.CUT_OFF,))]


@pytest.mark.parametrize(
    ("media_type", "body", "expected"),
    [
        (MEDIA_TYPE, HELLO, True),
        (None, HELLO, True),
        ("application/octet-stream", HELLO[:20], True),
        (MEDIA_TYPE, flipped(HELLO, 8), True),
        (None, flipped(HELLO, 8), False),
        (MEDIA_TYPE, "", True),
        (None, "", False),
        (MEDIA_TYPE, HELLO[:11], False),
        (MEDIA_TYPE, '{"message": "no"}', False),
        (MEDIA_TYPE, b"\xff" * 40, False),
        (None, b"\0" * 40, False),
        (None, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", False),
    ],
)
def test_matches(media_type: str | None, body: str | bytes, *, expected: bool) -> None:
    assert eventstream.matches(media_type, body) is expected
    assert (detect(media_type, body) is eventstream) is expected


# Laws.


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit[str]]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    new = st.sampled_from(["", "a", "é", "\U0001f600", '{"a":1}', "y" * 200])
    return [Edit(Span(start, end), draw(new)) for start, end in zip(places[::2], places[1::2], strict=False)]


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """Messages, some with a bit changed, perhaps cut off, perhaps with something behind them."""
    messages = draw(st.lists(st.sampled_from([HELLO, STOP, FAILED, message(b"", b""), message(EVENT, b"\xff")])))
    body = b"".join(messages)
    if body and draw(st.booleans()):
        body = flipped(body, draw(st.integers(0, len(body) - 1)))
    if body and draw(st.booleans()):
        body = body[: draw(st.integers(0, len(body)))]
    return body + draw(st.sampled_from([b"", b"", b"\n", b"\0" * 12, b"\xff" * 30]))


@given(st.one_of(streams(), st.binary(max_size=200)))
def test_frames_tile_any_body(body: bytes) -> None:
    frames = eventstream.split(body)

    assert b"".join(body[frame.span.start : frame.span.end] for frame in frames) == body
    assert [frame.number for frame in frames if frame.number is not None] == list(
        range(sum(frame.number is not None for frame in frames))
    )
    assert all((frame.number is None) == (frame.data is None) for frame in frames)
    assert all(frame.closed for frame in frames[:-1])


@given(streams())
def test_a_payload_is_the_frame_s_data(body: bytes) -> None:
    outer = base64_lens(Source(b64encode(body).decode()))

    for frame in eventstream.split(body):
        if frame.data is not None:
            assert eventstream.payload(outer, frame).text == frame.data


@given(st.data())
def test_an_edit_changes_its_message_and_nothing_else(data: st.DataObject) -> None:
    payloads = data.draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4))
    headers = data.draw(st.sampled_from([b"", EVENT, EVENT + b"\x04name\x00"]))
    body = b"".join(message(headers, in_bytes(payload)) for payload in payloads)
    source = Source(b64encode(body).decode())
    outer = base64_lens(source)
    changes, expected = [], []
    for frame in eventstream.split(body):
        edits = data.draw(edits_of(frame.data or ""))
        lens = eventstream.payload(outer, frame)
        changes += [(lens, edit) for edit in edits]
        expected.append(Message(headers, in_bytes(splice(frame.data or "", edits)), is_sound=True))

    after = b64decode(splice(source.text, lift_all(changes)))

    assert by_the_letter(after) == expected
    assert [in_bytes(frame.data or "") for frame in eventstream.split(after)] == [each.payload for each in expected]
    assert not any(frame.faults for frame in eventstream.split(after))


@given(streams(), st.data())
def test_an_edit_of_a_broken_message_reads_as_meant(body: bytes, data: st.DataObject) -> None:
    source = Source(b64encode(body).decode())
    frames = eventstream.split(body)
    chosen = [place for place, frame in enumerate(frames) if frame.data is not None]
    if not chosen:
        return
    place = data.draw(st.sampled_from(chosen))
    edits = data.draw(edits_of(frames[place].data or ""))
    lens = eventstream.payload(base64_lens(source), frames[place])

    after = eventstream.split(b64decode(splice(source.text, lift_all([(lens, edit) for edit in edits]))))

    assert after[place].data == splice(frames[place].data or "", edits)
    assert [frame.data for frame in after[:place]] == [frame.data for frame in frames[:place]]
    assert [frame.data for frame in after[place + 1 :]] == [frame.data for frame in frames[place + 1 :]]
    assert [frame.closed for frame in after] == [frame.closed for frame in frames]


def test_an_edit_to_the_same_changes_no_byte() -> None:
    body = flipped(HELLO, -1)
    source = Source(b64encode(body).decode())
    lens = eventstream.payload(base64_lens(source), eventstream.split(body)[0])

    assert lift_all([(lens, Edit(Span(0, len(lens.text)), lens.text))]) == []


def test_a_message_that_would_be_longer_than_its_length_can_say() -> None:
    lengths = struct.pack(">II", 0xFFFFFFFF, 0)
    body = lengths + struct.pack(">I", zlib.crc32(lengths)) + b"{}"
    lens = eventstream.payload(base64_lens(Source(b64encode(body).decode())), eventstream.split(body)[0])

    with pytest.raises(CassetteError, match="that long"):
        lift_all([(lens, Edit(Span(1, 1), " "))])


def test_an_event_that_is_made_is_sound() -> None:
    body = eventstream.event("messageStop", '{"stopReason":"é"}')
    (frame,) = eventstream.split(body)

    assert all(each.is_sound for each in by_the_letter(body))
    assert (frame.event, frame.data, frame.faults) == ("messageStop", '{"stopReason":"é"}', ())


def test_a_text_is_no_event_stream() -> None:
    with pytest.raises(InternalError):
        eventstream.payload(Source("data"), Frame(Span(0, 4), 0, "data"))


def test_real_recordings(corpus: Path) -> None:
    """All are sound, which says that lengths and checksums are read as services mean them."""
    seen = 0
    for line in (corpus / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines():
        if "bedrock" not in line.lower():
            continue
        for cassette in load([str(corpus / line.split("\t")[0])]):
            for interaction in cassette.interactions if isinstance(cassette, Cassette) else ():
                found = exchange(interaction)
                if found.framing == eventstream.NAME:
                    seen += 1
                    assert found.content is not None
                    assert isinstance(found.content.text, bytes)
                    assert all(each.is_sound for each in by_the_letter(found.content.text))
                    assert all(each.closed and not each.faults and each.event for each in found.frames)
    assert seen >= 24
