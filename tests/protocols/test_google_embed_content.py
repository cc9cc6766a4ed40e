"""Gemini's embeddings: which calls they are, what is embedded, and that vectors are counted."""

import pytest
from reading import read, short

from cassette_cli.conversation import Json, Message, Prompt, Text, Unknown, Usage
from cassette_cli.protocols import detect, google_embed_content
from cassette_cli.protocols.base import Call

MODELS = "https://generativelanguage.googleapis.com/v1beta/models"


@pytest.mark.parametrize(
    "url",
    [
        f"{MODELS}/gemini-embedding-001:embedContent",
        f"{MODELS}/gemini-embedding-001:batchEmbedContents?key=x",
        f"{MODELS}/gemini-embedding-001%3AembedContent",
        "https://aiplatform.googleapis.com/v1beta1/projects/p/locations/l/publishers/google/models/m:embedContent",
    ],
)
def test_calls_of_this_protocol(url: str) -> None:
    assert detect(Call("POST", url, None, None)) is google_embed_content


@pytest.mark.parametrize(
    "url", [f"{MODELS}/m:generateContent", f"{MODELS}/m:asyncBatchEmbedContent", f"{MODELS}/m", ""]
)
def test_other_calls(url: str) -> None:
    assert not google_embed_content.matches(Call("POST", url, {"content": {}}, {"embedding": {"values": []}}))


def content(text: str) -> Json:
    return {"parts": [{"text": text}]}


@pytest.mark.parametrize(
    ("request_", "prompt"),
    [
        (
            {"model": "models/m", "content": content("Hi"), "outputDimensionality": 768},
            Prompt(
                model="models/m",
                messages=(Message("user", (Text("Hi"),)),),
                parameters={"outputDimensionality": 768},
            ),
        ),
        (
            {
                "requests": [
                    {"model": "models/m", "content": content("a"), "taskType": "RETRIEVAL_QUERY"},
                    {"model": "models/m", "content": {**content("b"), "role": "model"}},
                    3,
                ],
                "labels": {},
            },
            Prompt(
                model="models/m",
                messages=(
                    Message("user", (Text("a"),), extra={"taskType": "RETRIEVAL_QUERY"}),
                    Message("model", (Text("b"),)),
                ),
                parameters={"labels": {}},
            ),
        ),
        (None, Prompt(parameters={})),
        ({"requests": {}}, Prompt(parameters={"requests": {}})),
    ],
)
def test_requests(request_: Json, prompt: Prompt) -> None:
    assert google_embed_content.prompt(request_) == prompt


def vector(dimensions: int) -> Unknown:
    return Unknown("embedding", {"dimensions": dimensions})


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"embedding": {"values": [0.5, 1, 2]}}, Message(None, (vector(3),))),
        ({"embeddings": [{"values": [0.5]}, {"values": []}]}, Message(None, (vector(1), vector(0)))),
        ({"embedding": [1, 2]}, Message(None, (vector(2),))),
        ({"embedding": None}, Message(None, (Unknown("embedding", None),))),
        (
            {"embeddings": [{"values": [1], "statistics": {"tokenCount": 2}}]},
            Message(None, (vector(1),), extra={"embeddings": {"0": {"statistics": {"tokenCount": 2}}}}),
        ),
    ],
)
def test_replies(body: Json, message: Message) -> None:
    usage = {"promptTokenCount": 2, "totalTokenCount": 2}
    reading = read(google_embed_content, [{**body, "usageMetadata": usage}], streamed=False)
    assert reading.reply.messages == (message,)
    assert reading.reply.usage == Usage(input_tokens=2, total_tokens=2, raw=usage)
    assert reading.anomalies == ()


def test_errors() -> None:
    error = {"code": 400, "message": "no"}
    assert read(google_embed_content, [{"error": error}], streamed=False).reply.error == error
    assert short(read(google_embed_content, [{"hello": 1}], streamed=False)) == [("unknown-event", 0)]
