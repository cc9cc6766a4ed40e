"""Ollama's embed and embeddings: which calls they are, what requests say, and the vectors' lengths."""

import pytest
from reading import read

from cassette_cli.conversation import Json, Message, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, ollama_embed
from cassette_cli.protocols.base import Call

NEW, OLD = "http://localhost:11434/api/embed", "http://localhost:11434/api/embeddings"
ASKS: Json = {"model": "m", "input": ["hello", "world"], "truncate": True}
ANSWERS: Json = {"model": "m", "embeddings": [[0.5, 1], [2, 3]], "total_duration": 9, "prompt_eval_count": 2}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (NEW, ASKS, ANSWERS),
        (NEW, ASKS, None),
        (NEW, ASKS, {"error": "model 'm' not found"}),
        (OLD, {"model": "m", "prompt": "hello"}, {"embedding": [0.5]}),
        (OLD, {"model": "m", "prompt": "hello"}, None),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is ollama_embed


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://app.example/api/embed", {"url": "https://a.b"}, None),
        ("https://app.example/api/embed", ASKS, {"html": "<iframe>"}),
        ("https://api.openai.com/v1/embeddings", ASKS, {"data": []}),
        ("", ASKS, ANSWERS),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not ollama_embed.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    hello, world = (Message("user", (Text(text),)) for text in ("hello", "world"))
    assert ollama_embed.prompt(ASKS) == Prompt(model="m", messages=(hello, world), parameters={"truncate": True})
    assert ollama_embed.prompt({"model": "m", "prompt": "hello"}) == Prompt(model="m", messages=(hello,), parameters={})


def test_replies() -> None:
    reading = read(ollama_embed, [ANSWERS], streamed=False)
    pair = (Unknown("embedding", {"dimensions": 2}),) * 2
    assert reading.reply.messages == (Message(None, pair),)
    assert (reading.reply.model, reading.anomalies) == ("m", ())
    assert reading.reply.usage == Usage(input_tokens=2, raw={"total_duration": 9, "prompt_eval_count": 2})
    old = read(ollama_embed, [{"embedding": [0.5]}], streamed=False)
    assert old.reply.messages == (Message(None, (Unknown("embedding", {"dimensions": 1}),)),)
    assert old.reply.usage is None
