"""The awkward streams of the Responses API, Gemini, Bedrock, Cohere and Ollama, from the recorded bytes to the reply.

Who stumbled over what is said beside each row (repository#issue).
"""

import json
from base64 import b64encode

import pytest
from responses_events import (
    CREATED,
    added,
    arguments,
    call,
    delta,
    done,
    ended,
    event,
    message,
    part_added,
    stream,
    thought,
)
from wire import SSE, Awkward, answered, codes, ndjson, sse

from cassette_cli.conversation import Json, Message, Part, Reasoning, Text, ToolCall, Unknown
from samples.make import eventstream

ASKED: Json = {"model": "m", "input": "Hi", "stream": True}
HI = message("Hi")
HELLO = [added(HI), part_added(), delta("H"), delta("i")]
ERROR: Json = {"code": "server_error", "message": "The server had an error"}


def said(
    *parts: Part, reason: str | None = "completed", role: str | None = "assistant", **extra: Json
) -> tuple[Message, ...]:
    return (Message(role, parts, reason, extra or None),)


RESPONSES = [
    Awkward(  # earendil-works/pi#6009
        "items done out of order",
        sse(
            *stream(
                added(call()),
                added(call("[]", "fc_2", "call_2"), 1),
                done(call("[]", "fc_2", "call_2"), 1),
                done(call()),
                output=(call(), call("[]", "fc_2", "call_2")),
            )
        ),
        said(ToolCall("call_1", "add", {}, "{}"), ToolCall("call_2", "add", [], "[]")),
        (("block-out-of-order", 3),),
    ),
    Awkward(  # gpt-oss behind vLLM, agentic-api#62
        "no output_item.added",
        sse(*stream(delta("H"), delta("i"), done(HI), output=(HI,))),
        said(Text("Hi")),
        (("block-start-missing", 1),),
    ),
    Awkward(  # openai-python#3615
        "done is authoritative",
        sse(*stream(*HELLO, done(message("Hi!")), output=(message("Hi!"),))),
        said(Text("Hi!")),
        (("done-disagrees", 5),),
    ),
    Awkward(  # langchainjs#10845
        "the encrypted form only when done",
        sse(*stream(added(thought()), done(thought(encrypted_content="e")), output=(thought(encrypted_content="e"),))),
        said(Reasoning("", encrypted="e")),
    ),
    Awkward(  # langchain#37625
        "a summary only when done",
        sse(*stream(added(thought()), done(thought("Hm")), output=(thought("Hm"),))),
        said(Reasoning("Hm")),
    ),
    Awkward(  # vercel/ai#14219
        "incomplete",
        sse(
            CREATED,
            *HELLO,
            done(HI),
            ended(HI, status="incomplete", incomplete_details={"reason": "max_output_tokens"}),
        ),
        said(Text("Hi"), reason="incomplete", incomplete_details={"reason": "max_output_tokens"}),
    ),
    Awkward(
        "failed",
        sse(CREATED, *HELLO, ended(HI, status="failed", error=ERROR)),
        said(Text("Hi"), reason="failed"),
        (("error-event", 5), ("block-not-closed", 5)),
    ),
    Awkward(
        "an error first", sse({"type": "error", **ERROR}), (), (("error-event", 0),), complete=False
    ),  # vercel/ai#15922
    Awkward(
        "cut off before response.completed",
        sse(CREATED, *HELLO),
        said(Text("Hi"), reason=None),
        (("stream-cut-off", 4),),
        complete=False,
    ),
    Awkward(  # vercel/ai#11563
        "input of a custom tool",
        sse(
            *stream(
                event(
                    "output_item.added",
                    item={"type": "custom_tool_call", "id": "c", "call_id": "k", "name": "sh", "input": ""},
                ),
                event("custom_tool_call_input.delta", item_id="c", delta="ls"),
                done({"type": "custom_tool_call", "id": "c", "call_id": "k", "name": "sh", "input": "ls"}),
                output=({"type": "custom_tool_call", "id": "c", "call_id": "k", "name": "sh", "input": "ls"},),
            )
        ),
        said(ToolCall("k", "sh", "ls", "ls")),
    ),
    Awkward(  # fantasy#187
        "annotations one by one",
        sse(
            *stream(
                *HELLO,
                event("output_text.annotation.added", item_id="msg_1", content_index=0, annotation={"url": "u"}),
                done({**HI, "content": [{"type": "output_text", "text": "Hi", "annotations": [{"url": "u"}]}]}),
                output=({**HI, "content": [{"type": "output_text", "text": "Hi", "annotations": [{"url": "u"}]}]},),
            )
        ),
        said(Text("Hi", ({"url": "u"},))),
    ),
    Awkward(  # openai-python#3690
        "obfuscation beside each piece",
        sse(*stream(added(HI), part_added(), {**delta("Hi"), "obfuscation": "k3J"}, done(HI), output=(HI,))),
        said(Text("Hi")),
    ),
    Awkward(
        "arguments cut off",
        sse(CREATED, added(call("")), arguments('{"a"')),
        said(ToolCall("call_1", "add", None, '{"a"'), reason=None),
        (("stream-cut-off", 2), ("arguments-not-json", 2)),
        complete=False,
    ),
    Awkward(
        "[DONE] at the end",
        sse(*stream(*HELLO, done(HI), output=(HI,)), end="data: [DONE]\n\n"),
        said(Text("Hi")),
        (("done-unexpected", 7),),
    ),
]


