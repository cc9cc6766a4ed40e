"""Chat completions: which calls they are, what requests say, plain replies."""

import copy

import pytest
from reading import events_of, read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Prompt,
    Reasoning,
    Refusal,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
    Usage,
)
from cassette_cli.protocols import detect, openai_chat
from cassette_cli.protocols.base import Call

ASKS: Json = {"messages": [{"role": "user", "content": "Hi"}]}
PLAIN: Json = {"object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assistant"}}]}
CHUNK: Json = {"object": "chat.completion.chunk", "choices": []}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://api.openai.com/v1/chat/completions", ASKS, PLAIN),
        ("https://api.openai.com/v1/chat/completions", None, None),
        ("https://x.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21", ASKS, None),
        ("https://models.inference.ai.azure.com/models/chat/completions", ASKS, None),
        ("https://openrouter.ai/api/v1/chat/completions", ASKS, CHUNK),
        ("https://api.groq.com/openai/v1/chat/completions", ASKS, CHUNK),
        ("https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", ASKS, CHUNK),
        ("https://api.perplexity.ai/chat/completions", ASKS, {"error": {"message": "no"}}),
        ("<API_BASE>/chat/completions/", ASKS, CHUNK),
        ("/v1/chat/completions", ASKS, CHUNK),
        ("https://api.writer.com/v1/chat", ASKS, PLAIN),
        ("https://api.mistral.ai/v1/agents/completions", ASKS, {"choices": [{"index": 0, "message": {}}]}),
        ("", None, CHUNK),
        ("", ASKS, {"choices": [{"delta": {}}]}),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    call = Call("POST", url, request_, response)
    assert openai_chat.matches(call)
    assert detect(call) is openai_chat


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("GET", "https://api.openai.com/v1/chat/completions", None, {"object": "list", "data": []}),
        ("POST", "https://api.openai.com/v1/completions", {"prompt": "Hi"}, {"choices": [{"text": "Hello"}]}),
        ("POST", "https://api.openai.com/v1/responses", {"input": "Hi"}, {"object": "response", "output": []}),
        ("POST", "https://api.cohere.com/v2/chat", ASKS, {"message": {"role": "assistant"}}),
        ("POST", "http://localhost:11434/api/chat", ASKS, {"message": {"role": "assistant"}, "done": True}),
        ("POST", "https://bedrock/model/qwen.qwen3/invoke", ASKS, PLAIN),
        ("POST", "https://example.com/", {"choices": []}, {"choices": [1, 2]}),
        ("", "", None, None),
    ],
)
def test_other_calls(method: str, url: str, request_: Json, response: Json) -> None:
    assert not openai_chat.matches(Call(method, url, request_, response))


PNG = "data:image/png;base64,aGVsbG8="


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"role": "system", "content": "Be terse."}, Message("system", (Text("Be terse."),))),
        ({"role": "developer", "content": "Be terse."}, Message("developer", (Text("Be terse."),))),
        ({"role": "user", "content": "Hi", "name": "ann"}, Message("user", (Text("Hi"),), extra={"name": "ann"})),
        ({"role": "user", "content": ""}, Message("user", ())),
        (
            {"role": "assistant", "content": "One", "prefix": False, "weight": 0},
            Message("assistant", (Text("One"),), extra={"prefix": False, "weight": 0}),
        ),
        (
            {
                "role": "assistant",
                "content": None,
                "reasoning_content": "Hm",
                "refusal": "No",
                "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
            },
            Message("assistant", (Reasoning("Hm"), Refusal("No"), ToolCall("c1", "f", {}, "{}"))),
        ),
        (
            {"role": "assistant", "function_call": {"name": "f", "arguments": "["}},
            Message("assistant", (ToolCall(None, "f", None, "["),)),
        ),
        (
            {"role": "tool", "tool_call_id": "c1", "content": "5", "name": "add"},
            Message("tool", (ToolCallResponse("c1", "5", "add"),)),
        ),
        (
            {"role": "tool", "tool_call_id": "c1", "content": [{"type": "text", "text": "5"}]},
            Message("tool", (ToolCallResponse("c1", (Text("5"),)),)),
        ),
        (
            {"role": "function", "name": "add", "content": "5"},
            Message("function", (ToolCallResponse(None, "5", "add"),)),
        ),
        (
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is it?", "cache_control": {"type": "ephemeral"}},
                    {"type": "image_url", "image_url": {"url": PNG, "detail": "low"}},
                    {"type": "image_url", "image_url": "https://example.com/a.png"},
                ],
            },
            Message(
                "user",
                (
                    Text("What is it?"),
                    Media("image", "image/png", 5),
                    Media("image", uri="https://example.com/a.png"),
                ),
                extra={"content": {"0": {"cache_control": {"type": "ephemeral"}}, "1": {"detail": "low"}}},
            ),
        ),
        (
            {
                "role": "user",
                "content": [
                    {"type": "input_audio", "input_audio": {"data": "aGVsbG8=", "format": "wav"}},
                    {"type": "file", "file": {"file_data": "data:application/pdf;base64,aGVsbG8=", "filename": "a"}},
                    {"type": "file", "file": {"file_id": "file-1"}},
                    {"type": "document_url", "document_url": "https://example.com/a.pdf"},
                    {"type": "video_url", "video_url": {"url": "https://example.com/a.mp4"}},
                    {"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}], "signature": "s"},
                    {"type": "refusal", "refusal": "No"},
                    {"type": "telepathy"},
                    "Hi",
                    7,
                ],
            },
            Message(
                "user",
                (
                    Media("audio", "audio/wav", 5),
                    Media("file", "application/pdf", 5),
                    Media("file", uri="file-1"),
                    Media("file", uri="https://example.com/a.pdf"),
                    Media("video", uri="https://example.com/a.mp4"),
                    Reasoning("Hm", signature="s"),
                    Refusal("No"),
                    Unknown("telepathy", {"type": "telepathy"}),
                    Text("Hi"),
                    Unknown(None, 7),
                ),
                extra={"content": {"1": {"filename": "a"}}},
            ),
        ),
        ("Hi", Message(None, (Unknown(None, "Hi"),))),
        ({"role": "user", "content": {"odd": 1}}, Message("user", (Unknown(None, {"odd": 1}),))),
    ],
)
def test_messages_of_a_request(sent: Json, message: Message) -> None:
    assert openai_chat.prompt({"messages": [sent]}).messages == (message,)


