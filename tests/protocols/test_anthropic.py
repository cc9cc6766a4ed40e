"""Anthropic messages: which calls they are, what requests say, plain replies."""

import pytest
from reading import read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
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
from cassette_cli.protocols import anthropic, detect
from cassette_cli.protocols.base import Call

ASKS: Json = {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 5}
PLAIN: Json = {"type": "message", "role": "assistant", "content": []}
START: Json = {"type": "message_start", "message": {}}
ERROR: Json = {"type": "error", "error": {"type": "not_found_error"}}
VERTEX = "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/m"


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://api.anthropic.com/v1/messages", ASKS, PLAIN),
        ("https://api.anthropic.com/v1/messages?beta=true", ASKS, START),
        ("https://x.services.ai.azure.com/anthropic/v1/messages", ASKS, None),
        ("/v1/messages", None, ERROR),
        (f"{VERTEX}:rawPredict", {**ASKS, "anthropic_version": "vertex-2023-10-16"}, {"error": {"code": 400}}),
        (f"{VERTEX}:streamRawPredict", None, START),
        ("", None, PLAIN),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    call = Call("POST", url, request_, response)
    assert anthropic.matches(call)
    assert detect(call) is anthropic


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://api.anthropic.com/v1/messages/count_tokens", ASKS, {"input_tokens": 9}),
        ("https://api.anthropic.com/v1/messages/batches", {"requests": []}, {"type": "message_batch"}),
        ("https://api.openai.com/v1/threads/t/messages", {"role": "user"}, {"object": "thread.message"}),
        ("https://bedrock/model/anthropic.claude-3/invoke", {**ASKS, "anthropic_version": "b"}, PLAIN),
        ("https://chat.example.com/v1/messages", None, {"result": "success"}),
        ("https://api.openai.com/v1/responses", None, {"output": [{"type": "message"}]}),
        ("", ASKS, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not anthropic.matches(Call("POST", url, request_, response))


PNG: Json = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aGVsbG8="}}


@pytest.mark.parametrize(
    ("block", "part"),
    [
        ({"type": "text", "text": "Hi", "citations": [{"u": 1}]}, Text("Hi", ({"u": 1},))),
        ({"type": "thinking", "thinking": "Hm", "signature": "s"}, Reasoning("Hm", signature="s")),
        ({"type": "redacted_thinking", "data": "x"}, Reasoning("", encrypted="x")),
        ({"type": "tool_use", "id": "t", "name": "f", "input": {"a": 1}}, ToolCall("t", "f", {"a": 1}, '{"a":1}')),
        ({"type": "tool_use", "id": "t", "name": "f"}, ToolCall("t", "f", {}, "")),
        (
            {"type": "server_tool_use", "id": "t", "name": "f", "input": {}},
            ServerToolCall("t", "f", {}, "{}", "server_tool_use"),
        ),
        ({"type": "tool_result", "tool_use_id": "t", "content": "5"}, ToolCallResponse("t", "5")),
        ({"type": "tool_result", "tool_use_id": "t"}, ToolCallResponse("t", ())),
        ({"type": "tool_result", "tool_use_id": "t", "content": 5}, ToolCallResponse("t", (Unknown(None, 5),))),
        (
            {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "text", "text": "5"}, PNG]},
            ToolCallResponse("t", (Text("5"), Media("image", "image/png", 5))),
        ),
        (
            {"type": "tool_result", "tool_use_id": "t", "content": [{"type": "tool_result", "tool_use_id": "u"}]},
            ToolCallResponse("t", (Unknown("tool_result", {"type": "tool_result", "tool_use_id": "u"}),)),
        ),
        (
            {"type": "web_fetch_tool_result", "tool_use_id": "t", "content": {"url": "u"}},
            ServerToolCallResponse("t", {"content": {"url": "u"}}, "web_fetch_tool_result"),
        ),
        (PNG, Media("image", "image/png", 5)),
        ({"type": "image", "source": {"type": "url", "url": "https://e.com/a"}}, Media("image", uri="https://e.com/a")),
        ({"type": "document", "source": {"type": "file", "file_id": "file_1"}}, Media("file", uri="file_1")),
        (
            {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "Grüße"}},
            Media("file", "text/plain", 7),
        ),
        ({"type": "container_upload", "file_id": "file_1"}, Media("file", uri="file_1")),
        ({"type": "document", "source": {}}, Unknown("document", {"type": "document", "source": {}})),
        ({"type": "search_result", "title": "T"}, Unknown("search_result", {"type": "search_result", "title": "T"})),
        ({"type": "thinking", "thinking": 5}, Unknown("thinking", {"type": "thinking", "thinking": 5})),
        ("Hi", Text("Hi")),
        (7, Unknown(None, 7)),
    ],
)
def test_blocks_of_a_request(block: Json, part: Json) -> None:
    prompt = anthropic.prompt({"messages": [{"role": "user", "content": [block]}]})
    assert prompt.messages == (Message("user", (part,)),)


