"""Interactions: which calls they are, what requests say, plain replies, awkward streams."""

import copy

import pytest
from reading import Case, read, short

from cassette_cli.conversation import (
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
from cassette_cli.protocols import detect, google_interactions
from cassette_cli.protocols.base import Call

URL = "https://generativelanguage.googleapis.com/v1beta/interactions"
ASKS: Json = {"model": "gemini-3-flash-preview", "input": "Hi"}
ANSWER: Json = {"object": "interaction", "id": "v1_1", "status": "completed", "steps": []}
CREATED: Json = {
    "event_type": "interaction.created",
    "interaction": {"id": "v1_1", "model": "m", "status": "in_progress"},
}


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("POST", URL, ASKS, ANSWER),
        ("POST", f"{URL}?alt=sse", ASKS, CREATED),
        ("POST", URL, {"agent": "deep-research", "input": "Hi", "background": True}, None),
        ("POST", URL, ASKS, {"error": {"code": 400}}),
        ("GET", f"{URL}/v1_1", None, ANSWER),
        ("", "", None, CREATED),
    ],
)
def test_calls_of_this_protocol(method: str, url: str, request_: Json, response: Json) -> None:
    call = Call(method, url, request_, response)
    assert google_interactions.matches(call)
    assert detect(call) is google_interactions


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://discord.example/api/interactions", {"type": 1}, {"type": 1}),
        ("https://api.openai.com/v1/responses", {"model": "m", "input": "Hi"}, {"object": "response"}),
        (URL, None, {}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not google_interactions.matches(Call("POST", url, request_, response))


TEXT: Json = {"type": "text", "text": "Hi"}
IMAGE: Json = {"type": "image", "mime_type": "image/png", "data": "aGVsbG8="}


@pytest.mark.parametrize(
    ("input_", "messages"),
    [
        ("Hi", (Message("user", (Text("Hi"),)),)),
        (TEXT, (Message("user", (Text("Hi"),)),)),
        ([TEXT, IMAGE], (Message("user", (Text("Hi"), Media("image", "image/png", 5))),)),
        ([{"type": "user_input", "content": [TEXT]}], (Message("user", (Text("Hi"),)),)),
        (
            [
                {"type": "user_input", "content": [TEXT, {"type": "document", "uri": "gs://x"}]},
                {"type": "thought", "signature": "s"},
                {"type": "function_call", "id": "c1", "name": "f", "arguments": {"a": 2}},
                {"type": "function_result", "call_id": "c1", "name": "f", "result": "5", "is_error": True},
                {"type": "function_result", "call_id": "c2", "result": [TEXT, IMAGE]},
                {"type": "function_result", "call_id": "c3", "result": {"x": 1}},
                {"type": "model_output", "content": [TEXT]},
            ],
            (
                Message("user", (Text("Hi"), Media("file", None, uri="gs://x"))),
                Message("model", (Reasoning("", "s"), ToolCall("c1", "f", {"a": 2}, '{"a":2}'))),
                Message(
                    "user",
                    (
                        ToolCallResponse("c1", "5", "f"),
                        ToolCallResponse("c2", (Text("Hi"), Media("image", "image/png", 5)), None),
                        ToolCallResponse("c3", (Unknown(None, {"x": 1}),), None),
                    ),
                    extra={"steps": {"3": {"is_error": True}}},
                ),
                Message("model", (Text("Hi"),)),
            ),
        ),
        (
            [{"role": "user", "content": "Hi"}, {"role": "model", "content": [TEXT]}, {"role": "user"}],
            (Message("user", (Text("Hi"),)), Message("model", (Text("Hi"),)), Message("model", (Unknown(None, None),))),
        ),
        ([{"type": "hologram"}], (Message("model", (Unknown("hologram", {"type": "hologram"}),)),)),
        ([3], (Message("model", (Unknown(None, 3),)),)),
    ],
)
def test_inputs(input_: Json, messages: tuple[Message, ...]) -> None:
    before = copy.deepcopy(input_)
    assert google_interactions.prompt({"input": input_}) == Prompt(messages=messages, parameters={})
    assert input_ == before


def test_a_request() -> None:
    schema = {"type": "object"}
    request = {
        "model": "m",
        "input": "Hi",
        "system_instruction": "Be terse.",
        "tools": [
            {"type": "function", "name": "f", "description": "F", "parameters": schema},
            {"type": "google_search"},
            {"type": "mcp_server", "name": "s", "url": "https://mcp.example"},
        ],
        "stream": True,
    }
    assert google_interactions.prompt(request) == Prompt(
        model="m",
        messages=(Message("system", (Text("Be terse."),)), Message("user", (Text("Hi"),))),
        tools=(
            Tool("f", "F", schema),
            Tool(None, kind="google_search"),
            Tool("s", kind="mcp_server", extra={"url": "https://mcp.example"}),
        ),
        parameters={"stream": True},
    )


@pytest.mark.parametrize("request_", [None, [], {"input": 3, "tools": {}, "system_instruction": {}}])
def test_odd_requests(request_: Json) -> None:
    parameters = request_ if isinstance(request_, dict) else {}
    assert google_interactions.prompt(request_) == Prompt(parameters=parameters)


SEARCH: Json = {"type": "google_search_call", "id": "s1", "arguments": {"queries": ["ruby"]}, "signature": "t"}
FOUND: Json = {"type": "google_search_result", "call_id": "s1", "result": [{"url": "https://x"}], "signature": "u"}
SEARCHED = (
    ServerToolCall("s1", "google_search", {"queries": ["ruby"]}, '{"queries":["ruby"]}', "google_search_call", "t"),
    ServerToolCallResponse("s1", {"result": [{"url": "https://x"}], "signature": "u"}, "google_search_result"),
)


@pytest.mark.parametrize("name", ["steps", "outputs"])
def test_a_plain_reply(name: str) -> None:
    usage = {
        "total_input_tokens": 8,
        "total_output_tokens": 3,
        "total_tokens": 52,
        "total_thought_tokens": 41,
        "total_cached_tokens": 0,
    }
    steps: Json = [
        {"type": "thought", "signature": "s", "summary": [{"type": "text", "text": "Hm"}, IMAGE]},
        SEARCH,
        FOUND,
        {"type": "model_output", "content": [{**TEXT, "annotations": [{"url": "https://x"}]}, TEXT, IMAGE]},
        {"type": "mcp_server_tool_call", "id": "m1", "name": "f", "server_name": "srv", "arguments": {}},
        {"type": "file_search_call", "id": "f1"},
    ]
    payload = {"id": "v1_1", "model": "m", "status": "completed", "usage": usage, name: steps}
    reading = read(google_interactions, [payload], streamed=False)
    assert reading.reply.messages == (
        Message(
            "model",
            (
                Reasoning("Hm", "s"),
                Media("image", "image/png", 5),
                *SEARCHED,
                Text("Hi", ({"url": "https://x"},)),
                Text("Hi"),
                Media("image", "image/png", 5),
                ServerToolCall("m1", "f", {}, "{}", "mcp_server_tool_call"),
                ServerToolCall("f1", "file_search", {}, "", "file_search_call"),
            ),
            "completed",
            {"steps": {"4": {"server_name": "srv"}}},
        ),
    )
    assert (reading.reply.id, reading.reply.model, reading.reply.complete) == ("v1_1", "m", True)
    assert reading.reply.usage == Usage(
        input_tokens=8,
        output_tokens=3,
        total_tokens=52,
        reasoning_tokens=41,
        cache_read_input_tokens=0,
        raw=usage,
    )
    assert reading.anomalies == ()


def test_an_interaction_fetched_shows_both_sides() -> None:
    steps: Json = [{"type": "user_input", "content": [TEXT]}, {"type": "model_output", "content": [TEXT]}]
    reading = read(google_interactions, [{**ANSWER, "steps": steps}], streamed=False)
    assert reading.reply.messages == (Message("user", (Text("Hi"),)), Message("model", (Text("Hi"),), "completed"))


def test_an_interaction_in_the_background() -> None:
    reading = read(google_interactions, [{"id": "v1_1", "agent": "a", "status": "in_progress"}], streamed=False)
    assert reading.reply.messages == (Message("model", (), "in_progress"),)
    assert reading.reply.model == "a"
    assert reading.anomalies == ()


def test_errors() -> None:
    error = {"code": 400, "message": "no"}
    assert read(google_interactions, [{"error": error}], streamed=False).reply.error == error
    failed = {"id": "v1_1", "status": "failed", "errors": [error]}
    reply = read(google_interactions, [failed], streamed=False).reply
    assert (reply.error, reply.messages) == ([error], (Message("model", (), "failed"),))


def start(index: int, kind: str, **fields: Json) -> Json:
    return {"event_type": "step.start", "index": index, "step": {"type": kind, **fields}}


def delta(index: int, kind: str, **fields: Json) -> Json:
    return {"event_type": "step.delta", "index": index, "delta": {"type": kind, **fields}}


def stop(index: int) -> Json:
    return {"event_type": "step.stop", "index": index}


def completed(**fields: Json) -> Json:
    return {"event_type": "interaction.completed", "interaction": {"id": "v1_1", "status": "completed", **fields}}


def said(*parts: Part, finish: str | None = "completed") -> tuple[Message, ...]:
    return (Message("model", parts, finish),)


UPDATE: Json = {"event_type": "interaction.status_update", "interaction_id": "v1_1", "status": "in_progress"}
OUTPUT = start(0, "model_output")
CALL = start(0, "function_call", id="c1", name="f", arguments={})

CASES = [
    Case(
        "a thought that is only signed, then text",
        [
            CREATED,
            UPDATE,
            start(0, "thought"),
            delta(0, "thought_signature", signature="s"),
            stop(0),
            start(1, "model_output"),
            delta(1, "text", text="Hel"),
            delta(1, "text", text="lo"),
            stop(1),
            completed(),
            "[DONE]",
        ],
        said(Reasoning("", "s"), Text("Hello")),
    ),
    Case(
        "text, an image, text, with annotations",
        [
            CREATED,
            OUTPUT,
            delta(0, "text", text="a"),
            delta(0, "text_annotation_delta", annotations=[{"url": "https://x"}]),
            delta(0, "image", mime_type="image/png", data="aGVsbG8="),
            delta(0, "text", text="b"),
            stop(0),
            completed(),
        ],
        said(Text("ab", ({"url": "https://x"},)), Media("image", "image/png", 5)),
    ),
    Case(
        "arguments in pieces",
        [
            CREATED,
            CALL,
            delta(0, "arguments_delta", arguments='{"a"'),
            delta(0, "arguments_delta", arguments=": 2}"),
            stop(0),
            completed(),
        ],
        said(ToolCall("c1", "f", {"a": 2}, '{"a": 2}')),
    ),
    Case(
        "arguments at the start",
        [CREATED, start(0, "function_call", id="c1", name="f", arguments={"a": 2}), stop(0), completed()],
        said(ToolCall("c1", "f", {"a": 2}, '{"a":2}')),
    ),
    Case(
        "arguments at the start and in pieces",
        [
            CREATED,
            start(0, "function_call", id="c1", name="f", arguments={"a": 2}),
            delta(0, "arguments_delta", arguments='{"a": 2}'),
            stop(0),
            completed(),
        ],
        said(ToolCall("c1", "f", {"a": 2}, '{"a": 2}')),
        [("arguments-resent", 1)],
    ),
    Case(
        "Google's own tools",
        [
            CREATED,
            start(0, "google_search_call", id="s1"),
            delta(0, "google_search_call", arguments={"queries": ["ruby"]}, signature="t"),
            stop(0),
            start(1, "google_search_result", call_id="s1"),
            delta(1, "google_search_result", result=[{"url": "https://x"}], signature="u"),
            stop(1),
            completed(),
        ],
        said(*SEARCHED),
    ),
    Case(
        "contents in place of steps, as until June 2026",
        [
            {"event_type": "interaction.start", "interaction": {"id": "v1_1", "model": "m"}},
            {"event_type": "content.start", "index": 0, "content": {"type": "thought"}},
            {
                "event_type": "content.delta",
                "index": 0,
                "delta": {"type": "thought_summary", "content": {"text": "Hm"}},
            },
            {"event_type": "content.stop", "index": 0},
            {"event_type": "content.start", "index": 1, "content": {"type": "text", "text": ""}},
            {"event_type": "content.delta", "index": 1, "delta": {"type": "text", "text": "Hi"}},
            {"event_type": "content.stop", "index": 1},
            {"event_type": "content.start", "index": 2, "content": {"type": "function_call"}},
            {
                "event_type": "content.delta",
                "index": 2,
                "delta": {"type": "function_call", "id": "c1", "name": "f", "arguments": {"a": 2}},
            },
            {"event_type": "content.stop", "index": 2},
            {"event_type": "interaction.complete", "interaction": {"status": "requires_action"}},
        ],
        said(Reasoning("Hm"), Text("Hi"), ToolCall("c1", "f", {"a": 2}, '{"a":2}'), finish="requires_action"),
    ),
    Case(
        "steps in the last event alone",
        [CREATED, completed(steps=[{"type": "model_output", "content": [TEXT]}])],
        said(Text("Hi")),
    ),
    Case(
        "steps in the last event too",
        [
            CREATED,
            OUTPUT,
            delta(0, "text", text="Hi"),
            stop(0),
            completed(steps=[{"type": "model_output", "content": [TEXT]}]),
        ],
        said(Text("Hi")),
    ),
    Case(
        "cut off",
        [CREATED, OUTPUT, delta(0, "text", text="Hi")],
        said(Text("Hi"), finish=None),
        [("stream-cut-off", 2)],
        complete=False,
    ),
    Case("nothing", [CREATED], (), [("stream-empty", 0)], complete=False),
    Case(
        "an error within the reply",
        [CREATED, OUTPUT, {"event_type": "error", "error": {"code": "503"}}],
        said(finish=None),
        [("error-event", 2)],
        complete=False,
    ),
    Case(
        "a delta of no step",
        [CREATED, delta(0, "text", text="Hi"), completed()],
        said(Text("Hi")),
        [("block-start-missing", 1)],
    ),
    Case(
        "a delta after the stop, a stop of no step",
        [CREATED, OUTPUT, stop(0), delta(0, "text", text="Hi"), stop(0), stop(7), completed()],
        said(Text("Hi")),
        [("block-out-of-order", 3), ("block-start-missing", 5)],
    ),
    Case(
        "arguments of a step that is no call",
        [CREATED, OUTPUT, delta(0, "arguments_delta", arguments="{}"), completed()],
        said(ToolCall(None, None, {}, "{}")),
        [("block-out-of-order", 2), ("id-missing", 2), ("name-missing", 2)],
    ),
    Case(
        "an unknown step, delta and event",
        [CREATED, start(0, "hologram"), delta(0, "wave", x=1), {"event_type": "interaction.paused"}, completed()],
        said(
            Unknown("hologram", {"type": "hologram"}),
            Unknown("wave", {"type": "wave", "x": 1}),
            Unknown(None, {"event_type": "interaction.paused"}),
        ),
        [("unknown-part", 1), ("unknown-delta", 2), ("unknown-event", 3)],
    ),
    Case(
        "no status at the end",
        [CREATED, {"event_type": "interaction.completed"}],
        said(finish="in_progress"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(google_interactions, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete == case.complete
