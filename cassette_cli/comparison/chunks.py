"""How two streams that may say the same are cut: events, and the pieces of each channel."""

from collections.abc import Iterator

from cassette_cli.comparison.changes import Change, Part, Value, cosmetic
from cassette_cli.conversation import Channel
from cassette_cli.exchange import Exchange
from cassette_cli.summary import event_count

# Signatures and encrypted reasoning: their lengths are their own.
OPAQUE = frozenset({"signature", "encrypted"})
NEVER_MATTERS = "chunk boundaries never matter"


def chunk_changes(old: Exchange, new: Exchange) -> Iterator[Change]:
    """The changes of where two streams are cut: one for the events, one for each channel."""
    if not (old.streamed and new.streamed):
        return
    yield from _change("response.events", event_count(old), event_count(new))
    before, after = cuts(old), cuts(new)
    for channel in dict.fromkeys([*before, *after]):
        message, part, field = channel
        where = f"reply.messages[{message}].parts[{part}].{field}"
        one, other = before.get(channel), after.get(channel)
        if one is not None and other is not None:
            yield from _change(f"{where}.pieces", list(one), list(other))


def cuts(exchange: Exchange) -> dict[Channel, tuple[int, ...]]:
    """The lengths of each channel's pieces, in characters."""
    found: dict[Channel, list[int]] = {}
    for delta in exchange.reading.deltas if exchange.reading else ():
        if delta.channel.field in OPAQUE:
            continue
        found.setdefault(delta.channel, []).append(len(delta.text))
    return {channel: tuple(lengths) for channel, lengths in found.items()}


def _change(where: str, old: Value, new: Value) -> Iterator[Change]:
    if old != new:
        yield cosmetic(where, Part.CHUNKS, old, new, NEVER_MATTERS)
