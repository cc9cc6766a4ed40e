"""Awkward but real streams of chat completions: what is in them, and what is named."""

import base64
from dataclasses import replace
from typing import Any

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    Unknown,
    Usage,
)
from cassette_cli.protocols import openai_chat

DONE = "[DONE]"
START: Json = {"role": "assistant", "content": ""}


def chunk(delta: Json, finish: str | None = None, index: int = 0, **top: Json) -> dict[str, Json]:
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "model": "m", "choices": [choice], **top}


def usage(tokens: int, **more: Json) -> Json:
    return {"prompt_tokens": 9, "completion_tokens": tokens, "total_tokens": 9 + tokens, **more}


def stream(*deltas: Json, finish: str = "stop", done: bool = True) -> list[Json]:
    """A well-formed stream around some deltas; the first of them is event 1."""
    return [chunk(START), *(chunk(delta) for delta in deltas), chunk({}, finish), *([DONE] if done else [])]


def call(arguments: Json = None, index: int | None = 0, *, name: str | None = None, **fields: Json) -> Json:
    """A delta with a piece of one tool call."""
    function = {key: item for key, item in (("name", name), ("arguments", arguments)) if item is not None}
    return {"tool_calls": [{**({} if index is None else {"index": index}), **fields, "function": function}]}


