"""Cohere's chat: which calls it is, what requests say in both versions, plain replies."""

import copy

import pytest
from reading import events_of, read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
    Usage,
)
from cassette_cli.protocols import cohere_chat, detect
from cassette_cli.protocols.base import Call

V1, V2 = "https://api.cohere.com/v1/chat", "https://api.cohere.com/v2/chat"
ASKS_V1: Json = {"message": "Hi"}
ASKS_V2: Json = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
PLAIN_V1: Json = {"response_id": "r", "generation_id": "g", "text": "Hello", "finish_reason": "COMPLETE"}
PLAIN_V2: Json = {
    "id": "c",
    "message": {"role": "assistant", "content": [{"type": "text", "text": "Hello"}]},
    "finish_reason": "COMPLETE",
}
STARTS_V2: Json = {"type": "message-start", "id": "c", "delta": {"message": {"role": "assistant"}}}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (V2, ASKS_V2, PLAIN_V2),
        (V2, ASKS_V2, STARTS_V2),
        (V2, ASKS_V2, None),
        (V2, ASKS_V2, {"id": "c", "message": "invalid api token"}),
        (V1, ASKS_V1, PLAIN_V1),
        (V1, ASKS_V1, None),
        (V1, ASKS_V1, {"is_finished": False, "event_type": "stream-start", "generation_id": "g"}),
        (V1, None, {"event_type": "text-generation", "text": "Hel"}),
        ("https://gateway.example/cohere", None, PLAIN_V2),
        ("/compat/chat", ASKS_V2, STARTS_V2),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is cohere_chat


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (V1, ASKS_V2, {"object": "chat.completion", "choices": [{"message": {"role": "assistant"}}]}),
        ("https://api.writer.com/v1/chat", ASKS_V2, None),
        (V2, None, None),
        (V2, ASKS_V2, {"choices": []}),
        ("http://localhost:11434/api/chat", ASKS_V2, {"message": {"role": "assistant", "content": ""}, "done": True}),
        ("https://api.anthropic.com/v1/messages", ASKS_V2, {"type": "message_start", "message": {}}),
        ("https://bedrock/model/cohere.command-r-v1:0/invoke", ASKS_V1, PLAIN_V1),
        ("", {}, {"event_type": "login", "text": "x"}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not cohere_chat.matches(Call("POST", url, request_, response))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"role": "system", "content": "Be terse."}, Message("system", (Text("Be terse."),))),
        ({"role": "user", "content": "Hi", "x": 1}, Message("user", (Text("Hi"),), extra={"x": 1})),
        (
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What?"},
                    {"type": "image_url", "image_url": {"url": "https://a.b/c"}},
                ],
            },
            Message("user", (Text("What?"), Media("image", uri="https://a.b/c"))),
        ),
        (
            {
                "role": "assistant",
                "tool_plan": "I will add.",
                "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a": 2}'}}],
            },
            Message("assistant", (Reasoning("I will add."), ToolCall("c1", "add", {"a": 2}, '{"a": 2}'))),
        ),
        (
            {"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "5"}]},
            Message("assistant", (Reasoning("Hm"), Text("5"))),
        ),
        ({"role": "assistant", "content": "5"}, Message("assistant", (Text("5"),))),
        (
            {"role": "tool", "tool_call_id": "c1", "content": "5"},
            Message("tool", (ToolCallResponse("c1", "5"),)),
        ),
        (
            {
                "role": "tool",
                "tool_call_id": "c1",
                "content": [
                    {"type": "document", "document": {"data": "5"}},
                    {"type": "document", "document": {"data": {}}},
                ],
            },
            Message(
                "tool",
                (
                    ToolCallResponse(
                        "c1", (Text("5"), Unknown("document", {"type": "document", "document": {"data": {}}}))
                    ),
                ),
            ),
        ),
        ("Hi", Message(None, (Unknown(None, "Hi"),))),
    ],
)
def test_messages_of_a_request(sent: Json, message: Message) -> None:
    assert cohere_chat.prompt({"model": "m", "messages": [sent]}).messages == (message,)


def test_a_request() -> None:
    function = {"name": "add", "description": "Add", "parameters": {"type": "object"}}
    sent = {**ASKS_V2, "tools": [{"type": "function", "function": function}], "documents": ["d"], "temperature": 0}
    kept = copy.deepcopy(sent)
    assert cohere_chat.prompt(sent) == Prompt(
        model="m",
        messages=(Message("user", (Text("Hi"),)),),
        tools=(Tool("add", "Add", {"type": "object"}),),
        parameters={"documents": ["d"], "temperature": 0},
    )
    assert sent == kept


def test_a_request_of_version_1() -> None:
    call = {"name": "add", "parameters": {"a": 2}}
    sent = {
        "model": "m",
        "preamble": "Be terse.",
        "chat_history": [
            {"role": "USER", "message": "2?", "user_name": "ann"},
            {"role": "CHATBOT", "message": "I will add.", "tool_calls": [call]},
            {"role": "TOOL", "tool_results": [{"call": call, "outputs": [{"sum": 5}]}]},
            {"role": "JUDGE", "message": "Five."},
            7,
        ],
        "message": "And 3?",
        "tools": [{"name": "add", "description": "Add", "parameter_definitions": {"a": {"type": "int"}}}],
        "tool_results": [{"call": call, "outputs": [{"sum": 6}]}],
        "temperature": 0,
    }
    assert cohere_chat.prompt(sent) == Prompt(
        model="m",
        messages=(
            Message("system", (Text("Be terse."),)),
            Message("user", (Text("2?"),), extra={"user_name": "ann"}),
            Message("assistant", (Text("I will add."), ToolCall(None, "add", {"a": 2}, '{"a":2}'))),
            Message("tool", (ToolCallResponse(None, '[{"sum":5}]', "add"),)),
            Message("JUDGE", (Text("Five."),)),
            Message(None, (Unknown(None, 7),)),
            Message("user", (Text("And 3?"),)),
            Message("tool", (ToolCallResponse(None, '[{"sum":6}]', "add"),)),
        ),
        tools=(Tool("add", "Add", {"a": {"type": "int"}}),),
        parameters={"temperature": 0},
    )


