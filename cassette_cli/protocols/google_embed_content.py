"""Gemini's embedContent and batchEmbedContents, in the Gemini API and in Vertex AI.

https://ai.google.dev/api/embeddings

    POST /v1beta/models/gemini-embedding-001:batchEmbedContents
    {"requests": [{"model": "models/gemini-embedding-001", "content": {"parts": [{"text": "Ruby"}]}}]}

    {"embeddings": [{"values": [-0.0087, -0.0091, ...]}], "usageMetadata": {"promptTokenCount": 2}}

Each content to embed is a message of the prompt; the reply is one message with a part for each vector, in their order.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from cassette_cli.conversation import Json, Message, Prompt, Reading
from cassette_cli.protocols.base import Call, Event, MessageBuilder, ReplyBuilder, list_at, text_at, without
from cassette_cli.protocols.shared.embedding import embedding
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.google import content_message, usage_of

NAME = "google.embed_content"

PATH = re.compile(r":(embedContent|batchEmbedContents)/?$")


def matches(call: Call) -> bool:
    """By path alone: other providers answer embeddings in the same shape."""
    return bool(PATH.search(unquote(call.path)))


def prompt(request: Json) -> Prompt:
    """The request read. What else each request of a batch says is in its message's `extra`."""
    requests = list_at(request, "requests")
    if not requests:
        return Prompt(
            model=text_at(request, "model"),
            messages=tuple(_messages(request)),
            parameters=without(request, ("model", "content")),
        )
    messages = [message for item in requests for message in _messages(item, keep=True)]
    model = text_at(request, "model") or text_at(requests[0], "model")
    return Prompt(model=model, messages=tuple(messages), parameters=without(request, ("model", "requests")))


def _messages(request: Json, *, keep: bool = False) -> list[Message]:
    if not isinstance(request, dict) or "content" not in request:
        return []
    message = content_message(request["content"], "user")
    rest = without(request, ("model", "content")) if keep else {}
    return [Message(message.role, message.parts, extra={**(message.extra or {}), **rest} or None)]


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    out = ReplyBuilder()
    for event in events:
        out.use(event.number)
        value = event.value
        vectors = list_at(value, "embeddings")
        if isinstance(value, dict) and "embedding" in value:
            vectors = [*vectors, value["embedding"]]
        for place, vector in enumerate(vectors):
            _put(out.message(), place, vector)
        if isinstance(value, dict) and value.get("usageMetadata"):
            out.usage = usage_of(value["usageMetadata"])
        error = error_of(value)
        if error:
            out.error = error
        elif not vectors and event.text.strip():
            out.unknown(event)
    return out.build()


def _put(message: MessageBuilder, place: int, vector: Json) -> None:
    message.put(place, embedding(vector["values"] if isinstance(vector, dict) and "values" in vector else vector))
    if rest := without(vector, ("values",)):
        message.keep("embeddings", {str(place): rest})