def said(*parts: Part, finish: str | None = "stop", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


ADD = ToolCall("c1", "add", {"a": 2}, '{"a": 2}')
MUL = ToolCall("c2", "mul", {"b": 3}, '{"b": 3}')

CALLS = [
    Case(
        "two calls in pieces, side by side",
        stream(
            call("", id="c1", type="function", name="add"),
            call('{"a"'),
            call("", 1, id="c2", type="function", name="mul"),
            call(": 2}"),
            call('{"b": 3}', 1),
        ),
        said(ADD, MUL),
    ),
    Case(
        "index missing, one call in pieces",
        stream(call('{"a"', None, id="c1", name="add"), call(": 2}", None)),
        said(ADD),
        [("index-missing", 1)],
    ),
    Case(
        "index missing, two whole calls",
        stream(call('{"a": 2}', None, id="c1", name="add"), call('{"b": 3}', None, id="c2", name="mul")),
        said(ADD, MUL),
        [("index-missing", 1), ("index-missing", 2)],
    ),
    Case(
        "index and ids missing, two whole calls",
        stream(call('{"a": 2}', None, name="add"), call('{"b": 3}', None, name="mul")),
        said(ToolCall(None, "add", {"a": 2}, '{"a": 2}'), ToolCall(None, "mul", {"b": 3}, '{"b": 3}')),
        [("index-missing", 1), ("id-missing", 1), ("index-missing", 2), ("id-missing", 2)],
    ),
    Case(
        "two calls on one index",
        stream(call('{"a": 2}', id="c1", name="add"), call('{"b": 3}', id="c2", name="mul")),
        said(ADD, MUL),
        [("index-reused", 2)],
    ),
    Case(
        "two calls of one function on one index, without ids",
        stream(call('{"a": 2}', id="", name="add"), call('{"a": 3}', id="", name="add")),
        said(ToolCall(None, "add", {"a": 2}, '{"a": 2}'), ToolCall(None, "add", {"a": 3}, '{"a": 3}')),
        [("id-missing", 1), ("index-reused", 2), ("id-missing", 2)],
    ),
    Case(
        "two pieces of one call in one event",
        stream({"tool_calls": call('{"a"', id="c1", name="add")["tool_calls"] + call(": 2}")["tool_calls"]}),
        said(ADD),
        [("index-repeated", 1)],
    ),
    Case(
        "index starts at 1",
        stream(call('{"a": 2}', 1, id="c1", name="add"), call('{"b": 3}', 2, id="c2", name="mul")),
        said(ADD, MUL),
        [("index-not-next", 1)],
    ),
    Case("index -1", stream(call('{"a": 2}', -1, id="c1", name="add")), said(ADD), [("index-not-next", 1)]),
    Case(
        "id and name with each piece",
        stream(*(call(piece, id="c1", name="add") for piece in ('{"a"', ":", " 2}"))),
        said(ADD),
        [("id-repeated", 2), ("name-repeated", 2)],
    ),
    Case(
        "empty id and name with each further piece",
        stream(call('{"a"', id="c1", name="add"), call(": 2}", id="", name="")),
        said(ADD),
    ),
    Case(
        "another id with a further piece",
        stream(call('{"a"', id="c1", name="add"), call(": 2}", id="c2")),
        said(ADD),
        [("id-changed", 2)],
    ),
    Case(
        "arguments sent whole again at the end",
        stream(call('{"a"', id="c1", name="add"), call(": 2}"), call('{"a":2}', id="c1", name="add")),
        said(ADD),
        [("id-repeated", 3), ("name-repeated", 3), ("arguments-resent", 3)],
    ),
    Case(
        "an empty object, then arguments",
        stream(call("{}", id="c1", name="add"), call('{"a": 2}')),
        said(ToolCall("c1", "add", None, '{}{"a": 2}')),
        [("arguments-not-json", 2)],
    ),
    Case(
        "arguments as an object",
        stream(call({"a": 2}, id="c1", name="add")),
        said(ToolCall("c1", "add", {"a": 2}, '{"a":2}')),
        [("arguments-not-text", 1)],
    ),
    Case(
        "arguments cut off",
        stream(call('{"a": ', id="c1", name="add"), finish="length"),
        said(ToolCall("c1", "add", None, '{"a": '), finish="length"),
        [("arguments-not-json", 1)],
    ),
    Case(
        "arguments null and never any",
        stream({"tool_calls": [{"index": 0, "id": "c1", "function": {"name": "now", "arguments": None}}]}),
        said(ToolCall("c1", "now", {}, "")),
        [("arguments-empty", 1)],
    ),
    Case(
        "name in pieces",
        stream(call(id="c1", name="get_"), call("{}", name="time")),
        said(ToolCall("c1", "get_time", {}, "{}")),
        [("name-in-pieces", 2)],
    ),
    Case(
        "name after the start of the call",
        stream(call("", id="c1"), call('{"a": 2}', name="add")),
        said(ADD),
        [("name-late", 2)],
    ),
    Case(
        "no name at all",
        stream(call("{}", id="c1")),
        said(ToolCall("c1", None, {}, "{}")),
        [("name-missing", 1)],
    ),
    Case(
        "one id for two calls",
        stream(call('{"a": 2}', id="c1", name="add"), call('{"a": 2}', 1, id="c1", name="add")),
        said(ADD, ADD),
        [("id-not-unique", 2)],
    ),
    Case(
        "a custom tool, whose input is no JSON",
        stream(
            {"tool_calls": [{"index": 0, "id": "c1", "type": "custom", "custom": {"name": "sh", "input": "ls"}}]},
            {"tool_calls": [{"index": 0, "custom": {"input": " -l"}}]},
        ),
        said(ToolCall("c1", "sh", "ls -l", "ls -l")),
    ),
    Case(
        "tools that Groq ran: begun and answered, with an index that comes again",
        stream(
            {
                "executed_tools": [
                    {"index": 0, "type": "python", "arguments": '{"code": 1', "search_results": {"results": []}}
                ]
            },
            {"executed_tools": [{"index": 0, "type": "python", "arguments": "{}"}]},
            {"executed_tools": [{"index": 0, "type": "python", "arguments": "{}", "output": "2\n"}]},
            {
                "executed_tools": [
                    {
                        "name": "find",
                        "index": 1,
                        "type": "function",
                        "arguments": "{}",
                        "search_results": {"results": None},
                    }
                ]
            },
            {
                "executed_tools": [
                    {
                        "name": "find",
                        "index": 1,
                        "type": "search",
                        "arguments": "{}",
                        "search_results": {"results": [{"url": "u"}]},
                    }
                ]
            },
            {"reasoning": "Hm", "content": "Hi"},
        ),
        said(
            Reasoning("Hm"),
            ServerToolCall(None, "python", None, '{"code": 1', "python"),
            ServerToolCall(None, "python", {}, "{}", "python"),
            ServerToolCallResponse(None, {"output": "2\n"}, "python"),
            ServerToolCall(None, "find", {}, "{}", "search"),
            ServerToolCallResponse(None, {"search_results": {"results": [{"url": "u"}]}}, "search"),
            Text("Hi"),
        ),
        [("arguments-not-json", 1)],
    ),
    Case(
        "a function call as it was before tool calls",
        stream({"function_call": {"name": "add", "arguments": '{"a"'}}, {"function_call": {"arguments": ": 2}"}}),
        said(ToolCall(None, "add", {"a": 2}, '{"a": 2}')),
    ),
    Case(
        "text and a call in one delta, and fields that only Google sends",
        stream({"content": "Hm", **call('{"a": 2}', id="c1", name="add", extra_content={"google": {"x": 1}})}),
        said(Text("Hm"), ADD, tool_calls={"0": {"extra_content": {"google": {"x": 1}}}}),
    ),
    Case(
        "the signature of a call (Gemini's endpoint for OpenAI's clients)",
        stream(
            call('{"a": 2}', id="c1", name="add", extra_content={"google": {"thought_signature": "s"}}),
            call('{"b": 3}', 1, id="c2", name="mul"),
        ),
        said(replace(ADD, signature="s"), MUL),
    ),
]

THOUGHT = {"type": "reasoning.text", "index": 0}
REASONING = [
    Case(
        "ids and formats that clients must send back; a detail of an unknown type",
        stream(
            {"reasoning_details": [{"type": "reasoning.text", "text": "H", "format": "f-1", "index": 0, "id": None}]},
            {"reasoning_details": [{"type": "reasoning.text", "text": "m", "format": "f-1", "index": 0}]},
            {"reasoning_details": [{"type": "reasoning.encrypted", "data": "e", "format": "f-1", "id": "rs_1"}]},
            {"reasoning_details": [{"type": "reasoning.hologram", "light": 7}]},
        ),
        said(
            Reasoning("Hm", encrypted="e"),
            reasoning_details={"0": {"format": "f-1", "id": "rs_1", "type": "reasoning.hologram", "light": 7}},
        ),
    ),
    Case(
        "reasoning_content",
        stream({"reasoning_content": "H"}, {"reasoning_content": "m"}, {"content": "Hi"}),
        said(Reasoning("Hm"), Text("Hi")),
    ),
    Case(
        "reasoning", stream({"reasoning": "H"}, {"reasoning": "m", "content": "Hi"}), said(Reasoning("Hm"), Text("Hi"))
    ),
    Case(
        "one thought under two names",
        stream({"reasoning": "Hm", "reasoning_details": [{**THOUGHT, "text": "Hm"}]}),
        said(Reasoning("Hm")),
        [("reasoning-twice", 1)],
    ),
    Case(
        "one thought under two names, details first",
        stream({"reasoning_details": [{**THOUGHT, "text": "Hm", "signature": "s"}], "reasoning": "Hm"}),
        said(Reasoning("Hm", signature="s")),
        [("reasoning-twice", 1)],
    ),
    Case(
        "details alone, text and summary",
        stream({"reasoning_details": [{**THOUGHT, "text": "H"}]}, {"reasoning_details": [{"summary": "m"}]}),
        said(Reasoning("Hm")),
    ),
    Case(
        "each thought has its own signature",
        stream(
            {"reasoning_details": [{**THOUGHT, "text": "One"}]},
            {"reasoning_details": [{**THOUGHT, "signature": "s1"}]},
            {"reasoning_details": [{**THOUGHT, "text": "Two"}]},
            {"reasoning_details": [{"type": "reasoning.encrypted", "data": "e2"}]},
            {"reasoning_details": [{"type": "reasoning.encrypted", "data": "e3"}]},
        ),
        said(Reasoning("One", signature="s1"), Reasoning("Two", encrypted="e2"), Reasoning("", encrypted="e3")),
    ),
    Case(
        "reasoning as an object",
        stream({"reasoning_content": {"text": "Hm"}}),
        said(reasoning_content={"text": "Hm"}),
        [("reasoning-not-text", 1)],
    ),
    Case(
        "content as typed chunks",
        stream(
            {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}], "signature": "s"}]},
            {"content": [{"type": "text", "text": "H"}, {"type": "reference", "reference_ids": [1]}]},
            {"content": ["i", {"type": "refusal", "refusal": "No"}, {"type": "thinking", "thinking": "Oh"}]},
            {"images": [{"type": "text", "text": "no image"}]},
        ),
        said(
            Reasoning("Hm", signature="s"),
            Reasoning("Oh"),
            Text("Hi"),
            Refusal("No"),
            Unknown("reference", {"type": "reference", "reference_ids": [1]}),
            Unknown("text", {"type": "text", "text": "no image"}),
        ),
    ),
]

