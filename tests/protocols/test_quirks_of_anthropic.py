"""The awkward streams of Anthropic messages that are really sent, from the recorded bytes to the reply.

The official SDK's accumulator discards cut-off tool JSON, drops unknown deltas, asserts on a missing message_start and
merges two generations; who stumbled over what is said beside each row (repository#issue).
"""

import pytest
from wire import Awkward, answered, codes, sse

from cassette_cli.conversation import (
    Json,
    Message,
    Part,
    Reasoning,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    Unknown,
)

URL = "https://api.anthropic.example/v1/messages"
ASKED: Json = {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}], "stream": True}
STOP: Json = {"type": "message_stop"}
PING: Json = {"type": "ping"}


def start(**more: Json) -> Json:
    fields: dict[str, Json] = {"id": "msg", "type": "message", "role": "assistant", "model": "m", "content": []}
    return {"type": "message_start", "message": {**fields, "stop_reason": None, **more}}


def opened(kind: str, index: int = 0, **fields: Json) -> Json:
    return {"type": "content_block_start", "index": index, "content_block": {"type": kind, **fields}}


def delta(kind: str, index: int = 0, **fields: Json) -> Json:
    return {"type": "content_block_delta", "index": index, "delta": {"type": kind, **fields}}


def text(piece: str, index: int = 0) -> Json:
    return delta("text_delta", index, text=piece)


def json(piece: str, index: int = 0) -> Json:
    return delta("input_json_delta", index, partial_json=piece)


def closed(index: int = 0) -> Json:
    return {"type": "content_block_stop", "index": index}


def ended(reason: str | None = "end_turn", **more: Json) -> Json:
    return {"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": None}, **more}


def stream(*events: Json, reason: str = "end_turn") -> str:
    """A well-formed stream around the events of its blocks; the first of them is event 1."""
    return sse(start(), *events, ended(reason), STOP)


def said(
    *parts: Part, reason: str | None = "end_turn", role: str | None = "assistant", **extra: Json
) -> tuple[Message, ...]:
    return (Message(role, parts, reason, extra or None),)


HI: list[Json] = [opened("text", text=""), text("H"), text("i"), closed()]
TOOL: dict[str, Json] = {"id": "t1", "name": "add", "input": {}}
ERROR: Json = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

