"""Anthropic's text completions, the API before messages, as of version 2023-06-01.

https://docs.anthropic.com/en/api/complete, https://docs.anthropic.com/en/api/versioning

    POST /v1/complete
    {"model": "claude-2.1", "prompt": "\\n\\nHuman: Hello\\n\\nAssistant:", "max_tokens_to_sample": 256}

    event: completion
    data: {"type": "completion", "id": "compl_1", "completion": " Hi", "stop_reason": null, "model": "claude-2.1"}

The prompt with its turns is one text, and so is the message that stands for it.
"""

import re
from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Message, Prompt, Reading, Text
from cassette_cli.protocols.base import Call, Event, text_at, without
from cassette_cli.protocols.shared.completion import Completion
from cassette_cli.protocols.shared.errors import error_of

NAME = "anthropic.completions"

PATH = re.compile(r"/v1/complete/?$")
# Of an event; all others are kept. `log_id` repeats the id.
FIELDS = ("type", "id", "log_id", "model", "completion", "stop_reason")


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none, or another event comes first, by path and request."""
    if call.on_bedrock:
        return False
    kind = text_at(call.response, "type")
    if kind == "completion":
        return text_at(call.response, "completion") is not None
    asks = text_at(call.request, "prompt") is not None
    return asks and bool(PATH.search(call.path)) and (call.response is None or kind in ("error", "ping"))


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
    return reply.close(events, ended=reply.finished)


def _read_event(reply: Completion, event: Event) -> None:
    number, value, out = event.number, event.value, reply.out
    reply.last = number
    kind = text_at(value, "type") or event.type
    if kind == "ping":
        return
    text = text_at(value, "completion")
    if text is None:
        if kind == "error" or error_of(value):
            reply.fail(number, error_of(value) or value)
        elif event.is_json or (reply.streamed and event.text.strip()):
            out.unknown(event)
        return
    if reply.finished:
        out.report(Code.EVENT_AFTER_END, number, "an event comes after the stop reason", once="end")
    out.id, out.model = out.id or text_at(value, "id"), out.model or text_at(value, "model")
    reply.write(number, text, ("completion",))
    if value.get("stop_reason"):
        reply.finish(number, value["stop_reason"])
    for name, item in without(value, FIELDS).items():
        if item is not None:
            reply.message().keep(name, item)
