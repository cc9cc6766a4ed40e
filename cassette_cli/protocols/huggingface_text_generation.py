"""Hugging Face's text generation: TGI, inference endpoints, and SageMaker's containers of it.

https://huggingface.github.io/text-generation-inference/

    POST /generate_stream, POST /models/org/model, POST /
    {"inputs": "Say", "parameters": {"max_new_tokens": 9, "details": true}, "stream": true}

    data: {"index": 1, "token": {"id": 7, "text": "Hel", "logprob": -0.5, "special": false}, "generated_text": null}
    data: {"index": 2, "token": {"id": 2, "text": "</s>", "special": true}, "generated_text": "Hel",
           "details": {"finish_reason": "eos_token", "generated_tokens": 2, "input_length": 1}}

    [{"generated_text": "Hel", "details": {...}}]

Special tokens are no text. Without details a plain reply gives no reason why it ends.
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Prompt, Reading, Route, Usage
from cassette_cli.protocols.base import Call, Event, at, int_at, text_at, without
from cassette_cli.protocols.shared.completion import Completion
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of

NAME = "huggingface.text_generation"

PATH = re.compile(r"/generate(_stream)?/?$|/models/[^/]+/[^/]+/?$|/endpoints/[^/]+/invocations")
# Of the details, what counts, and what has an entry per token, which is kept.
COUNTS = ("finish_reason", "generated_tokens", "input_length", "seed")
TOKENS = ("tokens", "prefill", "top_tokens", "best_of_sequences")
FIELDS = ("generated_text", "details", "token", "index")


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    response = call.response
    if text_at(response, 0, "generated_text") is not None or text_at(response, "generated_text") is not None:
        return True
    if text_at(response, "token", "text") is not None:
        return "generated_text" in response
    asks = text_at(call.request, "inputs") is not None and bool(PATH.search(call.path))
    return asks and (response is None or text_at(response, "error") is not None)


def prompt(request: Json) -> Prompt:
    """The request read."""
    read = ["inputs"] if at(request, "inputs") else []
    return Prompt(messages=messages_of(at(request, "inputs")), parameters=without(request, read))


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reply = Completion(streamed=streamed)
    gives_reasons = streamed
    for event in events:
        reply.last = event.number
        value = event.value
        found = [_read_item(reply, event.number, item, route) for item, route in _items(value)]
        if found and all(found):
            gives_reasons = gives_reasons or any(at(item, "details") is not None for item, _ in _items(value))
        elif error := error_of(value):
            reply.fail(event.number, error)
        elif event.is_json or (streamed and event.text.strip()):
            reply.out.unknown(event)
    return reply.close(events, ended=reply.finished, usage_of=_usage, gives_reasons=gives_reasons)


def _items(value: Json) -> list[tuple[Json, Route]]:
    """The completions in a payload, with their routes: an object is one, a list has one or more."""
    return [(item, (place,)) for place, item in enumerate(value)] if isinstance(value, list) else [(value, ())]


def _read_item(reply: Completion, number: int, item: Json, route: Route) -> bool:
    """Take a token, or a whole completion; False for what is neither."""
    index = 0 if reply.streamed or not route else int(str(route[0]))
    token, whole, details = at(item, "token"), text_at(item, "generated_text"), at(item, "details")
    if token is None and whole is None:
        return False
    text = text_at(token, "text")
    if text is not None and at(token, "special") is not True:
        reply.write(number, text, (*route, "token", "text"), index)
    if whole is not None:
        reply.repeat(number, whole, (*route, "generated_text"), index)
    if details:
        reply.count(number, without(details, TOKENS))
    if reason := text_at(details, "finish_reason"):
        reply.finish(number, reason, index)
    for name, kept in {**without(item, FIELDS), **without(details, COUNTS)}.items():
        if kept:
            reply.message(index).keep(name, kept)
    return True


def _usage(raw: Json) -> Usage:
    """The counts that the details have; the prompt's is there in streams only."""
    return Usage(input_tokens=int_at(raw, "input_length"), output_tokens=int_at(raw, "generated_tokens"), raw=raw)
