"""Embeddings: which calls they are, what requests say, and the vectors' lengths."""

import pytest
from reading import read

from cassette_cli.conversation import Json, Message, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, openai_embeddings
from cassette_cli.protocols.base import Call

URL = "https://api.openai.com/v1/embeddings"
ASKS: Json = {"model": "m", "input": "Hi"}
ANSWERS: Json = {
    "object": "list",
    "data": [
        {"object": "embedding", "index": 0, "embedding": [0.5, -1, 2e-5]},
        {"object": "embedding", "index": 1, "embedding": "AACAPw==", "text": "world"},
    ],
    "model": "m-002",
    "usage": {"prompt_tokens": 2, "total_tokens": 2},
}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, ANSWERS),
        (URL, ASKS, None),
        (URL, ASKS, {"error": {"message": "no"}}),
        (URL, ASKS, {"object": "list", "data": []}),
        ("https://x.openai.azure.com/openai/deployments/d/embeddings?api-version=1", ASKS, ANSWERS),
        ("https://api.voyageai.com/v1/multimodalembeddings", {"inputs": [{"content": []}]}, None),
        ("/vectors", None, ANSWERS),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is openai_embeddings


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, None, {"object": "list", "data": [{"id": "m", "object": "model"}]}),
        (URL, ASKS, {"embedding": [0.5]}),
        ("http://localhost:11434/api/embeddings", {"model": "m", "prompt": "Hi"}, {"embedding": [0.5]}),
        ("https://api.openai.com/v1/moderations", ASKS, {"results": []}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not openai_embeddings.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    sent = {"model": "m", "input": ["hello", "world"], "encoding_format": "base64"}
    messages = (Message("user", (Text("hello"),)), Message("user", (Text("world"),)))
    assert openai_embeddings.prompt(sent) == Prompt(
        model="m", messages=messages, parameters={"encoding_format": "base64"}
    )
    pieces = {"content": [{"type": "text", "text": "hello"}]}
    assert openai_embeddings.prompt({"inputs": [pieces]}) == Prompt(
        messages=(Message("user", (Unknown(None, pieces),)),), parameters={}
    )


def test_replies() -> None:
    reading = read(openai_embeddings, [ANSWERS], streamed=False)
    parts = (Unknown("embedding", {"dimensions": 3}), Unknown("embedding", {"size": 4}))
    assert reading.reply.messages == (Message(None, parts, extra={"embeddings": {"1": {"text": "world"}}}),)
    assert reading.reply.model == "m-002"
    assert reading.reply.usage == Usage(input_tokens=2, total_tokens=2, raw=ANSWERS["usage"])
    assert reading.anomalies == ()
    refused = read(openai_embeddings, [{"error": {"message": "no"}}], streamed=False)
    assert refused.reply.error == {"message": "no"}
