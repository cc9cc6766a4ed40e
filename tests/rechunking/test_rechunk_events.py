"""A stream's events as a list: left out, put in, moved, and what that makes of each framing's body."""

import pytest
from streams import EVENTS, GEMINI, JSON, NDJSON, OLLAMA, body_of, exchange_of, sse

from cassette_cli.errors import CassetteError
from cassette_cli.framing import eventstream
from cassette_cli.rechunking.events import Made, rewritten

LINES = '{"model":"m","message":{"content":"a"}}\r\n{"model":"m","done":true}'
ARRAY = '[{"candidates":[{"content":{}}]},\n{"candidates":[]}\n]\n'
HEADERS = b"\x0b:event-type\x07\x00\x01e"


def test_without_a_change_there_is_no_edit() -> None:
    found = exchange_of(": hi\n\n" + sse("1", "2"))

    assert rewritten(found, list(found.frames)) == []


def test_events_put_in_left_out_and_moved() -> None:
    found = exchange_of(": hi\n\nid: 1\ndata:1\n\n" + sse("2", "3"))
    hi, one, two, three = found.frames

    assert body_of(found, [hi, Made(one, "9"), two, three]) == ": hi\n\nid: 1\ndata:9\n\ndata: 2\n\ndata: 3\n\n"
    assert body_of(found, [hi, one, Made(one, "9"), three]).endswith("data:1\n\nid: 1\ndata:9\n\ndata: 3\n\n")
    assert body_of(found, [hi, three, two]) == ": hi\n\ndata: 3\n\ndata: 2\n\n"
    assert body_of(found, [one]) == "id: 1\ndata:1\n\n"


def test_one_edit_for_each_run_of_changed_events() -> None:
    found = exchange_of(sse("1", "2", "3", "4"))
    one, two, three, four = found.frames

    edits = [edit for _, edit in rewritten(found, [one, Made(two, "7"), three, Made(four, "8")])]

    assert [edit.new for edit in edits] == ["7", "8"]


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("data: a\ndata: b\n\n", "data: x\ndata: y\ndata: z\n\ndata: 1\n\n"),
        ("\ufeffdata:a\r\r", "\ufeffdata:x\rdata:y\rdata:z\r\rdata:1\r\r"),
        ("data: a", "data: x\ndata: y\ndata: z\n\ndata: 1"),
    ],
)
def test_lines_of_data_are_spelled_as_the_first_was(body: str, after: str) -> None:
    found = exchange_of(body)
    (frame,) = found.frames

    assert body_of(found, [Made(frame, "x\ny\nz"), Made(frame, "1")]) == after


def test_lines_and_arrays_keep_their_ends() -> None:
    lines, array = exchange_of(LINES, OLLAMA, NDJSON), exchange_of(ARRAY, GEMINI, JSON)
    (first, last), (one, two) = lines.frames, array.frames

    assert body_of(lines, [first, last, Made(last, "{}")]) == LINES + "\r\n{}"
    assert body_of(lines, [last]) == '{"model":"m","done":true}'
    assert body_of(array, [two, one]) == '[{"candidates":[]},\n{"candidates":[{"content":{}}]}\n]\n'
    assert body_of(array, [Made(two, "{}")]) == "[{}\n]\n"


def test_messages_have_their_own_lengths_and_checksums() -> None:
    found = exchange_of(eventstream.message(HEADERS, b'{"a":1}'), "https://api.example/model/m/converse-stream", EVENTS)
    (frame,) = found.frames

    body = body_of(found, [frame, Made(frame, '{"a":"longer"}')])

    assert [(each.data, each.event, each.faults) for each in eventstream.split(body)] == [
        ('{"a":1}', "e", ()),
        ('{"a":"longer"}', "e", ()),
    ]


def test_what_no_framing_can_hold() -> None:
    stream, lines = exchange_of(sse("1")), exchange_of(LINES, OLLAMA, NDJSON)

    with pytest.raises(CassetteError, match="carriage return"):
        rewritten(stream, [Made(stream.frames[0], "a\rb")])
    with pytest.raises(CassetteError, match="line break"):
        rewritten(lines, [Made(lines.frames[0], "{\n}")])
    with pytest.raises(CassetteError, match="without any event"):
        rewritten(stream, [])
