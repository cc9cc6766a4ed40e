"""Completions: which calls they are, what requests say, and what streams and plain replies bring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, openai_completions
from cassette_cli.protocols.base import Call

URL = "https://api.openai.com/v1/completions"
ASKS: Json = {"model": "m", "prompt": "Say"}
PLAIN: Json = {"object": "text_completion", "choices": [{"index": 0, "text": "Hello", "finish_reason": "stop"}]}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, PLAIN),
        (URL, ASKS, None),
        (URL, ASKS, {"error": {"message": "no"}}),
        ("https://x.openai.azure.com/openai/deployments/d/completions?api-version=1", ASKS, PLAIN),
        ("https://api.deepseek.com/beta/completions", ASKS, PLAIN),
        ("https://api.writer.com/v1/completions", ASKS, {"value": "Hel"}),
        ("https://api.writer.com/v1/completions", ASKS, {"choices": [{"text": "Hello", "log_probs": None}]}),
        ("/generate", None, {"object": "text_completion", "choices": []}),
        ("", None, {"choices": [{"text": "Hello"}]}),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is openai_completions


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://api.openai.com/v1/chat/completions", {"prompt": "Hi"}, None),
        (URL, {"messages": []}, None),
        (URL, ASKS, {"results": []}),
        ("https://api.mistral.ai/v1/fim/completions", ASKS, {"choices": [{"index": 0, "message": {}}]}),
        ("https://poll.example/", None, {"choices": []}),
        ("https://poll.example/", None, {"choices": ["a", "b"]}),
        ("https://bedrock/model/deepseek.r1-v1:0/invoke", ASKS, {"choices": [{"text": "Hello"}]}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not openai_completions.matches(Call("POST", url, request_, response))


@pytest.mark.parametrize(
    ("sent", "messages"),
    [
        ("Say", (Message("user", (Text("Say"),)),)),
        (["Say", "Tell"], (Message("user", (Text("Say"),)), Message("user", (Text("Tell"),)))),
        ([1, 2], (Message("user", (Unknown("tokens", [1, 2]),)),)),
        ([[1, 2], [3]], (Message("user", (Unknown("tokens", [1, 2]),)), Message("user", (Unknown("tokens", [3]),)))),
    ],
)
def test_requests(sent: Json, messages: tuple[Message, ...]) -> None:
    request = {"model": "m", "prompt": sent, "suffix": "!", "echo": True}
    assert openai_completions.prompt(request) == Prompt(
        model="m", messages=messages, parameters={"suffix": "!", "echo": True}
    )


def test_an_empty_prompt_is_kept_as_sent() -> None:
    assert openai_completions.prompt({"prompt": ""}) == Prompt(parameters={"prompt": ""})


def piece(text: str, index: int = 0, finish: str | None = None, **more: Json) -> Json:
    choice = {"text": text, "index": index, "logprobs": None, "finish_reason": finish, **more}
    return {"id": "c", "object": "text_completion", "model": "m", "choices": [choice]}


DONE = "[DONE]"
END = piece("", finish="stop")


def said(*parts: Part, finish: str | None = "stop", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


STREAMS = [
    Case("text", [piece("Hel"), piece("lo"), END, DONE], said(Text("Hello"))),
    Case("the end with text", [piece("Hel"), piece("lo", finish="stop"), DONE], said(Text("Hello"))),
    Case(
        "two side by side",
        [piece("A"), piece("B", 1), piece("b", 1, "length"), piece("a", finish="stop"), DONE],
        (*said(Text("Aa")), *said(Text("Bb"), finish="length")),
    ),
    Case(
        "logprobs, and what vLLM adds",
        [
            piece("a", logprobs={"tokens": ["a"], "token_logprobs": [-0.5]}),
            piece("b", logprobs={"tokens": ["b"], "token_logprobs": [-1]}, finish="stop", stop_reason="b"),
            DONE,
        ],
        said(Text("ab"), logprobs={"tokens": ["a", "b"], "token_logprobs": [-0.5, -1]}, stop_reason="b"),
    ),
    Case(
        "a last choice like chat's, without index",
        [piece("Hi"), {"choices": [{"delta": {}, "finish_reason": "stop"}]}, DONE],
        said(Text("Hi")),
        [("index-missing", 1)],
    ),
    Case(
        "deltas like chat's",
        [piece("", delta={"content": "!"}), {"choices": [{"index": 0, "delta": {"content": "Hi"}}]}, END, DONE],
        said(Text("Hi")),
    ),
    Case("without [DONE]", [piece("Hi"), END], said(Text("Hi")), [("done-missing", 1)]),
    Case("cut off", [piece("Hel")], said(Text("Hel"), finish=None), [("stream-cut-off", 0)], complete=False),
    Case("no finish reason", [piece("Hi"), DONE], said(Text("Hi"), finish=None), [("finish-reason-missing", 1)]),
    Case(
        "two finish reasons, and text after them",
        [piece("Hi", finish="stop"), piece("!", finish="length"), DONE],
        said(Text("Hi!"), finish="length"),
        [("content-after-finish", 1), ("finish-reason-repeated", 1)],
    ),
    Case(
        "after the end",
        [piece("Hi"), END, DONE, piece("!")],
        said(Text("Hi!")),
        [("event-after-end", 3), ("content-after-finish", 3)],
    ),
    Case("no choices", [{"choices": [3]}, DONE], (), [("choices-null", 0), ("stream-empty", 1)]),
    Case(
        "unknown",
        [piece("Hi"), {"mood": "fine"}, "{oops", END, DONE],
        said(Text("Hi"), Unknown(None, {"mood": "fine"}), Unknown(None, "{oops")),
        [("unknown-event", 1), ("data-not-json", 2)],
    ),
    Case("Writer", [{"value": "Hel"}, {"value": ""}, {"value": "lo"}], said(Text("Hello"), finish=None)),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(openai_completions, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def usage(tokens: int) -> Json:
    return {"prompt_tokens": 9, "completion_tokens": tokens, "total_tokens": 9 + tokens}


def test_usage() -> None:
    last = {"id": "c", "model": "m", "choices": [], "usage": usage(2)}
    reply = read(openai_completions, [piece("Hi"), END, last, DONE]).reply
    assert (reply.id, reply.model) == ("c", "m")
    assert reply.usage == Usage(input_tokens=9, output_tokens=2, total_tokens=11, raw=usage(2))
    each = [{**piece("a"), "usage": usage(1)}, {**piece("b", finish="stop"), "usage": usage(2)}]
    again = read(openai_completions, [*each, last, DONE])
    assert (again.reply.usage, short(again)) == (reply.usage, [("usage-cumulative", 1)])
    assert short(read(openai_completions, [piece("Hi"), END, last, last, DONE])) == [("usage-repeated", 3)]


def test_errors() -> None:
    within = read(openai_completions, [piece("Hel"), {"error": {"message": "overloaded"}}])
    assert within.reply.error == {"message": "overloaded"}
    assert (within.reply.complete, short(within)) == (False, [("error-event", 1)])
    refused = read(openai_completions, [{"object": "error", "message": "no such model"}], streamed=False)
    assert refused.reply.error == {"object": "error", "message": "no such model"}
    assert (refused.reply.messages, refused.anomalies) == ((), ())
    page = openai_completions.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())


def test_plain_replies_of_writer() -> None:
    reading = read(openai_completions, [{"choices": [{"text": "Hi", "log_probs": None}], "model": "m"}], streamed=False)
    assert reading.reply.messages == said(Text("Hi"), finish=None)
    assert short(reading) == [("finish-reason-missing", 0), ("index-missing", 0)][::-1]


@given(st.lists(st.tuples(st.integers(0, 2), st.text(max_size=4)), min_size=1, max_size=8))
def test_a_stream_is_what_it_is_plain(pieces: list[tuple[int, str]]) -> None:
    indexes = sorted({index for index, _ in pieces})
    whole = [
        {
            "index": index,
            "text": "".join(text for where, text in pieces if where == index),
            "finish_reason": "stop",
        }
        for index in indexes
    ]
    payloads = [piece(text, index) for index, text in pieces] + [piece("", index, "stop") for index in indexes]
    streamed = read(openai_completions, [*payloads, DONE])
    plain = read(openai_completions, [{"id": "c", "model": "m", "choices": whole}], streamed=False)
    assert streamed.reply == plain.reply
    assert streamed.anomalies == plain.anomalies == ()
