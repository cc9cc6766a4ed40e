"""AWS Bedrock's InvokeModel: whose format a call is in, requests, replies plain and wrapped, and the way back."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path

import pytest
from bedrock_events import Typed, chunk, interaction, read_typed, recorded
from hypothesis import given
from hypothesis import strategies as st
from reading import check_laws, read, short

from cassette_cli.conversation import (
    Channel,
    Json,
    Layer,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    Text,
    Tool,
    ToolCall,
    Unknown,
    Usage,
)
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.exchange import Places, exchange
from cassette_cli.protocols import bedrock_invoke, detect
from cassette_cli.protocols.base import Call, Event
from samples.make.eventstream import event

URL = "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-haiku-4-5-v1%3A0/invoke"
STREAM = f"{URL}-with-response-stream"
ASKS = {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}
CHAT = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}]}


@pytest.mark.parametrize(
    ("url", "request_", "response", "expected"),
    [
        (URL, ASKS, None, True),
        (STREAM, ASKS, {"bytes": "e30="}, True),
        (URL, {"messages": [{"role": "user", "content": "Hi"}]}, CHAT, True),
        (f"https://gateway.example/model/arn:aws:bedrock:us-east-1:1:inference-profile/x/invoke{''}", ASKS, CHAT, True),
        (URL.replace("/invoke", "/converse"), ASKS, None, False),
        ("https://example.com/invoke", ASKS, None, False),
        ("https://gateway.example/stream", ASKS, {"bytes": "e30=", "p": "abc"}, True),
        ("https://gateway.example/stream", ASKS, {"bytes": "SGk=", "p": "abc"}, False),
        ("https://gateway.example/stream", ASKS, {"bytes": "e30=", "name": "a.json"}, False),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json, *, expected: bool) -> None:
    call = Call("POST", url, request_, response)

    assert bedrock_invoke.matches(call) is expected
    assert (detect(call) is bedrock_invoke) is expected


# Requests.


def user(text: str) -> tuple[Message, ...]:
    return (Message("user", (Text(text),)),)


@pytest.mark.parametrize(
    ("request_", "prompt"),
    [
        (ASKS, Prompt(messages=user("Hi"), parameters={"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9})),
        (
            {"schemaVersion": "messages-v1", "messages": [{"role": "user", "content": [{"text": "Hi"}]}]},
            Prompt(messages=user("Hi"), parameters={"schemaVersion": "messages-v1"}),
        ),
        (
            {
                "messages": [{"role": "user", "content": "Hi"}],
                "tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}],
                "max_tokens": 9,
            },
            Prompt(messages=user("Hi"), tools=(Tool("f", parameters={}),), parameters={"max_tokens": 9}),
        ),
        ({"prompt": "Hi", "max_gen_len": 9}, Prompt(messages=user("Hi"), parameters={"max_gen_len": 9})),
        (
            {"inputText": "Hi", "textGenerationConfig": {"maxTokenCount": 9}},
            Prompt(messages=user("Hi"), parameters={"textGenerationConfig": {"maxTokenCount": 9}}),
        ),
        (
            {
                "taskType": "SINGLE_EMBEDDING",
                "singleEmbeddingParams": {"text": {"value": "Hi", "truncationMode": "END"}},
            },
            Prompt(
                messages=user("Hi"),
                parameters={
                    "taskType": "SINGLE_EMBEDDING",
                    "singleEmbeddingParams": {"text": {"truncationMode": "END"}},
                },
            ),
        ),
        (
            {"texts": ["a", "b"], "input_type": "search_query"},
            Prompt(messages=(*user("a"), *user("b")), parameters={"input_type": "search_query"}),
        ),
        (
            {
                "message": "And now?",
                "preamble": "Be terse.",
                "chat_history": [{"role": "USER", "message": "Hi"}, {"role": "CHATBOT", "message": "Ho", "x": 1}, {}],
                "p": 0.5,
            },
            Prompt(
                messages=(
                    Message("system", (Text("Be terse."),)),
                    *user("Hi"),
                    Message("assistant", (Text("Ho"),), extra={"x": 1}),
                    Message(None, (Unknown(None, {}),)),
                    *user("And now?"),
                ),
                parameters={"p": 0.5},
            ),
        ),
        ({"hello": 1}, Prompt(parameters={"hello": 1})),
        ({"prompt": 5, "texts": []}, Prompt(parameters={"prompt": 5, "texts": []})),
        ([], Prompt(parameters={})),
        (None, Prompt(parameters={})),
    ],
)
def test_requests(request_: Json, prompt: Prompt) -> None:
    assert bedrock_invoke.prompt(request_) == prompt


# Replies of models that complete a text, plain.


@pytest.mark.parametrize(
    ("body", "messages", "usage"),
    [
        (
            {
                "inputTextTokenCount": 5,
                "results": [{"tokenCount": 1, "outputText": "Hi", "completionReason": "FINISH"}],
            },
            (Message(None, (Text("Hi"),), "FINISH"),),
            Usage(input_tokens=5, output_tokens=1, raw={"inputTextTokenCount": 5, "tokenCount": 1}),
        ),
        (
            {"generation": "Hi", "prompt_token_count": 5, "generation_token_count": 1, "stop_reason": "stop"},
            (Message(None, (Text("Hi"),), "stop"),),
            Usage(input_tokens=5, output_tokens=1, raw={"prompt_token_count": 5, "generation_token_count": 1}),
        ),
        (
            {"outputs": [{"text": "Hi", "stop_reason": "length"}, {"text": "Ho", "stop_reason": "stop"}]},
            (Message(None, (Text("Hi"),), "length"), Message(None, (Text("Ho"),), "stop")),
            None,
        ),
        (
            {"id": "r1", "generations": [{"id": "g1", "text": "Hi", "finish_reason": "COMPLETE"}], "prompt": "Say hi"},
            (Message(None, (Text("Hi"),), "COMPLETE", {"id": "g1", "prompt": "Say hi"}),),
            None,
        ),
        (
            {
                "id": 1234,
                "prompt": {"text": "Say hi"},
                "completions": [
                    {"data": {"text": "Hi", "tokens": [1]}, "finishReason": {"reason": "length", "length": 9}}
                ],
            },
            (
                Message(
                    None,
                    (Text("Hi"),),
                    "length",
                    {
                        "data": {"tokens": [1]},
                        "finishReason": {"length": 9},
                        "id": 1234,
                        "prompt": {"text": "Say hi"},
                    },
                ),
            ),
            None,
        ),
        (
            {"completion": " Hi", "stop_reason": "stop_sequence", "stop": "\n\nHuman:"},
            (Message(None, (Text(" Hi"),), "stop_sequence", {"stop": "\n\nHuman:"}),),
            None,
        ),
        (
            {
                "object": "text_completion",
                "choices": [{"text": "Hi", "finish_reason": "length", "index": 0, "logprobs": None}],
                "usage": {"prompt_tokens": 6, "completion_tokens": 100, "total_tokens": 106},
            },
            (Message(None, (Text("Hi"),), "length", {"object": "text_completion"}),),
            Usage(
                input_tokens=6,
                output_tokens=100,
                total_tokens=106,
                raw={"prompt_tokens": 6, "completion_tokens": 100, "total_tokens": 106},
            ),
        ),
        (
            {"text": "Hi", "generation_id": "g", "finish_reason": "COMPLETE", "chat_history": [1]},
            (Message(None, (Text("Hi"),), "COMPLETE", {"generation_id": "g", "chat_history": [1]}),),
            None,
        ),
        (
            {
                "text": "I add.",
                "finish_reason": "COMPLETE",
                "tool_calls": [{"name": "add", "parameters": {"a": 2}}],
            },
            (Message(None, (Text("I add."), ToolCall(None, "add", {"a": 2}, '{"a":2}')), "COMPLETE"),),
            None,
        ),
        (
            {"results": [{"index": 1, "relevance_score": 0.9}]},
            (Message(None, (Unknown("rerank", {"index": 1, "relevance_score": 0.9}),)),),
            None,
        ),
    ],
)
def test_completions(body: Json, messages: tuple[Message, ...], usage: Usage | None) -> None:
    reading = read(bedrock_invoke, [body], streamed=False)

    assert reading.reply.messages == messages
    assert reading.reply.usage == usage
    assert reading.anomalies == ()


PNG = b64encode(b"\x89PNG").decode()


@pytest.mark.parametrize(
    ("body", "parts", "extra"),
    [
        (
            {"embedding": [0.1, 0.2], "embeddingsByType": {"float": [0.1, 0.2]}},
            [Unknown("embedding", {"dimensions": 2}), Unknown("embedding", {"dimensions": 2})],
            {"parts": {"1": {"type": "float"}}},
        ),
        (
            {"embeddings": [[0.1], [0.2]], "texts": ["a", "b"]},
            [Unknown("embedding", {"dimensions": 1}), Unknown("embedding", {"dimensions": 1})],
            {"texts": ["a", "b"]},
        ),
        (
            {"embeddings": {"int8": [[1], [2]]}},
            [Unknown("embedding", {"dimensions": 1}), Unknown("embedding", {"dimensions": 1})],
            {"parts": {"0": {"type": "int8"}, "1": {"type": "int8"}}},
        ),
        (
            {"embeddings": [{"embeddingType": "TEXT", "embedding": [0.1, 0.2, 0.3]}]},
            [Unknown("embedding", {"dimensions": 3})],
            {"parts": {"0": {"embeddingType": "TEXT"}}},
        ),
        ({"images": [PNG, 5], "error": None}, [Media("image", None, 4), Unknown("image", 5)], None),
        (
            {"result": "success", "artifacts": [{"base64": PNG, "finishReason": "SUCCESS"}]},
            [Media("image", None, 4)],
            {"parts": {"0": {"finishReason": "SUCCESS"}}, "result": "success"},
        ),
    ],
)
def test_vectors_and_images(body: Json, parts: list[Part], extra: Json) -> None:
    reading = read(bedrock_invoke, [body], streamed=False)

    assert reading.reply.messages == (Message(None, tuple(parts), None, extra),)
    assert reading.anomalies == ()


@pytest.mark.parametrize(
    ("body", "error"),
    [({"message": "no access"}, {"message": "no access"}), ({"images": None, "error": "blocked"}, "blocked")],
)
def test_errors(body: Json, error: Json) -> None:
    reading = read(bedrock_invoke, [body], streamed=False)

    assert (reading.reply.error, reading.reply.messages, reading.anomalies) == (error, (), ())


@pytest.mark.parametrize(
    ("body", "anomaly"),
    [({"hello": 1}, "unknown-event"), ([1], "unknown-event"), ({"outputs": [{"text": "a"}]}, "finish-reason-missing")],
)
def test_replies_that_are_odd(body: Json, anomaly: str) -> None:
    assert short(read(bedrock_invoke, [body], streamed=False)) == [(anomaly, 0)]


# The formats that other protocols have, too, in Bedrock's wrapping.

METRICS = {"inputTokenCount": 3, "outputTokenCount": 2, "invocationLatency": 9, "firstByteLatency": 5}
OWN = {"amazon-bedrock-invocationMetrics": METRICS}
ANTHROPIC: list[Json] = [
    {"type": "message_start", "message": {"id": "m1", "model": "claude", "role": "assistant", "content": [],
                                          "usage": {"input_tokens": 3, "output_tokens": 1}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "tool_use", "id": "t1", "name": "add"}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": '{"a"'}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": ": 2}"}},
    {"type": "content_block_stop", "index": 0},
    {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 2}},
    {"type": "message_stop", **OWN},
]  # fmt: skip
NOVA: list[Json] = [
    {"messageStart": {"role": "assistant"}},
    {"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": "Hel"}}, "amazon-bedrock-guardrailAction": "NONE"},
    {"contentBlockStop": {"contentBlockIndex": 0}},
    {"contentBlockDelta": {"contentBlockIndex": 1, "delta": {"text": "lo"}}, "amazon-bedrock-guardrailAction": "NONE"},
    {"contentBlockStop": {"contentBlockIndex": 1}},
    {"messageStop": {"stopReason": "end_turn"}},
    {"metadata": {"usage": {"inputTokens": 3, "outputTokens": 2}, "metrics": {}, "trace": {}}, **OWN},
]
OPENAI: list[Json] = [
    {"id": "c1", "object": "chat.completion.chunk", "model": "gpt",
     "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Hel"}, "finish_reason": None}]},
    {"id": "c1", "object": "chat.completion.chunk", "model": "gpt",
     "choices": [{"index": 0, "delta": {"content": "lo"}, "finish_reason": "stop"}], **OWN},
]  # fmt: skip
METRICS_AS_USAGE = Usage(input_tokens=3, output_tokens=2, raw=METRICS)


@pytest.mark.parametrize(
    ("values", "message", "usage"),
    [
        (
            ANTHROPIC,
            Message("assistant", (ToolCall("t1", "add", {"a": 2}, '{"a": 2}'),), "tool_use", OWN),
            Usage(input_tokens=3, output_tokens=2, raw={"input_tokens": 3, "output_tokens": 2}),
        ),
        (
            NOVA,
            Message("assistant", (Text("Hello"),), "end_turn", {"amazon-bedrock-guardrailAction": "NONE", **OWN}),
            Usage(input_tokens=3, output_tokens=2, raw={"inputTokens": 3, "outputTokens": 2}),
        ),
        (OPENAI, Message("assistant", (Text("Hello"),), "stop", OWN), METRICS_AS_USAGE),
        (
            [
                {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hel"}, "stop_reason": None}]},
                {"choices": [{"index": 0, "message": {"content": "lo"}, "stop_reason": "length"}], **OWN},
            ],
            Message("assistant", (Text("Hello"),), "length", OWN),
            METRICS_AS_USAGE,
        ),
        (
            [
                {"outputText": "Hel", "index": 0.0, "inputTextTokenCount": 3.0},
                {"outputText": "lo", "index": 0.0, "totalOutputTextTokenCount": 2.0, "completionReason": "FINISH"},
            ],
            Message(None, (Text("Hello"),), "FINISH"),
            Usage(input_tokens=3, output_tokens=2, raw={"inputTextTokenCount": 3.0, "totalOutputTextTokenCount": 2.0}),
        ),
        (
            [
                {"generation": "Hel", "prompt_token_count": 3, "generation_token_count": 1, "stop_reason": None},
                {"generation": "lo", "prompt_token_count": None, "generation_token_count": 2, "stop_reason": "stop"},
            ],
            Message(None, (Text("Hello"),), "stop"),
            Usage(input_tokens=3, output_tokens=2, raw={"prompt_token_count": 3, "generation_token_count": 2}),
        ),
        (
            [{"outputs": [{"text": "Hel", "stop_reason": None}]}, {"outputs": [{"text": "lo", "stop_reason": "stop"}]}],
            Message(None, (Text("Hello"),), "stop"),
            None,
        ),
        (
            [
                {"text": "Hel", "is_finished": False, "index": 0},
                {"text": "lo", "is_finished": False, "index": 0},
                {"is_finished": True, "finish_reason": "COMPLETE", **OWN},
            ],
            Message(None, (Text("Hello"),), "COMPLETE", OWN),
            METRICS_AS_USAGE,
        ),
        (
            [{"completion": "Hel", "stop_reason": None}, {"completion": "lo", "stop_reason": "max_tokens"}, OWN],
            Message(None, (Text("Hello"),), "max_tokens", OWN),
            METRICS_AS_USAGE,
        ),
    ],
)
def test_streams(values: Sequence[Json], message: Message, usage: Usage | None) -> None:
    reading = read_typed(bedrock_invoke, [chunk(value) for value in values])

    assert reading.reply.messages == (message,)
    assert reading.reply.usage == usage
    assert reading.reply.complete
    assert reading.anomalies == ()


def test_plain_replies_of_the_same_formats() -> None:
    answer = {"type": "message", "role": "assistant", "content": [{"type": "thinking", "thinking": "Hm"}], **OWN}
    nova = {"output": {"message": {"role": "assistant", "content": [{"text": "Hi"}]}}, "stopReason": "end_turn"}
    mistral = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "stop_reason": "stop"}]}

    assert [read(bedrock_invoke, [body], streamed=False).reply.messages for body in (answer, nova, CHAT, mistral)] == [
        (Message("assistant", (Reasoning("Hm"),), None, OWN),),
        (Message("assistant", (Text("Hi"),), "end_turn"),),
        (Message("assistant", (Text("Hi"),), "stop"),),
        (Message("assistant", (Text("Hi"),), "stop"),),
    ]


def test_a_route_leads_through_the_wrapping() -> None:
    reading = read_typed(bedrock_invoke, [chunk(value) for value in ANTHROPIC])

    assert [delta.route for delta in reading.deltas] == [
        ("bytes", Layer.BASE64, Layer.JSON, "delta", "partial_json")
    ] * 2


EXCEPTION: Typed = ("modelStreamErrorException", {"message": "no", "originalStatusCode": 500})


@pytest.mark.parametrize("values", [ANTHROPIC[:4], NOVA[:2], OPENAI[:1], [{"outputText": "a", "index": 0}], []])
def test_an_exception_in_a_stream(values: Sequence[Json]) -> None:
    reading = read_typed(bedrock_invoke, [*map(chunk, values), EXCEPTION])

    assert reading.reply.error == {"__type": EXCEPTION[0], **EXCEPTION[1]}
    assert ("error-event", len(values)) in short(reading)
    assert not {"stream-cut-off", "stream-empty"} & {code for code, _ in short(reading)}
    assert not reading.reply.complete


DONE = chunk({"completion": "a", "stop_reason": "stop"})


@pytest.mark.parametrize(
    ("events", "anomalies"),
    [
        ([], [("stream-empty", None)]),
        ([chunk(value) for value in ANTHROPIC[:4]], [("stream-cut-off", 3)]),
        ([chunk(value) for value in NOVA[:3]], [("stream-cut-off", 2)]),
        ([chunk({"outputText": "a"})], [("stream-cut-off", 0)]),
        ([DONE, chunk({"completion": "b"})], [("content-after-finish", 1)]),
        ([("chunk", {"bytes": "!", "p": ""}), DONE], [("data-not-json", 0)]),
        ([("chunk", {"bytes": 5}), DONE], [("data-not-json", 0)]),
        ([chunk("{no"), DONE], [("data-not-json", 0)]),
        ([chunk({"hello": 1}), DONE], [("unknown-event", 0)]),
        ([chunk([1]), DONE], [("unknown-event", 0)]),
    ],
)
def test_streams_that_are_odd(events: Sequence[Typed], anomalies: list[tuple[str, int | None]]) -> None:
    assert short(read_typed(bedrock_invoke, events)) == anomalies


# Laws.

NAMES = [
    *(
        "bytes",
        "p",
        "type",
        "message",
        "messages",
        "content",
        "delta",
        "text",
        "choices",
        "index",
        "usage",
        "outputText",
    ),
    *("results", "generation", "generations", "outputs", "completions", "completion", "data", "finishReason", "reason"),
    *("finish_reason", "stop_reason", "completionReason", "embedding", "embeddings", "embeddingsByType", "images"),
    *("artifacts", "base64", "error", "output", "contentBlockDelta", "amazon-bedrock-invocationMetrics", "prompt"),
    *("inputText", "texts", "singleEmbeddingParams", "value", "chat_history", "anthropic_version", "id", "model"),
    *("tool_calls", "parameters", "name"),
]
WORDS = st.sampled_from(["", "e30=", "eyJvdXRwdXRUZXh0IjogImEifQ==", "message_start", "a"])
LEAVES = st.none() | st.booleans() | st.integers(-1, 2) | st.floats() | WORDS
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)


@given(st.lists(VALUES, max_size=5), st.booleans(), st.booleans())
def test_reading_is_total(values: list[Json], wraps: bool, streamed: bool) -> None:
    events = []
    for number, value in enumerate(values):
        kind, payload = chunk(value) if wraps else ("chunk", value)
        events.append(Event(number, kind, json.dumps(payload), payload, True))

    check_laws(events, bedrock_invoke.read(events, streamed=streamed))


@given(VALUES | st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_prompts_are_total(request: Json) -> None:
    assert isinstance(bedrock_invoke.prompt(request), Prompt)


# From the file and back.


@pytest.mark.parametrize(
    ("values", "channel", "edit", "parts"),
    [
        (
            ANTHROPIC,
            Channel(0, 0, "arguments_text"),
            Edit(Span(2, 6), 'é\\n": '),
            (ToolCall("t1", "add", {"é\n": 2}, '{"é\\n": 2}'),),
        ),
        (NOVA, Channel(0, 0, "content"), Edit(Span(1, 4), "ey, sa"), (Text("Hey, sao"),)),
        (OPENAI, Channel(0, 0, "content"), Edit(Span(1, 5), ""), (Text("H"),)),
    ],
)
def test_an_edit_goes_through_base64(
    values: Sequence[Json], channel: Channel, edit: Edit[str], parts: tuple[Part, ...]
) -> None:
    body = b"".join(event(*chunk(value)) for value in values)
    source = Source(b64encode(body).decode())
    found = exchange(interaction(STREAM, ASKS, body, source))

    edited = splice(source.text, lift_all([(Places(found).channel(channel), edit)]))
    again = exchange(interaction(STREAM, ASKS, b64decode(edited)))

    assert again.reply is not None
    assert found.reply is not None
    assert again.reply.messages[0].parts == parts
    assert (again.reply.usage, again.anomalies) == (found.reply.usage, ())
    assert sum(one.data != other.data for one, other in zip(found.frames, again.frames, strict=True)) <= 2


def test_a_place_has_one_lens() -> None:
    body = b"".join(event(*chunk(value)) for value in ANTHROPIC)
    places = Places(exchange(interaction(STREAM, ASKS, body)))
    inside = ("bytes", Layer.BASE64, Layer.JSON, "delta", "partial_json")

    assert places.lens_at(2, inside) is places.lens_at(2, inside)
    assert places.lens_at(2, ("bytes", Layer.BASE64)) is places.lens_at(2, ("bytes", Layer.BASE64))
    assert places.lens_at(2, ("bytes", Layer.BASE64, Layer.JSON, "nothing")) is None
    assert places.lens_at(2, ("nothing", Layer.BASE64)) is None
    found = places.lens_at(2, inside)
    assert found is not None
    assert found.text == '{"a"'


def test_real_recordings_have_no_anomaly(corpus: Path) -> None:
    seen = 0
    for found in recorded(corpus):
        if found.protocol == bedrock_invoke.NAME:
            seen += 1
            assert found.anomalies == ()
            assert found.prompt is not None
            assert found.prompt.model is not None
            assert found.prompt.messages
            places = Places(found)
            for delta in found.reading.deltas if found.reading else ():
                lens = places.lens_of(delta)
                assert (lens is None) == (delta.route is None)
    assert seen >= 50
