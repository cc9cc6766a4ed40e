"""Awkward but real streams of Gemini: what is in them, and what is named."""

from dataclasses import replace

import pytest
from reading import Case, read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Reasoning,
    Route,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
    Usage,
)
from cassette_cli.protocols import google_generate_content


def event(*parts: Json, finish: Json = None, index: int | None = None, **candidate: Json) -> dict[str, Json]:
    """An event of one candidate, as Google sends it: what is zero or empty is left out."""
    fields: dict[str, Json] = {"content": {"role": "model", **({"parts": list(parts)} if parts else {})}, **candidate}
    fields |= {name: item for name, item in (("finishReason", finish), ("index", index)) if item is not None}
    return {"candidates": [fields], "modelVersion": "m", "responseId": "r"}


def text(content: str, **more: Json) -> Json:
    return {"text": content, **more}


def thought(content: str, **more: Json) -> Json:
    return {"text": content, "thought": True, **more}


def call(name: str | None = None, **fields: Json) -> Json:
    return {"functionCall": {**({} if name is None else {"name": name}), **fields}}


def arg(path: str, value: Json, kind: str = "stringValue", **more: Json) -> Json:
    return {"jsonPath": path, kind: value, **more}


def said(*parts: Part, finish: str | None = "STOP", **extra: Json) -> tuple[Message, ...]:
    return (Message("model", parts, finish, extra or None),)