MESSAGES = [
    Case(
        "two choices, interleaved",
        [
            chunk(START),
            chunk(START, index=1),
            chunk({"content": "B"}, index=1),
            chunk({"content": "A"}),
            chunk({"content": "b"}, "length", 1),
            chunk({"content": "a"}, "stop"),
            DONE,
        ],
        (*said(Text("Aa")), *said(Text("Bb"), finish="length")),
    ),
    Case(
        "role with each delta",
        stream({"role": "assistant", "content": "H"}, {"role": "assistant", "content": "i"}),
        said(Text("Hi")),
        [("role-repeated", 1)],
    ),
    Case(
        "role empty, then given",
        [chunk({"role": "", "content": "H"}), chunk({"role": "assistant"}, "stop"), DONE],
        said(Text("H")),
    ),
    Case(
        "no role at all",
        [chunk({"content": "Hi"}, "stop"), DONE],
        (Message(None, (Text("Hi"),), "stop"),),
        [("role-missing", 1)],
    ),
    Case(
        "finish reason twice",
        [chunk({**START, "content": "Hi"}), chunk({}, "tool_calls"), chunk({"content": ""}, "stop"), DONE],
        said(Text("Hi")),
        [("finish-reason-repeated", 2)],
    ),
    Case(
        "finish reason never",
        [chunk({**START, "content": "Hi"}), DONE],
        said(Text("Hi"), finish=None),
        [("finish-reason-missing", 1)],
    ),
    Case(
        "content after the finish reason",
        [chunk(START, "stop"), chunk({"content": "Hi"}), chunk({"content": "!"}), DONE],
        said(Text("Hi!")),
        [("content-after-finish", 1)],
    ),
    Case("refusal", stream({"refusal": "I "}, {"refusal": "won't"}), said(Refusal("I won't"))),
    Case(
        "log probabilities, filter results and a field of one dialect",
        [
            chunk({**START, "channel": "analysis"}),
            *(
                {**chunk({}), "choices": [{"index": 0, "delta": {"content": text, "channel": "final"}, **more}]}
                for text, more in (
                    ("H", {"logprobs": {"content": [{"token": "H"}], "refusal": None}}),
                    ("i", {"logprobs": {"content": [{"token": "i"}]}, "content_filter_results": {"hate": "safe"}}),
                )
            ),
            chunk({}, "stop"),
            DONE,
        ],
        said(
            Text("Hi"),
            channel=["analysis", "final"],
            logprobs={"content": [{"token": "H"}, {"token": "i"}], "refusal": None},
            content_filter_results={"hate": "safe"},
        ),
    ),
    Case(
        "audio in pieces",
        stream(
            {"audio": {"id": "audio_1", "transcript": "Gr"}},
            {"audio": {"transcript": "üße", "data": base64.b64encode(b"1234").decode()}},
            {"audio": {"data": base64.b64encode(b"56").decode()}},
            {"audio": {"expires_at": 1}},
        ),
        said(Media("audio", size=6, uri="audio_1", transcript="Grüße"), audio={"expires_at": 1}),
    ),
    Case(
        "images and annotations",
        stream(
            {"content": "Look", "annotations": [{"type": "url_citation"}]},
            {"images": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,aGVsbG8="}}]},
        ),
        said(Text("Look", ({"type": "url_citation"},)), Media("image", "image/png", 5)),
    ),
    Case(
        "message beside delta, cumulative, and the end as another object",
        [
            {**chunk({}), "choices": [{"index": 0, "delta": {"content": "H"}, "message": {"content": "H"}}]},
            {**chunk({}), "choices": [{"index": 0, "delta": {"content": "i"}, "message": {"content": "Hi"}}]},
            {
                **chunk({}),
                "object": "chat.completion.done",
                "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}],
            },
        ],
        (Message(None, (Text("Hi"),), "stop"),),
        [("message-beside-delta", 0), ("object-unexpected", 2), ("role-missing", 2)],
    ),
    Case(
        "a whole completion as the one event",
        [
            {
                "object": "chat.completion",
                "choices": [
                    {
                        "index": 0,
                        "message": {
                            "role": "assistant",
                            "content": "Hi",
                            "tool_calls": [{"id": "c1", "function": {"name": "add", "arguments": '{"a": 2}'}}],
                        },
                        "finish_reason": "stop",
                    }
                ],
            },
            DONE,
        ],
        said(Text("Hi"), ADD),
        [("index-missing", 0), ("object-unexpected", 0)],
    ),
]

HI = said(Text("Hi"))
STREAMS = [
    Case("well-formed", stream({"content": "H"}, {"content": "i"}), HI),
    Case(
        "cut off",
        [chunk(START), chunk({"content": "Hi"})],
        said(Text("Hi"), finish=None),
        [("stream-cut-off", 1)],
        complete=False,
    ),
    Case("without [DONE]", stream({"content": "Hi"}, done=False), HI, [("done-missing", 2)]),
    Case("more after [DONE]", [*stream({"content": "Hi"}), chunk({})], HI, [("event-after-end", 4)]),
    Case("only [DONE]", [DONE], (), [("stream-empty", 0)]),
    Case("nothing", [], (), [("stream-empty", None)], complete=False),
    Case("an error first", [{"error": {"message": "no"}}], (), [("error-event", 0)], complete=False),
    Case(
        "an error in the middle",
        [chunk({**START, "content": "H"}), {"error": {"message": "no"}}],
        said(Text("H"), finish=None),
        [("error-event", 1)],
        complete=False,
    ),
    Case(
        "an error within a choice, closed by [DONE]",
        [
            {
                **chunk(START),
                "choices": [{"index": 0, "delta": START, "finish_reason": "error", "error": {"message": "no"}}],
            },
            DONE,
        ],
        said(finish="error"),
        [("error-event", 0)],
    ),
    Case(
        "Azure begins with neither id nor choices",
        [
            {"id": "", "object": "", "model": "", "choices": [], "prompt_filter_results": [{"prompt_index": 0}]},
            *stream({"content": "Hi"}),
        ],
        said(Text("Hi"), prompt_filter_results=[{"prompt_index": 0}]),
        [("response-id-late", 0)],
    ),
    Case(
        "fields of events that have no name here; those of Groq without its usage",
        [
            chunk(START, system_fingerprint="fp", service_tier=None, obfuscation="xyz"),
            chunk({"content": "Hi"}, system_fingerprint="fp", timings={"ms": 1}),
            chunk({}, "stop", timings={"ms": 2}, x_groq={"id": "req", "usage": usage(1)}),
            DONE,
        ],
        said(Text("Hi"), system_fingerprint="fp", timings={"ms": [1, 2]}, x_groq={"id": "req"}),
    ),
    Case(
        "another response id",
        [chunk(START), {**chunk({"content": "Hi"}, "stop"), "id": "d"}, DONE],
        HI,
        [("response-id-changed", 1)],
    ),
    Case(
        "choices null, delta null, no index",
        [
            chunk({**START, "content": "Hi"}),
            {**chunk({}), "choices": None},
            {**chunk({}), "choices": [{"index": 0, "delta": None}]},
            {**chunk({}), "choices": [{"delta": {}, "finish_reason": "stop"}, None]},
            DONE,
        ],
        HI,
        [("choices-null", 1), ("delta-null", 2), ("index-missing", 3), ("choices-null", 3)],
    ),
    Case(
        "data that is not JSON, and JSON that is no object",
        [chunk({**START, "content": "Hi"}), "oops", [1], chunk({}, "stop"), DONE],
        said(Text("Hi"), Unknown(None, "oops"), Unknown(None, [1])),
        [("data-not-json", 1), ("unknown-event", 2)],
    ),
    Case(
        "an event that no dialect has",
        [chunk({**START, "content": "Hi"}, "stop"), {"type": "weather", "sun": True}, DONE],
        said(Text("Hi"), Unknown("weather", {"type": "weather", "sun": True})),
        [("unknown-event", 1)],
    ),
]


@pytest.mark.parametrize("case", [*CALLS, *REASONING, *MESSAGES, *STREAMS], ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(openai_chat, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_copies_and_echoes() -> None:
    detail = [{**THOUGHT, "text": "Hm"}]
    thoughts = read(openai_chat, stream({"reasoning": "Hm", "reasoning_details": detail}, {"reasoning": "x"}))
    assert [(copy.event, copy.text, copy.route) for copy in thoughts.copies] == [
        (1, "Hm", ("choices", 0, "delta", "reasoning_details", 0, "text"))
    ]
    writer = [
        {**chunk({}), "choices": [{"index": 1, "delta": {"content": text}, "message": {"content": text}}]}
        for text in ("H", "i")
    ]
    copied = read(openai_chat, writer)
    assert [(copy.event, copy.text) for copy in copied.copies] == [(0, "H"), (1, "i")]
    assert copied.copies[1].route == ("choices", 0, "message", "content")
    assert copied.echoes == ()
    cumulative = [
        {**chunk({}), "choices": [{"index": 0, "delta": {"content": text}, "message": {"content": so_far}}]}
        for text, so_far in (("H", "H"), ("i", "Hi"), ("", "Hi"))
    ]
    repeated = read(openai_chat, cumulative)
    assert [copy.event for copy in repeated.copies] == [0]
    assert [(echo.event, echo.text, echo.route) for echo in repeated.echoes] == [
        (event, "Hi", ("choices", 0, "message", "content")) for event in (1, 2)
    ]


@pytest.mark.parametrize(
    ("events", "expected", "anomalies"),
    [
        ([None, None], None, []),
        ([None, usage(3)], 3, []),
        ([{}, usage(3), None], 3, []),
        ([usage(1), usage(2), usage(3)], 3, [("usage-cumulative", 2)]),
        ([None, usage(3), usage(3)], 3, [("usage-repeated", 3)]),
        ([usage(3, total_tokens=99)], 3, [("usage-inconsistent", 1)]),
        ([{"prompt_tokens": 9, "completion_tokens": -3}], -3, [("usage-inconsistent", 1)]),
    ],
)
def test_usage_over_a_stream(events: list[Any], expected: int | None, anomalies: list[tuple[str, int]]) -> None:
    payloads = [chunk({**START, "content": "Hi"}, "stop"), *({**chunk({}), "choices": [], "usage": u} for u in events)]
    reading = read(openai_chat, [*payloads, DONE])
    assert (reading.reply.usage.output_tokens if reading.reply.usage else None) == expected
    assert short(reading) == anomalies


def test_arguments_resent_with_each_event() -> None:
    reading = read(openai_chat, stream(*[call('{"a": 2}', id="c1", name="add")] * 100))
    assert reading.reply.messages == said(ADD)
    assert ("arguments-resent", 2) in short(reading)


def test_pieces_that_look_whole_but_are_not() -> None:
    pieces = ['{"a": "', *["{}"] * 1000, '"}']
    reading = read(openai_chat, stream(*(call(piece, id="c1", name="add") for piece in pieces)))
    assert reading.reply.messages == said(ToolCall("c1", "add", {"a": "{}" * 1000}, "".join(pieces)))


def test_usage_of_dialects() -> None:
    groq = read(openai_chat, [chunk(START, "stop", x_groq={"id": "r", "usage": usage(3)}), DONE])
    assert groq.reply.usage == Usage(input_tokens=9, output_tokens=3, total_tokens=12, raw=usage(3))
    router = usage(
        3,
        cost=5.397e-05,
        prompt_tokens_details={"cached_tokens": 4, "cache_write_tokens": 2},
        completion_tokens_details={"reasoning_tokens": 1},
    )
    assert read(openai_chat, [chunk(START, "stop", usage=router), DONE]).reply.usage == Usage(
        input_tokens=9,
        output_tokens=3,
        total_tokens=12,
        reasoning_tokens=1,
        cache_read_input_tokens=4,
        cache_creation_input_tokens=2,
        cost=5.397e-05,
        raw=router,
    )
    perplexity = read(openai_chat, [chunk(START, "stop", usage=usage(3, cost={"total_cost": 0.5})), DONE])
    assert perplexity.reply.usage is not None
    assert perplexity.reply.usage.cost == 0.5


@pytest.mark.parametrize(
    "error",
    [{"error": {"message": "no"}}, {"code": 1, "error": "no"}, {"object": "error", "message": "no"}, {"detail": "no"}],
)
def test_error_bodies(error: dict[str, Json]) -> None:
    reading = read(openai_chat, [error], streamed=False)
    assert reading.reply.error == (error["error"] if isinstance(error.get("error"), dict) else error)
    assert reading.reply.messages == ()
    assert short(reading) == []


def test_an_error_in_a_list() -> None:
    assert read(openai_chat, [[{"error": {"code": 400}}]], streamed=False).reply.error == {"code": 400}


def test_a_plain_page_is_no_reply() -> None:
    assert openai_chat.read([], streamed=False).reply.complete
    page = openai_chat.read(events_of(["<html>"]), streamed=False)
    assert page.used == frozenset()
    assert page.reply.messages == ()
