"""Cloudflare's Workers AI: which calls it is, what requests say, and what it brings."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Tool, ToolCall, Unknown, Usage
from cassette_cli.protocols import cloudflare_workers_ai, detect
from cassette_cli.protocols.base import Call

URL = "https://api.cloudflare.com/client/v4/accounts/1/ai/run/@cf/meta/llama-3.2-3b-instruct"
ASKS: Json = {"messages": [{"role": "user", "content": "Hi"}]}
USAGE: Json = {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}


def result(response: Json, **more: Json) -> Json:
    return {"result": {"response": response, **more}, "success": True, "errors": [], "messages": []}


@pytest.mark.parametrize(
    ("request_", "response"),
    [
        (ASKS, result("Hello")),
        (ASKS, {"response": "Hel", "p": "abc"}),
        (ASKS, {"tool_calls": [], "p": "abc"}),
        (ASKS, None),
        (ASKS, {"result": None, "success": False, "errors": [{"code": 5007, "message": "No such model"}]}),
        ({"prompt": "Hi"}, None),
        (None, {"response": "Hel"}),
    ],
)
def test_calls_of_this_protocol(request_: Json, response: Json) -> None:
    call = Call("POST", URL, request_, response)
    assert detect(call) is cloudflare_workers_ai
    assert call.model == "@cf/meta/llama-3.2-3b-instruct"


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, {"text": "Hi"}, {"result": {"data": [[0.5]]}}),
        (URL, None, None),
        (URL, ASKS, {"choices": [{"delta": {"content": "Hel"}}]}),
        ("https://api.cloudflare.com/client/v4/accounts/1/ai/models/search", None, {"result": []}),
        ("https://api.example/", ASKS, result("Hello")),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not cloudflare_workers_ai.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    tool = {"name": "add", "description": "Add", "parameters": {"type": "object"}}
    assert cloudflare_workers_ai.prompt({**ASKS, "tools": [tool], "seed": 7}) == Prompt(
        messages=(Message("user", (Text("Hi"),)),),
        tools=(Tool("add", "Add", {"type": "object"}),),
        parameters={"seed": 7},
    )
    assert cloudflare_workers_ai.prompt({"prompt": "Hi", "raw": True}) == Prompt(
        messages=(Message("user", (Text("Hi"),)),), parameters={"raw": True}
    )


def said(*parts: Part, **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, extra=extra or None),)


def piece(text: Json, **more: Json) -> Json:
    return {"response": text, "p": "abc", **more}


def call(arguments: str, **more: Json) -> Json:
    return {
        "tool_calls": [{"index": 0, **more, "function": {"name": more.get("id") and "add", "arguments": arguments}}]
    }


END: Json = {"response": "", "usage": USAGE}
DONE = "[DONE]"

STREAMS = [
    Case("text", [piece("Hel"), piece("lo", tool_calls=[]), {}, END, DONE], said(Text("Hello"))),
    Case("a number", [piece("No. "), piece(7), END, DONE], said(Text("No. 7"))),
    Case(
        "a call in pieces",
        [piece(""), call('{"a"', id="c1"), call(": 2}"), END, DONE],
        said(Text(""), ToolCall("c1", "add", {"a": 2}, '{"a": 2}')),
    ),
    Case("more is said", [piece("Hi", mood="fine"), END, DONE], said(Text("Hi"), mood="fine")),
    Case("cut off", [piece("Hel")], said(Text("Hel")), [("stream-cut-off", 0)], complete=False),
    Case(
        "after the end",
        [piece("Hi"), DONE, [1]],
        said(Text("Hi"), Unknown(None, [1])),
        [("event-after-end", 2), ("unknown-event", 2)],
    ),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(cloudflare_workers_ai, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


@pytest.mark.parametrize(
    ("response", "more", "parts"),
    [
        ("Hello", {}, (Text("Hello"),)),
        ({"is_fruit": True}, {}, (Text('{"is_fruit":true}'),)),
        (
            None,
            {"tool_calls": [{"name": "add", "arguments": {"a": 2}}, {"name": "add", "arguments": '{"a": 3}'}]},
            (ToolCall(None, "add", {"a": 2}, '{"a":2}'), ToolCall(None, "add", {"a": 3}, '{"a": 3}')),
        ),
        (
            None,
            {"tool_calls": [{"id": "c1", "type": "function", "function": {"name": "add", "arguments": "{}"}}]},
            (ToolCall("c1", "add", {}, "{}"),),
        ),
    ],
)
def test_plain_replies(response: Json, more: dict[str, Json], parts: tuple[Part, ...]) -> None:
    reading = read(cloudflare_workers_ai, [result(response, usage=USAGE, **more)], streamed=False)
    assert reading.reply.messages == said(*parts)
    assert reading.reply.usage == Usage(input_tokens=9, output_tokens=2, total_tokens=11, raw=USAGE)
    assert reading.anomalies == ()


def test_errors() -> None:
    failed = {"result": None, "success": False, "errors": [{"code": 5007, "message": "No such model"}]}
    refused = read(cloudflare_workers_ai, [failed], streamed=False)
    assert (refused.reply.error, refused.anomalies) == (failed, ())
    within = read(cloudflare_workers_ai, [piece("Hel"), {"error": {"message": "no"}}])
    assert (within.reply.error, within.reply.complete, short(within)) == (
        {"message": "no"},
        False,
        [("error-event", 1)],
    )
    page = cloudflare_workers_ai.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())
