"""Hugging Face's text generation: which calls it is, what requests say, and what it brings."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, huggingface_text_generation
from cassette_cli.protocols.base import Call

ASKS: Json = {"inputs": "Say", "parameters": {"max_new_tokens": 9}, "stream": True}
DETAILS: Json = {"finish_reason": "eos_token", "generated_tokens": 2, "input_length": 1, "seed": None}


def token(text: str, whole: str | None = None, *, special: bool = False, details: Json = None) -> Json:
    found = {"id": 7, "text": text, "logprob": -0.5, "special": special}
    return {"index": 1, "token": found, "generated_text": whole, "details": details}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("http://localhost:8080/generate", ASKS, {"generated_text": "Hello"}),
        ("http://localhost:8080/generate_stream", ASKS, token("Hel")),
        ("http://localhost:8080/generate", ASKS, None),
        ("https://api-inference.huggingface.co/models/org/model", ASKS, {"error": "Model is loading"}),
        ("https://abc.endpoints.huggingface.cloud/", ASKS, [{"generated_text": "Hello"}]),
        ("https://runtime.sagemaker.example/endpoints/e/invocations", ASKS, [{"generated_text": "Hello"}]),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is huggingface_text_generation


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://api-inference.huggingface.co/models/org/model", ASKS, [[{"label": "POSITIVE", "score": 0.9}]]),
        ("https://abc.endpoints.huggingface.cloud/", ASKS, None),
        ("http://localhost:8080/generate", {"prompt": "Say"}, None),
        ("", None, {"token": {"text": "x"}}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not huggingface_text_generation.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    assert huggingface_text_generation.prompt(ASKS) == Prompt(
        messages=(Message("user", (Text("Say"),)),), parameters={"parameters": {"max_new_tokens": 9}, "stream": True}
    )


def said(*parts: Part, finish: str | None = "eos_token", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


END = token("</s>", "Hello", special=True, details=DETAILS)

STREAMS = [
    Case("tokens", [token("Hel"), token("lo"), END], said(Text("Hello"))),
    Case("another text at the end", [token("Hel"), END], said(Text("Hel")), [("done-disagrees", 1)]),
    Case("cut off", [token("Hel")], said(Text("Hel"), finish=None), [("stream-cut-off", 0)], complete=False),
    Case(
        "top tokens",
        [{**token("Hello"), "top_tokens": [{"id": 7}]}, END],
        said(Text("Hello"), top_tokens=[{"id": 7}]),
    ),
    Case(
        "unknown",
        [token("Hello"), {"mood": 1}, END],
        said(Text("Hello"), Unknown(None, {"mood": 1})),
        [("unknown-event", 1)],
    ),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(huggingface_text_generation, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_the_end_says_all_once_more_and_counts() -> None:
    reading = read(huggingface_text_generation, [token("Hel"), token("lo"), END])
    assert [(echo.event, echo.text, echo.route) for echo in reading.echoes] == [(2, "Hello", ("generated_text",))]
    assert reading.reply.usage == Usage(input_tokens=1, output_tokens=2, raw=DETAILS)


@pytest.mark.parametrize(
    ("payload", "messages"),
    [
        ({"generated_text": "Hello"}, said(Text("Hello"), finish=None)),
        (
            [{"generated_text": "Hello"}, {"generated_text": "Hi"}],
            (*said(Text("Hello"), finish=None), *said(Text("Hi"), finish=None)),
        ),
        (
            [{"generated_text": "Hello", "details": {**DETAILS, "tokens": [{"id": 7}], "prefill": []}}],
            said(Text("Hello"), tokens=[{"id": 7}]),
        ),
    ],
)
def test_plain_replies(payload: Json, messages: tuple[Message, ...]) -> None:
    reading = read(huggingface_text_generation, [payload], streamed=False)
    assert (reading.reply.messages, reading.anomalies) == (messages, ())


def test_errors() -> None:
    error = {"error": "Request failed during generation", "error_type": "generation"}
    within = read(huggingface_text_generation, [token("Hel"), error])
    assert (within.reply.error, within.reply.complete, short(within)) == (error, False, [("error-event", 1)])
    refused = read(huggingface_text_generation, [error], streamed=False)
    assert (refused.reply.error, refused.anomalies) == (error, ())
    assert short(read(huggingface_text_generation, [[]], streamed=False)) == [("unknown-event", 0)]
    page = huggingface_text_generation.read(events_of(["Not Found"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())
