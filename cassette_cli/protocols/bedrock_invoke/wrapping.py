"""What Bedrock puts around the stream of a model, taken off and put back.

    chunk                        {"bytes": "<base64 of a JSON text>", "p": "abcdefghij"}
    modelStreamErrorException    {"message": "...", "originalStatusCode": 500}

The last event has `amazon-bedrock-invocationMetrics`; with a guardrail any has `amazon-bedrock-guardrailAction`:
https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-invoke-api.html
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Layer, Reading, Route, Usage
from cassette_cli.protocols.base import Event, MessageBuilder, at, int_at, parse_json, without
from cassette_cli.protocols.shared.bedrock.encoded import FIELD, text_in
from cassette_cli.protocols.shared.bedrock.errors import exception_of

OWN = "amazon-bedrock-"
METRICS = "amazon-bedrock-invocationMetrics"
# Where the JSON of a wrapped event lies in its payload.
INSIDE: Route = (FIELD, Layer.BASE64, Layer.JSON)


class Unwrapped(NamedTuple):
    """The events of the model itself, the numbers of those that were wrapped, and Bedrock's own fields of all."""

    events: list[Event]
    inside: frozenset[int]
    own: dict[str, Json]


def unwrapped(events: Sequence[Event]) -> Unwrapped:
    """The model's own events; an exception becomes an `error` event, which all formats have."""
    kept = MessageBuilder()
    inner = [_inner(event) for event in events]
    for place, event in enumerate(inner):
        own = [name for name in event.value if name.startswith(OWN)] if isinstance(event.value, dict) else []
        if own:
            inner[place] = event._replace(value=without(event.value, own))
            for name in own:
                kept.keep(name, event.value[name])
    inside = frozenset(event.number for event in events if at(event.value, FIELD) is not None)
    return Unwrapped(inner, inside, kept.extra)


def _inner(event: Event) -> Event:
    encoded = at(event.value, FIELD)
    if encoded is not None:
        text = text_in(encoded)
        if text is None:
            return event._replace(type=None, value=None, is_json=False)
        return Event(event.number, None, text, *parse_json(text))
    error = exception_of(event)
    if error is not None:
        return Event(event.number, "error", event.text, {"type": "error", "error": error}, True)
    return event


def wrapped(reading: Reading, inner: Unwrapped) -> Reading:
    """A reading of the model's own events as one of Bedrock's."""
    reply = reading.reply
    if inner.own and reply.messages:
        first = reply.messages[0]
        reply = replace(
            reply, messages=(replace(first, extra={**(first.extra or {}), **inner.own}), *reply.messages[1:])
        )
    metrics = inner.own.get(METRICS)
    if reply.usage is None and metrics:
        reply = replace(reply, usage=_usage_of(metrics))
    return replace(
        reading,
        reply=reply,
        deltas=tuple(
            delta._replace(route=(*INSIDE, *delta.route))
            if delta.route is not None and delta.event in inner.inside
            else delta
            for delta in reading.deltas
        ),
        # Chat completions end with [DONE] everywhere but here.
        anomalies=tuple(found for found in reading.anomalies if found.code != Code.DONE_MISSING.value),
    )


def _usage_of(metrics: Json) -> Usage:
    """https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-runtime-metrics.html"""
    return Usage(
        input_tokens=int_at(metrics, "inputTokenCount"),
        output_tokens=int_at(metrics, "outputTokenCount"),
        cache_read_input_tokens=int_at(metrics, "cacheReadInputTokenCount"),
        cache_creation_input_tokens=int_at(metrics, "cacheWriteInputTokenCount"),
        raw=metrics,
    )
