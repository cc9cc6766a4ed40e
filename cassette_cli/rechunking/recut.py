"""A streamed reply cut anew: each text is gathered where it begins, and cut there as a strategy says.

So what comes out depends on the text alone, not on how it was cut before: `whole` and then `size:5` is `size:5`. An
event whose pieces all moved away stays, with empty pieces, where it says anything else; otherwise it goes.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from cassette_cli.conversation import Channel
from cassette_cli.document.json_string import quoted
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import Frame
from cassette_cli.rechunking.events import Item, Made
from cassette_cli.rechunking.logprobs import TokenList
from cassette_cli.rechunking.payload import Copy, Segment, SoFar, path_of, ruled, statics, substitute, token_lists
from cassette_cli.rechunking.pieces import Kind, Piece, PieceEvent, kind_of, piece_events
from cassette_cli.rechunking.rules import QUIET, Rules, rules_of
from cassette_cli.rechunking.strategies import Cut, Text


class Part(NamedTuple):
    """A piece to write: its text, and how it is spelled."""

    text: str
    spelled: str


class Entries(NamedTuple):
    """Log probabilities: where in a gathered text each token begins, in bytes and in order, and how it is written."""

    starts: list[int]
    written: list[str]

    def add(self, start: int, tokens: TokenList) -> None:
        """The entries of a piece that begins at `start`; a token that seems to begin before another one does not."""
        for place, entry in zip(accumulate(tokens.sizes, initial=start), tokens.entries, strict=False):
            self.starts.append(max(place, self.starts[-1] if self.starts else 0))
            self.written.append(entry)

    def between(self, begin: int, end: int | None) -> tuple[str, ...]:
        """Those whose tokens begin from `begin` to before `end`, or from `begin` on."""
        last = len(self.starts) if end is None else bisect_left(self.starts, end)
        return tuple(self.written[bisect_left(self.starts, begin) : last])


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a spot gets: the parts of a text that is gathered here; an empty one where its piece is gathered elsewhere.
    `before` is how the text of its channel is spelled that is said before."""

    parts: tuple[Part, ...]
    tokens: Mapping[str, Entries]
    before: str = ""
    moved: bool = False


Spots = dict[tuple[int, int], Gathered]


class Recut(NamedTuple):
    """The events of a stream cut anew. `counts` says of each text that was, by its channel, in how many pieces it came
    and how many there are now."""

    items: list[Item]
    counts: dict[Channel, tuple[int, int]]


def recut(exchange: Exchange, cut: Cut, kinds: Collection[Kind], breaks: Collection[int] = ()) -> Recut:
    """A streamed exchange with its texts of these kinds cut anew; a piece of the events `breaks` is not gathered where
    one before it is."""
    events = piece_events(exchange)
    rules = rules_of(exchange.protocol)
    segments = _segments(exchange, events, kinds, frozenset(breaks))
    spots: Spots = {}
    counts: dict[Channel, tuple[int, int]] = {}
    heads: dict[tuple[int, int], PieceEvent] = {}
    said: dict[Channel, str] = {}
    for number, segment in enumerate(segments):
        channel = segment[0].delta.channel
        purpose = f"{exchange.interaction.index} {'.'.join(map(str, channel))} {number}"
        text = Text("".join(piece.delta.text for piece in segment), channel.field == "arguments_text", purpose)
        parts = _parts(segment, cut(text))
        before, after = counts.get(channel, (0, 0))
        counts[channel] = (before + len(segment), after + len(parts))
        spots[segment[0][:2]] = Gathered(tuple(parts), _tokens(segment, events), said.get(channel, ""))
        said[channel] = said.get(channel, "") + "".join(part.spelled for part in parts)
        for piece in segment[1:]:
            spots[piece[:2]] = Gathered((Part("", ""),), {}, said[channel], moved=True)
            heads[piece[:2]] = events[segment[0].event]
    running = _Running(exchange.frames, rules)
    items: list[Item] = []
    for frame in exchange.frames:
        event = events.get(frame.number) if frame.number is not None else None
        if event is None or not any((frame.number, spot) in spots for spot in range(len(event.spots))):
            items.append(frame)
        elif not _is_bare(event, spots, heads, rules, running):
            items += _made(event, _filled(event, spots), rules)
    return Recut(items, counts)


def _segments(
    exchange: Exchange, events: Mapping[int, PieceEvent], kinds: Collection[Kind], breaks: Collection[int]
) -> list[list[Piece]]:
    """The pieces that are gathered together, in order: those of a channel between pieces that stay where they are."""
    if exchange.reading is None:
        return []
    places = {(piece.event, piece.delta): piece for event in events.values() for piece in event.pieces()}
    channels: dict[Channel, list[Piece | None]] = defaultdict(list)
    for delta in exchange.reading.deltas:
        if kind_of(delta.channel, exchange.reading) in kinds:
            channels[delta.channel].append(places.get((delta.event, delta)))
    segments: list[list[Piece]] = []
    for pieces in channels.values():
        is_open = False
        for piece in pieces:
            if piece is None:
                is_open = False
            elif is_open and piece.event not in breaks:
                segments[-1].append(piece)
            else:
                segments.append([piece])
                is_open = True
    return segments


