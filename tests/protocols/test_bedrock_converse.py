"""AWS Bedrock's Converse: which calls it is, requests, plain replies, streams and what is odd about them, laws."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from bedrock_events import Typed, interaction, read_typed, recorded
from hypothesis import given
from hypothesis import strategies as st
from reading import check_laws, read, short

from cassette_cli.conversation import (
    Channel,
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
    Usage,
)
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.exchange import Places, exchange
from cassette_cli.protocols import bedrock_converse, detect
from cassette_cli.protocols.base import Call, Event
from samples.make.eventstream import event

URL = "https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse"
ARN = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.example.large-1"
ANSWER = {"output": {"message": {"role": "assistant", "content": [{"text": "Hi"}]}}, "stopReason": "end_turn"}


@pytest.mark.parametrize(
    ("url", "request_", "response", "expected"),
    [
        (URL, None, None, True),
        (f"{URL}-stream", None, None, True),
        (f"https://gateway.example/bedrock/model/{ARN}/converse-stream", None, None, True),
        ("", None, ANSWER, True),
        ("", None, {"output": {"message": {"content": []}}}, False),
        (URL.replace("/converse", "/invoke"), None, ANSWER, False),
        (URL.replace("/model/", "/models/"), None, ANSWER, False),
        ("https://example.com/other", None, ANSWER, False),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json, *, expected: bool) -> None:
    call = Call("POST", url, request_, response)

    assert bedrock_converse.matches(call) is expected
    assert (detect(call) is bedrock_converse) is expected


@pytest.mark.parametrize(
    ("url", "model"),
    [
        (URL, "amazon.nova-lite-v1:0"),
        (f"/model/{ARN}/converse", ARN),
        (f"/model/{ARN.replace('/', '%2F').replace(':', '%3A')}/converse-stream", ARN),
        ("https://example.com/v1beta/models/gemini-2.5-flash:streamGenerateContent", "gemini-2.5-flash"),
        (
            "https://example.com/v1/publishers/anthropic/models/claude-sonnet-4%4020250514:rawPredict",
            "claude-sonnet-4@20250514",
        ),
        ("https://example.com/openai/deployments/gpt-4o/chat/completions", "gpt-4o"),
        ("https://example.com/v1/models/gpt-4o", None),
        ("https://example.com/", None),
    ],
)
def test_the_url_names_the_model(url: str, model: str | None) -> None:
    assert Call("POST", url, None, None).model == model
    assert Call("POST", url + "?x=/model/y/z", None, None).model == model


# Requests.

PNG = b64encode(b"\x89PNG").decode()


def prompt_of(*blocks: Json, role: str = "user") -> Message:
    [message] = bedrock_converse.prompt({"messages": [{"role": role, "content": list(blocks)}]}).messages
    return message


def test_a_request() -> None:
    request = {
        "system": [{"text": "You are terse."}, {"cachePoint": {"type": "default"}}],
        "messages": [{"role": "user", "content": [{"text": "Add 2 and 3"}]}],
        "toolConfig": {
            "tools": [
                {
                    "toolSpec": {
                        "name": "add",
                        "description": "Adds",
                        "inputSchema": {"json": {"type": "object"}},
                        "strict": True,
                    }
                },
                {"systemTool": {"name": "nova_grounding"}},
                {"cachePoint": {"type": "default"}},
            ],
            "toolChoice": {"auto": {}},
        },
        "inferenceConfig": {"maxTokens": 4000},
    }

    assert bedrock_converse.prompt(request) == Prompt(
        messages=(
            Message("system", (Text("You are terse."),), extra={"content": {"1": {"cachePoint": {"type": "default"}}}}),
            Message("user", (Text("Add 2 and 3"),)),
        ),
        tools=(
            Tool("add", "Adds", {"type": "object"}, extra={"strict": True}),
            Tool("nova_grounding", kind="systemTool"),
            Tool(None, kind="cachePoint", extra={"type": "default"}),
        ),
        parameters={"toolConfig": {"toolChoice": {"auto": {}}}, "inferenceConfig": {"maxTokens": 4000}},
    )


@pytest.mark.parametrize(
    ("block", "part", "rest"),
    [
        ({"text": "Hi"}, Text("Hi"), None),
        ({"image": {"format": "png", "source": {"bytes": PNG}}}, Media("image", "image/png", 4), None),
        (
            {"video": {"format": "mp4", "source": {"s3Location": {"uri": "s3://b/v.mp4"}}}},
            Media("video", "video/mp4", uri="s3://b/v.mp4"),
            None,
        ),
        ({"audio": {"format": "wav", "source": {"bytes": PNG}}}, Media("audio", "audio/wav", 4), None),
        (
            {"document": {"format": "pdf", "name": "Plan", "source": {"bytes": PNG}, "citations": {"enabled": True}}},
            Media("file", "application/pdf", 4),
            {"document": {"name": "Plan", "citations": {"enabled": True}}},
        ),
        ({"document": {"format": "txt", "source": {"text": "Hé"}}}, Media("file", "text/plain", 3), None),
        (
            {"toolUse": {"toolUseId": "t1", "name": "add", "input": {"a": 2}}},
            ToolCall("t1", "add", {"a": 2}, '{"a":2}'),
            None,
        ),
        (
            {"toolResult": {"toolUseId": "t1", "content": [{"text": "5"}, {"json": {"b": 1}}], "status": "error"}},
            ToolCallResponse("t1", (Text("5"), Text('{"b":1}'))),
            {"toolResult": {"status": "error"}},
        ),
        (
            {"toolResult": {"toolUseId": "t1", "content": [{"image": {"format": "png", "source": {"bytes": PNG}}}]}},
            ToolCallResponse("t1", (Media("image", "image/png", 4),)),
            None,
        ),
        (
            {"toolResult": {"toolUseId": "t1", "content": [{"text": "5"}], "type": "nova_grounding_result"}},
            ServerToolCallResponse("t1", {"content": [{"text": "5"}]}, "nova_grounding_result"),
            None,
        ),
        (
            {"reasoningContent": {"reasoningText": {"text": "Hm", "signature": "sig"}}},
            Reasoning("Hm", "sig"),
            None,
        ),
        ({"reasoningContent": {"redactedContent": "c2VjcmV0"}}, Reasoning("", encrypted="c2VjcmV0"), None),
        (
            {"guardContent": {"text": {"text": "Look", "qualifiers": ["query"]}}},
            Text("Look"),
            {"guardContent": {"text": {"text": "Look", "qualifiers": ["query"]}}},
        ),
        (
            {"guardContent": {"image": {"format": "png", "source": {"bytes": PNG}}}},
            Media("image", "image/png", 4),
            None,
        ),
        (
            {"citationsContent": {"content": [{"text": "a"}, {"text": "b"}], "citations": [{"title": "t"}]}},
            Text("ab", ({"title": "t"},)),
            None,
        ),
        ({"searchResult": {"source": "s"}}, Unknown("searchResult", {"source": "s"}), None),
        ("hello", Unknown(None, "hello"), None),
    ],
)
def test_blocks_of_requests(block: Json, part: Part, rest: Json) -> None:
    message = prompt_of(block)

    assert message.parts == (part,)
    assert message.extra == (None if rest is None else {"content": {"0": rest}})


@pytest.mark.parametrize("message", ["hi", {"role": "user", "content": "hi"}, None])
def test_messages_of_another_shape_are_kept(message: Json) -> None:
    [found] = bedrock_converse.prompt({"messages": [message]}).messages

    assert found.parts == (Unknown(None, message),)


# Plain replies.

USAGE = {
    "inputTokens": 10,
    "outputTokens": 4,
    "totalTokens": 7365,
    "cacheReadInputTokens": 0,
    "cacheWriteInputTokens": 7351,
}


def test_a_plain_reply() -> None:
    content = [
        {"reasoningContent": {"reasoningText": {"text": "Hm", "signature": "sig"}}},
        {"text": "Hi"},
        {"toolUse": {"toolUseId": "t1", "name": "add", "input": {"a": 2}}},
    ]
    body = {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": "tool_use",
        "usage": USAGE,
        "metrics": {"latencyMs": 12},
        "additionalModelResponseFields": {"stop_sequence": None},
    }

    reading = read(bedrock_converse, [body], streamed=False)

    assert reading.reply.messages == (
        Message(
            "assistant",
            (Reasoning("Hm", "sig"), Text("Hi"), ToolCall("t1", "add", {"a": 2}, '{"a":2}')),
            "tool_use",
            {"metrics": {"latencyMs": 12}, "additionalModelResponseFields": {"stop_sequence": None}},
        ),
    )
    assert reading.reply.usage == Usage(
        input_tokens=10,
        output_tokens=4,
        total_tokens=7365,
        cache_read_input_tokens=0,
        cache_creation_input_tokens=7351,
        raw=USAGE,
    )
    assert reading.anomalies == ()


def test_nova_counts_its_cache_under_another_name() -> None:
    usage = {"inputTokens": 1, "outputTokens": 2, "cacheReadInputTokenCount": 3, "cacheWriteInputTokenCount": 4}

    assert read(bedrock_converse, [{**ANSWER, "usage": usage}], streamed=False).reply.usage == Usage(
        input_tokens=1, output_tokens=2, cache_read_input_tokens=3, cache_creation_input_tokens=4, raw=usage
    )


def test_tools_that_aws_runs_and_citations_of_the_text_before() -> None:
    content = [
        {"toolUse": {"toolUseId": "t1", "name": "nova_grounding", "input": {"q": 1}, "type": "server_tool_use"}},
        {"toolResult": {"toolUseId": "t1", "content": [{"text": "x"}], "type": "nova_grounding_result"}},
        {"text": "It is so"},
        {"citationsContent": {"citations": [{"title": "t"}]}},
        {"citationsContent": {"citations": [{"title": "u"}]}},
        {"text": "."},
    ]
    body = {"output": {"message": {"role": "assistant", "content": content}}, "stopReason": "end_turn"}

    [message] = read(bedrock_converse, [body], streamed=False).reply.messages

    assert message.parts == (
        ServerToolCall("t1", "nova_grounding", {"q": 1}, '{"q":1}', "server_tool_use"),
        ServerToolCallResponse("t1", {"content": [{"text": "x"}]}, "nova_grounding_result"),
        Text("It is so", ({"title": "t"}, {"title": "u"})),
        Text("."),
    )


@pytest.mark.parametrize(
    "body",
    [
        {"message": "no access"},
        {"Message": "no access"},
        {"__type": "ValidationException"},
        {"Output": {"__type": "com.amazon.coral.service#UnknownOperationException"}, "Version": "1.0"},
    ],
)
def test_errors(body: Json) -> None:
    reading = read(bedrock_converse, [body], streamed=False)

    assert reading.reply.error == body
    assert (reading.reply.messages, reading.anomalies) == ((), ())


def test_a_plain_reply_of_another_shape_is_kept() -> None:
    reading = read(bedrock_converse, [{"hello": 1}], streamed=False)

    assert reading.reply.messages[0].parts == (Unknown(None, {"hello": 1}),)
    assert short(reading) == [("unknown-event", 0)]


# Streams.

START: Typed = ("messageStart", {"role": "assistant", "p": "abc"})
STOP: Typed = ("messageStop", {"stopReason": "end_turn", "p": "abcd"})
END: Typed = ("metadata", {"usage": USAGE, "metrics": {"latencyMs": 12}, "p": "a"})
OVER = {"metrics": {"latencyMs": 12}}


def delta(index: Any, kind: str, value: Json) -> Typed:
    return "contentBlockDelta", {"contentBlockIndex": index, "delta": {kind: value}, "p": "abcdef"}


def begin(index: Any, kind: str, **fields: Json) -> Typed:
    return "contentBlockStart", {"contentBlockIndex": index, "start": {kind: fields}, "p": "ab"}


def stop(index: Any) -> Typed:
    return "contentBlockStop", {"contentBlockIndex": index, "p": "abcdefgh"}


def message(*parts: Part, reason: str | None = "end_turn", extra: Json = OVER) -> Message:
    return Message("assistant", parts, reason, extra)


def text(index: int, *pieces: str) -> list[Typed]:
    return [*(delta(index, "text", piece) for piece in pieces), stop(index)]


ADD = begin(0, "toolUse", toolUseId="t1", name="add")
CALL = ToolCall("t1", "add", {"a": 2}, '{"a": 2}')
STREAMS: list[tuple[str, Sequence[Typed], tuple[Message, ...], list[tuple[str, int | None]]]] = [
    ("text", [START, *text(0, "Hel", "", "lo"), STOP, END], (message(Text("Hello")),), []),
    (
        "a call between texts",
        [START, *text(0, "a"), begin(1, "toolUse", toolUseId="t1", name="add", type="tool_use"),
         delta(1, "toolUse", {"input": ""}), delta(1, "toolUse", {"input": '{"a'}),
         delta(1, "toolUse", {"input": '": 2}'}), stop(1), *text(2, "b"), STOP, END],
        (message(Text("a"), CALL, Text("b")),),
        [],
    ),
    (
        "reasoning, signed, then encrypted",
        [START, delta(0, "reasoningContent", {"text": "H"}), delta(0, "reasoningContent", {"text": "m"}),
         delta(0, "reasoningContent", {"signature": "sig"}), stop(0),
         delta(1, "reasoningContent", {"redactedContent": "c2Vj"}), stop(1), *text(2, "Hi"), STOP, END],
        (message(Reasoning("Hm", "sig"), Reasoning("", encrypted="c2Vj"), Text("Hi")),),
        [],
    ),
    (
        "a tool of AWS, its result, citations in blocks of their own",
        [START, begin(0, "toolUse", toolUseId="t1", name="search", type="server_tool_use"),
         delta(0, "toolUse", {"input": "{}"}), stop(0),
         begin(1, "toolResult", toolUseId="t1", type="search_result", status="success"),
         delta(1, "toolResult", [{"text": "a"}]), delta(1, "toolResult", [{"json": {}}]), stop(1),
         *text(2, "So"), delta(3, "citation", {"title": "t"}), stop(3), delta(4, "citation", {"title": "u"}), stop(4),
         *text(5, "."), STOP, END],
        (
            message(
                ServerToolCall("t1", "search", {}, "{}", "server_tool_use"),
                ServerToolCallResponse(
                    "t1", {"content": [{"text": "a"}, {"json": {}}], "status": "success"}, "search_result"
                ),
                Text("So", ({"title": "t"}, {"title": "u"})),
                Text("."),
            ),
        ),
        [],
    ),
    (
        "an image",
        [START, begin(0, "image", format="png"), delta(0, "image", {"source": {"bytes": PNG}}),
         delta(0, "image", {"source": {"bytes": PNG}}), stop(0), STOP, END],
        (message(Media("image", "image/png", 8)),),
        [],
    ),
    (
        "additional fields, guardrail's trace",
        [START, *text(0, "a"),
         ("messageStop", {"stopReason": "guardrail_intervened", "additionalModelResponseFields": {"x": 1}}),
         ("metadata", {"usage": USAGE, "trace": {"guardrail": {"modelOutput": ["a"]}}})],
        (
            message(
                Text("a"),
                reason="guardrail_intervened",
                extra={"additionalModelResponseFields": {"x": 1}, "trace": {"guardrail": {"modelOutput": ["a"]}}},
            ),
        ),
        [],
    ),
    (
        "an event of no kind",
        [START, *text(0, "a"), STOP, ("surprise", {"x": 1}), END],
        (message(Text("a"), Unknown("surprise", {"x": 1})),),
        [("unknown-event", 4)],
    ),
    (
        "a delta and a start of no kind",
        [START, begin(0, "hologram", x=1), stop(0), delta(1, "scent", "rose"), stop(1), STOP, END],
        (message(Unknown("hologram", {"x": 1}), Unknown("scent", "rose")),),
        [("unknown-part", 1), ("unknown-delta", 3)],
    ),
    (
        "no messageStart",
        [*text(0, "a"), STOP, END],
        (Message(None, (Text("a"),), "end_turn", OVER),),
        [("message-start-missing", 0)],
    ),
    (
        "no index",
        [START, delta(None, "text", "a"), delta("0", "text", "b"), stop(None), STOP, END],
        (message(Text("ab")),),
        [("index-missing", 1), ("block-not-closed", 5)],
    ),
    (
        "a delta after the block has stopped",
        [START, *text(0, "a"), delta(0, "text", "b"), STOP, END],
        (message(Text("ab")),),
        [("block-out-of-order", 3)],
    ),
    (
        "blocks that are interleaved",
        [START, delta(0, "text", "a"), delta(1, "reasoningContent", {"text": "b"}), delta(0, "text", "c"),
         stop(0), stop(1), STOP, END],
        (message(Text("ac"), Reasoning("b")),),
        [("block-out-of-order", 2)],
    ),
    (
        "a second block at one index",
        [START, ADD, delta(0, "toolUse", {"input": "{}"}), stop(0), begin(0, "toolUse", toolUseId="t2", name="f"),
         delta(0, "toolUse", {"input": "{}"}), stop(0), STOP, END],
        (message(ToolCall("t1", "add", {}, "{}"), ToolCall("t2", "f", {}, "{}")),),
        [("block-repeated", 4)],
    ),
    (
        "arguments without a call, and arguments as an object",
        [START, delta(0, "toolUse", {"input": "{}"}), stop(0), begin(1, "toolUse", toolUseId="t1", name="add"),
         delta(1, "toolUse", {"input": {"a": 2}}), stop(1), STOP, END],
        (message(ToolCall(None, None, {}, "{}"), ToolCall("t1", "add", {"a": 2}, '{"a":2}')),),
        [("block-out-of-order", 1), ("id-missing", None), ("name-missing", None), ("arguments-not-text", 4)],
    ),
    (
        "arguments that are no JSON",
        [START, ADD, delta(0, "toolUse", {"input": '{"a'}), stop(0),
         ("messageStop", {"stopReason": "max_tokens"}), END],
        (message(ToolCall("t1", "add", None, '{"a'), reason="max_tokens"),),
        [("arguments-not-json", 2)],
    ),
    (
        "no arguments",
        [START, ADD, stop(0), STOP, END],
        (message(ToolCall("t1", "add", {}, "")),),
        [("arguments-empty", 1)],
    ),
    (
        "content after messageStop, which comes twice",
        [START, *text(0, "a"), STOP, *text(1, "b"), ("messageStop", {"stopReason": "max_tokens"}), END],
        (message(Text("a"), Text("b"), reason="max_tokens"),),
        [("content-after-finish", 4), ("finish-reason-repeated", 6)],
    ),
    (
        "usage twice",
        [START, *text(0, "a"), STOP, END, ("metadata", {"usage": {"inputTokens": 1}})],
        (message(Text("a")),),
        [("event-after-end", 5), ("usage-cumulative", 5)],
    ),
    (
        "two messages",
        [START, *text(0, "a"), STOP, START, *text(0, "b"), STOP, END],
        (Message("assistant", (Text("a"),), "end_turn"), message(Text("b"))),
        [("second-message-start", 4)],
    ),
    (
        "no reason",
        [START, *text(0, "a"), ("messageStop", {}), END],
        (message(Text("a"), reason=None),),
        [("finish-reason-missing", 4)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "messages", "anomalies"), [row[1:] for row in STREAMS], ids=[row[0] for row in STREAMS]
)
def test_streams(
    events: Sequence[Typed], messages: tuple[Message, ...], anomalies: list[tuple[str, int | None]]
) -> None:
    reading = read_typed(bedrock_converse, events)

    assert reading.reply.messages == messages
    assert sorted(short(reading), key=str) == sorted(anomalies, key=str)
    assert reading.reply.complete


@pytest.mark.parametrize(
    ("events", "anomalies"),
    [
        ([], [("stream-empty", None)]),
        ([START], [("stream-cut-off", 0)]),
        ([START, delta(0, "text", "a")], [("stream-cut-off", 1)]),
        ([START, *text(0, "a")], [("stream-cut-off", 2)]),
        ([START, *text(0, "a"), STOP], [("stream-cut-off", 3)]),
        ([START, ("contentBlockDelta", '{"contentBl')], [("data-not-json", 1), ("stream-cut-off", 1)]),
        ([START, delta(0, "text", "a"), ("modelStreamErrorException", {"message": "no"})], [("error-event", 2)]),
        ([("throttlingException", {"message": "Too many"})], [("error-event", 0)]),
        ([("validationException", "not JSON")], [("error-event", 0)]),
        # What an error says that no service declares is in its headers, and the framing reports it.
        ([START, ("InternalError", "")], []),
    ],
)
def test_streams_that_do_not_end_well(events: Sequence[Typed], anomalies: list[tuple[str, int | None]]) -> None:
    reading = read_typed(bedrock_converse, events)

    assert short(reading) == anomalies
    assert not reading.reply.complete


@pytest.mark.parametrize(
    ("events", "error"),
    [
        (
            ("modelStreamErrorException", {"message": "no", "originalStatusCode": 500}),
            {"__type": "modelStreamErrorException", "message": "no", "originalStatusCode": 500},
        ),
        (("validationException", "oh"), {"__type": "validationException", "message": "oh"}),
        (("InternalFailure", ""), {"__type": "InternalFailure"}),
        (("other", {"message": "no"}), {"message": "no"}),
    ],
)
def test_exceptions(events: Typed, error: Json) -> None:
    assert read_typed(bedrock_converse, [START, events]).reply.error == error


# Laws.

TEXTS = st.text(st.sampled_from('aé😀\n"\\ '), min_size=1, max_size=12)
ARGUMENTS = st.dictionaries(TEXTS, st.integers() | TEXTS, min_size=1, max_size=3)
BLOCKS = st.one_of(
    TEXTS.map(lambda found: {"text": found}),
    st.tuples(TEXTS, TEXTS).map(
        lambda found: {"reasoningContent": {"reasoningText": {"text": found[0], "signature": found[1]}}}
    ),
    TEXTS.map(lambda found: {"reasoningContent": {"redactedContent": found}}),
    st.tuples(st.uuids(), ARGUMENTS).map(
        lambda found: {"toolUse": {"toolUseId": str(found[0]), "name": "f", "input": found[1]}}
    ),
)


@st.composite
def cuts(draw: st.DrawFn, whole: str) -> list[str]:
    places = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=4)))
    return [whole[start:end] for start, end in zip([0, *places], [*places, len(whole)], strict=True)]


def pieces_of(draw: st.DrawFn, index: int, block: dict[str, Any]) -> list[Typed]:
    """A block as a stream has it, cut anywhere."""
    if "text" in block:
        return [delta(index, "text", piece) for piece in draw(cuts(block["text"]))]
    if "toolUse" in block:
        held = block["toolUse"]
        inputs = draw(cuts(json.dumps(held["input"], ensure_ascii=False, separators=(",", ":"))))
        start = begin(index, "toolUse", toolUseId=held["toolUseId"], name=held["name"])
        return [start, *(delta(index, "toolUse", {"input": piece}) for piece in inputs)]
    thought = block["reasoningContent"]
    texts = thought.get("reasoningText") or thought
    return [delta(index, "reasoningContent", {name: piece}) for name in texts for piece in draw(cuts(texts[name]))]


@given(st.data(), st.lists(BLOCKS, min_size=1, max_size=4))
def test_a_reply_is_the_same_however_it_is_cut(data: st.DataObject, blocks: list[dict[str, Any]]) -> None:
    body = {"output": {"message": {"role": "assistant", "content": blocks}}, "stopReason": "end_turn", "usage": USAGE}
    events = [START]
    for index, block in enumerate(blocks):
        events += [*data.draw(st.composite(pieces_of)(index, block)), stop(index)]

    plain = read(bedrock_converse, [body], streamed=False).reply
    streamed = read_typed(bedrock_converse, [*events, STOP, ("metadata", {"usage": USAGE})])

    assert streamed.anomalies == ()
    assert (streamed.reply.messages, streamed.reply.usage) == (plain.messages, plain.usage)


NAMES = [
    *("contentBlockIndex", "delta", "start", "text", "toolUse", "toolUseId", "name", "input", "type", "signature"),
    *("reasoningContent", "redactedContent", "citation", "toolResult", "content", "image", "source", "bytes", "format"),
    *("role", "stopReason", "usage", "metrics", "trace", "output", "message", "reasoningText", "citations", "status"),
    *("citationsContent", "guardContent", "cachePoint", "document", "json", "messages", "system", "toolConfig"),
    *("tools", "toolSpec", "inputSchema", "messageStart", "contentBlockStart", "contentBlockDelta", "messageStop"),
    *("contentBlockStop", "metadata", "inputTokens"),
]
KINDS = ["messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata", "x"]
WORDS = st.sampled_from(["", "{}", "a", "server_tool_use"])
LEAVES = st.none() | st.booleans() | st.integers(-1, 2) | st.floats() | WORDS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)
DELTAS = st.fixed_dictionaries(
    {"contentBlockIndex": st.integers(0, 2)},
    optional={name: st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3) for name in ("delta", "start")},
)


@given(st.lists(st.tuples(st.sampled_from([*KINDS, "fooException"]), VALUES | DELTAS), max_size=8), st.booleans())
def test_reading_is_total(typed: list[Typed], streamed: bool) -> None:
    events = [Event(number, kind, "...", value, True) for number, (kind, value) in enumerate(typed)]
    check_laws(events, bedrock_converse.read(events, streamed=streamed))


@given(VALUES | st.fixed_dictionaries({"messages": st.lists(VALUES), "toolConfig": VALUES}))
def test_prompts_are_total(request: Json) -> None:
    assert isinstance(bedrock_converse.prompt(request), Prompt)


# From the file and back.


def test_an_edit_of_the_reply_changes_its_messages_and_their_checksums() -> None:
    stream = [START, *text(0, "Hel", "lo ", "wörld"), STOP, END]
    body = b"".join(event(kind, value) for kind, value in stream)
    source = Source(b64encode(body).decode())
    found = exchange(interaction(URL + "-stream", {"messages": []}, body, source))
    places = Places(found)

    edited = splice(source.text, lift_all([(places.channel(Channel(0, 0, "content")), Edit(Span(2, 8), "y, Wé"))]))
    again = exchange(interaction(URL + "-stream", {"messages": []}, b64decode(edited)))

    assert (found.protocol, found.framing, found.anomalies) == ("aws.bedrock.converse", "eventstream", ())
    assert found.prompt is not None
    assert found.prompt.model == "amazon.nova-lite-v1:0"
    assert again.reply is not None
    assert [part for each in again.reply.messages for part in each.parts] == [Text("Hey, Wérld")]
    assert again.anomalies == ()
    assert [frame.data for frame in again.frames[4:]] == [frame.data for frame in found.frames[4:]]


def test_a_stream_with_a_bad_checksum_is_shown_and_named() -> None:
    body = bytearray(b"".join(event(kind, value) for kind, value in [START, *text(0, "Hi"), STOP, END]))
    body[-1] ^= 1

    found = exchange(interaction(URL + "-stream", {"messages": []}, bytes(body)))

    assert found.reply is not None
    assert found.reply.messages[0].parts == (Text("Hi"),)
    assert [(each.code, each.event) for each in found.anomalies] == [("checksum-mismatch", 4)]


def test_real_recordings_have_no_anomaly(corpus: Path) -> None:
    seen = 0
    for found in recorded(corpus):
        if found.protocol == bedrock_converse.NAME:
            seen += 1
            # The request of one recording is no JSON (a value is missing in it); the responses have no fault.
            assert [each for each in found.anomalies if each.code != "request-not-json"] == []
            assert found.reply is not None
            assert found.reply.error is not None or found.reply.usage is not None
    assert seen >= 83
