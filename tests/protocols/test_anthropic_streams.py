"""Awkward but real streams of Anthropic messages: what is in them, and what is named."""

from typing import Any

import pytest
from reading import Case, read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Reasoning,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    Unknown,
    Usage,
)
from cassette_cli.protocols import anthropic

STOP: Json = {"type": "message_stop"}
PING: Json = {"type": "ping"}


def start(**more: Json) -> Json:
    fields: dict[str, Json] = {"id": "msg", "type": "message", "role": "assistant", "model": "m", "content": []}
    return {"type": "message_start", "message": {**fields, "stop_reason": None, **more}}


def opened(kind: str, index: int | None = 0, **fields: Json) -> Json:
    place = {} if index is None else {"index": index}
    return {"type": "content_block_start", **place, "content_block": {"type": kind, **fields}}


def delta(kind: str, index: int | None = 0, **fields: Json) -> Json:
    place = {} if index is None else {"index": index}
    return {"type": "content_block_delta", **place, "delta": {"type": kind, **fields}}


def text(piece: str, index: int | None = 0) -> Json:
    return delta("text_delta", index, text=piece)


def piece(json: str, index: int = 0) -> Json:
    return delta("input_json_delta", index, partial_json=json)


def closed(index: int = 0) -> Json:
    return {"type": "content_block_stop", "index": index}


def ended(reason: str | None = "end_turn", **more: Json) -> Json:
    return {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None}, **more}


def stream(*events: Json, reason: str = "end_turn") -> list[Json]:
    """A well-formed stream around the events of its blocks; the first of them is event 1."""
    return [start(), *events, ended(reason), STOP]


def said(*parts: Part, reason: str | None = "end_turn", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, reason, extra or None),)


HI = [opened("text", text=""), text("H"), text("i"), closed()]
TOOL: dict[str, Json] = {"id": "t1", "name": "add", "input": {}}
ADD = ToolCall("t1", "add", {"a": 2}, '{"a": 2}')

BLOCKS = [
    Case("text", stream(*HI, PING), said(Text("Hi"))),
    Case("text at the start of its block", stream(opened("text", text="H"), text("i"), closed()), said(Text("Hi"))),
    Case("an empty text block", stream(opened("text", text=""), closed()), said(Text(""))),
    Case("no block at all", stream(), said()),
    Case(
        "thinking with its signature",
        stream(
            opened("thinking", thinking="", signature=""),
            delta("thinking_delta", thinking="H"),
            delta("thinking_delta", thinking="m"),
            delta("signature_delta", signature="s"),
            closed(),
        ),
        said(Reasoning("Hm", signature="s")),
    ),
    Case(
        "redacted thinking",
        stream(opened("redacted_thinking", data="xyz"), closed()),
        said(Reasoning("", encrypted="xyz")),
    ),
    Case(
        "citations",
        stream(
            opened("text", text="", citations=[]), text("Hi"), delta("citations_delta", citation={"u": 1}), closed()
        ),
        said(Text("Hi", ({"u": 1},))),
    ),
    Case(
        "a tool call in pieces, with fields that have no name here",
        stream(
            opened("tool_use", **TOOL, caller={"type": "direct"}), piece(""), piece('{"a"'), piece(": 2}"), closed()
        ),
        said(ADD, content={"0": {"caller": {"type": "direct"}}}),
    ),
    Case(
        "a tool call without any JSON",
        stream(opened("tool_use", **TOOL), piece(""), closed()),
        said(ToolCall("t1", "add", {}, "")),
        [("arguments-empty", 1)],
    ),
    Case(
        "arguments at the start of the block",
        stream(opened("tool_use", **{**TOOL, "input": {"a": 2}}), closed()),
        said(ToolCall("t1", "add", {"a": 2}, '{"a":2}')),
        [("arguments-not-text", 1)],
    ),
    Case(
        "arguments at the start of the block and again in deltas",
        stream(opened("tool_use", **{**TOOL, "input": {"a": 2}}), piece('{"a": 2}'), closed()),
        said(ADD),
        [("arguments-resent", 1)],
    ),
    Case(
        "tool JSON cut off",
        stream(opened("tool_use", **TOOL), piece('{"a": '), closed(), reason="max_tokens"),
        said(ToolCall("t1", "add", None, '{"a": '), reason="max_tokens"),
        [("arguments-not-json", 2)],
    ),
    Case(
        "tool JSON that is invalid",
        stream(opened("tool_use", **TOOL), piece("{a: 2}"), closed()),
        said(ToolCall("t1", "add", None, "{a: 2}")),
        [("arguments-not-json", 2)],
    ),
    Case(
        "calls without id, without name, and with the id of another",
        stream(
            opened("tool_use", 0, name="f", input={}),
            piece("{}", 0),
            closed(0),
            opened("tool_use", 1, id="t1", input={}),
            piece("{}", 1),
            closed(1),
            opened("tool_use", 2, id="t1", name="f", input={}),
            piece("{}", 2),
            closed(2),
        ),
        said(ToolCall(None, "f", {}, "{}"), ToolCall("t1", None, {}, "{}"), ToolCall("t1", "f", {}, "{}")),
        [("id-missing", 1), ("name-missing", 4), ("id-not-unique", 7)],
    ),
    Case(
        "tools that the provider runs",
        stream(
            opened("server_tool_use", 0, id="s1", name="web_search", input={}),
            piece('{"query": "q"}', 0),
            closed(0),
            opened("web_search_tool_result", 1, tool_use_id="s1", content=[{"url": "u"}]),
            closed(1),
            opened("mcp_tool_use", 2, id="s2", name="ask", server_name="wiki", input={}),
            piece("{}", 2),
            closed(2),
            opened("mcp_tool_result", 3, tool_use_id="s2", is_error=False, content=[]),
            closed(3),
        ),
        said(
            ServerToolCall("s1", "web_search", {"query": "q"}, '{"query": "q"}', "server_tool_use"),
            ServerToolCallResponse("s1", {"content": [{"url": "u"}]}, "web_search_tool_result"),
            ServerToolCall("s2", "ask", {}, "{}", "mcp_tool_use"),
            ServerToolCallResponse("s2", {"is_error": False, "content": []}, "mcp_tool_result"),
            content={"2": {"server_name": "wiki"}},
        ),
    ),
    Case(
        "compaction in deltas, the latest encrypted form counts",
        stream(
            opened("compaction", content=None),
            delta("compaction_delta", content="Sum", encrypted_content="e1"),
            delta("compaction_delta", content="mary", encrypted_content="e2"),
            closed(),
        ),
        said(Unknown("compaction", {"type": "compaction", "content": "Summary", "encrypted_content": "e2"})),
    ),
    Case(
        "a file for the container",
        stream(opened("container_upload", file_id="file_1"), closed()),
        said(Media("file", uri="file_1")),
    ),
    Case(
        "a block and a delta of kinds unknown here",
        stream(opened("dream", depth=3), delta("dream_delta", dream="x"), closed()),
        said(
            Unknown("dream", {"type": "dream", "depth": 3}),
            Unknown("dream_delta", {"type": "dream_delta", "dream": "x"}),
        ),
        [("unknown-part", 1), ("unknown-delta", 2)],
    ),
    Case(
        "a stop sequence and a container",
        [
            start(),
            *HI,
            {
                "type": "message_delta",
                "delta": {"stop_reason": "stop_sequence", "stop_sequence": "END", "container": 1},
            },
            STOP,
        ],
        said(Text("Hi"), reason="stop_sequence", stop_sequence="END", container=1),
    ),
]

