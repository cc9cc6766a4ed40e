"""Embeddings as OpenAI serves them, and Azure, Mistral, Voyage, OpenRouter, vLLM and many others.

https://platform.openai.com/docs/api-reference/embeddings, https://docs.voyageai.com/reference/embeddings-api

    POST /v1/embeddings
    {"model": "text-embedding-3-small", "input": ["hello", "world"], "encoding_format": "float"}

    {"object": "list", "data": [{"object": "embedding", "index": 0, "embedding": [-0.0065, ...]}, ...],
     "model": "text-embedding-3-small", "usage": {"prompt_tokens": 2, "total_tokens": 2}}

Each input is a message of the prompt; the reply is one message with a part for each vector, in their order.
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Prompt, Reading, Usage
from cassette_cli.protocols.base import Call, Event, at, list_at, text_at, without
from cassette_cli.protocols.shared.chat import usage_of
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of
from cassette_cli.protocols.shared.whole import Item, read_whole, vector

NAME = "openai.embeddings"

PATH = re.compile(r"/(multimodal)?embeddings/?$")
# Of a vector in the list.
FIELDS = ("object", "index", "embedding")


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    if at(call.response, "data", 0, "embedding") is not None:
        return True
    asks = at(call.request, "input") is not None or at(call.request, "inputs") is not None
    if not asks or not PATH.search(call.path):
        return False
    return call.response is None or isinstance(at(call.response, "data"), list) or error_of(call.response) is not None


def prompt(request: Json) -> Prompt:
    """The request read."""
    name = "input" if at(request, "input") else "inputs"
    read = [field for field in ("model", name) if at(request, field)]
    return Prompt(
        model=text_at(request, "model"),
        messages=messages_of(at(request, name)),
        parameters=without(request, read),
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    return read_whole(events, _items, _usage, "embeddings", streamed=streamed)


def _items(value: Json) -> list[Item] | None:
    if not isinstance(at(value, "data"), list):
        return None
    return [(vector(at(item, "embedding")), without(item, FIELDS)) for item in list_at(value, "data")]


def _usage(value: Json) -> Usage | None:
    usage = at(value, "usage")
    return usage_of(usage) if usage else None
