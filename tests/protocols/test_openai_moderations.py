"""Moderations: which calls they are, what requests say, and the verdicts."""

import pytest
from reading import read

from cassette_cli.conversation import Json, Message, Prompt, Text, Unknown
from cassette_cli.protocols import detect, openai_moderations
from cassette_cli.protocols.base import Call

URL = "https://api.openai.com/v1/moderations"
ASKS: Json = {"model": "m", "input": ["I like you."]}
VERDICT: Json = {"flagged": False, "categories": {"hate": False}, "category_scores": {"hate": 0.01}}
ANSWERS: Json = {"id": "modr-1", "model": "m", "results": [VERDICT]}


@pytest.mark.parametrize("response", [ANSWERS, None, {"error": {"message": "no"}}])
def test_calls_of_this_protocol(response: Json) -> None:
    assert detect(Call("POST", URL, ASKS, response)) is openai_moderations


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, None, None),
        (URL, ASKS, {"results": []}),
        ("https://app.example/search", None, ANSWERS),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not openai_moderations.matches(Call("POST", url, request_, response))


def test_a_request_and_its_reply() -> None:
    assert openai_moderations.prompt(ASKS) == Prompt(
        model="m", messages=(Message("user", (Text("I like you."),)),), parameters={}
    )
    reading = read(openai_moderations, [ANSWERS], streamed=False)
    assert reading.reply.messages == (Message(None, (Unknown("moderation", VERDICT),)),)
    assert (reading.reply.id, reading.reply.model, reading.reply.usage) == ("modr-1", "m", None)
    assert reading.anomalies == ()
