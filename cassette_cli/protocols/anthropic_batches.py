"""The results of Anthropic's message batches: https://docs.anthropic.com/en/api/retrieving-message-batch-results

    GET /v1/messages/batches/msgbatch_1/results

    {"custom_id": "0", "result": {"type": "succeeded", "message": {"type": "message", "content": [...], ...}}}
    {"custom_id": "1", "result": {"type": "errored", "error": {"type": "error", "error": {...}}}}

What makes a batch, tells its state or ends it holds no replies: that is HTTP like any other.
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json, Prompt, Reading
from cassette_cli.protocols.base import Call, Event, at
from cassette_cli.protocols.shared.anthropic import read as read_message
from cassette_cli.protocols.shared.batch import Place, read_results

NAME = "anthropic.batches"


def matches(call: Call) -> bool:
    """By the shape of the response's first line."""
    return _place_of(call.response) is not None and at(call.response, "custom_id") is not None


def prompt(request: Json) -> Prompt:
    """What asks for results says nothing but the batch's id, in its URL."""
    return Prompt(parameters=request if isinstance(request, dict) else {})


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The replies that these lines hold; never raises."""
    return read_results(events, _place_of)


def _place_of(line: Json) -> Place | None:
    for name in ("message", "error"):
        if isinstance(at(line, "result", name), dict):
            return ("result", name), read_message
    return None
