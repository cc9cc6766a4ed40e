"""Cohere's generate, which came before its chat.

https://docs.cohere.com/v1/reference/generate

    POST /v1/generate
    {"model": "command", "prompt": "Once upon a time"}

    {"id": "df0d", "generations": [{"id": "c0e3", "text": " a wise owl", "finish_reason": "COMPLETE"}],
     "prompt": "Once upon a time", "meta": {"billed_units": {"input_tokens": 11, "output_tokens": 3}}}

    {"text": " a wise", "is_finished": false}
    {"is_finished": true, "finish_reason": "COMPLETE", "response": {"id": "df0d", "generations": [...]}}
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Message, Prompt, Reading, Text
from cassette_cli.protocols.base import Call, Event, at, int_at, list_at, text_at, without
from cassette_cli.protocols.shared.cohere import usage_of
from cassette_cli.protocols.shared.completion import Completion
from cassette_cli.protocols.shared.errors import error_of

NAME = "cohere.generate"

PATH = re.compile(r"(/v1)?/generate/?$")
# Of a generation; all others are kept.
FIELDS = ("id", "index", "text", "finish_reason")


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    if call.on_bedrock:
        return False
    if text_at(call.response, "generations", 0, "text") is not None:
        return True
    if not PATH.search(call.path) or text_at(call.request, "prompt") is None:
        return False
    if isinstance(at(call.response, "is_finished"), bool):
        return True
    # Ollama's generate has a request like it, and a path that ends so.
    return "/v1/" in call.path and (call.response is None or error_of(call.response) is not None)


def prompt(request: Json) -> Prompt:
    """The request read."""
    text = text_at(request, "prompt")
    read = [name for name in ("model", "prompt") if text_at(request, name)]
    return Prompt(
        model=text_at(request, "model") or None,
        messages=(Message("user", (Text(text),)),) if text else (),
        parameters=without(request, read),
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reply = Completion(streamed=streamed)
    for event in events:
        _read_event(reply, event)
    return reply.close(events, ended=reply.finished, usage_of=usage_of)


def _read_event(reply: Completion, event: Event) -> None:
    number, value = event.number, event.value
    reply.last = number
    if list_at(value, "generations"):
        _read_whole(reply, number, value, again=False)
    elif isinstance(at(value, "is_finished"), bool):
        _read_piece(reply, number, value)
    elif error := error_of(value):
        reply.fail(number, error)
    elif event.is_json or (reply.streamed and event.text.strip()):
        reply.out.unknown(event)


def _read_piece(reply: Completion, number: int, value: dict[str, Json]) -> None:
    index = int_at(value, "index") or 0
    if text := text_at(value, "text"):
        reply.write(number, text, ("text",), index)
    if isinstance(value.get("response"), dict):
        _read_whole(reply, number, value["response"], again=True)
    if value.get("finish_reason") and reply.message(index).finish_reason is None:
        reply.finish(number, value["finish_reason"], index)


def _read_whole(reply: Completion, number: int, value: dict[str, Json], *, again: bool) -> None:
    """A plain reply, or what the last line of a stream says of all of it `again`."""
    reply.out.id = text_at(value, "id")
    for place, generation in enumerate(list_at(value, "generations")):
        text = text_at(generation, "text")
        if text is not None and not again:
            reply.write(number, text, ("generations", place, "text"), place)
        elif text is not None:
            reply.repeat(number, text, ("response", "generations", place, "text"), place)
        if reason := at(generation, "finish_reason"):
            reply.finish(number, reason, place)
        for name, item in without(generation, FIELDS).items():
            if item is not None:
                reply.message(place).keep(name, item)
    if value.get("meta"):
        reply.count(number, value["meta"])
