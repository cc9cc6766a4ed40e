"""Bedrock InvokeModel: what the model's vendor sends, plain as it is, streamed with each event as base64 in `bytes`.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html

    {"bytes": "eyJ0eXBlIjoibWVzc2FnZV9zdG9wIn0="}

Which vendor's it is shows in the first event, or in the plain reply.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing import anthropic_messages, bedrock_completions, bedrock_converse, openai_chat
from cassette_cli.writing.base import Kept, Request, Sent, dumps, list_of, loads, objects
from cassette_cli.writing.shared import message

NAME = "aws.bedrock.invoke"
FRAMING = "eventstream"

PLAIN, STREAM = "/invoke", "/invoke-with-response-stream"
# What Bedrock adds to a vendor's own fields.
OWN = "amazon-bedrock-"
CHUNK = "chunk"


def plain(values: Sequence[Json]) -> Json:
    """The vendor's own reply, and what Bedrock said beside it."""
    events = objects(loads(b64decode(value["bytes"]).decode()) for value in objects(values) if "bytes" in value)
    own = Kept()
    for event in events:
        own.add({name: item for name, item in event.items() if name.startswith(OWN)})
    events = [{name: item for name, item in event.items() if not name.startswith(OWN)} for event in events]
    if not events:
        raise ValueError("the stream brings no event")
    return {**_plain(events), **own.fields}


def _plain(events: Sequence[dict[str, Json]]) -> dict[str, Json]:
    if any(event.get("type") == "message_start" for event in events):
        whole: dict[str, Json] = message(events)
        return whole
    if "messageStart" in events[0]:
        return dict(bedrock_converse.plain(_joined([item for event in events for item in event.values()])))
    if any("delta" in choice for event in events for choice in objects(list_of(event.get("choices")))):
        return dict(openai_chat.plain(events))
    return bedrock_completions.plain(events)


def _joined(events: Sequence[Json]) -> list[Json]:
    """Nova's events, in which every piece of a text is a block of its own: those that follow one another are one."""
    out: list[Json] = []
    shift, last = 0, None
    for event in objects(events):
        index, delta = event.get("contentBlockIndex"), event.get("delta")
        if isinstance(index, int):
            is_text = isinstance(delta, dict) and "text" in delta
            if is_text and last is not None and index > last:
                shift += index - last
            if delta is not None or "start" in event:
                last = index if is_text else None
            event = {**event, "contentBlockIndex": index - shift}
        out.append(event)
    return out


def stream(value: Json) -> list[Sent]:
    """The vendor's own events; what Bedrock says beside them comes with the last one."""
    if not isinstance(value, dict):
        raise ValueError("the reply is no object")
    own = {name: item for name, item in value.items() if name.startswith(OWN)}
    events = _streamed({name: item for name, item in value.items() if name not in own})
    events[-1] = {**events[-1], **own}
    return [Sent(CHUNK, dumps({"bytes": b64encode(dumps(event).encode()).decode()})) for event in events]


def _streamed(value: dict[str, Json]) -> list[dict[str, Json]]:
    if isinstance(value.get("content"), list):
        return objects(loads(event.data) for event in anthropic_messages.stream(value))
    if "output" in value:
        return [{kind: fields} for kind, fields in bedrock_converse.events(value)]
    if any("message" in choice for choice in objects(list_of(value.get("choices")))):
        return objects(loads(event.data) for event in openai_chat.stream(value) if event.data.startswith("{"))
    return bedrock_completions.events(value)


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """The path says the form."""
    old, new = (PLAIN, STREAM) if streamed else (STREAM, PLAIN)
    return Request({}, url.removesuffix(old) + new if url.endswith(old) else url)
