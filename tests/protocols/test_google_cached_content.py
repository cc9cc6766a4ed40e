"""Gemini's cachedContents: which calls make one, what is kept, and the answer."""

import pytest
from reading import read, short

from cassette_cli.conversation import Message, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, google_cached_content
from cassette_cli.protocols.base import Call

URL = "https://generativelanguage.googleapis.com/v1beta/cachedContents"


def test_calls_of_this_protocol() -> None:
    assert detect(Call("POST", f"{URL}?key=x", {"contents": []}, None)) is google_cached_content


@pytest.mark.parametrize(("method", "url"), [("GET", URL), ("DELETE", f"{URL}/c1"), ("PATCH", f"{URL}/c1")])
def test_other_calls(method: str, url: str) -> None:
    assert not google_cached_content.matches(Call(method, url, None, {"name": "cachedContents/c1"}))


def test_a_request() -> None:
    request = {"model": "models/m", "systemInstruction": {"parts": [{"text": "Be terse."}]}, "ttl": "300s"}
    assert google_cached_content.prompt(request) == Prompt(
        model="models/m",
        messages=(Message("system", (Text("Be terse."),)),),
        parameters={"ttl": "300s"},
    )


def test_a_reply() -> None:
    usage = {"totalTokenCount": 1081}
    body = {
        "name": "cachedContents/c1",
        "model": "models/m",
        "usageMetadata": usage,
        "expireTime": "2026-01-01T00:00:00Z",
    }
    reading = read(google_cached_content, [body], streamed=False)
    assert (reading.reply.id, reading.reply.model) == ("cachedContents/c1", "models/m")
    assert reading.reply.messages == (Message(None, (Unknown("cachedContent", body),)),)
    assert reading.reply.usage == Usage(total_tokens=1081, raw=usage)
    assert reading.anomalies == ()


def test_errors() -> None:
    error = {"code": 400, "message": "no"}
    assert read(google_cached_content, [{"error": error}], streamed=False).reply.error == error
    assert short(read(google_cached_content, [{"hello": 1}], streamed=False)) == [("unknown-event", 0)]
