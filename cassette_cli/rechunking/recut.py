"""A streamed reply cut anew: each text is gathered where it begins, and cut there as a strategy says.

So what comes out depends on the text alone, not on how it was cut before: `whole` and then `size:5` is `size:5`. An
event whose pieces all moved away stays, with empty pieces, where it says anything else; otherwise it goes.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from cassette_cli.conversation import Channel
from cassette_cli.document.json_string import quoted
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import Frame
from cassette_cli.rechunking.events import Item
from cassette_cli.rechunking.gathered import Gathered, Gathering, Part, gathered, lists_of, tokens_of
from cassette_cli.rechunking.made import made_of
from cassette_cli.rechunking.payload import path_of, ruled, statics, substitute, token_lists
from cassette_cli.rechunking.pieces import Kind, PieceEvent, piece_events
from cassette_cli.rechunking.rules import QUIET, Rules, rules_of
from cassette_cli.rechunking.strategies import Cut

# What the payloads of one stream may come to, in characters: an event is written again for each piece, whatever else it
# bears.
MOST_WRITTEN = 256 * 1024 * 1024


class Recut(NamedTuple):
    """The events of a stream cut anew. `counts` says of each text that was, by its channel, in how many pieces it came
    and how many there are now."""

    items: list[Item]
    counts: dict[Channel, tuple[int, int]]


def recut(exchange: Exchange, cut: Cut, kinds: Collection[Kind], breaks: Collection[int] = ()) -> Recut:
    """A streamed exchange with its texts of these kinds cut anew; a piece of the events `breaks` is not gathered where
    one before it is. Raises CassetteError where the events would come to more than can be held."""
    events = piece_events(exchange)
    rules = rules_of(exchange.protocol)
    gathering = gathered(exchange, events, cut, kinds, breaks)
    touched = {event for event, _ in gathering.places}
    running = _Running(exchange.frames, rules)
    items: list[Item] = []
    room = MOST_WRITTEN
    for frame in exchange.frames:
        if frame.number not in touched:
            items.append(frame)
            continue
        event = events[frame.number]
        for item in (
            () if _is_bare(event, gathering, rules, running) else made_of(event, _filled(event, gathering), rules)
        ):
            room -= len(item.data or "")
            if room < 0:
                index = exchange.interaction.index
                raise CassetteError(f"interaction {index}: so many pieces would make too much text of it")
            items.append(item)
    return Recut(items, gathering.counts)


def _filled(event: PieceEvent, gathering: Gathering) -> list[Gathered]:
    """What each spot of an event gets: one that no text was gathered for keeps its piece."""
    out = []
    for piece in event.pieces():
        own = (Part(piece.delta.text, "".join(piece.units)),)
        kept = gathering.places.get(piece[:2])
        out.append(kept or Gathered(own, tokens_of([piece], {piece.event: event})))
    return out


class _Running:
    """Where in a stream each member that later events say anew is said for the last time."""

    def __init__(self, frames: Sequence[Frame], rules: Rules) -> None:
        self._last: dict[str, int] = {}
        for name in {path[-1] for path in rules.running}:
            said = re.compile(rf"{re.escape(quoted(name))}\s*:\s*(?!null|\{{\}}|\[\])")
            numbers = [frame.number for frame in frames if frame.number is not None and said.search(frame.data or "")]
            self._last[name] = max(numbers, default=-1)

    def is_said_later(self, name: str, event: int) -> bool:
        return self._last.get(name, -1) > event


def _is_bare(event: PieceEvent, gathering: Gathering, rules: Rules, running: _Running) -> bool:
    """Whether an event has nothing to say once its pieces are gathered elsewhere."""
    number = event.frame.number or 0
    keys = [(number, spot) for spot in range(len(event.spots))]
    heads = gathering.heads
    if not all(key in heads for key in keys):
        return False
    if event.body is None:
        return True
    others = [heads[key] for key in keys if heads[key].body and heads[key] is not event]
    said = {each.route: each for other in others if other.body for each in statics(other.body)}
    for each in statics(event.body):
        path = path_of(each.route)
        is_fleeting = bool(path) and path[-1] in rules.fleeting
        if is_fleeting or each.value in QUIET or substitute(rules.last, path)[1] == each.value:
            continue
        if ruled(rules.running, path) and running.is_said_later(path[-1], number):
            continue
        known = said.get(each.route)
        if known is None or known.value != each.value or not (each.is_single or each.value[0] == "{"):
            return False
    return all(_lists_moved(event, spot, heads[number, spot]) for _, spot in keys)


def _lists_moved(event: PieceEvent, spot: int, head: PieceEvent) -> bool:
    """Whether the log probabilities beside a piece went where the piece went."""
    names = {tokens.name for tokens in token_lists(head.body)} if head.body else set()
    return all(tokens.name in names for tokens in lists_of(event, spot))