def gemini(*parts: Json, finish: str | None = None, **more: Json) -> Json:
    candidate = {
        "content": {"role": "model", "parts": list(parts)},
        **({"finishReason": finish} if finish else {}),
        **more,
    }
    return {"candidates": [candidate], "modelVersion": "m", "responseId": "r"}


def model(*parts: Part, reason: str | None = "STOP", **extra: Json) -> tuple[Message, ...]:
    return said(*parts, reason=reason, role="model", **extra)


GO: Json = {"willContinue": True}
GROUNDED: Json = {"webSearchQueries": ["q"]}
GEMINI = [
    Awkward(
        "CRLF, as Google sends it",
        sse(gemini({"text": "H"}), gemini({"text": "i"}, finish="STOP")).replace("\n", "\r\n"),
        model(Text("Hi")),
    ),
    Awkward(  # vercel/ai#12402
        "a signature on an empty text",
        sse(gemini({"text": "Hi"}), gemini({"text": "", "thoughtSignature": "s"}, finish="STOP")),
        model(Text("Hi", signature="s")),
    ),
    Awkward(  # vercel/ai#10361, pydantic-ai#3647, fantasy#298
        "a signature on a call",
        sse(gemini({"functionCall": {"name": "f", "args": {}}, "thoughtSignature": "s"}, finish="STOP")),
        model(ToolCall(None, "f", {}, "{}", "s")),
    ),
    Awkward(  # vercel/ai#13929, #15438, #14968
        "partial arguments",
        sse(
            gemini({"functionCall": {"name": "f", **GO}}),
            gemini({"functionCall": {"partialArgs": [{"jsonPath": "$.a", "stringValue": "x", **GO}], **GO}}),
            gemini({"functionCall": {"partialArgs": [{"jsonPath": "$.a", "stringValue": "y"}], **GO}}),
            gemini({"functionCall": {}}, finish="STOP"),
        ),
        model(ToolCall(None, "f", {"a": "xy"}, '{"a":"xy"}')),
    ),
    Awkward(  # vercel/ai#13123
        "grounding before the end",
        sse(gemini({"text": "Hi"}, groundingMetadata=GROUNDED), gemini(finish="STOP")),
        model(Text("Hi"), groundingMetadata=GROUNDED),
    ),
    Awkward(
        "empty usage", sse({**gemini({"text": "Hi"}, finish="STOP"), "usageMetadata": {}}), model(Text("Hi"))
    ),  # vercel/ai#4038
    Awkward(
        "an event over several data lines",
        sse(gemini({"text": "Hi"}, finish="STOP")).replace('"modelVersion"', '\ndata: "modelVersion"'),
        model(Text("Hi")),
    ),
    Awkward("an event of 1 MB", sse(gemini({"text": "x" * (1 << 20)}, finish="STOP")), model(Text("x" * (1 << 20)))),
    Awkward(
        "an error as an event",
        sse(gemini({"text": "Hi"}), {"error": {"code": 503}}),
        model(Text("Hi"), reason=None),
        (("error-event", 1),),
        complete=False,
    ),
    Awkward(
        "thoughts are no text",
        sse(gemini({"text": "Hm", "thought": True}, {"text": "Hi"}, finish="STOP")),
        model(Reasoning("Hm"), Text("Hi")),
    ),
]