def _parts(segment: Sequence[Piece], texts: Sequence[str]) -> list[Part]:
    """The pieces of a text with their spelling, which is that of the recorded ones."""
    plain = all(isinstance(piece.units, str) for piece in segment)
    spelled: str | list[str] = "".join(map(str, (piece.units for piece in segment))) if plain else []
    if isinstance(spelled, list):
        for piece in segment:
            spelled.extend(piece.units)
    ends = accumulate(map(len, texts))
    return [Part(text, "".join(spelled[end - len(text) : end])) for text, end in zip(texts, ends, strict=True)]


def _tokens(segment: Sequence[Piece], events: Mapping[int, PieceEvent]) -> Mapping[str, Entries]:
    """The log probabilities of a gathered text, from all its events; none where its first has none of that name."""
    found: dict[str, Entries] = {}
    start = 0
    for piece in segment:
        for tokens in _lists_of(events[piece.event], piece.spot):
            if piece is segment[0]:
                found[tokens.name] = Entries([], [])
            if tokens.name in found:
                found[tokens.name].add(start, tokens)
        start += _size(piece.delta.text)
    return found


def _lists_of(event: PieceEvent, spot: int) -> list[TokenList]:
    return [tokens for tokens in token_lists(event.body) if tokens.spot == spot] if event.body else []


def _filled(event: PieceEvent, spots: Spots) -> list[Gathered]:
    """What each spot of an event gets: one that no text was gathered for keeps its piece."""
    out = []
    for piece in event.pieces():
        own = (Part(piece.delta.text, "".join(piece.units)),)
        kept = spots.get(piece[:2])
        out.append(kept or Gathered(own, _tokens([piece], {piece.event: event})))
    return out


def _made(event: PieceEvent, filled: Sequence[Gathered], rules: Rules) -> Iterator[Item]:
    """The events that an event becomes: as many as it takes for each to have one piece of a text."""
    starts = [list(accumulate((_size(part.text) for part in each.parts), initial=0)) for each in filled]
    templates: dict[Copy, list[Segment]] = {}
    for copy, at in _copies([len(each.parts) for each in filled]):
        if event.body is None:
            data = filled[0].parts[at[0]].spelled
        else:
            if copy not in templates:
                templates[copy] = event.body.written(rules, copy)
            data = "".join(_text(segment, filled, starts, at) for segment in templates[copy])
        payload = event.shell.around(data)
        yield event.frame if payload == event.frame.data else Made(event.frame, payload)


def _copies(counts: Sequence[int]) -> Iterator[tuple[Copy, dict[int, int]]]:
    """The copies of an event whose spots have so many parts each, and which part of which spot each has. The last part
    of one spot and the first of the next were in one event, and still are."""
    held: dict[int, int] = {}
    first = True
    for spot, count in enumerate(counts):
        for number in range(count):
            held[spot] = number
            if number == count - 1 and spot < len(counts) - 1:
                continue
            opens = frozenset(each for each, part in held.items() if part == 0)
            closes = frozenset(each for each, part in held.items() if part == counts[each] - 1)
            yield Copy(frozenset(held), opens, closes, first), held
            held = {}
            first = False


def _text(segment: Segment, filled: Sequence[Gathered], starts: Sequence[Sequence[int]], at: Mapping[int, int]) -> str:
    if isinstance(segment, str):
        return segment
    if isinstance(segment, int):
        return f'"{filled[segment].parts[at[segment]].spelled}"'
    spot = segment.spot
    if isinstance(segment, SoFar):
        so_far = "".join(part.spelled for part in filled[spot].parts[: at[spot] + 1])
        return f'"{filled[spot].before}{so_far}"'
    if spot not in at:
        return segment.written(())
    entries = filled[spot].tokens.get(segment.name)
    if entries is None:
        return segment.written(())
    begin, end = starts[spot][at[spot]], starts[spot][at[spot] + 1]
    is_last = at[spot] == len(starts[spot]) - 2
    return segment.written(entries.between(begin, None if is_last else end))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


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


def _is_bare(
    event: PieceEvent,
    spots: Spots,
    heads: Mapping[tuple[int, int], PieceEvent],
    rules: Rules,
    running: _Running,
) -> bool:
    """Whether an event has nothing to say once its pieces are gathered elsewhere."""
    number = event.frame.number or 0
    keys = [(number, spot) for spot in range(len(event.spots))]
    if not all(key in spots and spots[key].moved and key in heads for key in keys):
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
    return all(tokens.name in names for tokens in _lists_of(event, spot))