ORDER = [
    Case(
        "blocks side by side",
        stream(
            opened("text", 0, text=""), opened("text", 1, text=""), text("B", 1), text("A", 0), closed(1), closed(0)
        ),
        said(Text("A"), Text("B")),
        [("block-out-of-order", 2)],
    ),
    Case(
        "blocks the wrong way round",
        stream(
            opened("text", 1, text=""), text("B", 1), closed(1), opened("text", 0, text=""), text("A", 0), closed(0)
        ),
        said(Text("A"), Text("B")),
        [("block-out-of-order", 1), ("block-out-of-order", 4)],
    ),
    Case(
        "a second block at one index",
        stream(*HI, opened("text", 0, text=""), text("!"), closed()),
        said(Text("Hi"), Text("!")),
        [("block-repeated", 5)],
    ),
    Case(
        "a block stops twice",
        stream(*HI, closed()),
        said(Text("Hi")),
        [("block-repeated", 5)],
    ),
    Case(
        "a summary for a block of text",
        stream(opened("text", text="Hi"), delta("compaction_delta", content="Sum"), closed()),
        said(Text("Hi"), Unknown("compaction_delta", {"type": "compaction_delta", "content": "Sum"})),
        [("unknown-delta", 2)],
    ),
    Case(
        "a delta before its block",
        stream(text("Hi"), closed()),
        said(Text("Hi")),
        [("block-start-missing", 1)],
    ),
    Case(
        "a delta after its block",
        stream(*HI, text("!")),
        said(Text("Hi!")),
        [("block-out-of-order", 5)],
    ),
    Case(
        "a delta of another kind than its block",
        stream(opened("tool_use", **TOOL), text("Hi"), piece('{"a": 2}'), closed()),
        said(ADD, Text("Hi")),
        [("block-out-of-order", 2)],
    ),
    Case(
        "a stop without a block, and a block without a stop",
        stream(closed(3), opened("text", text="Hi")),
        said(Text("Hi")),
        [("block-start-missing", 1), ("block-not-closed", 4)],
    ),
    Case(
        "no index",
        stream(opened("text", None, text=""), text("Hi", None), closed()),
        said(Text("Hi")),
        [("index-missing", 1), ("index-missing", 2)],
    ),
]

