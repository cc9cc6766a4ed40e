"""The results of OpenAI's batches of chat completions, and of Mistral and others who have the same lines.

https://platform.openai.com/docs/guides/batch#5-retrieve-the-results

    GET /v1/files/file-1/content

    {"custom_id": "0", "response": {"status_code": 200, "body": {"choices": [...], ...}}, "error": null, ...}

A response of another kind (embeddings, Responses) is kept whole. What makes a batch or tells its state, and the file of
its requests, hold no replies: that is HTTP like any other.
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json, Prompt, Reading
from cassette_cli.protocols.base import Call, Event, at
from cassette_cli.protocols.shared.batch import Place, read_results
from cassette_cli.protocols.shared.chat import read as read_chat
from cassette_cli.protocols.shared.errors import error_of

NAME = "openai.batches"


def matches(call: Call) -> bool:
    """By the shape of the response's first line."""
    body = at(call.response, "response", "body")
    return isinstance(body, dict) and at(call.response, "custom_id") is not None


def prompt(request: Json) -> Prompt:
    """What asks for results says nothing but the file's id, in its URL."""
    return Prompt(parameters=request if isinstance(request, dict) else {})


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The replies that these lines hold; never raises."""
    return read_results(events, _place_of)


def _place_of(line: Json) -> Place | None:
    body = at(line, "response", "body")
    if isinstance(at(body, "choices"), list) or error_of(body) is not None:
        return ("response", "body"), read_chat
    return ((), read_chat) if error_of(line) is not None else None