def test_a_request() -> None:
    schema = {"type": "object"}
    request = {
        "model": "m",
        "max_tokens": 5,
        "system": [{"type": "text", "text": "Be terse.", "cache_control": {"type": "ephemeral"}}],
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "is_error": True}]},
            "odd",
        ],
        "tools": [
            {"name": "add", "description": "Adds", "input_schema": schema, "strict": True},
            {"type": "custom", "name": "mul", "input_schema": schema},
            {"type": "web_search_20250305", "name": "web_search", "max_uses": 5},
        ],
        "thinking": {"type": "enabled"},
    }
    assert anthropic.prompt(request) == Prompt(
        model="m",
        messages=(
            Message("system", (Text("Be terse."),), extra={"content": {"0": {"cache_control": {"type": "ephemeral"}}}}),
            Message("user", (Text("Hi"),)),
            Message("user", (ToolCallResponse("t", ()),), extra={"content": {"0": {"is_error": True}}}),
            Message(None, (Unknown(None, "odd"),)),
        ),
        tools=(
            Tool("add", "Adds", schema, extra={"strict": True}),
            Tool("mul", parameters=schema),
            Tool("web_search", kind="web_search_20250305", extra={"max_uses": 5}),
        ),
        parameters={"max_tokens": 5, "thinking": {"type": "enabled"}},
    )


def test_the_system_prompt_as_text() -> None:
    assert anthropic.prompt({"system": "Be terse."}) == Prompt(
        messages=(Message("system", (Text("Be terse."),)),), parameters={}
    )


@pytest.mark.parametrize("request_", [None, [], "Hi", {}])
def test_no_request(request_: Json) -> None:
    assert anthropic.prompt(request_) == Prompt(parameters={})


def test_a_plain_reply() -> None:
    usage = {"input_tokens": 9, "output_tokens": 3}
    body = {
        "id": "msg",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": [
            {"type": "thinking", "thinking": "Hm", "signature": "s"},
            {"type": "text", "text": "Hi", "citations": None},
            {"type": "tool_use", "id": "t", "name": "f", "input": {"a": 1.0, "b": "ü"}, "caller": {"type": "direct"}},
            {"type": "dream"},
        ],
        "stop_reason": "tool_use",
        "stop_sequence": None,
        "container": {"id": "c"},
        "usage": usage,
    }
    reading = read(anthropic, [body], streamed=False)
    parts = (
        Reasoning("Hm", signature="s"),
        Text("Hi"),
        ToolCall("t", "f", {"a": 1.0, "b": "ü"}, '{"a":1.0,"b":"ü"}'),
        Unknown("dream", {"type": "dream"}),
    )
    extra = {"container": {"id": "c"}, "content": {"2": {"caller": {"type": "direct"}}}}
    assert reading.reply.messages == (Message("assistant", parts, "tool_use", extra),)
    assert (reading.reply.id, reading.reply.model, reading.reply.complete) == ("msg", "m", True)
    assert reading.reply.usage == Usage(input_tokens=9, output_tokens=3, raw=usage)
    assert short(reading) == [("unknown-part", 0)]
    assert [delta.route for delta in reading.deltas] == [
        ("content", 0, "thinking"),
        ("content", 0, "signature"),
        ("content", 1, "text"),
        None,
    ]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (ERROR, {"type": "not_found_error"}),
        ({"error": {"code": 400}}, {"code": 400}),
        ([{"error": {"code": 400}}], {"code": 400}),
        ({"message": "no"}, {"message": "no"}),
    ],
)
def test_error_bodies(body: Json, error: Json) -> None:
    reading = read(anthropic, [body], streamed=False)
    assert reading.reply.error == error
    assert reading.reply.messages == ()
    assert short(reading) == []
