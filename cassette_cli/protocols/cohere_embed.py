"""Cohere's embed, in both versions of its API.

https://docs.cohere.com/reference/embed, https://docs.cohere.com/v1/reference/embed

    POST /v2/embed
    {"model": "embed-v4.0", "texts": ["hello", "world"], "input_type": "search_document", "embedding_types": ["float"]}

    {"id": "1992", "response_type": "embeddings_by_type", "texts": ["hello", "world"],
     "embeddings": {"float": [[-0.0006, ...], [0.0204, ...]]}, "meta": {"billed_units": {"input_tokens": 2}}}

Each text or image is a message of the prompt; the reply is one message with a part for each vector, in their order.
"""

import re
from collections.abc import Iterator, Sequence

from cassette_cli.conversation import Json, Message, Part, Prompt, Reading, Text, Unknown, Usage
from cassette_cli.protocols.base import Call, Event, at, list_at, text_at, without
from cassette_cli.protocols.shared.chat.content import content_part
from cassette_cli.protocols.shared.cohere import usage_of
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of
from cassette_cli.protocols.shared.media import of_url
from cassette_cli.protocols.shared.whole import Item, read_whole, vector

NAME = "cohere.embed"

PATH = re.compile(r"/v[12]/embed/?$")
INPUTS = ("texts", "images", "inputs")


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    if call.on_bedrock:
        return False
    if at(call.response, "embeddings") is not None:
        kind = text_at(call.response, "response_type") or ""
        return kind.startswith("embeddings_")
    asks = any(isinstance(at(call.request, name), list) for name in INPUTS)
    return asks and bool(PATH.search(call.path)) and (call.response is None or error_of(call.response) is not None)


def prompt(request: Json) -> Prompt:
    """The request read."""
    read = [name for name in ("model", *INPUTS) if at(request, name)]
    return Prompt(
        model=text_at(request, "model"),
        messages=(*messages_of(list_at(request, "texts")), *_others(request)),
        parameters=without(request, read),
    )


def _others(request: Json) -> Iterator[Message]:
    for image in list_at(request, "images"):
        part = of_url("image", image) if isinstance(image, str) else Unknown("image", image)
        yield Message("user", (part,))
    for item in list_at(request, "inputs"):
        yield Message("user", tuple(_parts(item)), extra=without(item, ("content",)) or None)


def _parts(item: Json) -> Iterator[Part]:
    for part in list_at(item, "content"):
        yield Text(part) if isinstance(part, str) else content_part(part)


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    return read_whole(events, _items, _usage, "embeddings", streamed=streamed)


def _items(value: Json) -> list[Item] | None:
    vectors = at(value, "embeddings")
    if isinstance(vectors, dict):  # by the type of their numbers
        return [(vector(one), {"type": name}) for name, many in vectors.items() for one in list_at(many)]
    return [(vector(one), {}) for one in vectors] if isinstance(vectors, list) else None


def _usage(value: Json) -> Usage | None:
    meta = at(value, "meta")
    return usage_of(meta) if meta else None
