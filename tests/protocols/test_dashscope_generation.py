"""DashScope: which calls it is, what requests say, and its two ways to stream."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Message, Part, Prompt, Reasoning, Text, Tool, ToolCall, Unknown, Usage
from cassette_cli.protocols import dashscope_generation, detect
from cassette_cli.protocols.base import Call

URL = "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation"
ASKS: Json = {"model": "m", "input": {"messages": [{"role": "user", "content": "Hi"}]}}


def piece(content: str, finish: str | None = "null", **message: Json) -> Json:
    choice = {"message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    return {"output": {"choices": [choice]}, "request_id": "r"}


def text(content: str, finish: str = "null") -> Json:
    return {"output": {"text": content, "finish_reason": finish}, "request_id": "r"}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, piece("Hi")),
        (URL, ASKS, None),
        (URL, None, text("Hi")),
        (URL, ASKS, {"code": "InvalidApiKey", "message": "no", "request_id": "r"}),
        (URL.replace("text", "multimodal"), ASKS, piece("Hi")),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is dashscope_generation


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, None, None),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions", ASKS, None),
        ("", ASKS, piece("Hi")),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not dashscope_generation.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    function = {"type": "function", "function": {"name": "add", "parameters": {}}}
    sent = {
        **ASKS,
        "parameters": {"result_format": "message", "tools": [function]},
        "input": {**ASKS["input"], "prompt": "And?", "seed": 1},
    }
    assert dashscope_generation.prompt(sent) == Prompt(
        model="m",
        messages=(Message("user", (Text("Hi"),)), Message("user", (Text("And?"),))),
        tools=(Tool("add", parameters={}),),
        parameters={"seed": 1, "result_format": "message"},
    )


def said(*parts: Part, finish: str | None = "stop", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


def call(arguments: str, name: str = "", **fields: Json) -> list[Json]:
    return [{"index": 0, **fields, "function": {"name": name, "arguments": arguments}}]


STREAMS = [
    Case("pieces", [piece("Hel"), piece("lo"), piece("", "stop")], said(Text("Hello"))),
    Case("all so far", [piece("Hel"), piece("Hello"), piece("Hello", "stop")], said(Text("Hello"))),
    Case("text in pieces", [text("Hel"), text("lo"), text("", "stop")], said(Text("Hello"))),
    Case("text so far", [text("Hel"), text("Hello", "stop")], said(Text("Hello"))),
    Case(
        "reasoning in pieces",
        [piece("", reasoning_content="H"), piece("", reasoning_content="m"), piece("Hi"), piece("", "stop")],
        said(Reasoning("Hm"), Text("Hi")),
    ),
    Case(
        "a call in pieces",
        [
            piece("", tool_calls=call('{"a"', id="c1", name="add")),
            piece("", tool_calls=call(": 2}")),
            piece("", "tool_calls"),
        ],
        said(ToolCall("c1", "add", {"a": 2}, '{"a": 2}'), finish="tool_calls"),
    ),
    Case("cut off", [piece("Hel"), piece("")], said(Text("Hel"), finish=None), [("stream-cut-off", 1)], complete=False),
    Case(
        "unknown",
        [piece("Hi"), {"mood": "fine"}, piece("", "stop")],
        said(Text("Hi"), Unknown(None, {"mood": "fine"})),
        [("unknown-event", 1)],
    ),
    Case("nothing", [], (), [("stream-empty", None)], complete=False),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(dashscope_generation, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_plain_replies() -> None:
    usage = {
        "input_tokens": 9,
        "output_tokens": 2,
        "total_tokens": 11,
        "output_tokens_details": {"reasoning_tokens": 1},
        "prompt_tokens_details": {"cached_tokens": 3},
    }
    reading = read(dashscope_generation, [{**piece("Hi", "stop"), "usage": usage}], streamed=False)
    assert (reading.reply.id, reading.reply.messages, reading.anomalies) == ("r", said(Text("Hi")), ())
    assert reading.reply.usage == Usage(
        input_tokens=9, output_tokens=2, total_tokens=11, reasoning_tokens=1, cache_read_input_tokens=3, raw=usage
    )
    unfinished = read(dashscope_generation, [piece("Hi", None)], streamed=False)
    assert short(unfinished) == [("finish-reason-missing", 0)]


def test_errors() -> None:
    error = {"code": "Throttling", "message": "Slow down.", "request_id": "r"}
    assert read(dashscope_generation, [error], streamed=False).reply.error == error
    within = read(dashscope_generation, [piece("Hel"), error])
    assert (within.reply.error, within.reply.complete, short(within)) == (error, False, [("error-event", 1)])
    page = dashscope_generation.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())
