"""Ollama's chat: which calls it is, what requests say, and what its lines bring."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Case, events_of, read, short

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
from cassette_cli.protocols import detect, ollama_chat
from cassette_cli.protocols.base import Call

URL = "http://localhost:11434/api/chat"
ASKS: Json = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
ANSWERS: Json = {"model": "m", "message": {"role": "assistant", "content": "Hello"}, "done": False}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, ANSWERS),
        (URL, ASKS, None),
        (URL, ASKS, {"error": "model 'm' not found"}),
        ("https://ollama.com/api/chat/", None, ANSWERS),
        ("https://gateway.example/v1/chat", ASKS, ANSWERS),
        ("", None, ANSWERS),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is ollama_chat


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://app.example/api/chat", {"messages": [], "id": "c1"}, None),
        ("https://app.example/api/chat", ASKS, {"type": "text-delta", "delta": "Hello"}),
        ("https://app.example/api/chat", ASKS, [1]),
        ("https://app.example/api/chat", None, None),
        (URL, ASKS, {"choices": [{"delta": {"content": "Hello"}}]}),
        (URL, None, {"message": {"role": "assistant"}}),
        (
            "http://localhost:11434/api/generate",
            {"model": "m", "prompt": "Hi"},
            {"model": "m", "response": "", "done": True},
        ),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not ollama_chat.matches(Call("POST", url, request_, response))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"role": "system", "content": "Be terse."}, Message("system", (Text("Be terse."),))),
        (
            {"role": "user", "content": "What is it?", "images": ["aGVsbG8="]},
            Message("user", (Text("What is it?"), Media("image", size=5))),
        ),
        (
            {
                "role": "assistant",
                "content": "",
                "thinking": "Hm",
                "tool_calls": [{"id": "c1", "function": {"index": 0, "name": "add", "arguments": {"a": 2}}}],
            },
            Message("assistant", (Reasoning("Hm"), ToolCall("c1", "add", {"a": 2}, '{"a":2}'))),
        ),
        (
            {"role": "tool", "tool_name": "add", "content": "5"},
            Message("tool", (ToolCallResponse(None, "5", "add"),)),
        ),
        (
            {"role": "tool", "tool_call_id": "c1", "content": "a chart", "images": ["aGVsbG8="], "cached": True},
            Message(
                "tool", (ToolCallResponse("c1", (Text("a chart"), Media("image", size=5))),), extra={"cached": True}
            ),
        ),
        ({"role": "tool", "content": {"a": 1}}, Message("tool", (ToolCallResponse(None, (Unknown(None, {"a": 1}),)),))),
        ("Hi", Message(None, (Unknown(None, "Hi"),))),
    ],
)
def test_messages_of_a_request(sent: Json, message: Message) -> None:
    assert ollama_chat.prompt({"model": "m", "messages": [sent]}).messages == (message,)


def test_a_request() -> None:
    function = {"name": "add", "description": "Add", "parameters": {"type": "object"}}
    sent = {**ASKS, "tools": [{"type": "function", "function": function}], "options": {"seed": 1}, "stream": False}
    kept = copy.deepcopy(sent)
    assert ollama_chat.prompt(sent) == Prompt(
        model="m",
        messages=(Message("user", (Text("Hi"),)),),
        tools=(Tool("add", "Add", {"type": "object"}),),
        parameters={"options": {"seed": 1}, "stream": False},
    )
    assert sent == kept


COUNTS: Json = {"total_duration": 9, "prompt_eval_count": 26, "eval_count": 2}


def line(message: Json, **more: Json) -> Json:
    return {"model": "m", "created_at": "2025-01-01T00:00:00Z", "message": message, "done": False, **more}


def says(content: str = "", **more: Json) -> Json:
    return line({"role": "assistant", "content": content, **more})


def calls(name: str, arguments: Json, **more: Json) -> Json:
    return says(tool_calls=[{**more, "function": {"name": name, "arguments": arguments}}])


LAST = line({"role": "assistant", "content": ""}, done=True, done_reason="stop", **COUNTS)


def said(*parts: Part, finish: str | None = "stop", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


STREAMS = [
    Case("text", [says("Hel"), says("lo"), LAST], said(Text("Hello"))),
    Case(
        "text in the last line",
        [line({"role": "assistant", "content": "Hello"}, done=True, done_reason="stop")],
        said(Text("Hello")),
    ),
    Case(
        "thinking and text, mixed",
        [says(thinking="H"), says("Hel", thinking="m"), says("lo"), LAST],
        said(Reasoning("Hm"), Text("Hello")),
    ),
    Case(
        "calls, one per line, without ids",
        [calls("add", {"a": 2}), calls("add", {"a": 2}), calls("now", {}), LAST],
        said(
            ToolCall(None, "add", {"a": 2}, '{"a":2}'),
            ToolCall(None, "add", {"a": 2}, '{"a":2}'),
            ToolCall(None, "now", {}, "{}"),
        ),
    ),
    Case(
        "two calls in a line, with ids",
        [
            says(
                "So:",
                tool_calls=[
                    {"id": "c1", "function": {"index": 0, "name": "add", "arguments": {"a": 2}}},
                    {"id": "c2", "type": "function", "function": {"index": 1, "name": "mul", "arguments": {"b": 3}}},
                ],
            ),
            LAST,
        ],
        said(Text("So:"), ToolCall("c1", "add", {"a": 2}, '{"a":2}'), ToolCall("c2", "mul", {"b": 3}, '{"b":3}')),
    ),
    Case("arguments as text", [calls("add", '{"a": 2}'), LAST], said(ToolCall(None, "add", {"a": 2}, '{"a": 2}'))),
    Case(
        "arguments that are no JSON",
        [calls("add", '{"a": 2'), LAST],
        said(ToolCall(None, "add", None, '{"a": 2')),
        [("arguments-not-json", 0)],
    ),
    Case(
        "calls of another shape",
        [says(tool_calls=[{"name": "add"}, 3]), says(tool_calls="none"), LAST],
        said(ToolCall(None, None, {}, ""), tool_calls=[{"0": {"name": "add"}}, 3, "none"]),
        [("name-missing", 0)],
    ),
    Case("a text that is a role", [says("assistant"), says("assistant"), LAST], said(Text("assistantassistant"))),
    Case("an image", [says(images=["aGVsbG8="]), LAST], said(Media("image", size=5))),
    Case(
        "logprobs",
        [line({"role": "assistant", "content": "Hi"}, logprobs=[{"token": "Hi"}]), LAST],
        said(Text("Hi"), logprobs=[{"token": "Hi"}]),
    ),
    Case("cut off", [says("Hel")], said(Text("Hel"), finish=None), [("stream-cut-off", 0)], complete=False),
    Case(
        "cut off within a line",
        [says("Hel"), '{"model":"m","mess'],
        said(Text("Hel"), Unknown(None, '{"model":"m","mess'), finish=None),
        [("data-not-json", 1), ("stream-cut-off", 1)],
        complete=False,
    ),
    Case(
        "no reason",
        [says("Hi"), line({"role": "assistant", "content": ""}, done=True)],
        said(Text("Hi"), finish=None),
        [("finish-reason-missing", 1)],
    ),
    Case("a line after the last", [says("Hi"), LAST, says("!")], said(Text("Hi!")), [("event-after-end", 2)]),
    Case(
        "another shape",
        [says("Hi"), {"status": "pulling"}, [1], LAST],
        said(Text("Hi"), Unknown(None, {"status": "pulling"}), Unknown(None, [1])),
        [("unknown-event", 1), ("unknown-event", 2)],
    ),
    Case("a message that is a text", [line("Hi"), LAST], said(message="Hi")),
    Case("nothing", [], (), [("stream-empty", None)], complete=False),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(ollama_chat, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_model_and_usage() -> None:
    reply = read(ollama_chat, [says("Hi"), LAST]).reply
    assert (reply.id, reply.model, reply.error) == (None, "m", None)
    assert reply.usage == Usage(input_tokens=26, output_tokens=2, raw=COUNTS)
    assert read(ollama_chat, [says("Hi"), line({}, done=True, done_reason="stop")]).reply.usage is None


def test_an_error_within_a_stream() -> None:
    reading = read(ollama_chat, [says("Hel"), {"error": "out of memory"}])
    assert reading.reply.error == {"error": "out of memory"}
    assert reading.reply.messages == said(Text("Hel"), finish=None)
    assert not reading.reply.complete
    assert short(reading) == [("error-event", 1)]


def test_plain_replies() -> None:
    whole = {**ANSWERS, "done": True, "done_reason": "stop", **COUNTS}
    reading = read(ollama_chat, [whole], streamed=False)
    assert reading.reply.messages == said(Text("Hello"))
    assert (reading.reply.complete, reading.anomalies) == (True, ())
    refused = read(ollama_chat, [{"error": "model 'm' not found"}], streamed=False)
    assert refused.reply.error == {"error": "model 'm' not found"}
    assert (refused.reply.messages, refused.anomalies) == ((), ())


def test_a_page_is_no_reply() -> None:
    reading = ollama_chat.read(events_of(["<html>"]), streamed=False)
    assert (reading.reply.messages, reading.used) == ((), frozenset())


@given(st.lists(st.tuples(st.sampled_from(["content", "thinking"]), st.text(max_size=4)), max_size=8))
def test_a_stream_is_what_it_is_plain(pieces: list[tuple[str, str]]) -> None:
    payloads = [line({"role": "assistant", name: text}) for name, text in pieces]
    texts = {name: "".join(text for kind, text in pieces if kind == name) for name in ("content", "thinking")}
    end = {"done": True, "done_reason": "stop", **COUNTS}
    streamed = read(ollama_chat, [*payloads, LAST])
    plain = read(ollama_chat, [line({"role": "assistant", **texts}, **end)], streamed=False)
    assert streamed.reply == plain.reply
    assert streamed.anomalies == plain.anomalies == ()
