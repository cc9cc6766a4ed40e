"""Ollama's embed, and embeddings, which came before it.

https://docs.ollama.com/api/embed

    POST /api/embed
    {"model": "all-minilm", "input": ["hello", "world"]}

    {"model": "all-minilm", "embeddings": [[0.0100, ...], [-0.0098, ...]], "total_duration": 9, "prompt_eval_count": 2}

    POST /api/embeddings
    {"model": "all-minilm", "prompt": "hello"}

    {"embedding": [0.5670, ...]}

Each input is a message of the prompt; the reply is one message with a part for each vector, in their order.
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Prompt, Reading, Usage
from cassette_cli.protocols.base import Call, Event, at, int_at, text_at, without
from cassette_cli.protocols.shared.inputs import messages_of
from cassette_cli.protocols.shared.whole import Item, read_whole, vector

NAME = "ollama.embed"

PATH = re.compile(r"/api/embed(dings)?/?$")
COUNTS = ("total_duration", "load_duration", "prompt_eval_count")


def matches(call: Call) -> bool:
    """By path, together with a request or response of this shape."""
    if not PATH.search(call.path):
        return False
    if call.response is not None and not at(call.response, "error"):
        return _items(call.response) is not None
    asks = at(call.request, "input") is not None or at(call.request, "prompt") is not None
    return asks and text_at(call.request, "model") is not None


def prompt(request: Json) -> Prompt:
    """The request read."""
    name = "input" if at(request, "input") else "prompt"
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
    many, one = at(value, "embeddings"), at(value, "embedding")
    if isinstance(many, list):
        return [(vector(found), {}) for found in many]
    return [(vector(one), {})] if isinstance(one, list) else None


def _usage(value: Json) -> Usage | None:
    counts = {name: value[name] for name in COUNTS if name in value}
    return Usage(input_tokens=int_at(counts, "prompt_eval_count"), raw=counts) if counts else None
