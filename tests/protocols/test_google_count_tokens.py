"""Gemini's countTokens: which calls it is, what is counted, and the count."""

import pytest
from reading import read, short

from cassette_cli.conversation import Json, Message, Prompt, Text, Usage
from cassette_cli.protocols import detect, google_count_tokens
from cassette_cli.protocols.base import Call

URL = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:countTokens"
CONTENTS = [{"parts": [{"text": "Hi"}]}]
ASKED = (Message("user", (Text("Hi"),)),)


def test_calls_of_this_protocol() -> None:
    assert detect(Call("POST", URL, {"contents": CONTENTS}, {"totalTokens": 3})) is google_count_tokens
    assert not google_count_tokens.matches(Call("POST", f"{URL}x", {"contents": CONTENTS}, {"totalTokens": 3}))


@pytest.mark.parametrize(
    ("request_", "prompt"),
    [
        ({"contents": CONTENTS}, Prompt(messages=ASKED, parameters={})),
        (
            {"generateContentRequest": {"model": "models/m", "contents": CONTENTS, "toolConfig": {}}},
            Prompt(model="models/m", messages=ASKED, parameters={"toolConfig": {}}),
        ),
        (None, Prompt(parameters={})),
    ],
)
def test_requests(request_: Json, prompt: Prompt) -> None:
    assert google_count_tokens.prompt(request_) == prompt


def test_the_count() -> None:
    body = {"totalTokens": 31, "cachedContentTokenCount": 4, "promptTokensDetails": []}
    reading = read(google_count_tokens, [body], streamed=False)
    assert reading.reply.usage == Usage(total_tokens=31, cache_read_input_tokens=4, raw=body)
    assert (reading.reply.messages, reading.anomalies) == ((), ())


def test_errors() -> None:
    error = {"code": 400, "message": "no"}
    assert read(google_count_tokens, [{"error": error}], streamed=False).reply.error == error
    assert short(read(google_count_tokens, [{"hello": 1}], streamed=False)) == [("unknown-event", 0)]
