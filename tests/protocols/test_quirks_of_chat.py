"""The awkward streams of chat completions that real servers send, from the recorded bytes to the reply.

Accumulators of SDKs and frameworks crash on them, merge calls or texts, double arguments and names, or invent finish
reasons and usage; who stumbled over what is said beside each row (repository#issue).
"""

import pytest
from wire import DONE, Awkward, answered, codes, sse

from cassette_cli.conversation import Json, Message, Part, Reasoning, Refusal, Text, ToolCall, Unknown

URL = "https://api.openai.example/v1/chat/completions"
ASKED: Json = {"model": "m", "messages": [{"role": "user", "content": "Hi"}], "stream": True}
START: Json = {"role": "assistant", "content": ""}


def chunk(delta: Json, finish: str | None = None, index: int = 0, **top: Json) -> Json:
    choice = {"index": index, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "model": "m", "choices": [choice], **top}


def call(arguments: Json = None, index: int | None = 0, *, name: str | None = None, **fields: Json) -> Json:
    function = {key: item for key, item in (("name", name), ("arguments", arguments)) if item is not None}
    return {"tool_calls": [{**({} if index is None else {"index": index}), **fields, "function": function}]}


def stream(*deltas: Json, finish: str = "stop") -> str:
    """A well-formed stream around some deltas; the first of them is event 1."""
    return sse(chunk(START), *map(chunk, deltas), chunk({}, finish), end=DONE)


def said(
    *parts: Part, finish: str | None = "stop", role: str | None = "assistant", **extra: Json
) -> tuple[Message, ...]:
    return (Message(role, parts, finish, extra or None),)


HI = said(Text("Hi"))
ADD, MUL = ToolCall("c1", "add", {"a": 2}, '{"a": 2}'), ToolCall("c2", "mul", {"b": 3}, '{"b": 3}')
COUNTS: Json = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}

