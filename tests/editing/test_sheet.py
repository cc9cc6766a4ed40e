from pathlib import Path

import pytest
from edits import SAMPLES, after, parts_of, recordings, sample

from cassette_cli.conversation import Text, ToolCall
from cassette_cli.editing.asked import (
    AddToolCall,
    SetArgument,
    SetFinishReason,
    SetHeader,
    SetStatus,
    SetText,
    SetToolName,
    SetUsage,
)
from cassette_cli.editing.sheet import changes, sheet
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, exchange

CHAT = "go_vcr/openai_chat_sse_add_multiply.yaml"


def found(index: int = 0, name: str = CHAT) -> Exchange:
    return exchange(sample(name).interactions[index])


def asked(old: str, new: str, index: int = 0, name: str = CHAT) -> list[object]:
    text = sheet(found(index, name), "a.yaml")
    assert old in text
    return list(changes(found(index, name), "a.yaml", text.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "index", "change"),
    [
        (
            "The sum of",
            "The product of",
            1,
            SetText("text", "The product of 2 and 3 is 5, and their product is 6.", 0, 0),
        ),
        ("status: 200", "status: 503", 1, SetStatus(503)),
        ("finish_reason: stop", "finish_reason: length", 1, SetFinishReason("length", 0)),
        ("completion_tokens: 19", "completion_tokens: 20", 1, SetUsage("completion_tokens", "20")),
        ("  Server: stand-in\n", "", 1, SetHeader("Server", None)),
        ("Server: stand-in", "Server: other", 1, SetHeader("Server", "other")),
        ("headers:\n", "headers:\n  X-New: '1'\n", 1, SetHeader("X-New", "1")),
        ("tool_call: add", "tool_call: sum", 0, SetToolName("0", "sum")),
        ('"a": 2', '"a": 40', 0, SetArgument("0", ("a",), "40")),
        (
            "usage:\n",
            "      - tool_call: new\n        arguments: {q: [1, x]}\nusage:\n",
            0,
            AddToolCall("new", '{"q":[1,"x"]}', 0),
        ),
    ],
)
def test_what_was_changed_is_asked_for(old: str, new: str, index: int, change: object) -> None:
    text = sheet(found(index), "a.yaml")
    old = old if old in text else old.replace('": ', '":')
    new = new if old in text and '": ' in old else new.replace('"a": 40', '"a":40')

    assert asked(old, new, index) == [change]


def test_nothing_changed_asks_for_nothing() -> None:
    assert asked("", "") == []
    assert changes(found(), "a.yaml", "") == []
    assert changes(found(), "a.yaml", "# only a comment\n") == []


@pytest.mark.parametrize(
    ("old", "new", "why", "line"),
    [
        ("status: 200", "status: [", "not YAML", None),
        ("status: 200", "stats: 200", "no such field", 3),
        ("status: 200", "status: many", "three digits", 3),
        ("tool_call: multiply", "text: multiply", "this part is tool_call", None),
    ],
)
def test_what_cannot_be_is_said_with_its_line(old: str, new: str, why: str, line: int | None) -> None:
    with pytest.raises(CassetteError, match=why) as caught:
        asked(old, new)
    assert caught.value.where.line
    assert line in (None, caught.value.where.line)


@pytest.mark.parametrize(
    "text", ["a", " a", "a\n", "a\n\n", "\na", "# no comment", "- x: y", "a \nb\t", "'", "\x07", "", "null", "é😀"]
)
def test_every_text_survives(text: str) -> None:
    cassette = after(sample(CHAT), SetText("text", text), index=1)
    again = exchange(cassette.interactions[1])

    assert list(changes(again, "a.yaml", sheet(again, "a.yaml"))) == []
    if text:
        assert parts_of(cassette, 1) == (Text(text),)


def test_a_sheet_is_short_and_readable() -> None:
    assert sheet(found(), "a.yaml").split("\n")[2:-1] == [
        "status: 200",
        "headers:",
        "  Cache-Control: no-cache",
        "  Content-Type: text/event-stream; charset=utf-8",
        "  Date: Wed, 01 Jan 2025 00:00:00 GMT",
        "  Server: stand-in",
        "messages:",
        "  - finish_reason: tool_calls",
        "    parts:",
        "      - tool_call: add",
        f"        arguments: {parts_of(sample(CHAT))[0].arguments_text}",  # type: ignore[union-attr]
        "      - tool_call: multiply",
        f"        arguments: {parts_of(sample(CHAT))[1].arguments_text}",  # type: ignore[union-attr]
        "usage:",
        "  prompt_tokens: 112",
        "  completion_tokens: 38",
        "  total_tokens: 150",
        "  prompt_tokens_details.cached_tokens: 0",
        "  completion_tokens_details.reasoning_tokens: 0",
    ]
    assert isinstance(parts_of(sample(CHAT))[0], ToolCall)


def test_sheets_of_samples_read_as_they_are() -> None:
    for cassette, each in recordings([SAMPLES], 200):
        assert list(changes(each, cassette.path, sheet(each, cassette.path))) == []


def test_sheets_of_real_recordings_read_as_they_are(corpus: Path) -> None:
    for cassette, each in recordings([corpus], 150):
        assert list(changes(each, cassette.path, sheet(each, cassette.path))) == []