STOP = event(finish="STOP")
SIGNED = {"text": "", "thoughtSignature": "s"}
RATINGS = [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"}]
GROUNDED = {"groundingChunks": [{"web": {"uri": "https://x"}}], "webSearchQueries": ["q"]}

TEXTS = [
    Case("text in pieces", [event(text("Hel")), event(text("lo"), finish="STOP")], said(Text("Hello"))),
    Case("several pieces in one event", [event(text("a"), text("b"), text("c"), finish="STOP")], said(Text("abc"))),
    Case(
        "thought, then text",
        [event(thought("Hm")), event(thought(".")), event(text("He")), event(text("y"), finish="STOP")],
        said(Reasoning("Hm."), Text("Hey")),
    ),
    Case(
        "thought between texts",
        [event(text("a")), event(thought("b"), text("c"), finish="STOP")],
        said(Text("a"), Reasoning("b"), Text("c")),
    ),
    Case(
        "signature on an empty text, which clients drop",
        [event(text("Hello")), event(SIGNED, finish="STOP")],
        said(Text("Hello", signature="s")),
    ),
    Case(
        "signature within the text",
        [event(text("a")), event(text("b", thoughtSignature="s")), event(text("c"), finish="STOP")],
        said(Text("ab", signature="s"), Text("c")),
    ),
    Case(
        "signature right after a thought",
        [event(thought("Hm")), event(SIGNED), event(text("Hey"), finish="STOP")],
        said(Reasoning("Hm", "s"), Text("Hey")),
    ),
    Case(
        "two signed thoughts",
        [event(thought("a", thoughtSignature="s")), event(thought("b", thoughtSignature="t"), finish="STOP")],
        said(Reasoning("a", "s"), Reasoning("b", "t")),
    ),
    Case("an empty text at the end", [event(text("Hi")), event(text(""), finish="STOP")], said(Text("Hi"))),
    Case("nothing but a finish reason", [event(finish="MAX_TOKENS")], said(finish="MAX_TOKENS")),
    Case(
        "no content at all",
        [{"candidates": [{"finishReason": "SAFETY", "safetyRatings": RATINGS}]}],
        (Message(None, (), "SAFETY", {"safetyRatings": RATINGS}),),
    ),
    Case(
        "text around an image",
        [
            event(text("a")),
            event({"inlineData": {"mimeType": "image/png", "data": "aGVsbG8="}}),
            event(text("b"), finish="STOP"),
        ],
        said(Text("a"), Media("image", "image/png", 5), Text("b")),
    ),
    Case(
        "a thought that is an image",
        [event({"inlineData": {"mimeType": "image/png", "data": ""}, "thought": True}, finish="STOP")],
        said(Media("image", "image/png", 0), parts={"0": {"thought": True}}),
    ),
    Case(
        "two candidates side by side",
        [
            event(text("a"), index=0),
            event(text("x"), index=1),
            event(text("b"), finish="STOP"),
            event(text("y"), index=1, finish="MAX_TOKENS"),
        ],
        (Message("model", (Text("ab"),), "STOP"), Message("model", (Text("xy"),), "MAX_TOKENS")),
    ),
    Case(
        "grounding comes before the end, and again",
        [event(text("a"), groundingMetadata=GROUNDED), event(groundingMetadata=GROUNDED), STOP],
        said(Text("a"), groundingMetadata=GROUNDED),
    ),
    Case(
        "log probabilities of each event",
        [
            event(text("a"), logprobsResult={"chosenCandidates": [1]}),
            event(text("b"), logprobsResult={"chosenCandidates": [2]}, finish="STOP"),
        ],
        said(Text("ab"), logprobsResult={"chosenCandidates": [1, 2]}),
    ),
    Case(
        "ratings of each event: the last count",
        [event(text("a"), safetyRatings=[{"category": "X"}]), event(text("b"), safetyRatings=RATINGS, finish="STOP")],
        said(Text("ab"), safetyRatings=RATINGS),
    ),
    Case(
        "citations",
        [
            event(text("a"), citationMetadata={"citations": [{"uri": "1"}]}),
            event(text("b"), citationMetadata={"citations": [{"uri": "2"}]}, finish="STOP"),
        ],
        said(Text("ab", ({"uri": "1"}, {"uri": "2"}))),
    ),
    Case("an array that nothing has cut", [[event(text("a")), event(text("b"), finish="STOP")]], said(Text("ab"))),
    Case("Code Assist", [{"response": event(text("a"))}, {"response": STOP, "traceId": "t"}], said(Text("a"))),
]

FRAMES = [
    Case(
        "finish reason in every event",
        [event(text("a"), finish="STOP"), event(text("b"), finish="STOP")],
        said(Text("ab")),
        [("content-after-finish", 1), ("finish-reason-repeated", 1)],
    ),
    Case("an empty text after the finish reason", [event(text("a"), finish="STOP"), event(text(""))], said(Text("a"))),
    Case("finish reason as a number", [event(text("a"), finish=1)], said(Text("a"), finish="1")),
    Case("cut off", [event(text("a"))], said(Text("a"), finish=None), [("stream-cut-off", 0)], complete=False),
    Case(
        "one of two candidates cut off",
        [event(text("a"), finish="STOP"), event(text("x"), index=1)],
        (*said(Text("a")), *said(Text("x"), finish=None)),
        [("stream-cut-off", 1)],
        complete=False,
    ),
    Case(
        "cut off within an event",
        [event(text("a")), '{"candidates": [{"cont'],
        said(Text("a"), Unknown(None, '{"candidates": [{"cont'), finish=None),
        [("data-not-json", 1), ("stream-cut-off", 1)],
        complete=False,
    ),
    Case("no events", [], (), [("stream-empty", None)], complete=False),
    Case(
        "usage alone",
        [{"usageMetadata": {"promptTokenCount": 3}, "modelVersion": "m"}],
        (),
        [("stream-empty", 0)],
        complete=False,
    ),
    Case(
        "an error within the reply",
        [event(text("a")), {"error": {"code": 503, "status": "UNAVAILABLE"}}],
        said(Text("a"), finish=None),
        [("error-event", 1)],
        complete=False,
    ),
    Case("[DONE]", [event(text("a"), finish="STOP"), "[DONE]"], said(Text("a")), [("done-unexpected", 1)]),
    Case(
        "an unknown event",
        [event(text("a"), finish="STOP"), {"type": "ping"}],
        said(Text("a"), Unknown("ping", {"type": "ping"})),
        [("unknown-event", 1)],
    ),
    Case(
        "a response id that changes",
        [event(text("a")), {**event(text("b"), finish="STOP"), "responseId": "q"}],
        said(Text("ab")),
        [("response-id-changed", 1)],
    ),
    Case(
        "no role",
        [{"candidates": [{"content": {"parts": [text("a")]}, "finishReason": "STOP"}]}],
        (Message(None, (Text("a"),), "STOP"),),
        [("role-missing", 0)],
    ),
]

ADD = ToolCall(None, "add", {"a": 2, "b": 3}, '{"a":2,"b":3}')
BOTH = [call("add", args={"a": 2, "b": 3}), call("mul", args={"b": 3})]
GO: Json = {"willContinue": True}
END = call()

CALLS = [
    Case(
        "two calls in one event, with their finish reason",
        [event(*BOTH, finish="STOP")],
        said(ADD, ToolCall(None, "mul", {"b": 3}, '{"b":3}')),
    ),
    Case(
        "signature on the first of two calls",
        [event({**BOTH[0], "thoughtSignature": "s"}, BOTH[1]), STOP],
        said(replace(ADD, signature="s"), ToolCall(None, "mul", {"b": 3}, '{"b":3}')),
    ),
    Case(
        "the same call twice",
        [event(BOTH[0]), event(BOTH[0]), STOP],
        said(ADD, ADD),
    ),
    Case(
        "two calls with one id",
        [event(call("f", id="1", args={})), event(call("f", id="1", args={})), STOP],
        said(ToolCall("1", "f", {}, "{}"), ToolCall("1", "f", {}, "{}")),
        [("id-not-unique", 1)],
    ),
    Case(
        "a call without arguments, which clients drop",
        [event({**call("f"), "thoughtSignature": "s"}), STOP],
        said(ToolCall(None, "f", {}, "", "s")),
        [("arguments-empty", 0)],
    ),
    Case(
        "text after a call",
        [event(text("a")), event(BOTH[0]), event(text("b")), STOP],
        said(Text("a"), ADD, Text("b")),
    ),
    Case(
        "a response within the reply",
        [event({"functionResponse": {"id": "1", "name": "f", "response": {"x": 1}}}), STOP],
        said(ToolCallResponse("1", '{"x":1}', "f")),
    ),
]

PARTIAL = [
    Case(
        "arguments value by value",
        [
            event({**call("f", **GO), "thoughtSignature": "s"}),
            event(call(partialArgs=[arg("$.who.name", "Bo", **GO)], **GO)),
            event(call(partialArgs=[arg("$.who.name", "b"), arg("$.who.age", 3, "numberValue")], **GO)),
            event(call(partialArgs=[arg("$.list[0].on", True, "boolValue")], **GO)),
            event(
                call(partialArgs=[arg("$.list[1]", None, "nullValue"), arg("$.none", "NULL_VALUE", "nullValue")], **GO)
            ),
            event(END),
            STOP,
        ],
        said(
            ToolCall(
                None,
                "f",
                {"who": {"name": "Bob", "age": 3}, "list": [{"on": True}, None], "none": None},
                '{"who":{"name":"Bob","age":3},"list":[{"on":true},null],"none":null}',
                "s",
            ),
        ),
    ),
    Case(
        "no empty piece at the end",
        [event(call("f", **GO)), event(call(partialArgs=[arg("$.a", "x")])), STOP],
        said(ToolCall(None, "f", {"a": "x"}, '{"a":"x"}')),
    ),
    Case(
        "no willContinue anywhere",
        [event(call("f")), event(call(partialArgs=[arg("$.a", "x")])), event(END), STOP],
        said(ToolCall(None, "f", {"a": "x"}, '{"a":"x"}')),
    ),
    Case(
        "the name with the first value, and two calls of one function",
        [
            event(call("f", partialArgs=[arg("$.a", "x")], **GO), END, call("f", partialArgs=[arg("$.a", "y")], **GO)),
            event(END),
            STOP,
        ],
        said(ToolCall(None, "f", {"a": "x"}, '{"a":"x"}'), ToolCall(None, "f", {"a": "y"}, '{"a":"y"}')),
    ),
    Case(
        "the name in every piece",
        [event(call("f", **GO)), event(call("f", partialArgs=[arg("$.a", "x")], **GO)), event(END), STOP],
        said(ToolCall(None, "f", {"a": "x"}, '{"a":"x"}')),
        [("name-repeated", 1)],
    ),
    Case(
        "another call before the last has ended",
        [event(call("f", **GO)), event(call("g", args={})), STOP],
        said(ToolCall(None, "f", {}, ""), ToolCall(None, "g", {}, "{}")),
        [("block-not-closed", 0)],
    ),
    Case(
        "the whole arguments at the end",
        [
            event(call("f", **GO)),
            event(call(partialArgs=[arg("$.a", "x")], **GO)),
            event(call(args={"a": "x", "b": 1})),
            STOP,
        ],
        said(ToolCall(None, "f", {"a": "x", "b": 1}, '{"a":"x","b":1}')),
    ),
    Case(
        "a streamed call without arguments",
        [event(call("f", **GO)), event(END), STOP],
        said(ToolCall(None, "f", {}, "")),
        [("arguments-empty", 0)],
    ),
    Case(
        "values of paths in turn",
        [
            event(call("f", **GO)),
            event(call(partialArgs=[arg("$.a", "1", **GO), arg("$.b", "2", **GO)], **GO)),
            event(call(partialArgs=[arg("$.a", "3"), arg("$.b", "4")])),
            STOP,
        ],
        said(ToolCall(None, "f", {"a": "13", "b": "24"}, '{"a":"13","b":"24"}')),
    ),
    Case(
        "an empty piece that ends nothing",
        [event(text("a"), END), STOP],
        said(Text("a")),
    ),
    Case(
        "pieces of a call that never began",
        [event(call(partialArgs=[arg("$.a", "x")])), STOP],
        said(ToolCall(None, None, {"a": "x"}, '{"a":"x"}')),
        [("name-missing", 0)],
    ),
    Case(
        "arguments that are no object, in a call that goes on",
        [event(call("f", args=3, **GO)), event(END), STOP],
        said(ToolCall(None, "f", {}, ""), functionCall={"args": 3}),
        [("arguments-empty", 0)],
    ),
]


@pytest.mark.parametrize("case", [*TEXTS, *FRAMES, *CALLS, *PARTIAL], ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(google_generate_content, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete == case.complete


def usage(prompt: int, output: int | None, total: int) -> dict[str, int]:
    fields = {"promptTokenCount": prompt, "candidatesTokenCount": output, "totalTokenCount": total}
    return {name: count for name, count in fields.items() if count is not None}


@pytest.mark.parametrize(
    ("usages", "anomalies"),
    [
        ([usage(9, 1, 10), usage(9, 2, 11)], []),
        ([usage(9, 2, 11), usage(9, 2, 11)], []),
        ([usage(9, None, 9), usage(9, 2, 11)], []),
        ([usage(15, 2, 17), usage(13, 2, 15)], [("usage-overridden", 1)]),
        ([usage(9, 2, 11), usage(9, None, 9)], [("usage-overridden", 1)]),
        ([usage(9, 2, 11), usage(9, 2, 30)], [("usage-inconsistent", 1)]),
        ([usage(9, 2, 11), usage(9, -2, 7)], [("usage-overridden", 1), ("usage-inconsistent", 1)]),
    ],
)
def test_the_last_usage_counts(usages: list[dict[str, int]], anomalies: list[tuple[str, int]]) -> None:
    first, last = ({**event(text("a")), "usageMetadata": each} for each in usages)
    last["candidates"][0]["finishReason"] = "STOP"
    first["candidates"][0]["content"]["parts"] = []
    reading = read(google_generate_content, [first, last])
    raw = usages[1]
    assert reading.reply.usage == Usage(
        input_tokens=raw["promptTokenCount"],
        output_tokens=raw.get("candidatesTokenCount"),
        total_tokens=raw["totalTokenCount"],
        raw=raw,
    )
    assert short(reading) == anomalies


def test_deltas_lead_to_the_pieces() -> None:
    payloads = [
        event(thought("Hm", thoughtSignature="s"), text("He")),
        event(text("y")),
        event(call("f", partialArgs=[arg("$.a", "x", **GO), arg("$.a", '"')])),
        STOP,
    ]
    reading = read(google_generate_content, payloads)
    parts: Route = ("candidates", 0, "content", "parts")
    partial: Route = (*parts, 0, "functionCall", "partialArgs")
    assert [(*delta.channel[1:], *delta[:1], *delta[2:]) for delta in reading.deltas] == [
        (0, "content", 0, "Hm", (*parts, 0, "text")),
        (0, "signature", 0, "s", (*parts, 0, "thoughtSignature")),
        (1, "content", 0, "He", (*parts, 1, "text")),
        (1, "content", 1, "y", (*parts, 0, "text")),
        (2, "arguments_text", 2, '{"a":"', None),
        (2, "arguments_text", 2, "x", (*partial, 0, "stringValue")),
        (2, "arguments_text", 2, '\\"', None),
        (2, "arguments_text", 2, '"}', None),
    ]


@pytest.mark.parametrize(
    ("payload", "outer"),
    [([event(text("a"), finish="STOP")], (0,)), ({"response": event(text("a"), finish="STOP")}, ("response",))],
    ids=["array", "wrapper"],
)
def test_deltas_lead_into_what_wraps_an_event(payload: Json, outer: Route) -> None:
    reading = read(google_generate_content, [payload])
    assert [delta.route for delta in reading.deltas] == [(*outer, "candidates", 0, "content", "parts", 0, "text")]
