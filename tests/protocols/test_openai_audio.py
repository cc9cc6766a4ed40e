"""Transcriptions and streamed speech: which calls they are, and what they bring."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Media, Message, Part, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, openai_audio
from cassette_cli.protocols.base import Call

URL = "https://api.openai.com/v1/audio/transcriptions"
SPEECH: Json = {"model": "m", "input": "Hello", "voice": "alloy"}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, None, {"text": "Hello"}),
        (URL, None, None),
        (URL, None, {"error": {"message": "no"}}),
        ("https://api.groq.com/openai/v1/audio/translations", None, {"text": "Hello"}),
        ("/listen", None, {"type": "transcript.text.delta", "delta": "Hel"}),
        ("https://api.openai.com/v1/audio/speech", SPEECH, {"type": "speech.audio.delta", "audio": "AAAA"}),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is openai_audio


@pytest.mark.parametrize(
    ("method", "url", "request_", "response"),
    [
        ("POST", "https://api.openai.com/v1/audio/speech", SPEECH, None),
        ("GET", URL, None, None),
        ("POST", URL, None, {"jobs": []}),
        ("", "", None, None),
    ],
)
def test_other_calls(method: str, url: str, request_: Json, response: Json) -> None:
    assert not openai_audio.matches(Call(method, url, request_, response))


def test_requests() -> None:
    assert openai_audio.prompt(SPEECH) == Prompt(
        model="m", messages=(Message("user", (Text("Hello"),)),), parameters={"voice": "alloy"}
    )


def delta(text: str, **more: Json) -> Json:
    return {"type": "transcript.text.delta", "delta": text, **more}


def done(text: str, **more: Json) -> Json:
    return {"type": "transcript.text.done", "text": text, **more}


SEGMENT: Json = {"id": "s", "text": " Hello", "speaker": "A"}


def said(*parts: Part, **extra: Json) -> tuple[Message, ...]:
    return (Message(None, parts, extra=extra or None),)


STREAMS = [
    Case("text, and all of it again", [delta("Hel"), delta("lo"), done("Hello"), "[DONE]"], said(Text("Hello"))),
    Case(
        "segments, and text at the end",
        [{"type": "transcript.text.segment", **SEGMENT}, done("Hello")],
        said(Text("Hello"), segments=[SEGMENT]),
    ),
    Case(
        "logprobs",
        [delta("a", logprobs=[{"token": "a"}]), delta("a", logprobs=[{"token": "a"}]), done("aa")],
        said(Text("aa"), logprobs=[{"token": "a"}, {"token": "a"}]),
    ),
    Case("another text at the end", [delta("Hel"), done("Hello")], said(Text("Hel")), [("done-disagrees", 1)]),
    Case("done twice", [delta("Hi"), done("Hi"), done("Ho")], said(Text("Hi")), [("event-after-end", 2)]),
    Case("nothing heard", [done("")], said(Text(""))),
    Case("cut off", [delta("Hel")], said(Text("Hel")), [("stream-cut-off", 0)], complete=False),
    Case(
        "unknown",
        [delta("Hi"), {"type": "mood"}, done("Hi")],
        said(Text("Hi"), Unknown("mood", {"type": "mood"})),
        [("unknown-event", 1)],
    ),
    Case(
        "speech",
        [
            {"type": "speech.audio.delta", "audio": "AAAA"},
            {"type": "speech.audio.delta", "audio": "AAA="},
            {"type": "speech.audio.done", "usage": {}},
        ],
        said(Media("audio", size=5)),
    ),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(openai_audio, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_usage_and_errors() -> None:
    usage = {"type": "tokens", "input_tokens": 37, "output_tokens": 7, "total_tokens": 44}
    reading = read(openai_audio, [delta("Hi"), done("Hi", usage=usage)])
    assert reading.reply.usage == Usage(input_tokens=37, output_tokens=7, total_tokens=44, raw=usage)
    assert [(echo.event, echo.text, echo.route) for echo in reading.echoes] == [(1, "Hi", ("text",))]
    failed = read(openai_audio, [delta("Hel"), {"error": {"message": "no"}}])
    assert (failed.reply.error, short(failed)) == ({"message": "no"}, [("error-event", 1)])
    refused = read(openai_audio, [{"error": {"message": "no"}}], streamed=False)
    assert (refused.reply.error, refused.anomalies) == ({"message": "no"}, ())


@pytest.mark.parametrize(
    ("payload", "messages"),
    [
        ({"text": "Hello", "language": "en", "usage": None}, said(Text("Hello"), language="en")),
        ({"text": ""}, ()),
        ("Hello\n", said(Text("Hello\n"))),
        ("1\n00:00:00,000 --> 00:00:01,000\nHello\n", said(Text("1\n00:00:00,000 --> 00:00:01,000\nHello\n"))),
    ],
)
def test_plain_replies(payload: Json, messages: tuple[Message, ...]) -> None:
    reading = read(openai_audio, [payload], streamed=False)
    assert (reading.reply.messages, reading.anomalies) == (messages, ())


def test_a_page_is_no_transcription() -> None:
    reading = openai_audio.read(events_of(["<html>"]), streamed=False)
    assert (reading.reply.messages, reading.used) == ((), frozenset())
