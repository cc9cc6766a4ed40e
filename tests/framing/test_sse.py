"""Server-sent events: the specification's examples, what real servers send, and the laws of frames and payloads."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.files import load
from cassette_cli.framing import sse
from cassette_cli.framing.base import Frame
from cassette_cli.framing.encoding import content
from cassette_cli.model import Cassette, header_values

BOM = "\ufeff"
LINES = [
    *("data: a", "data:b", "data:  c", "data", "data:", "data: x:y", "data: \u2028\x85z", "data : no", "Data: no"),
    *("event: add", "event:", "event", ": hi", ":", "id: 7", "id: \0", "retry: 10", "error: {}", "", "", "", BOM, " "),
]
ENDS = ["\n", "\n", "\r\n", "\r"]


@st.composite
def streams(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(ENDS)), max_size=12))
    text = "".join(line + end for line, end in lines)
    return draw(st.sampled_from(["", BOM])) + draw(st.sampled_from([text, text + "data: cut", text[:-1]]))


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit[str]]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    new = st.text(st.sampled_from(["a", " ", "\n", ":", "é", "\u2028"]), max_size=4)
    return [Edit(Span(start, end), draw(new)) for start, end in zip(places[::2], places[1::2], strict=False)]


def by_the_letter(stream: str) -> list[tuple[str | None, str]]:
    """Type and data of each event, read as the specification words it, a last block without blank line included."""
    found = []
    data, kind = "", ""
    for line in [*re.split("\r\n|\n|\r", stream.removeprefix(BOM)), ""]:
        if line == "":
            if data != "":
                found.append((kind or None, data[:-1]))
            data, kind = "", ""
        elif line[0] != ":":
            field, _, value = line.partition(":")
            value = value[1:] if value[:1] == " " else value
            if field == "data":
                data += value + "\n"
            elif field == "event":
                kind = value
    return found


def events(stream: str) -> list[tuple[str | None, str | None]]:
    return [(frame.event, frame.data) for frame in sse.split(stream) if frame.number is not None]


def raw(stream: str, frame: Frame) -> str:
    return stream[frame.span.start : frame.span.end]


# The examples of https://html.spec.whatwg.org/multipage/server-sent-events.html, in its order.
SPECIFIED = [
    (
        "data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\n"
        "data: This is the third message.\n\n",
        [
            (None, "This is the first message."),
            (None, "This is the second message, it\nhas two lines."),
            (None, "This is the third message."),
        ],
    ),
    (
        "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: add\ndata: 113411\n\n",
        [("add", "73857293"), ("remove", "2153"), ("add", "113411")],
    ),
    ("data: YHOO\ndata: +2\ndata: 10\n\n", [(None, "YHOO\n+2\n10")]),
    (
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event",
        [(None, "first event"), (None, "second event"), (None, " third event")],
    ),
    ("data\n\ndata\ndata\n\ndata:", [(None, ""), (None, "\n"), (None, "")]),
    ("data:test\n\ndata: test\n\n", [(None, "test"), (None, "test")]),
]


@pytest.mark.parametrize(("stream", "expected"), SPECIFIED)
def test_examples_of_the_specification(stream: str, expected: list[tuple[str | None, str]]) -> None:
    assert events(stream) == expected


@pytest.mark.parametrize("end", ["\r", "\r\n"])
@pytest.mark.parametrize(("stream", "expected"), SPECIFIED)
def test_any_line_end_is_one(stream: str, expected: list[tuple[str | None, str]], end: str) -> None:
    assert events(stream.replace("\n", end)) == expected


A, B = {"number": 0, "data": "a"}, {"number": 1, "data": "b"}


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [("data: a\n\n", A)],
        # Comments, keep-alives and blank lines dispatch nothing.
        [(": hi\n\n", {"notes": (("", "hi"),)}), ("data: a\n\n", A)],
        [(":hi\ndata: a\n\n", {**A, "notes": (("", "hi"),)})],
        [("\r\n\r\n", {}), ("data: a\n\n\n\n", A), ("data: b\r\r\r", B)],
        [(": hi\n", {"notes": (("", "hi"),)})],
        # A block without data dispatches nothing, whatever its type.
        [("event: ping\n\n", {"event": "ping"}), ("data: a\n\n", A)],
        [("event: x\nevent:\ndata: a\n\n", A)],
        [("data: a\nevent: late\n\n", {**A, "event": "late"})],
        # Fields with and without a name that the specification has.
        [
            (
                "id: 1\nretry: 10\nerror: {}\n data: x\ndata: a\n\n",
                {**A, "notes": (("id", "1"), ("retry", "10"), ("error", "{}"), (" data", "x"))},
            )
        ],
        [("id: 1\0\ndata: a\n\n", A)],
        # Cut off.
        [("data: a", {**A, "closed": False})],
        [("data: a\n", {**A, "closed": False})],
        [("data: a\n\n", A), ("eve", {"notes": (("eve", ""),), "closed": False})],
        # A byte order mark counts at the very beginning only.
        [(BOM + "data: a\n\n", A)],
        [(BOM, {})],
        [("\n", {}), (BOM + "data: a\n\n", {"notes": ((BOM + "data", "a"),)})],
        # Neither NEL, U+2028 nor form feed ends a line, and line ends may be mixed.
        [("data: a\x85b\u2028c\x0cd\n\n", {"number": 0, "data": "a\x85b\u2028c\x0cd"})],
        [("data: a\r\r\n", A), ("data: b\r\n\r", B)],
    ],
)
def test_split(frames: list[tuple[str, dict[str, Any]]]) -> None:
    expected, start = [], 0
    for text, fields in frames:
        expected.append(Frame(Span(start, start := start + len(text)), **fields))
    assert sse.split("".join(text for text, _ in frames)) == expected


@pytest.mark.parametrize(
    ("media_type", "body", "expected"),
    [
        ("text/event-stream", "data: {}\n\n", True),
        ("text/event-stream", "", True),
        ("text/event-stream", ": hi", True),
        ("text/event-stream", ": hi\n\n\r\n", True),
        ("text/event-stream", "stage: 1\n\ndata: {}\n\n", True),
        ("text/event-stream", BOM + "\n: hi\nevent: x\ndata: {}\n\n", True),
        ("text/event-stream", '{"error": {"message": "no"}}', False),
        ("text/event-stream", '[{\n"data": 1}]', False),
        ("text/event-stream", "<html>\n</html>", False),
        ("text/event-stream", "Internal Server Error", False),
        ("text/event-stream", b"data: \xff\n\n", False),
        ("application/json", "data: {}\n\n", True),
        ("application/json", " data: {}\n\n", True),
        ("application/json", '{"a": "\\ndata: 1"}', False),
        (None, "data: {}", True),
        (None, "event: a\ndata: {}\n\n", True),
        (None, "id: 1\r\ndata:{}\r\n\r\n", True),
        (None, ": OPENROUTER PROCESSING\n\ndata: {}\n\n", True),
        (None, 'error: {"code": 1}\n\ndata: {}\n\n', True),
        (None, "", False),
        (None, ": hi\n\n", False),
        # Without the media type, a field that a plain text may begin with is not enough.
        ("text/plain", "error: no such model", False),
        ("text/plain", "data: x", True),
        (None, "id: 1\nname: x\n", False),
        (None, "dataset: 1", False),
        (None, "data:image/png;base64,iVBORw0KGgo=", False),
    ],
)
def test_matches(media_type: str | None, body: str | bytes, *, expected: bool) -> None:
    assert sse.matches(media_type, body) is expected


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        # In place, whatever the spelling around it.
        ("data: abc\n\n", Edit(Span(1, 2), "X"), "data: aXc\n\n"),
        ("data:abc\r\n\r\n", Edit(Span(3, 3), "d"), "data:abcd\r\n\r\n"),
        ("data: abc", Edit(Span(0, 3), ""), "data: "),
        # A space or colon where the new data needs one.
        ("data:abc\n\n", Edit(Span(0, 1), " "), "data:  bc\n\n"),
        ("data:a b\n\n", Edit(Span(0, 1), ""), "data:  b\n\n"),
        ("data\n\n", Edit(Span(0, 0), "x"), "data: x\n\n"),
        # A newline put in makes a line, spelled like its neighbour.
        ("data: ab\n\n", Edit(Span(1, 1), "\n"), "data: a\ndata: b\n\n"),
        ("data:ab\r\n\r\n", Edit(Span(1, 1), "\n "), "data:a\r\ndata:  b\r\n\r\n"),
        ("data: ab\r\r", Edit(Span(2, 2), "\n\nc"), "data: ab\rdata: \rdata: c\r\r"),
        ("id: 1\r\ndata: ab", Edit(Span(2, 2), "\nc"), "id: 1\r\ndata: ab\r\ndata: c"),
        ("data: ab", Edit(Span(2, 2), "\n"), "data: ab\ndata: "),
        # A newline taken out removes a line, and only that.
        ("data: a\ndata: b\n\n", Edit(Span(1, 2), ""), "data: ab\n\n"),
        ("data: a\n: hi\nevent: x\ndata: b\nid: 1\n\n", Edit(Span(1, 3), ""), "data: a\n: hi\nevent: x\nid: 1\n\n"),
        ("data: a\rdata: b\n\n", Edit(Span(1, 3), ""), "data: a\n\n"),
        ("data: a\ndata: b", Edit(Span(0, 3), "c"), "data: c"),
        # Lines before and after stay.
        ("data:1\ndata: a\ndata: b\ndata:4\n\n", Edit(Span(3, 4), "X\nY"), "data:1\ndata: aX\ndata: Yb\ndata:4\n\n"),
    ],
)
def test_edit_of_a_payload(before: str, edit: Edit[str], after: str) -> None:
    source = Source(before)
    frame = next(frame for frame in sse.split(before) if frame.number == 0)
    assert splice(before, lift_all([(sse.payload(source, frame), edit)])) == after


def test_a_carriage_return_cannot_be_data() -> None:
    payload = sse.payload(Source("data: a\n\n"), Frame(Span(0, 9), 0, "a"))
    with pytest.raises(CassetteError, match="carriage return"):
        payload.lift([Edit(Span(0, 0), "\r\n")])


@given(streams())
def test_events_are_those_of_the_specification(stream: str) -> None:
    assert events(stream) == by_the_letter(stream)


@given(streams())
def test_frames_tile_the_stream(stream: str) -> None:
    frames = sse.split(stream)
    assert "".join(raw(stream, frame) for frame in frames) == stream
    assert all(frame.span.start < frame.span.end for frame in frames)
    numbers = [frame.number for frame in frames if frame.number is not None]
    assert numbers == list(range(len(numbers)))
    assert all(frame.closed for frame in frames[:-1])


@given(streams(), streams())
def test_streams_put_together_have_the_frames_of_both(one: str, other: str) -> None:
    one += "\n\n"
    assume(other[:1] not in (BOM, "\r", "\n"))
    before, after = sse.split(one), sse.split(other)
    known = sum(frame.number is not None for frame in before)
    moved = [
        frame._replace(
            span=Span(frame.span.start + len(one), frame.span.end + len(one)),
            number=None if frame.number is None else frame.number + known,
        )
        for frame in after
    ]
    assert sse.split(one + other) == before + moved


@given(st.data())
def test_a_payload_obeys_the_laws_of_lenses(data: st.DataObject) -> None:
    stream = data.draw(streams())
    frames = sse.split(stream)
    assume(any(frame.number is not None for frame in frames))
    place = data.draw(st.sampled_from([i for i, frame in enumerate(frames) if frame.number is not None]))
    source = Source(stream)
    payload = sse.payload(source, frames[place])
    assert payload.text == frames[place].data
    assert payload.lift([]) == []

    edits = data.draw(edits_of(payload.text))
    changed = splice(stream, lift_all((payload, edit) for edit in edits))
    after = sse.split(changed)
    expected = splice(payload.text, edits)
    assert after[place] == frames[place]._replace(span=after[place].span, data=expected)
    assert [raw(changed, frame) for frame in after[:place] + after[place + 1 :]] == [
        raw(stream, frame) for frame in frames[:place] + frames[place + 1 :]
    ]


def _streams(cassette: Cassette) -> list[str]:
    bodies = [
        content(body, header_values(each.response.headers, "content-encoding")).lens.text
        for each in cassette.interactions
        if (body := each.response.body) is not None
    ]
    return [body for body in bodies if isinstance(body, str) and sse.matches(None, body)]


def test_real_streams(corpus: Path) -> None:
    """Every recorded stream: frames tile it, events are the specification's, an edit changes one event alone."""
    seen = 0
    for cassette in load([str(corpus)]):
        assert isinstance(cassette, Cassette)
        for stream in _streams(cassette):
            frames = sse.split(stream)
            assert "".join(raw(stream, frame) for frame in frames) == stream
            assert events(stream) == by_the_letter(stream)
            places = [place for place, frame in enumerate(frames) if frame.number is not None]
            frame = frames[places[len(places) // 2]]
            payload = sse.payload(Source(stream), frame)
            edit = Edit(Span(len(payload.text) // 2, len(payload.text) // 2), "\nX")
            changed = splice(stream, lift_all([(payload, edit)]))
            expected = events(stream)
            expected[frame.number or 0] = (frame.event, splice(payload.text, [edit]))
            assert events(changed) == expected
            seen += 1
    assert seen > 500
