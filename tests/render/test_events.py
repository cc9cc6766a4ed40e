"""A response event by event."""

import io
import json

import pytest
from goldens import check_golden
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import Anomaly, Channel, Delta, Message, Reading, Reasoning, Reply, Text, ToolCall
from cassette_cli.document.text import Span
from cassette_cli.framing import sse
from cassette_cli.framing.base import Frame
from cassette_cli.render.console import HOSTILE, Policy, Printer
from cassette_cli.render.events import channel_labels, event_lines


def chunk(**delta: object) -> str:
    return json.dumps({"id": "c-1", "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})


END = json.dumps({"id": "c-1", "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]})
STREAM = (
    ": OPENROUTER PROCESSING\n\n"
    f"data: {chunk(role='assistant')}\n\n"
    f"data: {chunk(reasoning='Hm.')}\n\n"
    f"data: {chunk(content='a tab' + chr(9) + 'and ' + chr(27) + '[2J')}\n\n"
    f"data: {chunk(arguments='{' + chr(34) + 'a')}\n\n"
    f"id: 7\ndata: {chunk(arguments=[1, 2])}\n\n"
    f"data: {END}\n\n"
    "event: ping\ndata: {}\n\n"
    "data: not json\n\n"
    "data: [DONE]\n\n"
)
REPLY = Reply(
    messages=(
        Message(
            "assistant",
            (Reasoning("Hm.", "sig"), Text("a tab"), ToolCall("c1", "add", None, ""), ToolCall("c2", "add", None, "")),
        ),
    )
)
READING = Reading(
    reply=REPLY,
    deltas=(
        Delta(1, Channel(0, 0, "content"), "Hm.", None),
        Delta(2, Channel(0, 1, "content"), "a tab\tand \x1b[2J", None),
        Delta(3, Channel(0, 2, "arguments_text"), '{"a', None),
        Delta(4, Channel(0, 2, "arguments_text"), "1", None),
        Delta(4, Channel(0, 3, "arguments_text"), "2", None),
    ),
)
ANOMALIES = (Anomaly("index-missing", 4, "two calls, no index"), Anomaly("done-missing", None, "no [DONE]"))


def shown(stream: str, reading: Reading | None, how: Policy = Policy(), *, full: bool = False) -> str:  # noqa: B008  # a frozen value
    output = io.StringIO()
    Printer(output, how).lines(event_lines(sse.split(stream), reading, ANOMALIES if reading else (), 3, full=full))
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "reading", "how", "full"),
    [
        ("events.txt", READING, Policy(), False),
        ("events-full.txt", READING, Policy(), True),
        ("events-40-columns.txt", READING, Policy(width=40), False),
        ("events-unread.txt", None, Policy(), False),
    ],
)
def test_every_kind_of_event(name: str, reading: Reading | None, how: Policy, full: bool) -> None:
    check_golden(name, shown(STREAM, reading, how, full=full))


def test_an_event_without_a_piece_shows_what_is_new_in_it() -> None:
    payloads = [
        {"id": 1, "n": {"x": "a"}, "l": [1]},
        {"id": 1, "n": {"x": "b"}, "l": [1]},
        {"id": 1, "n": {"x": "b"}, "l": [2]},
    ]
    stream = "".join(f"data: {json.dumps(payload)}\n\n" for payload in payloads)

    assert shown(stream, None).splitlines() == ['   0  id 1  x "a"  l.0 1', '   1  x "b"', "   2  l.0 2"]
    assert shown(stream, None, full=True).splitlines() == ['   0  id 1  n.x "a"  l.0 1', '   1  n.x "b"', "   2  l.0 2"]


def test_what_is_new_is_cut_unless_all_is_asked_for() -> None:
    stream = f"data: {json.dumps({'text': 'word ' * 99})}\n\n"

    assert len(shown(stream, None)) < 200
    assert "word " * 99 in shown(stream, None, full=True)


def test_a_body_of_bytes_is_one_event() -> None:
    output = io.StringIO()
    Printer(output, Policy()).lines(event_lines([Frame(Span(0, 1200), 0)], None, (), 0, full=False))

    assert output.getvalue() == "0  <binary, 1.2 kB>\n"


def test_channels_that_share_a_name_are_numbered() -> None:
    channels = [
        Channel(0, part, field) for part, field in enumerate(("content", "content", "arguments_text", "arguments_text"))
    ]

    assert list(channel_labels(REPLY, [Channel(0, 0, "signature"), *channels]).values()) == [
        "reasoning",
        "signature",
        "text",
        "add 1",
        "add 2",
    ]


@given(st.lists(st.text(st.characters(), max_size=30), max_size=6))
def test_no_event_acts_on_the_terminal(lines: list[str]) -> None:
    output = shown("\n".join(lines), None)

    assert not HOSTILE.search(output)
