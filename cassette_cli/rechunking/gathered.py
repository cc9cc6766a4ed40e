"""The texts of a reply gathered where they begin, and cut there: what each place of a piece gets."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from cassette_cli.conversation import Channel
from cassette_cli.exchange import Exchange
from cassette_cli.rechunking.logprobs import TokenList
from cassette_cli.rechunking.payload import token_lists
from cassette_cli.rechunking.pieces import Kind, Piece, PieceEvent, kind_of
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


class Gathering(NamedTuple):
    """What places of pieces get, by event and spot; `heads` are the events where the text of a moved piece begins, and
    `counts` the pieces of each text before and after."""

    places: dict[tuple[int, int], Gathered]
    heads: dict[tuple[int, int], PieceEvent]
    counts: dict[Channel, tuple[int, int]]


def gathered(
    exchange: Exchange,
    events: Mapping[int, PieceEvent],
    cut: Cut,
    kinds: Collection[Kind],
    breaks: Collection[int],
) -> Gathering:
    """The texts of these kinds gathered and cut; a piece of the events `breaks` is not gathered where one before it
    is."""
    out = Gathering({}, {}, {})
    said: dict[Channel, str] = {}
    for number, segment in enumerate(_segments(exchange, events, kinds, frozenset(breaks))):
        head, channel = segment[0], segment[0].delta.channel
        purpose = f"{exchange.interaction.index} {'.'.join(map(str, channel))} {number}"
        text = "".join(piece.delta.text for piece in segment)
        parts = _parts(segment, cut(Text(text, channel.field == "arguments_text", purpose)))
        before, after = out.counts.get(channel, (0, 0))
        out.counts[channel] = (before + len(segment), after + len(parts))
        out.places[head[:2]] = Gathered(tuple(parts), tokens_of(segment, events), said.get(channel, ""))
        said[channel] = said.get(channel, "") + "".join(part.spelled for part in parts)
        for piece in segment[1:]:
            out.places[piece[:2]] = Gathered((Part("", ""),), {}, said[channel], moved=True)
            out.heads[piece[:2]] = events[head.event]
    return out


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


def tokens_of(segment: Sequence[Piece], events: Mapping[int, PieceEvent]) -> Mapping[str, Entries]:
    """The log probabilities of a gathered text, from all its events; none where its first has none of that name."""
    found: dict[str, Entries] = {}
    start = 0
    for piece in segment:
        for tokens in lists_of(events[piece.event], piece.spot):
            if piece is segment[0]:
                found[tokens.name] = Entries([], [])
            if tokens.name in found:
                found[tokens.name].add(start, tokens)
        start += size_of(piece.delta.text)
    return found


def lists_of(event: PieceEvent, spot: int) -> list[TokenList]:
    return [tokens for tokens in token_lists(event.body) if tokens.spot == spot] if event.body else []


def size_of(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
