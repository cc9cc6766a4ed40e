"""Anthropic's count of tokens: which calls it is, and the count."""

import pytest
from reading import read, short

from cassette_cli.conversation import Json, Message, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import anthropic_count_tokens, detect
from cassette_cli.protocols.base import Call

URL = "https://api.anthropic.com/v1/messages/count_tokens?beta=true"
ASKS: Json = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}


@pytest.mark.parametrize("response", [{"input_tokens": 8}, None, {"type": "error", "error": {"message": "no"}}])
def test_calls_of_this_protocol(response: Json) -> None:
    assert detect(Call("POST", URL, ASKS, response)) is anthropic_count_tokens


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", URL),
        ("POST", "https://api.anthropic.com/v1/messages"),
        ("POST", "https://bedrock/model/m/count-tokens"),
        ("", ""),
    ],
)
def test_other_calls(method: str, url: str) -> None:
    assert not anthropic_count_tokens.matches(Call(method, url, ASKS, None))


def test_a_request_and_its_reply() -> None:
    assert anthropic_count_tokens.prompt(ASKS) == Prompt(
        model="m", messages=(Message("user", (Text("Hi"),)),), parameters={}
    )
    reading = read(anthropic_count_tokens, [{"input_tokens": 8}], streamed=False)
    assert (reading.reply.messages, reading.anomalies) == ((), ())
    assert reading.reply.usage == Usage(total_tokens=8, raw={"input_tokens": 8})
    refused = read(anthropic_count_tokens, [{"type": "error", "error": {"message": "no"}}], streamed=False)
    assert (refused.reply.error, refused.reply.usage) == ({"message": "no"}, None)
    strange = read(anthropic_count_tokens, [{"tokens": 8}], streamed=False)
    assert strange.reply.messages == (Message(None, (Unknown(None, {"tokens": 8}),)),)
    assert short(strange) == [("unknown-event", 0)]