# Those that were tried on openai-python, litellm and langchain-core.
MEASURED = [
    Awkward(  # litellm#35793, langchain#26719: merged into one text, "stopstop"
        "n=2, interleaved",
        sse(
            chunk(START),
            chunk(START, index=1),
            chunk({"content": "x"}, index=1),
            chunk({"content": "H"}),
            chunk({"content": "y"}, index=1),
            chunk({"content": "i"}),
            chunk({}, "stop", 1),
            chunk({}, "stop"),
            DONE,
        ),
        (*HI, *said(Text("xy"))),
    ),
    Awkward(  # vercel/ai#18382, openai-python#3201: TypeError
        "tool index missing, one call",
        stream(call('{"a"', None, id="c1", name="add"), call(": 2}", None)),
        said(ADD),
        (("index-missing", 1),),
    ),
    Awkward(  # simonw/llm#1218: merged into one
        "tool index missing, two whole calls",
        stream(call('{"a": 2}', None, id="c1", name="add"), call('{"b": 3}', None, id="c2", name="mul")),
        said(ADD, MUL),
        (("index-missing", 1), ("index-missing", 2)),
    ),
    Awkward(  # fantasy 107d612: ids and names run together
        "two calls at one index, with ids of their own",
        stream(call('{"a": 2}', id="c1", name="add"), call('{"b": 3}', id="c2", name="mul")),
        said(ADD, MUL),
        (("index-reused", 2),),
    ),
    Awkward(  # IndexError
        "index starts at 1",
        stream(call('{"a": 2}', 1, id="c1", name="add")),
        said(ADD),
        (("index-not-next", 1),),
    ),
    Awkward(  # "addadd", "c1c1"
        "id and name with each piece",
        stream(*(call(piece, id="c1", name="add") for piece in ('{"a"', ":", " 2}"))),
        said(ADD),
        (("id-repeated", 2), ("name-repeated", 2)),
    ),
    Awkward(  # vercel/ai#3960: doubled
        "complete arguments once more at the end",
        stream(call('{"a"', id="c1", name="add"), call(": 2}"), call('{"a": 2}')),
        said(ADD),
        (("arguments-resent", 3),),
    ),
    Awkward(  # ValidationError
        "arguments as an object",
        stream(call({"a": 2}, id="c1", name="add")),
        said(ToolCall("c1", "add", {"a": 2}, '{"a":2}')),
        (("arguments-not-text", 1),),
    ),
    Awkward(  # NVIDIA-NeMo/Switchyard#785: only the last piece kept
        "a name in pieces",
        stream(call(id="c1", name="get_"), call("{}", name="time")),
        said(ToolCall("c1", "get_time", {}, "{}")),
        (("name-in-pieces", 2),),
    ),
    Awkward(  # "assistantassistant"
        "role with each chunk",
        stream({"role": "assistant", "content": "H"}, {"role": "assistant", "content": "i"}),
        HI,
        (("role-repeated", 1),),
    ),
    Awkward(  # langchain#38349
        "finish reason twice",
        sse(chunk({**START, "content": "Hi"}), chunk({}, "stop"), chunk({}, "stop"), DONE),
        HI,
        (("finish-reason-repeated", 2),),
    ),
    Awkward(
        "reasoning_content", stream({"reasoning_content": "Hm"}, {"content": "Hi"}), said(Reasoning("Hm"), Text("Hi"))
    ),
    Awkward("reasoning", stream({"reasoning": "Hm"}, {"content": "Hi"}), said(Reasoning("Hm"), Text("Hi"))),
    Awkward("refusal deltas", stream({"refusal": "No"}, {"refusal": "."}), said(Refusal("No."))),
    Awkward(  # vercel/ai#1915, #10019
        "Azure's first chunk",
        sse(
            {"id": "", "object": "", "model": "", "choices": [], "prompt_filter_results": []}, stream({"content": "Hi"})
        ),
        said(Text("Hi"), prompt_filter_results=[]),
        (("response-id-late", 0),),
    ),
    Awkward(  # pydantic-ai#5170: TypeError
        "choices null",
        sse(chunk({**START, "content": "Hi"}), chunk({}, choices=None), chunk({}, "stop"), DONE),
        HI,
        (("choices-null", 1),),
    ),
    Awkward(  # AttributeError
        "delta null",
        sse(chunk({**START, "content": "Hi"}), chunk(None), chunk({}, "stop"), DONE),
        HI,
        (("delta-null", 1),),
    ),
    Awkward(  # vercel/ai#19169, fantasy#245: "stop" and a guessed usage invented
        "cut off",
        sse(chunk(START), chunk({"content": "Hi"})),
        said(Text("Hi"), finish=None),
        (("stream-cut-off", 1),),
        complete=False,
    ),
    Awkward(  # pydantic-ai#5091
        "log probabilities",
        sse(
            chunk(START),
            {
                **chunk({}),
                "choices": [{"index": 0, "delta": {"content": "H"}, "logprobs": {"content": [{"token": "H"}]}}],
            },
            {
                **chunk({}),
                "choices": [{"index": 0, "delta": {"content": "i"}, "logprobs": {"content": [{"token": "i"}]}}],
            },
            chunk({}, "stop"),
            DONE,
        ),
        said(Text("Hi"), logprobs={"content": [{"token": "H"}, {"token": "i"}]}),
    ),
    Awkward(
        "two calls side by side",
        stream(
            call("", id="c1", name="add"),
            call("", 1, id="c2", name="mul"),
            call('{"b"', 1),
            call('{"a"'),
            call(": 2}"),
            call(": 3}", 1),
            finish="tool_calls",
        ),
        said(ADD, MUL, finish="tool_calls"),
    ),
    Awkward(  # fantasy#223: dropped
        "arguments that are no JSON",
        stream(call('{"a": 2', id="c1", name="add"), finish="length"),
        said(ToolCall("c1", "add", None, '{"a": 2'), finish="length"),
        (("arguments-not-json", 1),),
    ),
    Awkward(  # vercel/ai#10747: lost
        "no arguments at all",
        stream(call(id="c1", name="now")),
        said(ToolCall("c1", "now", {}, "")),
        (("arguments-empty", 1),),
    ),
    Awkward(
        "no [DONE]",
        sse(chunk({**START, "content": "Hi"}), chunk({}, "stop")),
        HI,
        (("done-missing", 1),),
    ),
    Awkward(  # openai-python#1395
        "usage in a last chunk without choices",
        sse(chunk({**START, "content": "Hi"}), chunk({}, "stop"), chunk({}, choices=[], usage=COUNTS), DONE),
        HI,
    ),
    Awkward(  # summed by langchain, pydantic-ai#4056
        "usage in each chunk, cumulative",
        sse(
            *(
                chunk(
                    {"role": "assistant", "content": piece} if n == 1 else {"content": piece},
                    usage={**COUNTS, "completion_tokens": n, "total_tokens": 9 + n},
                )
                for n, piece in ((1, "H"), (3, "i"))
            ),
            chunk({}, "stop", usage=COUNTS),
            DONE,
        ),
        HI,
        (("usage-cumulative", 1),),
    ),
]