def said(*parts: Part, finish: str | None = "COMPLETE", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


CITED: Json = {"start": 0, "end": 1, "text": "5", "type": "TEXT_CONTENT"}
PLANNED: Json = {"start": 0, "end": 1, "text": "I", "type": "PLAN"}


@pytest.mark.parametrize(
    ("message", "parts", "extra"),
    [
        ({"content": [{"type": "text", "text": "5"}]}, (Text("5"),), {}),
        (
            {"content": [{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "5"}], "citations": [CITED]},
            (Reasoning("Hm"), Text("5", (CITED,))),
            {},
        ),
        (
            {
                "content": [{"type": "text", "text": "4"}, {"type": "text", "text": "5"}],
                "citations": [{**CITED, "content_index": 0}, {**CITED, "content_index": 7}],
            },
            (Text("4", ({**CITED, "content_index": 0},)), Text("5")),
            {"citations": [{**CITED, "content_index": 7}]},
        ),
        (
            {
                "tool_plan": "I add.",
                "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{}"}}],
                "citations": [PLANNED],
            },
            (Reasoning("I add."), ToolCall("c1", "add", {}, "{}")),
            {"citations": [PLANNED]},
        ),
        ({"content": [{"type": "text", "text": ""}], "tone": "dry"}, (Text(""),), {"tone": "dry"}),
    ],
)
def test_plain_replies(message: Json, parts: tuple[Part, ...], extra: dict[str, Json]) -> None:
    usage = {"billed_units": {"input_tokens": 3, "output_tokens": 4}, "tokens": {"input_tokens": 9, "output_tokens": 5}}
    whole = {"id": "c", "message": {"role": "assistant", **message}, "finish_reason": "COMPLETE", "usage": usage}
    reading = read(cohere_chat, [whole], streamed=False)
    assert reading.reply.messages == said(*parts, **extra)
    assert (reading.reply.id, reading.reply.model, reading.reply.complete) == ("c", None, True)
    assert reading.reply.usage == Usage(input_tokens=9, output_tokens=5, raw=usage)
    assert reading.anomalies == ()


@pytest.mark.parametrize(
    ("raw", "usage"),
    [
        (
            {"billed_units": {"input_tokens": 3.0, "output_tokens": 4}},
            Usage(input_tokens=3, output_tokens=4),
        ),
        (
            {"tokens": {"input_tokens": 9, "output_tokens": 5, "reasoning_tokens": 2}, "cached_tokens": 8},
            Usage(input_tokens=9, output_tokens=5, reasoning_tokens=2, cache_read_input_tokens=8),
        ),
        ({"tokens": {}}, Usage()),
    ],
)
def test_usage(raw: Json, usage: Usage) -> None:
    found = read(cohere_chat, [{**PLAIN_V2, "usage": raw}], streamed=False).reply.usage
    assert found == Usage(**{name: getattr(usage, name) for name in Usage.__slots__ if name != "raw"}, raw=raw)


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        ({"content": [{"type": "audio", "audio": "x"}]}, ["unknown-part"]),
        ({"tool_calls": [{"function": {"name": "f", "arguments": {"a": 1}}}]}, ["arguments-not-text", "id-missing"]),
        (
            {"tool_calls": [{"id": "c", "function": {"arguments": "{"}}, {"id": "c", "function": {"name": "f"}}]},
            ["name-missing", "id-not-unique", "arguments-not-json"],
        ),
    ],
)
def test_awkward_plain_replies(message: Json, codes: list[str]) -> None:
    whole = {**PLAIN_V2, "message": {"role": "assistant", **message}}
    assert [code for code, _ in short(read(cohere_chat, [whole], streamed=False))] == codes


def test_a_plain_reply_of_version_1() -> None:
    meta = {"billed_units": {"input_tokens": 3, "output_tokens": 4}, "warnings": ["old"]}
    whole = {
        **PLAIN_V1,
        "chat_history": [{"role": "USER", "message": "Hi"}, {"role": "CHATBOT", "message": "Hello"}],
        "tool_calls": [{"name": "add", "parameters": {"a": 2}}],
        "citations": [CITED],
        "documents": [{"id": "d"}],
        "meta": meta,
    }
    reading = read(cohere_chat, [whole], streamed=False)
    call = ToolCall(None, "add", {"a": 2}, '{"a":2}')
    assert reading.reply.messages == said(Text("Hello", (CITED,)), call, documents=[{"id": "d"}])
    assert reading.reply.usage == Usage(input_tokens=3, output_tokens=4, raw=meta)
    assert (reading.reply.id, reading.reply.complete, reading.anomalies) == ("g", True, ())
    assert [(echo.text, echo.route) for echo in reading.echoes] == [("Hello", ("chat_history", 1, "message"))]


def test_errors() -> None:
    refused = read(cohere_chat, [{"id": "c", "message": "invalid api token"}], streamed=False)
    assert refused.reply.error == {"id": "c", "message": "invalid api token"}
    assert (refused.reply.messages, refused.anomalies) == ((), ())
    page = cohere_chat.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())
