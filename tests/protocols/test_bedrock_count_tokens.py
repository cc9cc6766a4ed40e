"""AWS Bedrock's CountTokens: which calls it is, what is counted, and the count."""

import json
from base64 import b64encode

import pytest
from reading import read, short

from cassette_cli.conversation import Json, Message, Prompt, Text, Usage
from cassette_cli.protocols import bedrock_count_tokens, detect
from cassette_cli.protocols.base import Call

URL = "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-haiku-4-5-v1%3A0/count-tokens"
NATIVE = {"anthropic_version": "bedrock-2023-05-31", "messages": [{"role": "user", "content": "Hi"}]}
ASKED = (Message("user", (Text("Hi"),)),)


def test_calls_of_this_protocol() -> None:
    assert detect(Call("POST", URL, {"input": {}}, {"inputTokens": 3})) is bedrock_count_tokens
    assert not bedrock_count_tokens.matches(Call("POST", f"{URL}x", {"input": {}}, {"inputTokens": 3}))


@pytest.mark.parametrize(
    ("request_", "prompt"),
    [
        (
            {"input": {"converse": {"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}}},
            Prompt(messages=ASKED, parameters={}),
        ),
        (
            {"input": {"invokeModel": {"body": b64encode(json.dumps(NATIVE).encode()).decode()}}},
            Prompt(messages=ASKED, parameters={"anthropic_version": "bedrock-2023-05-31"}),
        ),
        ({"input": {"invokeModel": {"body": "!"}}}, Prompt(parameters={"input": {"invokeModel": {"body": "!"}}})),
        (None, Prompt(parameters={})),
    ],
)
def test_requests(request_: Json, prompt: Prompt) -> None:
    assert bedrock_count_tokens.prompt(request_) == prompt


def test_the_count() -> None:
    reading = read(bedrock_count_tokens, [{"inputTokens": 31}], streamed=False)

    assert reading.reply.usage == Usage(input_tokens=31, raw={"inputTokens": 31})
    assert (reading.reply.messages, reading.anomalies) == ((), ())


def test_errors() -> None:
    error = {"message": "no"}
    assert read(bedrock_count_tokens, [error], streamed=False).reply.error == error
    assert short(read(bedrock_count_tokens, [{"hello": 1}], streamed=False)) == [("unknown-event", 0)]
