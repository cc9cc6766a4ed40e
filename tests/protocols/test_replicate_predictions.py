"""Replicate's predictions: which calls they are, what requests say, and what they bring."""

import pytest
from reading import check_laws, events_of, read, short

from cassette_cli.conversation import Json, Media, Message, Part, Prompt, Reading, Text, Unknown, Usage
from cassette_cli.protocols import detect, replicate_predictions
from cassette_cli.protocols.base import Call, parse_json
from cassette_cli.protocols.base import Event as Event_

API = "https://api.replicate.com/v1"
STREAM = "https://streaming-api.svc.us.c.replicate.net/v1/streams/56o77"
ASKS: Json = {"input": {"prompt": "Hi", "system_prompt": "Be terse.", "top_p": 1}, "stream": True}


def prediction(status: str = "succeeded", output: Json = None, **more: Json) -> Json:
    urls = {"get": f"{API}/predictions/p"}
    return {"id": "p", "model": "meta/llama", "input": {}, "urls": urls, "status": status, "output": output, **more}


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("POST", f"{API}/models/meta/llama/predictions", ASKS, prediction("starting")),
        ("POST", f"{API}/predictions", ASKS, None),
        ("POST", f"{API}/deployments/acme/llama/predictions", ASKS, {"detail": "no such version", "status": 422}),
        ("GET", f"{API}/predictions/p", None, prediction()),
        ("POST", f"{API}/predictions/p/cancel", None, prediction("canceled")),
        ("GET", STREAM, None, None),
        ("GET", STREAM, None, {}),
        ("GET", "https://stream.replicate.com/v1/files/abc", None, None),
    ],
)
def test_calls_of_this_protocol(method: str, url: str, request_: Json, response: Json) -> None:
    assert detect(Call(method, url, request_, response)) is replicate_predictions


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (f"{API}/models/stability-ai/sdxl", None, {"name": "sdxl"}),
        (f"{API}/predictions", ASKS, {"results": []}),
        ("https://app.example/v1/streams/5", None, None),
        ("https://api.openai.com/v1/responses", {"input": "Hi"}, {"object": "response", "status": "completed"}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not replicate_predictions.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    messages = (Message("system", (Text("Be terse."),)), Message("user", (Text("Hi"),)))
    assert replicate_predictions.prompt(ASKS) == Prompt(messages=messages, parameters={"stream": True, "top_p": 1})
    turns = {"version": "v", "input": {"messages": [{"role": "user", "content": "Hi"}], "seed": 7}}
    assert replicate_predictions.prompt(turns) == Prompt(
        messages=(Message("user", (Text("Hi"),)),), parameters={"version": "v", "seed": 7}
    )


def said(*parts: Part, finish: str | None = "succeeded", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


@pytest.mark.parametrize(
    ("output", "parts"),
    [
        (None, ()),
        ("Hello", (Text("Hello"),)),
        (["Hel", "lo", ""], (Text("Hello"),)),
        (["https://a.b/out-0.png?x=1"], (Media("image", uri="https://a.b/out-0.png?x=1"),)),
        ("https://a.b/out.mp3", (Media("audio", uri="https://a.b/out.mp3"),)),
        ("https://a.b/out", (Media("file", uri="https://a.b/out"),)),
        ("data:text/plain;base64,aGVsbG8=", (Media("file", "text/plain", 5),)),
        ({"score": 1}, (Unknown("output", {"score": 1}),)),
    ],
)
def test_output(output: Json, parts: tuple[Part, ...]) -> None:
    reading = read(replicate_predictions, [prediction(output=output)], streamed=False)
    assert reading.reply.messages == said(*parts)
    assert (reading.reply.id, reading.reply.model, reading.anomalies) == ("p", "meta/llama", ())


def test_predictions() -> None:
    metrics = {"input_token_count": 9, "output_token_count": 2, "predict_time": 0.5}
    whole = prediction("failed", error="out of memory", logs="0%", metrics=metrics)
    reading = read(replicate_predictions, [whole], streamed=False)
    assert reading.reply.messages == said(finish="failed", logs="0%", metrics=metrics)
    assert reading.reply.error == "out of memory"
    assert reading.reply.usage == Usage(input_tokens=9, output_tokens=2, raw=metrics)
    refused = read(replicate_predictions, [{"detail": "no such version"}], streamed=False)
    assert (refused.reply.error, refused.anomalies) == ({"detail": "no such version"}, ())
    assert short(read(replicate_predictions, [{"mood": "fine"}], streamed=False)) == [("unknown-event", 0)]
    page = replicate_predictions.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())


def stream(*events: tuple[str | None, str]) -> Reading:
    """A stream of events by type and text, held to the laws."""
    found = [Event_(number, kind, text, *parse_json(text)) for number, (kind, text) in enumerate(events)]
    reading = replicate_predictions.read(found, streamed=True)
    check_laws(found, reading)
    return reading


DONE = ("done", "{}")


@pytest.mark.parametrize(
    ("events", "messages", "anomalies"),
    [
        ([("output", ""), ("output", "Hel"), ("output", "lo\n"), DONE], said(Text("Hello\n"), finish=None), []),
        ([("output", "7"), ("output", '"x"'), ("output", "{}"), DONE], said(Text('7"x"{}'), finish=None), []),
        (
            [("output", "https://a.b/out.png"), ("logs", "50%"), ("logs", "50%"), DONE],
            said(Media("image", uri="https://a.b/out.png"), finish=None, logs=["50%", "50%"]),
            [],
        ),
        ([("output", "Hel"), ("done", '{"reason": "canceled"}')], said(Text("Hel"), finish="canceled"), []),
        ([("output", "Hel")], said(Text("Hel"), finish=None), [("stream-cut-off", 0)]),
        (
            [("output", "Hi"), ("mood", "{}"), DONE],
            said(Text("Hi"), Unknown("mood", {}), finish=None),
            [("unknown-event", 1)],
        ),
    ],
)
def test_streams(
    events: list[tuple[str, str]], messages: tuple[Message, ...], anomalies: list[tuple[str, int]]
) -> None:
    reading = stream(*events)
    assert reading.reply.messages == messages
    assert short(reading) == anomalies
    assert reading.reply.complete is (events[-1][0] == "done")


@pytest.mark.parametrize(
    ("text", "error"), [('{"detail": "no"}', {"detail": "no"}), ("out of memory", "out of memory"), ("7", 7)]
)
def test_errors_of_a_stream(text: str, error: Json) -> None:
    reading = stream(("output", "Hel"), ("error", text), ("done", '{"reason": "error"}'))
    assert (reading.reply.error, short(reading)) == (error, [("error-event", 1)])