def frames(*events: tuple[str, Json]) -> bytes:
    return b"".join(eventstream.event(name, value) for name, value in events)


START, STOP = ("messageStart", {"role": "assistant"}), ("messageStop", {"stopReason": "end_turn"})
END = ("metadata", {"usage": {"inputTokens": 1, "outputTokens": 2, "totalTokens": 3}})


def block(index: int, **piece: Json) -> tuple[str, Json]:
    return "contentBlockDelta", {"contentBlockIndex": index, "delta": piece, "p": "abc"}


CLOSED = ("contentBlockStop", {"contentBlockIndex": 0})
WHOLE = frames(START, block(0, text="Hi"), CLOSED, STOP, END)
CONVERSE = [
    Awkward("no contentBlockStart for text, usage after the end", WHOLE, said(Text("Hi"), reason="end_turn")),
    Awkward(  # vercel/ai#19039
        "a modelled exception",
        frames(START, block(0, text="H")) + eventstream.event("throttlingException", {"message": "no"}, "exception"),
        said(Text("H"), reason=None),
        (("error-event", 2),),
        complete=False,
    ),
    Awkward(  # vercel/ai#19040
        "the last frame is cut off",
        WHOLE[:-20],
        said(Text("Hi"), Unknown("metadata", '{"usage":{"inputTokens":1,"outputTokens":2,"'), reason="end_turn"),
        (("event-not-closed", 4), ("data-not-json", 4), ("stream-cut-off", 4)),
        complete=False,
    ),
    Awkward(  # vercel/ai#18996
        "a bad checksum",
        WHOLE[:-1] + bytes([WHOLE[-1] ^ 1]),
        said(Text("Hi"), reason="end_turn"),
        (("checksum-mismatch", 4),),
    ),
    Awkward(  # vercel/ai#11410: undocumented
        "additionalModelResponseFields with /delta/stop_sequence",
        frames(
            START,
            block(0, text="Hi"),
            CLOSED,
            (
                "messageStop",
                {"stopReason": "stop_sequence", "additionalModelResponseFields": {"delta": {"stop_sequence": "END"}}},
            ),
            END,
        ),
        said(Text("Hi"), reason="stop_sequence", additionalModelResponseFields={"delta": {"stop_sequence": "END"}}),
    ),
    Awkward(
        "an event that no documentation has",
        frames(START, block(0, text="Hi"), CLOSED, ("weatherEvent", {"sun": True}), STOP, END),
        said(Text("Hi"), Unknown("weatherEvent", {"sun": True}), reason="end_turn"),
        (("unknown-event", 3),),
    ),
]


def invoked(*events: Json) -> bytes:
    chunks = [{"bytes": b64encode(json.dumps(each).encode()).decode(), "p": "abcdef"} for each in events]
    return frames(*(("chunk", each) for each in chunks))


