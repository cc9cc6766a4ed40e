"""Replicate's predictions: made, polled for, cancelled, and the stream of their output.

https://replicate.com/docs/reference/http#predictions.create, https://replicate.com/docs/topics/predictions/streaming

    POST /v1/models/meta/llama-2-70b-chat/predictions
    {"input": {"prompt": "Write a haiku about llamas.", "system_prompt": "Be terse.", "top_p": 1}}

    {"id": "heat", "model": "meta/llama-2-70b-chat", "status": "succeeded", "input": {...}, "output": ["Woolly", ...],
     "error": null, "logs": "", "metrics": {...}, "urls": {"get": "https://..."}}

    event: output
    data: Woolly

    event: done
    data: {}

Output is text, whole or in pieces, or the URLs of files, or JSON of the model's own. A prediction's status is its
finish reason; a stream that ends well gives none. What a stream's events have is text, even where it looks like JSON.
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Media, Message, Prompt, Reading, Text, Unknown, Usage
from cassette_cli.protocols.base import Call, Event, at, int_at, text_at, without
from cassette_cli.protocols.shared import chat
from cassette_cli.protocols.shared.completion import Completion
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.media import of_url

NAME = "replicate.predictions"

PATH = re.compile(r"/v1/(models/[^/]+/[^/]+/|deployments/[^/]+/[^/]+/)?predictions(/[^/]+(/cancel)?)?/?$")
STREAM = re.compile(r"//([^/]+\.)?replicate\.[^/]+/v1/(streams|files)/")
# Of a prediction; the rest is what its links and times are.
KEPT = ("logs", "metrics")
FILES = re.compile(r"(https?://|data:)\S+\Z")
MODALITIES = {
    "image": ("png", "jpg", "jpeg", "webp", "gif", "svg"),
    "audio": ("mp3", "wav", "ogg", "flac", "m4a"),
    "video": ("mp4", "webm", "mov"),
}


def matches(call: Call) -> bool:
    """By the shape of the response; streams by path; where there is only an error, by path and request."""
    response = call.response
    if text_at(response, "status") is not None and text_at(response, "urls", "get") is not None:
        return "input" in response
    if STREAM.search(call.url):
        return True
    asks = isinstance(at(call.request, "input"), dict) and bool(PATH.search(call.path))
    return asks and (response is None or error_of(response) is not None)


def prompt(request: Json) -> Prompt:
    """The request read; its model is in the path, or known to the version alone."""
    given = at(request, "input")
    texts = [(role, name) for role, name in (("system", "system_prompt"), ("user", "prompt")) if text_at(given, name)]
    messages = [Message(role, (Text(given[name]),)) for role, name in texts]
    read = [name for _, name in texts]
    if isinstance(at(given, "messages"), list):
        messages += chat.prompt({"messages": given["messages"]}).messages
        read.append("messages")
    rest = {**without(request, ("input",)), **without(given, read)}
    return Prompt(messages=tuple(messages), parameters=rest)


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reply = Completion(streamed=streamed)
    ended = False
    for event in events:
        reply.last = event.number
        if streamed:
            ended = _read_event(reply, event) or ended
        else:
            _read_prediction(reply, event)
    return reply.close(events, ended=ended, usage_of=_usage, gives_reasons=False)


def _read_event(reply: Completion, event: Event) -> bool:
    """Take an event of a stream; True for its end."""
    number, text = event.number, event.text
    if event.type == "output":
        if FILES.match(text):
            reply.message().put(number, _file(text))
        else:
            reply.write(number, text, ())
    elif event.type == "error":
        reply.fail(number, error_of(event.value) or event.value or text)
    elif event.type == "logs":
        reply.message().keep("logs", [text])
    elif event.type == "done":
        if reason := text_at(event.value, "reason"):
            reply.finish(number, reason)
    elif text.strip():
        reply.out.unknown(event)
    return event.type == "done"


def _read_prediction(reply: Completion, event: Event) -> None:
    number, value = event.number, event.value
    status = text_at(value, "status")
    if status is None or "input" not in value:
        if error := error_of(value):
            reply.fail(number, error)
        elif event.is_json:
            reply.out.unknown(event)
        return
    reply.out.id, reply.out.model = text_at(value, "id"), text_at(value, "model")
    _read_output(reply, number, value.get("output"))
    reply.finish(number, status)
    reply.out.error = value.get("error")
    for name in KEPT:
        if value.get(name):
            reply.message().keep(name, value[name])
    if value.get("metrics"):
        reply.count(number, value["metrics"])


def _read_output(reply: Completion, number: int, output: Json) -> None:
    for place, item in enumerate(output if isinstance(output, list) else [output]):
        if isinstance(item, str) and FILES.match(item):
            reply.message().put((number, place), _file(item))
        elif isinstance(item, str):
            reply.write(number, item, ("output", place) if isinstance(output, list) else ("output",))
        elif item is not None:
            reply.message().put((number, place), Unknown("output", item))


def _file(url: str) -> Media:
    """A file by its URL, whose ending tells what it is."""
    ending = url.split("?")[0].rsplit(".", 1)[-1].lower()
    kind = next((kind for kind, endings in MODALITIES.items() if ending in endings), "file")
    return of_url(kind, url)


def _usage(metrics: Json) -> Usage:
    """The counts that language models have among their metrics."""
    return Usage(
        input_tokens=int_at(metrics, "input_token_count"),
        output_tokens=int_at(metrics, "output_token_count"),
        raw=metrics,
    )
