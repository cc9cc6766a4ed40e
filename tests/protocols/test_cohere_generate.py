"""Cohere's generate: which calls it is, what requests say, and what it brings."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import cohere_generate, detect
from cassette_cli.protocols.base import Call

URL = "https://api.cohere.com/v1/generate"
ASKS: Json = {"model": "m", "prompt": "Once", "num_generations": 1}
ANSWERS: Json = {
    "id": "g",
    "generations": [{"id": "1", "text": " upon", "finish_reason": "COMPLETE"}],
    "prompt": "Once",
    "meta": {"billed_units": {"input_tokens": 1, "output_tokens": 2}},
}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, ANSWERS),
        (URL, ASKS, None),
        (URL, ASKS, {"message": "invalid api token"}),
        (URL, ASKS, {"text": " upon", "is_finished": False}),
        (URL, ASKS, {"text": " upon", "is_finished": False, "event_type": "text-generation"}),
        ("", None, ANSWERS),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is cohere_generate


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("http://localhost:11434/api/generate", ASKS, {"error": "no"}),
        ("http://localhost:11434/api/generate", ASKS, None),
        (URL, {"inputs": "Once"}, None),
        ("https://bedrock/model/cohere.command-text-v14/invoke", ASKS, ANSWERS),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not cohere_generate.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    assert cohere_generate.prompt(ASKS) == Prompt(
        model="m", messages=(Message("user", (Text("Once"),)),), parameters={"num_generations": 1}
    )


def said(*parts: Part, finish: str | None = "COMPLETE", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


def piece(text: str, **more: Json) -> Json:
    return {"text": text, "is_finished": False, **more}


def end(**more: Json) -> Json:
    return {"is_finished": True, "finish_reason": "COMPLETE", **more}


STREAMS = [
    Case("pieces", [piece(" up"), piece("on"), end(response=ANSWERS)], said(Text(" upon"))),
    Case("no response at the end", [piece(" upon"), end()], said(Text(" upon"))),
    Case("text that only the end has", [end(response=ANSWERS)], said(Text(" upon"))),
    Case("another text at the end", [piece(" up"), end(response=ANSWERS)], said(Text(" up")), [("done-disagrees", 1)]),
    Case(
        "two side by side",
        [piece("a", index=0), piece("b", index=1), piece("A", index=0), {**end(), "index": 0}, {**end(), "index": 1}],
        (*said(Text("aA")), *said(Text("b"))),
    ),
    Case("cut off", [piece(" up")], said(Text(" up"), finish=None), [("stream-cut-off", 0)], complete=False),
    Case(
        "unknown",
        [{"mood": 1}, piece(" up"), end()],
        said(Text(" up"), Unknown(None, {"mood": 1})),
        [("unknown-event", 0)],
    ),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(cohere_generate, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_the_end_says_all_once_more() -> None:
    reading = read(cohere_generate, [piece(" up"), piece("on"), end(response=ANSWERS)])
    assert [(echo.event, echo.text, echo.route) for echo in reading.echoes] == [
        (2, " upon", ("response", "generations", 0, "text"))
    ]
    assert reading.reply.usage == Usage(input_tokens=1, output_tokens=2, raw=ANSWERS["meta"])


def test_plain_replies() -> None:
    second = {"id": "2", "text": " more", "finish_reason": "MAX_TOKENS", "likelihood": -1}
    whole = {**ANSWERS, "generations": [*ANSWERS["generations"], second]}
    reading = read(cohere_generate, [whole], streamed=False)
    assert reading.reply.messages == (
        *said(Text(" upon")),
        *said(Text(" more"), finish="MAX_TOKENS", likelihood=-1),
    )
    assert (reading.reply.id, reading.anomalies) == ("g", ())
    refused = read(cohere_generate, [{"message": "invalid api token"}], streamed=False)
    assert (refused.reply.error, refused.anomalies) == ({"message": "invalid api token"}, ())
    page = cohere_generate.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())
