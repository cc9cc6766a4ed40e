"""Results of batches: lines that each hold a whole response and the id under which it was asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from cassette_cli.conversation import Delta, Json, Message, Reading, Reply, Route, Unknown
from cassette_cli.protocols.base import Event, ReplyBuilder, follow, text_at

# Reads the events of one response.
Reader = Callable[..., Reading]
# Where a line holds its response, and who reads it; None for a line without any.
Place = tuple[Route, Reader]


def read_results(events: Sequence[Event], place_of: Callable[[Json], Place | None]) -> Reading:
    """All responses of a batch as one reply, a message for each choice of each. A message's `extra` has its line's
    `custom_id` and, as they come, its `id`, `model`, `usage` and `error`; a response of another kind is kept whole."""
    messages: list[Message] = []
    found: list[Reading] = []
    rest = ReplyBuilder()
    for event in events:
        place = place_of(event.value)
        if place is None and event.is_json:
            kept = Reply(messages=(Message(None, (Unknown(text_at(event.value, "object"), event.value),)),))
            messages += _named(kept, text_at(event.value, "custom_id"))
            continue
        if place is None:
            rest.unknown(event)
            continue
        route, reader = place
        body = follow(event.value, route)
        inner = reader([Event(event.number, None, "", body, True)], streamed=False)
        found.append(_placed(inner, route, len(messages)))
        messages += _named(inner.reply, text_at(event.value, "custom_id"))
    left = rest.build()
    return Reading(
        reply=Reply(messages=(*messages, *left.reply.messages)),
        deltas=tuple(delta for each in found for delta in each.deltas),
        echoes=tuple(echo for each in found for echo in each.echoes),
        copies=tuple(copy for each in found for copy in each.copies),
        anomalies=(*(anomaly for each in found for anomaly in each.anomalies), *left.anomalies),
        used=frozenset(event.number for event in events if event.is_json),
    )


def _named(reply: Reply, custom_id: str | None) -> Iterator[Message]:
    """The messages of one response, one that failed as an empty message."""
    head = {"custom_id": custom_id, "id": reply.id, "model": reply.model}
    beside = {**head, "usage": reply.usage.raw if reply.usage else None, "error": reply.error}
    said = {name: item for name, item in beside.items() if item is not None}
    for message in reply.messages or (Message(None, ()),):
        yield replace(message, extra={**said, **(message.extra or {})} or None)


def _placed(reading: Reading, route: Route, first: int) -> Reading:
    """A reading whose places are those in its line, its messages counted from `first`."""

    def moved(deltas: Sequence[Delta]) -> tuple[Delta, ...]:
        return tuple(
            delta._replace(
                channel=delta.channel._replace(message=delta.channel.message + first),
                route=None if delta.route is None else (*route, *delta.route),
            )
            for delta in deltas
        )

    return replace(reading, deltas=moved(reading.deltas), echoes=moved(reading.echoes), copies=moved(reading.copies))
