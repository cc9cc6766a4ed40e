"""OpenAI's moderations, and Mistral's.

https://platform.openai.com/docs/api-reference/moderations, https://docs.mistral.ai/capabilities/guardrailing/

    POST /v1/moderations
    {"model": "omni-moderation-latest", "input": ["I like you."]}

    {"id": "modr-1", "model": "omni-moderation-latest", "results": [{"flagged": false, "categories": {"hate": false},
                                                                      "category_scores": {"hate": 0.01}}]}

Each input is a message of the prompt; the reply is one message with a part for each verdict, in their order.
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Prompt, Reading, Unknown, Usage
from cassette_cli.protocols.base import Call, Event, at, list_at, text_at, without
from cassette_cli.protocols.shared.chat import usage_of
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of
from cassette_cli.protocols.shared.whole import Item, read_whole

NAME = "openai.moderations"

PATH = re.compile(r"/moderations/?$")


def matches(call: Call) -> bool:
    """By path and response; where there is none or only an error, by path and request."""
    if not PATH.search(call.path):
        return False
    if at(call.response, "results", 0, "categories") is not None:
        return True
    return at(call.request, "input") is not None and (call.response is None or error_of(call.response) is not None)


def prompt(request: Json) -> Prompt:
    """The request read."""
    read = [name for name in ("model", "input") if at(request, name)]
    return Prompt(
        model=text_at(request, "model"),
        messages=messages_of(at(request, "input")),
        parameters=without(request, read),
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    return read_whole(events, _items, _usage, "moderations", streamed=streamed)


def _items(value: Json) -> list[Item] | None:
    if not isinstance(at(value, "results"), list):
        return None
    return [(Unknown("moderation", result), {}) for result in list_at(value, "results")]


def _usage(value: Json) -> Usage | None:
    usage = at(value, "usage")
    return usage_of(usage) if usage else None