def test_tools_and_parameters_of_a_request() -> None:
    function = {"name": "add", "description": "Adds", "parameters": {"type": "object"}, "strict": True}
    request = {
        "model": "m",
        "messages": [],
        "tools": [
            {"type": "function", "function": function},
            {"type": "custom", "custom": {"name": "sh", "format": {"type": "text"}}},
            {"type": "web_search", "max_uses": 3},
        ],
        "functions": [{"name": "old", "parameters": {}}],
        "max_tokens": 5,
        "tool_choice": "auto",
        "stream": False,
    }
    assert openai_chat.prompt(request) == Prompt(
        model="m",
        tools=(
            Tool("add", "Adds", {"type": "object"}, extra={"strict": True}),
            Tool("sh", extra={"format": {"type": "text"}, "type": "custom"}),
            Tool(None, kind="web_search", extra={"max_uses": 3}),
            Tool("old", parameters={}),
        ),
        parameters={"max_tokens": 5, "tool_choice": "auto", "stream": False},
    )


@pytest.mark.parametrize("request_", [None, [], "Hi", {}])
def test_no_request(request_: Json) -> None:
    assert openai_chat.prompt(request_) == Prompt(parameters={})


def test_odd_lists_of_a_request_stay_parameters() -> None:
    assert openai_chat.prompt({"messages": "Hi", "tools": None}).parameters == {"messages": "Hi", "tools": None}


def test_a_plain_reply_is_one_big_delta() -> None:
    message = {
        "role": "assistant",
        "content": "Hi",
        "refusal": None,
        "reasoning": "Hm",
        "reasoning_details": [{"type": "reasoning.text", "text": "Hm", "signature": "s", "index": 0}],
        "annotations": [{"type": "url_citation"}],
        "tool_calls": [
            {"index": 0, "id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}},
            {"index": 0, "id": "c2", "type": "function", "function": {"name": "f", "arguments": ""}},
        ],
    }
    usage = {"prompt_tokens": 9, "completion_tokens": 3.0}
    reading = read(
        openai_chat,
        [
            {
                "id": "c",
                "object": "chat.completion",
                "model": "m",
                "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls", "logprobs": None}],
                "usage": usage,
                "citations": ["https://example.com"],
            }
        ],
        streamed=False,
    )
    parts = (
        Reasoning("Hm", signature="s"),
        Text("Hi", ({"type": "url_citation"},)),
        ToolCall("c1", "f", {"a": 1}, '{"a": 1}'),
        ToolCall("c2", "f", {}, ""),
    )
    extra = {"citations": ["https://example.com"]}
    assert reading.reply.messages == (Message("assistant", parts, "tool_calls", extra),)
    assert (reading.reply.id, reading.reply.model, reading.reply.complete) == ("c", "m", True)
    assert reading.reply.usage == Usage(input_tokens=9, output_tokens=3, raw=usage)
    assert short(reading) == [("reasoning-twice", 0)]


def test_reading_leaves_payloads_as_they_are() -> None:
    choices = [{"index": 0, "delta": {"x": [n], "y": {"z": [n]}}, "logprobs": {"content": [n]}} for n in (1, 2)]
    events = events_of([{"choices": [choice]} for choice in choices])
    before = copy.deepcopy([event.value for event in events])
    reading = openai_chat.read(events, streamed=True)
    assert reading.reply.messages[0].extra == {"x": [1, 2], "y": {"z": [1, 2]}, "logprobs": {"content": [1, 2]}}
    assert [event.value for event in events] == before
