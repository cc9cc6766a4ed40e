"""What Bedrock puts around the stream of a model, taken off and put back.

    chunk                        {"bytes": "<base64 of a JSON text>", "p": "abcdefghij"}
    modelStreamErrorException    {"message": "...", "originalStatusCode": 500}

The last event has `amazon-bedrock-invocationMetrics`; with a guardrail any has `amazon-bedrock-guardrailAction`:
https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-invoke-api.html
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Delta, Json, Layer, Reading, Route, Usage
from cassette_cli.protocols.base import Event, MessageBuilder, int_at, parse_json, without
from cassette_cli.protocols.shared.bedrock.encoded import FIELD, text_in
from cassette_cli.protocols.shared.bedrock.errors import exception_of

OWN = "amazon-bedrock-"
METRICS = "amazon-bedrock-invocationMetrics"
# Where the JSON of a wrapped event lies in its payload.
INSIDE: Route = (FIELD, Layer.BASE64, Layer.JSON)


class Unwrapped(NamedTuple):
    """The events of the model itself, the numbers of those that were wrapped, and Bedrock's own fields of all."""

    events: list[Event]
    inside: set[int]
    own: dict[str, Json]


def unwrapped(events: Sequence[Event], *, streamed: bool) -> Unwrapped:
    """The model's own events, of which only those of a stream are wrapped; an exception becomes an `error` event, which
    all formats have."""
    inner: list[Event] = []
    inside: set[int] = set()
    kept = MessageBuilder()
    for event in events:
        number, _, text, value, is_json = event
        encoded = value.get(FIELD) if streamed and isinstance(value, dict) else None
        if encoded is not None:
            inside.add(number)
            decoded = text_in(encoded)
            value, is_json = (None, False) if decoded is None else parse_json(decoded)
            text = text if decoded is None else decoded
            event = Event(number, None, text, value, is_json)
        elif streamed and (error := exception_of(event)) is not None:
            event = Event(number, "error", text, {"type": "error", "error": error}, True)
        if OWN in text and isinstance(value, dict):
            event = _less_own(event, kept)
        inner.append(event)
    return Unwrapped(inner, inside, kept.extra)


def _less_own(event: Event, kept: MessageBuilder) -> Event:
    """An event without Bedrock's own fields, which are kept."""
    own = [name for name in event.value if name.startswith(OWN)]
    for name in own:
        kept.keep(name, event.value[name])
    return event._replace(value=without(event.value, own))


def wrapped(reading: Reading, inner: Unwrapped) -> Reading:
    """A reading of the model's own events as one of Bedrock's."""
    reply = reading.reply
    if inner.own and reply.messages:
        first, *others = reply.messages
        first = replace(first, extra={**(first.extra or {}), **inner.own})
        reply = replace(reply, messages=(first, *others))
    if reply.usage is None and METRICS in inner.own:
        reply = replace(reply, usage=_usage_of(inner.own[METRICS]))
    return replace(
        reading,
        reply=reply,
        deltas=tuple(_inside(reading.deltas, inner.inside)),
        echoes=tuple(_inside(reading.echoes, inner.inside)),
        copies=tuple(_inside(reading.copies, inner.inside)),
        # Chat completions end with [DONE] everywhere but here.
        anomalies=tuple(found for found in reading.anomalies if found.code != Code.DONE_MISSING.value),
    )


def _inside(deltas: Sequence[Delta], inside: set[int]) -> Iterator[Delta]:
    """Deltas with their places in the payloads around the model's own events."""
    routes: dict[Route, Route] = {}  # a stream has few
    for delta in deltas:
        event, channel, text, route = delta
        if route is None or event not in inside:
            yield delta
            continue
        if route not in routes:
            routes[route] = (*INSIDE, *route)
        yield Delta(event, channel, text, routes[route])


def _usage_of(metrics: Json) -> Usage:
    """https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-runtime-metrics.html"""
    return Usage(
        input_tokens=int_at(metrics, "inputTokenCount"),
        output_tokens=int_at(metrics, "outputTokenCount"),
        cache_read_input_tokens=int_at(metrics, "cacheReadInputTokenCount"),
        cache_creation_input_tokens=int_at(metrics, "cacheWriteInputTokenCount"),
        raw=metrics,
    )
