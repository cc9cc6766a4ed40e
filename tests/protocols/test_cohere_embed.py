"""Cohere's embed: which calls it is, what requests say, and the vectors' lengths."""

import pytest
from reading import read

from cassette_cli.conversation import Json, Media, Message, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import cohere_embed, detect
from cassette_cli.protocols.base import Call

URL = "https://api.cohere.com/v2/embed"
ASKS: Json = {"model": "m", "texts": ["hello"], "input_type": "search_query"}
ANSWERS: Json = {
    "id": "e",
    "response_type": "embeddings_by_type",
    "embeddings": {"float": [[0.5, 1]], "ubinary": [[7]]},
    "texts": ["hello"],
    "meta": {"billed_units": {"input_tokens": 1}},
}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, ANSWERS),
        (URL, ASKS, None),
        (URL, ASKS, {"message": "invalid api token"}),
        ("https://api.cohere.ai/v1/embed", ASKS, {"response_type": "embeddings_floats", "embeddings": [[0.5]]}),
        ("/vectors", None, ANSWERS),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is cohere_embed


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, {"embeddings": [[0.5]]}),
        (URL, ASKS, {"result": 1}),
        (URL, {"texts": "hello"}, None),
        ("https://bedrock/model/cohere.embed-v4:0/invoke", ASKS, ANSWERS),
        ("http://localhost:11434/api/embed", {"model": "m", "input": "Hi"}, {"embeddings": [[0.5]]}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not cohere_embed.matches(Call("POST", url, request_, response))


def test_requests() -> None:
    image = {"type": "image_url", "image_url": {"url": "https://a.b/c"}}
    sent = {
        **ASKS,
        "images": ["data:image/png;base64,aGVsbG8="],
        "inputs": [{"content": [{"type": "text", "text": "What?"}, image]}],
    }
    assert cohere_embed.prompt(sent) == Prompt(
        model="m",
        messages=(
            Message("user", (Text("hello"),)),
            Message("user", (Media("image", "image/png", 5),)),
            Message("user", (Text("What?"), Media("image", uri="https://a.b/c"))),
        ),
        parameters={"input_type": "search_query"},
    )


def test_replies() -> None:
    reading = read(cohere_embed, [ANSWERS], streamed=False)
    parts = (Unknown("embedding", {"dimensions": 2}), Unknown("embedding", {"dimensions": 1}))
    extra = {"embeddings": {"0": {"type": "float"}, "1": {"type": "ubinary"}}}
    assert reading.reply.messages == (Message(None, parts, extra=extra),)
    assert (reading.reply.id, reading.anomalies) == ("e", ())
    assert reading.reply.usage == Usage(input_tokens=1, raw=ANSWERS["meta"])
    first = read(cohere_embed, [{"response_type": "embeddings_floats", "embeddings": [[0.5]]}], streamed=False)
    assert first.reply.messages == (Message(None, (Unknown("embedding", {"dimensions": 1}),)),)
    assert first.reply.usage is None