MESSAGES: list[Json] = [
    {"type": "message_start", "message": {"id": "m", "role": "assistant", "content": [], "model": "m"}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi"}},
    {"type": "content_block_stop", "index": 0},
    {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
    {"type": "message_stop"},
]
INVOKE = [
    Awkward("JSON in base64 in JSON in frames", invoked(*MESSAGES), said(Text("Hi"), reason="end_turn")),
    Awkward(  # pydantic-ai#5818
        "message_start with message null",
        invoked({"type": "message_start", "message": None}, *MESSAGES[1:]),
        said(Text("Hi"), reason="end_turn", role=None),
        (("message-start-missing", 0),),
    ),
]

COHERE = [
    Awkward(  # vercel/ai#5850
        "a call without argument text, behind its plan",
        sse(
            {
                "type": "message-start",
                "id": "c",
                "delta": {"message": {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": []}},
            },
            {"type": "tool-plan-delta", "delta": {"message": {"tool_plan": "I ask."}}},
            {
                "type": "tool-call-start",
                "index": 0,
                "delta": {
                    "message": {
                        "tool_calls": {"id": "t", "type": "function", "function": {"name": "now", "arguments": ""}}
                    }
                },
            },
            {"type": "tool-call-end", "index": 0},
            {"type": "message-end", "delta": {"finish_reason": "TOOL_CALL"}},
            end="data: [DONE]\n\n",
        ),
        said(Reasoning("I ask."), ToolCall("t", "now", {}, ""), reason="TOOL_CALL"),
        (("arguments-empty", 2),),
    ),
]

OLLAMA = [
    Awkward(  # fantasy#113
        "a call in one line, the last without its end",
        ndjson(
            {
                "model": "m",
                "message": {
                    "role": "assistant",
                    "content": "",
                    "tool_calls": [{"function": {"name": "add", "arguments": {"a": 2}}}],
                },
                "done": False,
            },
            {"model": "m", "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"},
        ).rstrip("\n"),
        said(ToolCall(None, "add", {"a": 2}, '{"a":2}'), reason="stop"),
    ),
]

TABLES: list[tuple[str, str, str, list[Awkward]]] = [
    ("openai.responses", "https://api.openai.example/v1/responses", SSE, RESPONSES),
    ("google.generate_content", "https://google.example/v1beta/models/m:streamGenerateContent?alt=sse", SSE, GEMINI),
    ("aws.bedrock.converse", "https://bedrock.example/model/m/converse-stream", eventstream.MEDIA_TYPE, CONVERSE),
    (
        "aws.bedrock.invoke",
        "https://bedrock.example/model/m/invoke-with-response-stream",
        eventstream.MEDIA_TYPE,
        INVOKE,
    ),
    ("cohere.chat", "https://cohere.example/v2/chat", SSE, COHERE),
    ("ollama.chat", "http://ollama.example/api/chat", "application/x-ndjson", OLLAMA),
]


@pytest.mark.parametrize(
    ("protocol", "url", "media_type", "row"),
    [pytest.param(*head, row, id=f"{head[0]}: {row.name}") for *head, rows in TABLES for row in rows],
)
def test_awkward_streams(protocol: str, url: str, media_type: str, row: Awkward) -> None:
    found = answered(url, ASKED, row.body, media_type)

    assert (found.protocol, found.streamed) == (protocol, True)
    assert found.reply is not None
    assert found.reply.messages == row.messages
    assert codes(found) == row.anomalies
    assert found.reply.complete is row.complete


def test_a_stream_of_events_under_the_media_type_of_json() -> None:
    found = answered(TABLES[0][1], ASKED, sse(*stream(*HELLO, done(HI), output=(HI,))), "application/json")
    assert found.reply is not None
    assert (found.framing, found.reply.messages) == ("sse", said(Text("Hi")))


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_usage_that_is_no_number(number: str) -> None:
    body = (
        sse(gemini({"text": "Hi"}, finish="STOP"))[:-3] + f', "usageMetadata": {{"promptTokenCount": {number}}}}}\n\n'
    )
    found = answered(TABLES[1][1], ASKED, body)
    assert found.reply is not None
    assert found.reply.messages == model(Text("Hi"))
    assert found.reply.usage is not None
    assert found.reply.usage.input_tokens is None
    assert codes(found) == (("usage-inconsistent", 0),)