REPORTED = [
    Awkward(  # openai-python#3201, seen with vLLM's speculative decoding
        "two pieces of one call in one chunk",
        stream({"tool_calls": [*call('{"a"', id="c1", name="add")["tool_calls"], *call(": 2}")["tool_calls"]]}),
        said(ADD),
        (("index-repeated", 1),),
    ),
    Awkward(
        "whole arguments in the first piece", stream(call('{"a": 2}', id="c1", name="add")), said(ADD)
    ),  # vercel/ai#2883
    Awkward(  # vercel/ai#12901
        "type null, and tool_calls null beside text",
        stream({"content": "Hi", "tool_calls": None}, call('{"a": 2}', id="c1", name="add", type=None)),
        said(Text("Hi"), ADD),
    ),
    Awkward(  # vercel/ai#19091
        "an empty id with each further piece",
        stream(call('{"a"', id="c1", name="add"), call(": 2}", id="", name="")),
        said(ADD),
    ),
    Awkward(  # vercel/ai#14760
        "a name that comes late",
        stream(call("", id="c1"), call('{"a": 2}', name="add")),
        said(ADD),
        (("name-late", 2),),
    ),
    Awkward(  # vercel/ai#13137: a prefix that parses was taken for the whole
        "arguments whose beginning parses",
        stream(call("1", id="c1", name="add"), call("0")),
        said(ToolCall("c1", "add", 10, "10")),
    ),
    Awkward(  # fantasy 6b4e9b2, litellm#2716
        "content and calls in one delta",
        stream({"content": "Hi", **call('{"a": 2}', id="c1", name="add")}, finish="tool_calls"),
        said(Text("Hi"), ADD, finish="tool_calls"),
    ),
    Awkward(
        "text goes on after a call",
        stream({"content": "H"}, call('{"a": 2}', id="c1", name="add"), {"content": "i"}),
        said(Text("Hi"), ADD),
    ),
    Awkward(  # vercel/ai#15938
        "no finish reason",
        sse(chunk({**START, "content": "Hi"}), DONE),
        said(Text("Hi"), finish=None),
        (("finish-reason-missing", 1),),
    ),
    Awkward(
        "content after the finish reason",
        sse(chunk(START, "stop"), chunk({"content": "Hi"}), DONE),
        HI,
        (("content-after-finish", 1),),
    ),
    Awkward(  # vercel/ai#18614
        "negative usage",
        sse(chunk({**START, "content": "Hi"}, "stop", usage={**COUNTS, "completion_tokens": -4}), DONE),
        HI,
        (("usage-inconsistent", 0),),
    ),
    Awkward(  # vercel/ai#5891
        "usage that is NaN",
        sse(chunk({**START, "content": "Hi"}, "stop", usage={**COUNTS, "cost": float("nan")}), DONE),
        HI,
        (("usage-inconsistent", 0),),
    ),
    Awkward(  # pydantic-ai#5155
        "reasoning that is an object",
        stream({"reasoning_content": {"text": "Hm"}}, {"content": "Hi"}),
        said(Text("Hi"), reasoning_content={"text": "Hm"}),
        (("reasoning-not-text", 1),),
    ),
    Awkward(  # pydantic-ai#7214
        "reasoning details in pieces, and their signature",
        stream(
            {"reasoning": "H", "reasoning_details": [{"type": "reasoning.text", "text": "H", "index": 0}]},
            {"reasoning": "m", "reasoning_details": [{"type": "reasoning.text", "text": "m", "index": 0}]},
            {"reasoning_details": [{"type": "reasoning.text", "signature": "s", "index": 0}]},
            {"content": "Hi"},
        ),
        said(Reasoning("Hm", "s"), Text("Hi")),
        (("reasoning-twice", 1),),
    ),
    Awkward(  # litellm#20698
        "two thoughts, one of them encrypted",
        stream(
            {"reasoning_details": [{"type": "reasoning.text", "text": "Hm", "signature": "s", "index": 0}]},
            {"reasoning_details": [{"type": "reasoning.encrypted", "data": "e", "index": 1}]},
            {"content": "Hi"},
        ),
        said(Reasoning("Hm", "s"), Reasoning("", encrypted="e"), Text("Hi")),
    ),
    Awkward(  # fantasy 7633543: the first piece was dropped
        "reasoning in the first chunk",
        sse(
            chunk({"role": "assistant", "reasoning_content": "H"}),
            stream({"reasoning_content": "m"}, {"content": "Hi"}),
        ),
        said(Reasoning("Hm"), Text("Hi")),
        (("role-repeated", 1),),
    ),
    Awkward(  # vercel/ai#15464
        "an empty role",
        sse(chunk({"role": "", "content": "Hi"}), chunk({}, "stop"), DONE),
        said(Text("Hi"), role=None),
        (("role-missing", 2),),
    ),
    Awkward(  # Perplexity, vercel/ai#16532
        "no role",
        sse(chunk({"content": "Hi"}, "stop"), DONE),
        said(Text("Hi"), role=None),
        (("role-missing", 1),),
    ),
    Awkward(  # openai-go#227, langchaingo#1366
        "comments before, between and after",
        ": OPENROUTER PROCESSING\n\n" + stream({"content": "Hi"}).replace(DONE, f": still here\n\n{DONE}: bye\n\n"),
        HI,
    ),
    Awkward("no space after data:", stream({"content": "Hi"}).replace("data: ", "data:"), HI),  # openai-python#559
    Awkward("CRLF", stream({"content": "Hi"}).replace("\n", "\r\n"), HI),
    Awkward("CR alone", stream({"content": "Hi"}).replace("\n", "\r"), HI),
    Awkward("a byte order mark", "\ufeff" + stream({"content": "Hi"}), HI),
    Awkward("U+2028 and NEL within a text", stream({"content": "a\u2028b\u0085c"}), said(Text("a\u2028b\u0085c"))),
    Awkward(
        "the last event is not closed",
        stream({"content": "Hi"}).removesuffix("\n\n"),
        HI,
        (("event-not-closed", 3),),
    ),
    Awkward(
        "one event over several data lines",
        stream({"content": "Hi"}).replace('"choices":', '\ndata: "choices":'),
        HI,
    ),
    Awkward(  # langchainjs#11579, vercel/ai#1835, fantasy#319
        "an error within a reply of status 200",
        sse(chunk({**START, "content": "Hi"}), {"error": {"message": "overloaded"}}),
        said(Text("Hi"), finish=None),
        (("error-event", 1),),
        complete=False,
    ),
    Awkward("an error first", sse({"error": {"message": "no"}}), (), (("error-event", 0),), complete=False),
    Awkward(
        "data that is not JSON",
        sse(chunk({**START, "content": "Hi"}), "data: {oops\n\n", chunk({}, "stop"), DONE),
        said(Text("Hi"), Unknown(None, "{oops")),
        (("data-not-json", 1),),
    ),
    Awkward(  # vercel/ai#16040: names are data
        "a function called __proto__",
        stream(call('{"__proto__": {"x": 1}}', id="constructor", name="__proto__")),
        said(ToolCall("constructor", "__proto__", {"__proto__": {"x": 1}}, '{"__proto__": {"x": 1}}')),
    ),
]


@pytest.mark.parametrize("row", [*MEASURED, *REPORTED], ids=lambda row: row.name)
def test_awkward_chat_streams(row: Awkward) -> None:
    found = answered(URL, ASKED, row.body)

    assert (found.protocol, found.framing) == ("openai.chat_completions", "sse")
    assert found.reply is not None
    assert found.reply.messages == row.messages
    assert codes(found) == row.anomalies
    assert found.reply.complete is row.complete
