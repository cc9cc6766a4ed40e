"""Anthropic's text completions: which calls they are, what requests say, and what they bring."""

import pytest
from reading import Case, events_of, read, short

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Unknown
from cassette_cli.protocols import anthropic_completions, detect
from cassette_cli.protocols.base import Call

URL = "https://api.anthropic.com/v1/complete"
ASKS: Json = {"model": "m", "prompt": "\n\nHuman: Hi\n\nAssistant:", "max_tokens_to_sample": 9}


def piece(text: str, reason: str | None = None, **more: Json) -> Json:
    return {
        "type": "completion",
        "id": "c",
        "log_id": "c",
        "model": "m",
        "completion": text,
        "stop_reason": reason,
        **more,
    }


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, piece(" Hi")),
        (URL, ASKS, None),
        (URL, ASKS, {"type": "ping"}),
        (URL, ASKS, {"type": "error", "error": {"message": "no"}}),
        ("", None, piece(" Hi")),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is anthropic_completions


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://bedrock/model/anthropic.claude-v2/invoke", ASKS, piece(" Hi")),
        (URL, ASKS, {"items": []}),
        (URL, {"q": "Hi"}, None),
        ("https://app.example/v1/complete", None, {"suggestions": []}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not anthropic_completions.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    assert anthropic_completions.prompt(ASKS) == Prompt(
        model="m",
        messages=(Message("user", (Text("\n\nHuman: Hi\n\nAssistant:"),)),),
        parameters={"max_tokens_to_sample": 9},
    )


def said(*parts: Part, finish: str | None = "stop_sequence", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


STREAMS = [
    Case(
        "text",
        [piece(" Hel"), {"type": "ping"}, piece("lo"), piece("", "stop_sequence", stop="\n\nHuman:")],
        said(Text(" Hello"), stop="\n\nHuman:"),
    ),
    Case("cut off", [piece(" Hel")], said(Text(" Hel"), finish=None), [("stream-cut-off", 0)], complete=False),
    Case(
        "after the end",
        [piece(" Hi", "max_tokens"), piece("!")],
        said(Text(" Hi!"), finish="max_tokens"),
        [("event-after-end", 1), ("content-after-finish", 1)],
    ),
    Case(
        "unknown",
        [{"type": "mood"}, piece(" Hi", "stop_sequence")],
        said(Text(" Hi"), Unknown("mood", {"type": "mood"})),
        [("unknown-event", 0)],
    ),
    Case("nothing", [{"type": "ping"}], (), [("stream-empty", 0)], complete=False),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(anthropic_completions, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_errors() -> None:
    error = {"type": "overloaded_error", "message": "Overloaded"}
    within = read(anthropic_completions, [piece(" Hel"), {"type": "error", "error": error}])
    assert (within.reply.error, within.reply.complete, short(within)) == (error, False, [("error-event", 1)])
    refused = read(anthropic_completions, [{"type": "error", "error": error}], streamed=False)
    assert (refused.reply.error, refused.anomalies) == (error, ())
    page = anthropic_completions.read(events_of(["<html>"]), streamed=False)
    assert (page.reply.messages, page.used) == ((), frozenset())


def test_a_plain_reply_is_what_its_stream_is() -> None:
    plain = read(anthropic_completions, [piece(" Hello", "max_tokens")], streamed=False)
    streamed = read(anthropic_completions, [piece(" Hel"), piece("lo"), piece("", "max_tokens")])
    assert plain.reply == streamed.reply
    assert (plain.reply.id, plain.reply.model) == ("c", "m")
