"""The events of a response one by one: number, channel and piece, so that a reader sees where a stream was cut.

      : OPENROUTER PROCESSING
   0  text  "I'll add an"
   1  add   "{\"a"
   2        choices.0.finish_reason "tool_calls"
   3  [DONE]

An event that brings no piece shows what in it differs from the events before.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cassette_cli.conversation import (
    Anomaly,
    Channel,
    Delta,
    Json,
    Reading,
    Reasoning,
    Reply,
    ServerToolCall,
    ToolCall,
)
from cassette_cli.framing.base import Frame
from cassette_cli.render.elision import size
from cassette_cli.render.json_text import flat, quoted, read, vector
from cassette_cli.render.lines import Line, Piece, Style, line

_LABEL_MOST = 24
# New in every event, and nothing to see.
_COUNTERS = frozenset({"sequence_number"})
# What an event without a piece says is cut here, unless all is asked for.
_ROOM = 160


class EventRow(NamedTuple):
    """A line of what an event says. `number` is None on the further lines of an event, and on those of a frame that is
    none; `label` is the channel's; `anomaly` says that this is what is wrong with the event above."""

    frame: Frame
    number: int | None
    label: str
    said: tuple[Piece, ...]
    anomaly: bool = False


def event_rows(
    frames: Sequence[Frame], reading: Reading | None, anomalies: Iterable[Anomaly], *, full: bool
) -> Iterator[EventRow]:
    """All frames of a response, row by row; what a protocol made of them where one did."""
    deltas: dict[int, list[Delta]] = defaultdict(list)
    for delta in reading.deltas if reading else ():
        deltas[delta.event].append(delta)
    found: dict[int | None, list[Anomaly]] = defaultdict(list)
    for anomaly in anomalies:
        found[anomaly.event].append(anomaly)
    labels = labels_of(reading)
    news = _News(full)
    for frame in frames:
        for name, value in frame.notes:
            yield EventRow(frame, None, "", ((f"{name}: {value}", Style.DIM),))
        if frame.number is None:
            continue
        pieces = deltas.get(frame.number, ())
        said = news.of(frame)
        for place, delta in enumerate(pieces):
            yield EventRow(frame, None if place else frame.number, labels[delta.channel], (quoted(delta.text),))
        if not pieces:
            yield EventRow(frame, frame.number, "", tuple(said))
        for anomaly in found.get(frame.number, ()):
            said = [(f"! {anomaly.code}", Style.CAREFUL), (f"  {anomaly.message}", Style.PLAIN)]
            yield EventRow(frame, None, "", tuple(said), anomaly=True)


def event_lines(
    frames: Sequence[Frame], reading: Reading | None, anomalies: Iterable[Anomaly], indent: int, *, full: bool
) -> Iterator[Line]:
    """`event_rows` as lines, in columns."""
    columns = _Columns(
        number=len(str(max((frame.number or 0 for frame in frames), default=0))),
        label=max((min(len(label), _LABEL_MOST) for label in labels_of(reading).values()), default=0),
        indent=indent,
    )
    for row in event_rows(frames, reading, anomalies, full=full):
        yield columns.line("" if row.number is None else str(row.number), row.label, *row.said)


class _Columns:
    """The widths of the first two columns."""

    def __init__(self, *, number: int, label: int, indent: int) -> None:
        self.number, self.label, self.indent = number, label, indent

    def line(self, number: str, label: str, *pieces: str | Piece) -> Line:
        name = f"{label:<{self.label}}  " if self.label else ""
        return line(
            self.indent,
            (f"{number:>{self.number}}  ", Style.DIM),
            (name, Style.NAME),
            *pieces,
            hang=self.number + 2 + len(name),
        )


def labels_of(reading: Reading | None) -> dict[Channel, str]:
    """The names of all channels that have pieces."""
    return channel_labels(reading.reply, (delta.channel for delta in reading.deltas)) if reading else {}


def channel_labels(reply: Reply, channels: Iterable[Channel]) -> dict[Channel, str]:
    """A name for each channel: "text", "reasoning", the name of the tool called ...; numbered where two agree."""
    names = {channel: _label(reply, channel) for channel in sorted(set(channels))}
    shared, seen = Counter(names.values()), Counter[str]()
    labels = {}
    for channel, name in names.items():
        seen[name] += 1
        labels[channel] = f"{name} {seen[name]}" if shared[name] > 1 else name
    return labels


def _label(reply: Reply, channel: Channel) -> str:
    part = reply.messages[channel.message].parts[channel.part]
    if isinstance(part, ToolCall | ServerToolCall):
        return part.name or "(no name)"
    if isinstance(part, Reasoning):
        return "reasoning" if channel.field == "content" else channel.field
    return type(part).__name__.lower()


class _News:
    """What in an event's payload differs from the payloads before it."""

    def __init__(self, full: bool) -> None:
        self._full = full
        self._before: dict[str, Json] = {}

    def of(self, frame: Frame) -> list[Piece]:
        """What is new in an event: its type and the values not seen at their place before."""
        if frame.data is None:
            return [(f"<binary, {size(frame.span.end - frame.span.start)}>", Style.DIM)]
        value, is_json = read(frame.data)
        if not is_json:
            text = frame.data
            name = [(f"{frame.event}  ", Style.NAME)] if frame.event else []
            return [*name, (text, Style.DIM) if text.startswith("[") else quoted(text)]
        kind = frame.event or (value.get("type") if isinstance(value, dict) else None)
        said = [
            f"{self._name(place)} {shown}".strip()
            for place, leaf in _leaves(value)
            if self._is_new(place, leaf) and leaf not in (None, {}, []) and not (place == "type" and leaf == kind)
            if self._full or place not in _COUNTERS
            if (shown := flat(leaf) or quoted(str(leaf))[0])
        ]
        text = "  ".join(said)
        if len(text) > _ROOM and not self._full:
            text = text[: _ROOM - 2] + " …"
        return [(f"{kind}  ", Style.NAME), (text, Style.DIM)] if isinstance(kind, str) else [(text, Style.DIM)]

    def _name(self, place: str) -> str:
        """The last steps of a place: whole names are long, and the same in most events."""
        steps = place.split(".")
        return place if self._full else ".".join(steps[-2:] if steps[-1].isdigit() else steps[-1:])

    def _is_new(self, place: str, leaf: Json) -> bool:
        new = place not in self._before or self._before[place] != leaf
        self._before[place] = leaf
        return new


def _leaves(value: Json) -> Iterator[tuple[str, Json]]:
    """The leaves of a JSON value with their dotted places, in order."""
    waiting: list[tuple[str, Json]] = [("", value)]
    while waiting:
        place, node = waiting.pop()
        prefix = f"{place}." if place else ""
        if isinstance(node, dict) and node:
            waiting += [(prefix + key, item) for key, item in reversed(node.items())]
        elif isinstance(node, list) and node and vector(node) is None:
            waiting += [(f"{prefix}{index}", item) for index, item in reversed(list(enumerate(node)))]
        else:
            yield place, node
