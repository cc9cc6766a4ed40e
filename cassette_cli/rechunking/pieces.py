"""The pieces of a reply's texts in the events that brought them: which of them may be cut anew, and as what."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Channel, Delta, Reading, Reasoning
from cassette_cli.document import from_json
from cassette_cli.document.json_string import units
from cassette_cli.document.tree import Node, Scalar, Style, entries, get
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import Frame
from cassette_cli.protocols.base import follow, parse_json
from cassette_cli.protocols.shared.converse import EVENTS as CONVERSE
from cassette_cli.rechunking.layered import Opened, base_of, opened
from cassette_cli.rechunking.payload import Inner, Keys, Spot, taken_apart

Kind = Literal["text", "reasoning", "arguments"]
KINDS: tuple[Kind, ...] = ("text", "reasoning", "arguments")
# What comes whole by its nature: cut, it would be another.
SEALS = ("signature", "encrypted")
# Calls that Groq runs itself: each event has them whole, to be told from others by what they say.
WHOLE = "executed_tools"
# The events that are made of a piece, by what their names say; any other name opens, closes or repeats something.
PIECE = ("delta", "chunk", "generation", "completion", "output", "result", "message", "data", "token")
NO_PIECE = ("start", "stop", "done", "end", "added", "created", "completed", "snapshot")


def kind_of(channel: Channel, reading: Reading) -> Kind | None:
    """What a channel is to `--only`; None for what is never cut."""
    if channel.field in SEALS:
        return None
    if channel.field == "arguments_text":
        return "arguments"
    part = reading.reply.messages[channel.message].parts[channel.part]
    return "reasoning" if isinstance(part, Reasoning) else "text"


class Piece(NamedTuple):
    """A piece in its event: `spot` counts the pieces of the event in the order in which they go out."""

    event: int
    spot: int
    delta: Delta
    # How each of its characters is spelled in the payload.
    units: Sequence[str]


@dataclass(frozen=True)
class PieceEvent:
    """An event with pieces that can be told from the rest of it. `deltas` belong to the spots one by one; `body` is
    None where the payload is the piece and nothing else."""

    frame: Frame
    shell: Opened
    deltas: tuple[Delta, ...]
    spots: tuple[Spot, ...]
    root: Node | None

    @cached_property
    def body(self) -> Inner | None:
        return None if self.root is None else taken_apart(self.shell.text, self.root, self.spots)

    def pieces(self) -> Iterator[Piece]:
        for number, (delta, spot) in enumerate(zip(self.deltas, self.spots, strict=True)):
            if self.root is None:
                yield Piece(delta.event, number, delta, delta.text)
                continue
            node = get(self.root, *spot.keys)
            assert isinstance(node, Scalar)
            yield Piece(delta.event, number, delta, units(self.shell.text[node.span.start : node.span.end]))


def piece_events(exchange: Exchange) -> dict[int, PieceEvent]:
    """The events of a streamed reply that pieces can be taken from and put into."""
    reading = exchange.reading
    if reading is None or not exchange.streamed:
        return {}
    odd = {anomaly.event for anomaly in exchange.anomalies if anomaly.code == Code.UNKNOWN_FIELD.value}
    frames = {
        frame.number: frame
        for frame in exchange.frames
        if frame.closed and not frame.faults and frame.number not in odd  # further ones would be as odd
    }
    deltas, copies = _by_event(reading.deltas), _by_event(reading.copies)
    growing = _growing(exchange) if reading.copies else frozenset()
    whole = _events_of_all_so_far(exchange)
    found = {}
    for event, inside in deltas.items():
        frame = None if event in whole else frames.get(event)
        made = _piece_event(frame, inside, copies.get(event, []), growing) if frame else None
        if made:
            found[event] = made
    return found


def _by_event(deltas: Iterable[Delta]) -> Mapping[int, list[Delta]]:
    found: dict[int, list[Delta]] = defaultdict(list)
    for delta in deltas:
        found[delta.event].append(delta)
    return found


def _events_of_all_so_far(exchange: Exchange) -> frozenset[int]:
    """The events whose pieces say what the event before them said, and more, so that only these count (DashScope's
    streams where `incremental_output` is off). Pieces of them would be taken for all of the text."""
    data = {frame.number: frame.data for frame in exchange.frames}
    firsts: dict[Channel, Delta] = {}
    for delta in exchange.reading.deltas if exchange.reading else ():
        firsts.setdefault(delta.channel, delta)
    found = set()
    for delta in firsts.values():
        said = follow(parse_json(data.get(delta.event - 1) or "")[0], _keys(delta))
        if delta.channel.field not in SEALS and said and isinstance(said, str) and delta.text.startswith(said):
            found.add(delta.event)
    return frozenset(found)


def _growing(exchange: Exchange) -> frozenset[Channel]:
    """The channels whose text so far is said beside every piece, which shows where the second one comes."""
    texts: dict[Channel, str] = {}
    second: set[Channel] = set()
    found: set[Channel] = set()
    data = {frame.number: frame.data for frame in exchange.frames}
    for delta in exchange.reading.deltas if exchange.reading else ():
        if delta.channel in texts and delta.channel not in second:
            second.add(delta.channel)
            value, _ = parse_json(data.get(delta.event) or "")
            if (keys := _beside(_keys(delta))) and follow(value, keys) == texts[delta.channel] + delta.text:
                found.add(delta.channel)
        texts.setdefault(delta.channel, delta.text)
    return frozenset(found)


def _beside(keys: Keys) -> Keys | None:
    """Where a choice of chat completions says in `message` what the piece at `keys` of its delta says."""
    return tuple("message" if step == "delta" else step for step in keys) if "delta" in keys else None


def _piece_event(
    frame: Frame, deltas: Sequence[Delta], copies: Sequence[Delta], growing: Collection[Channel]
) -> PieceEvent | None:
    """An event taken apart; None where it is none that further ones can be modelled on."""
    routes = [base_of(delta.route) for delta in (*deltas, *copies) if delta.route is not None]
    if not routes or len({base for base, _ in routes}) > 1:
        return None
    shell = opened(frame.data or "", routes[0][0])
    if shell is None:
        return None
    if len(deltas) == 1 and not routes[0][1] and shell.text == deltas[0].text:
        plain = is_of_pieces(frame.event) and "\ufeff" not in shell.text
        return PieceEvent(frame, shell, tuple(deltas), (Spot(()),), None) if plain else None
    try:
        root = from_json.parse(shell.text)
    except CassetteError:
        return None
    if not is_of_pieces(_name(root, frame)):
        return None
    spots = []
    for delta in deltas:
        keys = _keys(delta)
        if keys and _holds(root, keys, delta):
            spots.append((delta, _spot(root, keys, delta, copies, growing)))
    spots.sort(key=lambda each: _place(root, *each))
    if not spots or _clash(spot for _, spot in spots):
        return None
    return PieceEvent(frame, shell, tuple(delta for delta, _ in spots), tuple(spot for _, spot in spots), root)


def _spot(root: Node, keys: Keys, delta: Delta, copies: Sequence[Delta], growing: Collection[Channel]) -> Spot:
    """A piece with all that repeats it in its event."""
    repeated = [_keys(copy) for copy in copies if copy.channel == delta.channel and copy.text == delta.text]
    held = tuple(each for each in repeated if _holds(root, each, delta))
    grown = _beside(keys) if delta.channel in growing else None
    node = get(root, *grown) if grown else None
    if grown is None or not isinstance(node, Scalar) or node.style is not Style.JSON_STRING:
        return Spot(keys, held)
    return Spot(keys, tuple(each for each in held if each != grown), (grown,))


def _keys(delta: Delta) -> Keys:
    return base_of(delta.route)[1] if delta.route is not None else ()


def _holds(root: Node, keys: Keys, delta: Delta) -> bool:
    """Whether a piece stands there as a string of its own. Halves of a character do not: joined, they would be one."""
    node = get(root, *keys)
    if not isinstance(node, Scalar) or node.style is not Style.JSON_STRING or node.value != delta.text:
        return False
    if WHOLE in keys or ("tool_calls" in keys and not _has_index(root, keys)):
        return False
    return not any("\ud800" <= char <= "\udfff" for char in delta.text)


def _has_index(root: Node, keys: Keys) -> bool:
    """Whether a client can tell which call further pieces belong to, where calls lie in a list."""
    place = keys.index("tool_calls") + 1
    return not isinstance(keys[place], int) or get(root, *keys[: place + 1], "index") is not None


def _place(root: Node, delta: Delta, spot: Spot) -> tuple[int, bool, int]:
    """The order of pieces in an event: as they stand there, but a seal behind what is sealed by it."""
    parent, node = get(root, *spot.keys[:-1]), get(root, *spot.keys)
    is_seal = delta.channel.field in SEALS
    return parent.span.start if parent else 0, is_seal, node.span.start if node else 0


def _clash(spots: Iterable[Spot]) -> bool:
    """Whether two pieces have one place."""
    places = [keys for spot in spots for keys in (spot.keys, *spot.copies, *spot.grown)]
    return len(set(places)) < len(places)


def _name(root: Node, frame: Frame) -> str | None:
    """What an event calls itself."""
    for key in ("type", "event_type"):
        node = get(root, key)
        if isinstance(node, Scalar) and node.style is Style.JSON_STRING:
            return node.value
    first = next((key.value for key, _ in entries(root) if isinstance(key, Scalar)), "")
    # Nova's events bear their type as their only member; Converse's have it as theirs.
    return first if first in CONVERSE else frame.event


def is_of_pieces(name: str | None) -> bool:
    """Whether events of this name bring pieces; those that open or close something would do so once more."""
    if name is None:
        return True
    low = name.lower()
    return any(word in low for word in PIECE) and not any(low.endswith(word) for word in NO_PIECE)