ROWS = [
    Awkward("pings between everything", stream(PING, HI[0], PING, *HI[1:], PING), said(Text("Hi"))),
    Awkward(
        "a signature in its own delta",
        stream(
            opened("thinking", thinking=""),
            delta("thinking_delta", thinking="Hm"),
            delta("signature_delta", signature="s"),
            closed(),
        ),
        said(Reasoning("Hm", "s")),
    ),
    Awkward(
        "a signature alone",
        stream(opened("thinking", thinking=""), delta("signature_delta", signature="s"), closed()),
        said(Reasoning("", "s")),
    ),
    Awkward(  # litellm#20698: collapsed into one
        "redacted thinking between thoughts",
        stream(
            opened("thinking", thinking=""),
            delta("thinking_delta", thinking="A"),
            closed(),
            opened("redacted_thinking", 1, data="e"),
            closed(1),
            opened("thinking", 2, thinking=""),
            delta("thinking_delta", 2, thinking="B"),
            closed(2),
        ),
        said(Reasoning("A"), Reasoning("", encrypted="e"), Reasoning("B")),
    ),
    Awkward(  # anthropic#844
        "citations",
        stream(opened("text", text=""), delta("citations_delta", citation={"url": "u"}), text("Hi"), closed()),
        said(Text("Hi", ({"url": "u"},))),
    ),
    Awkward(
        "tool JSON in pieces, the first empty",
        stream(opened("tool_use", **TOOL), json(""), json('{"a"'), json(": 2}"), closed()),
        said(ToolCall("t1", "add", {"a": 2}, '{"a": 2}')),
    ),
    Awkward(
        "tool JSON that never comes",
        stream(opened("tool_use", **TOOL), closed()),
        said(ToolCall("t1", "add", {}, "")),
        (("arguments-empty", 1),),
    ),
    Awkward(  # discarded: input {}
        "tool JSON cut off at max_tokens",
        stream(opened("tool_use", **TOOL), json('{"a": '), closed(), reason="max_tokens"),
        said(ToolCall("t1", "add", None, '{"a": '), reason="max_tokens"),
        (("arguments-not-json", 2),),
    ),
    Awkward(
        "tool JSON that is invalid",
        stream(opened("tool_use", **TOOL), json("{a: 2}"), closed()),
        said(ToolCall("t1", "add", None, "{a: 2}")),
        (("arguments-not-json", 2),),
    ),
    Awkward(
        "tool JSON cut off with the stream",
        sse(start(), opened("tool_use", **TOOL), json('{"a": ')),
        said(ToolCall("t1", "add", None, '{"a": '), reason=None),
        (("stream-cut-off", 2), ("arguments-not-json", 2)),
        complete=False,
    ),
    Awkward(  # the non-beta accumulator loses its input
        "mcp_tool_use and its result",
        stream(
            opened("mcp_tool_use", id="m1", name="ask", server_name="wiki", input={}),
            json('{"q": 1}'),
            closed(),
            opened("mcp_tool_result", 1, tool_use_id="m1", is_error=False, content=[{"type": "text", "text": "A"}]),
            closed(1),
        ),
        said(
            ServerToolCall("m1", "ask", {"q": 1}, '{"q": 1}', "mcp_tool_use"),
            ServerToolCallResponse(
                "m1", {"is_error": False, "content": [{"type": "text", "text": "A"}]}, "mcp_tool_result"
            ),
            content={"0": {"server_name": "wiki"}},
        ),
    ),
    Awkward(
        "a delta of a kind unknown here",
        stream(*HI[:2], delta("hologram_delta", light=7), *HI[2:]),
        said(Text("Hi"), Unknown("hologram_delta", {"type": "hologram_delta", "light": 7})),
        (("unknown-delta", 3),),
    ),
    Awkward(
        "a block and an event of kinds unknown here",
        stream(opened("hologram", light=7), closed(), {"type": "weather", "sun": True}),
        said(
            Unknown("hologram", {"type": "hologram", "light": 7}), Unknown("weather", {"type": "weather", "sun": True})
        ),
        (("unknown-part", 1), ("unknown-event", 3)),
    ),
    Awkward(  # AssertionError
        "no message_start",
        sse(*HI, ended(), STOP),
        said(Text("Hi"), role=None),
        (("message-start-missing", 0),),
    ),
    Awkward(  # Bedrock's, pydantic-ai#5818
        "message_start with message null",
        sse({"type": "message_start", "message": None}, *HI, ended(), STOP),
        said(Text("Hi"), role=None),
        (("message-start-missing", 0),),
    ),
    Awkward(  # vercel/ai#18402: merged into one
        "two generations that overlap",
        sse(start(), *HI[:2], start(id="other"), *HI, ended(), STOP),
        (*said(Text("H"), reason=None), *said(Text("Hi"))),
        (("second-message-start", 3), ("block-not-closed", 3), ("finish-reason-missing", 3)),
    ),
    Awkward(
        "blocks out of order",
        stream(opened("text", 1, text=""), text("B", 1), closed(1), opened("text", 0, text=""), text("A"), closed()),
        said(Text("A"), Text("B")),
        (("block-out-of-order", 1), ("block-out-of-order", 4)),
    ),
    Awkward(
        "blocks side by side",
        stream(
            opened("text", 0, text=""),
            opened("tool_use", 1, **TOOL),
            json('{"a"', 1),
            text("Hi"),
            json(": 2}", 1),
            closed(),
            closed(1),
        ),
        said(Text("Hi"), ToolCall("t1", "add", {"a": 2}, '{"a": 2}')),
        (("block-out-of-order", 2),),
    ),
    Awkward("an error as the first event", sse(ERROR), (), (("error-event", 0),), complete=False),  # vercel/ai#10653
    Awkward(  # vercel/ai#2457
        "an error in the middle",
        sse(start(), *HI[:2], ERROR),
        said(Text("H"), reason=None),
        (("error-event", 3),),
        complete=False,
    ),
    Awkward("cut off", sse(start(), *HI[:2]), said(Text("H"), reason=None), (("stream-cut-off", 2),), complete=False),
    Awkward(  # vercel/ai#11611, anthropic#426: the last counts, field by field
        "message_delta corrects the input tokens",
        sse(
            start(usage={"input_tokens": 9, "output_tokens": 1}),
            *HI,
            ended(usage={"input_tokens": 20, "output_tokens": 4}),
            STOP,
        ),
        said(Text("Hi")),
        (("usage-overridden", 5),),
    ),
    Awkward(  # vercel/ai#12471, anthropic#1821
        "compaction whose content is null",
        stream(
            opened("compaction", content=None), delta("compaction_delta", content=None, encrypted_content="e"), closed()
        ),
        said(Unknown("compaction", {"type": "compaction", "content": None, "encrypted_content": "e"})),
    ),
    Awkward("no event lines, only data", stream(*HI).replace("event: ", ": "), said(Text("Hi"))),  # anthropic#1682
    Awkward(
        "[DONE] at the end, from a gateway",
        stream(*HI) + "data: [DONE]\n\n",
        said(Text("Hi")),
        (("done-unexpected", 7),),
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_awkward_message_streams(row: Awkward) -> None:
    found = answered(URL, ASKED, row.body)

    assert (found.protocol, found.framing) == ("anthropic.messages", "sse")
    assert found.reply is not None
    assert found.reply.messages == row.messages
    assert codes(found) == row.anomalies
    assert found.reply.complete is row.complete