STREAMS = [
    Case(
        "no message_start",
        [*HI, ended(), STOP],
        (Message(None, (Text("Hi"),), "end_turn"),),
        [("message-start-missing", 0)],
    ),
    Case(
        "message_start without a message",
        [{"type": "message_start", "message": None}, *HI, ended(), STOP],
        (Message(None, (Text("Hi"),), "end_turn"),),
        [("message-start-missing", 0)],
    ),
    Case(
        "a second message_start",
        [start(), *HI, ended("pause_turn"), start(id="other"), *HI, ended(), STOP],
        (*said(Text("Hi"), reason="pause_turn"), *said(Text("Hi"))),
        [("second-message-start", 6)],
    ),
    Case(
        "a second message after the end of the first",
        [*stream(*HI), *stream(*HI)],
        (*said(Text("Hi")), *said(Text("Hi"))),
        [("second-message-start", 7)],
    ),
    Case(
        "content in message_start",
        [start(content=[{"type": "text", "text": "Hi"}]), ended(), STOP],
        said(Text("Hi")),
    ),
    Case(
        "cut off",
        [start(), *HI[:2]],
        said(Text("H"), reason=None),
        [("stream-cut-off", 2)],
        complete=False,
    ),
    Case("nothing", [], (), [("stream-empty", None)], complete=False),
    Case(
        "an end without a beginning",
        [PING, STOP],
        (Message(None, ()),),
        [("message-start-missing", 1), ("finish-reason-missing", 1)],
    ),
    Case(
        "an error first",
        [{"type": "error", "error": {"type": "overloaded_error"}}],
        (),
        [("error-event", 0)],
        complete=False,
    ),
    Case(
        "an error in the middle",
        [start(), *HI[:2], {"type": "error", "error": {"type": "overloaded_error"}}],
        said(Text("H"), reason=None),
        [("error-event", 3)],
        complete=False,
    ),
    Case(
        "no stop reason",
        [start(), *HI, STOP],
        said(Text("Hi"), reason=None),
        [("finish-reason-missing", 5)],
    ),
    Case(
        "two stop reasons",
        [start(), *HI, ended("tool_use"), ended("end_turn"), STOP],
        said(Text("Hi")),
        [("finish-reason-repeated", 6)],
    ),
    Case(
        "content after the stop reason",
        [start(), ended(), *HI, STOP],
        said(Text("Hi")),
        [("content-after-finish", 2)],
    ),
    Case(
        "more after the end",
        [*stream(*HI), PING, text("!")],
        said(Text("Hi!")),
        [("event-after-end", 8), ("block-out-of-order", 8), ("content-after-finish", 8)],
    ),
    Case(
        "data that is not JSON, and an event unknown here",
        [start(), "oops", {"type": "weather"}, *HI, ended(), STOP],
        said(Text("Hi"), Unknown(None, "oops"), Unknown("weather", {"type": "weather"})),
        [("data-not-json", 1), ("unknown-event", 2)],
    ),
]


@pytest.mark.parametrize("case", [*BLOCKS, *ORDER, *STREAMS], ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(anthropic, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


COUNTS = {"input_tokens": 9, "output_tokens": 1, "cache_read_input_tokens": 4}


@pytest.mark.parametrize(
    ("deltas", "expected", "anomalies"),
    [
        ([], (9, 1, 4), []),
        ([{"output_tokens": 7}], (9, 7, 4), []),
        ([{"input_tokens": 9, "output_tokens": 7, "cache_read_input_tokens": 4}], (9, 7, 4), []),
        ([{"input_tokens": None, "output_tokens": 7}], (9, 7, 4), []),
        ([{"input_tokens": 20, "output_tokens": 7}], (20, 7, 4), [("usage-overridden", 1)]),
        ([{"output_tokens": 7}, {"output_tokens": 7}], (9, 7, 4), [("usage-repeated", 2)]),
        ([{"output_tokens": 3}, {"output_tokens": 7}], (9, 7, 4), [("usage-cumulative", 2)]),
    ],
)
def test_usage(deltas: list[Any], expected: tuple[int, int, int], anomalies: list[tuple[str, int]]) -> None:
    reasons = [ended(None, usage=usage) for usage in deltas]
    reading = read(anthropic, [start(usage=COUNTS), *reasons, ended(), STOP])
    usage = reading.reply.usage
    assert usage is not None
    assert (usage.input_tokens, usage.output_tokens, usage.cache_read_input_tokens) == expected
    assert usage.raw["input_tokens"] == expected[0]
    assert short(reading) == anomalies


def test_usage_under_common_names() -> None:
    raw = {
        "input_tokens": 9,
        "output_tokens": 7,
        "cache_read_input_tokens": 4,
        "cache_creation_input_tokens": 2,
        "output_tokens_details": {"thinking_tokens": 3},
    }
    assert read(anthropic, [start(usage=raw), ended(), STOP]).reply.usage == Usage(
        input_tokens=9,
        output_tokens=7,
        reasoning_tokens=3,
        cache_read_input_tokens=4,
        cache_creation_input_tokens=2,
        raw=raw,
    )
