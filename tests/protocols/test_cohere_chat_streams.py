"""Streams of Cohere's chat, both versions: what is in them, and what is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Case, read, short

from cassette_cli.conversation import Json, Message, Part, Reasoning, Text, ToolCall, Unknown, Usage
from cassette_cli.protocols import cohere_chat

DONE = "[DONE]"


def event(kind: str, message: Json = None, **fields: Json) -> Json:
    return {"type": kind, **fields, **({} if message is None else {"delta": {"message": message}})}


START = event("message-start", {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": []}, id="c")
END = {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}}


def block(index: int, name: str, *pieces: str) -> list[Json]:
    return [
        event("content-start", {"content": {"type": name, name: ""}}, index=index),
        *(event("content-delta", {"content": {name: piece}}, index=index) for piece in pieces),
        event("content-end", index=index),
    ]


def plan(*pieces: str) -> list[Json]:
    return [event("tool-plan-delta", {"tool_plan": piece}) for piece in pieces]


def call_start(index: int, id_: str | None, name: str | None) -> Json:
    call = {"id": id_, "type": "function", "function": {"name": name, "arguments": ""}}
    return event("tool-call-start", {"tool_calls": call}, index=index)


def call_piece(index: int, piece: Json) -> Json:
    return event("tool-call-delta", {"tool_calls": {"function": {"arguments": piece}}}, index=index)


def call(index: int, id_: str, name: str, *pieces: str) -> list[Json]:
    return [
        call_start(index, id_, name),
        *(call_piece(index, piece) for piece in pieces),
        event("tool-call-end", index=index),
    ]


def stream(*events: Json, done: bool = True) -> list[Json]:
    return [START, *events, END, *([DONE] if done else [])]


def said(*parts: Part, finish: str | None = "COMPLETE", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


ADD = ToolCall("c1", "add", {"a": 2}, '{"a": 2}')
CITED: Json = {"start": 0, "end": 1, "text": "5", "type": "TEXT_CONTENT"}

STREAMS = [
    Case("text", stream(*block(0, "text", "Hel", "lo")), said(Text("Hello"))),
    Case("without [DONE]", stream(*block(0, "text", "Hi"), done=False), said(Text("Hi"))),
    Case(
        "thinking and text",
        stream(*block(0, "thinking", "H", "m"), *block(1, "text", "Hi")),
        said(Reasoning("Hm"), Text("Hi")),
    ),
    Case(
        "a plan and two calls",
        stream(*plan("I ", "add."), *call(0, "c1", "add", '{"a"', ": 2}"), *call(1, "c2", "now", "{}")),
        said(Reasoning("I add."), ADD, ToolCall("c2", "now", {}, "{}")),
    ),
    Case(
        "calls side by side",
        stream(
            call_start(0, "c1", "add"),
            call_start(1, "c2", "now"),
            call_piece(1, "{"),
            call_piece(0, '{"a": 2}'),
            call_piece(1, "}"),
            event("tool-call-end", index=1),
            event("tool-call-end", index=0),
        ),
        said(ADD, ToolCall("c2", "now", {}, "{}")),
    ),
    Case(
        "a call as a list",
        stream(
            event(
                "tool-call-start",
                {"tool_calls": [{"id": "c1", "function": {"name": "add", "arguments": '{"a": 2}'}}]},
                index=0,
            ),
            event("tool-call-end", index=0),
        ),
        said(ADD),
    ),
    Case(
        "a call without any argument text",
        stream(*call(0, "c2", "now")),
        said(ToolCall("c2", "now", {}, "")),
        [("arguments-empty", 1)],
    ),
    Case(
        "arguments as JSON",
        stream(call_start(0, "c1", "add"), call_piece(0, {"a": 2}), event("tool-call-end", index=0)),
        said(ToolCall("c1", "add", {"a": 2}, '{"a":2}')),
        [("arguments-not-text", 2)],
    ),
    Case(
        "citations of text and plan",
        stream(
            *block(0, "text", "5"),
            event("citation-start", {"citations": CITED}, index=0),
            event("citation-end", index=0),
            event("citation-start", {"citations": {**CITED, "type": "PLAN"}}, index=1),
        ),
        said(Text("5", (CITED,)), citations=[{**CITED, "type": "PLAN"}]),
    ),
    Case(
        "logprobs",
        stream(
            event("content-start", {"content": {"type": "text", "text": ""}}, index=0),
            event("content-delta", {"content": {"text": "a"}}, index=0, logprobs={"text": "a"}),
            event("content-delta", {"content": {"text": "a"}}, index=0, logprobs={"text": "a"}),
            event("content-end", index=0),
        ),
        said(Text("aa"), logprobs=[{"text": "a"}, {"text": "a"}]),
    ),
    Case(
        "what the model was given",
        stream({"type": "debug", "prompt": "<|START|>"}),
        said(debug=[{"prompt": "<|START|>"}]),
    ),
    Case(
        "a delta before its block",
        stream(event("content-delta", {"content": {"text": "Hi"}}, index=0)),
        said(Text("Hi")),
        [("block-start-missing", 1)],
    ),
    Case(
        "a block that begins twice and is never closed",
        stream(*block(0, "text", "Hel"), event("content-start", {"content": {"type": "text", "text": "lo"}}, index=0)),
        said(Text("Hello")),
        [("block-repeated", 4), ("block-not-closed", 4)],
    ),
    Case(
        "an end without a beginning",
        stream(*block(0, "text", "Hi"), event("content-end", index=1)),
        said(Text("Hi")),
        [("block-out-of-order", 4)],
    ),
    Case(
        "no index",
        stream(event("content-start", {"content": {"type": "text", "text": "Hi"}}), event("content-end", index=0)),
        said(Text("Hi")),
        [("index-missing", 1)],
    ),
    Case(
        "text in a thinking block",
        stream(*block(0, "thinking", "Hm"), event("content-delta", {"content": {"text": "Hi"}}, index=0)),
        said(Reasoning("Hm"), Text("Hi")),
    ),
    Case(
        "content of another kind",
        stream(
            event("content-start", {"content": {"type": "audio", "audio": ""}}, index=0), event("content-end", index=0)
        ),
        said(Unknown("audio", {"type": "audio", "audio": ""})),
        [("unknown-part", 1)],
    ),
    Case(
        "no start",
        [*block(0, "text", "Hi"), END, DONE],
        (Message(None, (Text("Hi"),), "COMPLETE"),),
        [("message-start-missing", 0), ("role-missing", 4)],
    ),
    Case(
        "a second start",
        [START, *block(0, "text", "One"), END, START, *block(0, "text", "Two"), END, DONE],
        (*said(Text("One")), *said(Text("Two"))),
        [("second-message-start", 5)],
    ),
    Case(
        "after the end",
        stream(*block(0, "text", "Hi"), done=False) + plan("I"),
        said(Reasoning("I"), Text("Hi")),
        [("event-after-end", 5)],
    ),
    Case(
        "cut off",
        [START, *block(0, "text", "Hel")[:2]],
        said(Text("Hel"), finish=None),
        [("stream-cut-off", 2)],
        complete=False,
    ),
    Case(
        "no finish reason",
        [START, {"type": "message-end", "delta": {}}],
        said(finish=None),
        [("finish-reason-missing", 1)],
    ),
    Case(
        "an unknown event, and data that is no JSON",
        stream(event("mood", {"mood": "fine"}), "{oops"),
        said(Unknown("mood", event("mood", {"mood": "fine"})), Unknown(None, "{oops")),
        [("unknown-event", 1), ("data-not-json", 2)],
    ),
    Case("[DONE] alone", [DONE], (), [("stream-empty", 0)], complete=False),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(cohere_chat, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_an_error_at_the_end() -> None:
    failed = {"type": "message-end", "delta": {"finish_reason": "ERROR", "usage": {}, "error": "No valid response"}}
    reading = read(cohere_chat, [START, *block(0, "thinking", "Hm"), failed, DONE])
    assert reading.reply.error == {"error": "No valid response"}
    assert reading.reply.messages == said(Reasoning("Hm"), finish="ERROR")
    assert reading.reply.usage is None
    assert short(reading) == [("error-event", 4)]


def test_an_end_that_comes_again() -> None:
    ends = [
        {"type": "message-end", "delta": {"finish_reason": reason, "usage": {"tokens": {"output_tokens": count}}}}
        for reason, count in (("COMPLETE", 4), ("MAX_TOKENS", 5), (None, 5))
    ]
    reading = read(cohere_chat, [START, *ends])
    assert reading.reply.messages == said(finish="MAX_TOKENS")
    assert reading.reply.usage is not None
    assert reading.reply.usage.output_tokens == 5
    assert short(reading) == [
        ("event-after-end", 2),
        ("finish-reason-repeated", 2),
        ("usage-cumulative", 2),
        ("usage-repeated", 3),
    ]


def test_an_error_in_place_of_an_event() -> None:
    reading = read(cohere_chat, [START, {"id": "c", "message": "internal server error"}])
    assert reading.reply.error == {"id": "c", "message": "internal server error"}
    assert not reading.reply.complete
    assert short(reading) == [("error-event", 1)]


PIECES = st.lists(st.text(max_size=4), max_size=4)


@given(PIECES, PIECES, PIECES)
def test_a_stream_is_what_it_is_plain(thoughts: list[str], texts: list[str], plans: list[str]) -> None:
    usage = {"tokens": {"input_tokens": 9, "output_tokens": 5}}
    end = {"finish_reason": "TOOL_CALL", "usage": usage}
    events = [
        *plan(*plans),
        *block(0, "thinking", *thoughts),
        *block(1, "text", *texts),
        *call(0, "c1", "add", '{"a"', ": 2}"),
    ]
    message = {
        "role": "assistant",
        "tool_plan": "".join(plans),
        "content": [{"type": "thinking", "thinking": "".join(thoughts)}, {"type": "text", "text": "".join(texts)}],
        "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a": 2}'}}],
    }
    streamed = read(cohere_chat, [START, *events, {"type": "message-end", "delta": end}, DONE])
    plain = read(cohere_chat, [{"id": "c", "message": message, **end}], streamed=False)
    assert streamed.reply == plain.reply
    assert streamed.anomalies == plain.anomalies == ()


# Version 1.


def line(kind: str, **fields: Json) -> Json:
    return {"is_finished": kind == "stream-end", "event_type": kind, **fields}


BEGIN = line("stream-start", generation_id="g")


def text(*pieces: str) -> list[Json]:
    return [line("text-generation", text=piece) for piece in pieces]


def chunk(**delta: Json) -> Json:
    return line("tool-calls-chunk", tool_call_delta=delta)


def end(reply: Json = None, reason: str | None = "COMPLETE") -> Json:
    response = (
        {}
        if reply is None
        else {"response": {"response_id": "r", "generation_id": "g", "finish_reason": reason, **reply}}
    )
    return line("stream-end", finish_reason=reason, **response)


SUM = ToolCall(None, "add", {"a": 2}, '{"a": 2}')
CALLED: Json = {"name": "add", "parameters": {"a": 2}}

LINES = [
    Case("text", [BEGIN, *text("Hel", "lo"), end({"text": "Hello"})], said(Text("Hello"))),
    Case("text that only the end has", [BEGIN, end({"text": "Hello"})], said(Text("Hello"))),
    Case("no reply at the end", [BEGIN, *text("Hi"), end()], said(Text("Hi"))),
    Case(
        "another text at the end",
        [BEGIN, *text("Hel"), end({"text": "Hello"})],
        said(Text("Hel")),
        [("done-disagrees", 2)],
    ),
    Case(
        "calls whole, and again at the end",
        [
            BEGIN,
            line("tool-calls-generation", text="I add.", tool_calls=[CALLED]),
            end({"text": "I add.", "tool_calls": [CALLED]}),
        ],
        said(Text("I add."), ToolCall(None, "add", {"a": 2}, '{"a":2}')),
    ),
    Case(
        "calls in pieces, then whole",
        [
            BEGIN,
            line("tool-calls-chunk", text="I add."),
            chunk(index=0, name="add"),
            chunk(index=0, parameters='{"a"'),
            chunk(index=0, parameters=": 2}"),
            chunk(index=1, name="now", parameters="{}"),
            line("tool-calls-generation", text="I add.", tool_calls=[CALLED, {"name": "now", "parameters": {}}]),
            end(),
        ],
        said(Text("I add."), SUM, ToolCall(None, "now", {}, "{}")),
    ),
    Case(
        "other calls at the end",
        [
            BEGIN,
            chunk(index=0, name="add"),
            chunk(index=0, parameters='{"a": 2}'),
            end({"text": "", "tool_calls": [{"name": "mul", "parameters": {}}]}),
        ],
        said(SUM),
        [("done-disagrees", 3)],
    ),
    Case(
        "no index",
        [BEGIN, chunk(name="add"), chunk(parameters='{"a": 2'), end()],
        said(ToolCall(None, "add", None, '{"a": 2')),
        [("index-missing", 1), ("arguments-not-json", 2)],
    ),
    Case(
        "search and citations",
        [
            BEGIN,
            line("search-queries-generation", search_queries=[{"text": "q"}]),
            line("search-results", documents=[{"id": "d"}]),
            *text("5"),
            line("citation-generation", citations=[CITED]),
            end({"text": "5", "citations": [CITED], "documents": [{"id": "d"}]}),
        ],
        said(Text("5", (CITED,)), search_queries=[{"text": "q"}], documents=[{"id": "d"}]),
    ),
    Case(
        "no finish reason",
        [BEGIN, *text("Hi"), end(reason=None)],
        said(Text("Hi"), finish=None),
        [("finish-reason-missing", 2)],
    ),
    Case("cut off", [BEGIN, *text("Hel")], said(Text("Hel"), finish=None), [("stream-cut-off", 1)], complete=False),
    Case(
        "after the end, and unknown",
        [BEGIN, *text("Hi"), end(), line("mood")],
        said(Text("Hi"), Unknown(None, line("mood"))),
        [("event-after-end", 3), ("unknown-event", 3)],
    ),
]


@pytest.mark.parametrize("case", LINES, ids=lambda case: case.name)
def test_lines(case: Case) -> None:
    reading = read(cohere_chat, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete
    assert reading.reply.id == "g"


def test_the_end_says_all_once_more() -> None:
    meta = {"tokens": {"input_tokens": 9, "output_tokens": 5}}
    history = [{"role": "USER", "message": "Hi"}, {"role": "CHATBOT", "message": "Hello"}]
    reading = read(
        cohere_chat, [BEGIN, *text("Hel", "lo"), end({"text": "Hello", "chat_history": history, "meta": meta})]
    )
    assert reading.reply.usage == Usage(input_tokens=9, output_tokens=5, raw=meta)
    assert [(echo.event, echo.text, echo.route) for echo in reading.echoes] == [
        (3, "Hello", ("response", "text")),
        (3, "Hello", ("response", "chat_history", 1, "message")),
    ]


def test_an_error_of_version_1() -> None:
    failed = {**end(reason="ERROR"), "error": "overloaded"}
    reading = read(cohere_chat, [BEGIN, *text("Hel"), failed])
    assert reading.reply.error == {"error": "overloaded"}
    assert short(reading) == [("error-event", 2)]
