"""OpenAI's assistants: which calls they are, what requests say, and what runs bring, streamed or not."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
    Usage,
)
from cassette_cli.protocols import detect, openai_assistants
from cassette_cli.protocols.base import Call

THREADS = "https://api.openai.com/v1/threads"
ASKS: Json = {"assistant_id": "a"}


def run(status: str, **more: Json) -> Json:
    return {"id": "run_1", "object": "thread.run", "status": status, "model": "m", "usage": None, **more}


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("POST", f"{THREADS}/t/runs", ASKS, run("queued")),
        ("POST", f"{THREADS}/t/runs", ASKS, None),
        ("POST", f"{THREADS}/runs", ASKS, {"id": "t", "object": "thread"}),
        ("POST", f"{THREADS}/t/runs/r/submit_tool_outputs", {"tool_outputs": []}, {"error": {"message": "no"}}),
        ("GET", f"{THREADS}/t/runs/r", None, run("in_progress")),
        ("GET", f"{THREADS}/t/messages", None, {"object": "list", "data": [{"object": "thread.message"}]}),
        ("", "", None, run("queued")),
    ],
)
def test_calls_of_this_protocol(method: str, url: str, request_: Json, response: Json) -> None:
    assert detect(Call(method, url, request_, response)) is openai_assistants


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (THREADS, {}, {"id": "t", "object": "thread"}),
        (f"{THREADS}/t/messages", {"role": "user", "content": "Hi"}, {"object": "thread.message"}),
        (f"{THREADS}/t/messages", None, {"object": "list", "data": []}),
        (f"{THREADS}/t/runs", None, {"object": "list", "data": [{"object": "thread.run"}]}),
        (f"{THREADS}/t/runs", {}, None),
        ("https://api.openai.com/v1/assistants", {"model": "m"}, {"object": "assistant"}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not openai_assistants.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    sent = {
        "assistant_id": "a",
        "model": "m",
        "instructions": "Be terse.",
        "additional_instructions": "Be kind.",
        "additional_messages": [{"role": "user", "content": "Hi"}],
        "tools": [{"type": "code_interpreter"}],
        "stream": True,
    }
    assert openai_assistants.prompt(sent) == Prompt(
        model="m",
        messages=(
            Message("system", (Text("Be terse."),)),
            Message("system", (Text("Be kind."),)),
            Message("user", (Text("Hi"),)),
        ),
        tools=(Tool(None, kind="code_interpreter"),),
        parameters={"assistant_id": "a", "stream": True},
    )
    thread = {"messages": [{"role": "user", "content": "Hi"}], "metadata": {"x": "y"}}
    assert openai_assistants.prompt({"assistant_id": "a", "thread": thread}) == Prompt(
        messages=(Message("user", (Text("Hi"),)),),
        parameters={"assistant_id": "a", "thread": {"metadata": {"x": "y"}}},
    )
    outputs = [{"tool_call_id": "c1", "output": "5"}, {"tool_call_id": "c2", "output": None}]
    assert openai_assistants.prompt({"tool_outputs": outputs, "stream": True}) == Prompt(
        messages=(Message("tool", (ToolCallResponse("c1", "5"), ToolCallResponse("c2", ""))),),
        parameters={"stream": True},
    )


def text(value: str, index: int | None = None, **more: Json) -> Json:
    return {**({} if index is None else {"index": index}), "type": "text", "text": {"value": value, **more}}


def message(*content: Json, id_: str = "msg_1", status: str = "completed") -> Json:
    return {"id": id_, "object": "thread.message", "status": status, "role": "assistant", "content": list(content)}


def delta(*content: Json, id_: str = "msg_1") -> Json:
    return {"id": id_, "object": "thread.message.delta", "delta": {"content": list(content)}}


def step(*calls: Json) -> Json:
    return {
        "id": "step_1",
        "object": "thread.run.step",
        "step_details": {"type": "tool_calls", "tool_calls": list(calls)},
    }


def step_delta(*calls: Json) -> Json:
    details = {"type": "tool_calls", "tool_calls": list(calls)}
    return {"id": "step_1", "object": "thread.run.step.delta", "delta": {"step_details": details}}


def code(source: str | None = None, outputs: Json = None, **more: Json) -> Json:
    given = {name: item for name, item in (("input", source), ("outputs", outputs)) if item is not None}
    return {"type": "code_interpreter", **more, "code_interpreter": given}


def function(arguments: str, **more: Json) -> Json:
    return {"type": "function", **more, "function": {"name": "add", "arguments": arguments}}


def requires(*calls: Json) -> Json:
    action = {"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": list(calls)}}
    return run("requires_action", required_action=action)


DONE = "[DONE]"
START = run("queued")
END = run("completed")
CITED: Json = {"type": "file_citation", "text": "【1】"}
LOGS: Json = [{"type": "logs", "logs": "2"}]


def said(*parts: Part, finish: str = "completed", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


STREAMS = [
    Case(
        "text, and all of it again",
        [
            START,
            message(status="in_progress"),
            delta(text("Hel", 0)),
            delta(text("lo", 0)),
            message(text("Hello")),
            END,
            DONE,
        ],
        said(Text("Hello")),
    ),
    Case(
        "two messages, annotated",
        [
            START,
            delta(text("One【1】", 0, annotations=[CITED])),
            message(text("One【1】", annotations=[CITED])),
            delta(text("Two", 0), id_="msg_2"),
            END,
            DONE,
        ],
        said(Text("One【1】", (CITED,)), Text("Two")),
    ),
    Case("text that comes whole only", [START, message(text("Hello")), END, DONE], said(Text("Hello"))),
    Case(
        "code, what it gave, and text",
        [
            START,
            step(),
            step_delta(code("", [], index=0, id="c1")),
            step_delta(code("1", index=0)),
            step_delta(code("+1", index=0)),
            delta(text("2", 0)),
            step_delta(code(None, LOGS, index=0)),
            step(code("1+1", LOGS, id="c1")),
            END,
            DONE,
        ],
        said(
            ServerToolCall("c1", "code_interpreter", "1+1", "1+1", "code_interpreter"),
            ServerToolCallResponse("c1", LOGS, "code_interpreter"),
            Text("2"),
        ),
    ),
    Case(
        "a search",
        [START, step({"id": "c1", "type": "file_search", "file_search": {"results": [{"score": 1}]}}), END, DONE],
        said(
            ServerToolCall("c1", "file_search", {}, "", "file_search"),
            ServerToolCallResponse("c1", [{"score": 1}], "file_search"),
        ),
    ),
    Case(
        "calls of functions, in pieces and as required",
        [
            START,
            step_delta(function('{"a"', index=0, id="c1")),
            step_delta(function(": 2}", index=0)),
            step_delta(function("{}", index=1, id="c2")),
            requires(function('{"a": 2}', id="c1"), function("{}", id="c2")),
            DONE,
        ],
        said(ToolCall("c1", "add", {"a": 2}, '{"a": 2}'), ToolCall("c2", "add", {}, "{}"), finish="requires_action"),
    ),
    Case(
        "another text at the end",
        [START, delta(text("Hel", 0)), message(text("Hello")), END, DONE],
        said(Text("Hel")),
        [("done-disagrees", 2)],
    ),
    Case(
        "images, a refusal, and what is unknown",
        [
            START,
            delta(
                {"index": 0, "type": "image_file", "image_file": {"file_id": "file_1"}},
                {"index": 1, "type": "image_url", "image_url": {"url": "https://a.b/c"}},
                {"index": 2, "type": "refusal", "refusal": "No"},
                {"index": 3, "type": "sketch"},
            ),
            END,
            DONE,
        ],
        said(
            Media("image", uri="file_1"),
            Media("image", uri="https://a.b/c"),
            Refusal("No"),
            Unknown("sketch", {"index": 3, "type": "sketch"}),
        ),
    ),
    Case(
        "a run that ends early",
        [START, delta(text("Hel", 0)), run("incomplete", incomplete_details={"reason": "max_prompt_tokens"}), DONE],
        said(Text("Hel"), finish="incomplete", incomplete_details={"reason": "max_prompt_tokens"}),
    ),
    Case("without [DONE]", [START, END], said(), [("done-missing", 1)]),
    Case(
        "cut off",
        [START, delta(text("Hel", 0))],
        said(Text("Hel"), finish="queued"),
        [("stream-cut-off", 1)],
        complete=False,
    ),
    Case(
        "unknown, and after the end",
        [{"id": "t", "object": "thread"}, START, {"object": "thread.mood"}, END, DONE, "{oops"],
        said(Unknown("thread.mood", {"object": "thread.mood"}), Unknown(None, "{oops")),
        [("unknown-event", 2), ("event-after-end", 5), ("data-not-json", 5)],
    ),
    Case("nothing", [DONE], (), [("stream-empty", 0)]),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(openai_assistants, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_what_comes_again_has_its_place() -> None:
    reading = read(openai_assistants, [START, delta(text("Hi", 0)), message(text("Hi")), END, DONE])
    assert [(echo.event, echo.text, echo.route) for echo in reading.echoes] == [
        (2, "Hi", ("content", 0, "text", "value"))
    ]


def test_errors() -> None:
    failed = run("failed", last_error={"code": "rate_limit_exceeded", "message": "Slow down."})
    reading = read(openai_assistants, [START, failed, DONE])
    assert reading.reply.error == {"code": "rate_limit_exceeded", "message": "Slow down."}
    assert short(reading) == [("error-event", 1)]
    # The type of the event alone says that it is an error.
    events = events_of([START, {"code": "server_error"}])
    events[1] = events[1]._replace(type="error")
    assert openai_assistants.read(events, streamed=True).reply.error == {"code": "server_error"}
    refused = read(openai_assistants, [{"error": {"message": "no"}}], streamed=False)
    assert (refused.reply.error, refused.anomalies) == ({"message": "no"}, ())


def test_a_run_that_is_asked_for() -> None:
    usage = {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}
    reading = read(openai_assistants, [{**requires(function("{}", id="c1")), "usage": usage}], streamed=False)
    assert reading.reply.messages == said(ToolCall("c1", "add", {}, "{}"), finish="requires_action")
    assert (reading.reply.id, reading.reply.model, reading.anomalies) == ("run_1", "m", ())
    assert reading.reply.usage == Usage(input_tokens=9, output_tokens=2, total_tokens=11, raw=usage)


def test_the_messages_of_a_thread() -> None:
    asked = {**message(text("Hi"), id_="msg_0"), "role": "user"}
    reading = read(openai_assistants, [{"object": "list", "data": [message(text("Hello")), asked]}], streamed=False)
    assert reading.reply.messages == (Message("assistant", (Text("Hello"),)), Message("user", (Text("Hi"),)))
    assert reading.anomalies == ()
