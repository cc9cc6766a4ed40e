"""A streamed response over its events: which channel got which piece at which event, and how large they are.

Above, a lane for each channel with a bar for each piece, as high as the piece is long, and one of all events by their
size; then the channels' texts with their boundaries, and the events one by one.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cassette_cli.conversation import Channel, Delta, Reading, Reasoning, Reply, ServerToolCall, ToolCall
from cassette_cli.exchange import Exchange
from cassette_cli.model import size_of
from cassette_cli.render.elision import plural, size
from cassette_cli.render.events import event_rows, labels_of
from cassette_cli.render.html.code import pieces
from cassette_cli.render.html.markup import Html, element, join, opening
from cassette_cli.render.wrapping import columns_of

# Units of a lane's height, and the least of them that a bar has.
_HEIGHT = 20
_LEAST = 3
# Lanes beyond these are told in the list of events only.
_MOST_LANES = 24


def stream(exchange: Exchange) -> Html:
    """The stream of an exchange; nothing where the response is not streamed."""
    count = sum(frame.number is not None for frame in exchange.frames)
    if not exchange.streamed or not count:
        return Html()
    held = _by_channel(exchange.reading)
    labels = labels_of(exchange.reading)
    sizes = dict(_sizes(exchange))
    whole = plural(count, "event")
    return element(
        "section",
        element("h3", "stream", element("small", f"{whole} · {size(sum(sizes.values()))}")),
        element(
            "div",
            *_lanes(exchange, held, labels, sizes, count),
            element("div", element("span", "0"), element("output"), element("span", str(count - 1)), class_="axis"),
            class_="lanes",
            data_count=count,
        ),
        _texts(held, labels) if held else Html(),
        element("details", element("summary", f"{whole}, one by one"), _table(exchange, sizes), class_="deep events"),
        class_="stream",
    )


def _by_channel(reading: Reading | None) -> dict[Channel, list[Delta]]:
    held: dict[Channel, list[Delta]] = defaultdict(list)
    for delta in reading.deltas if reading else ():
        held[delta.channel].append(delta)
    return held


def _sizes(exchange: Exchange) -> Iterator[tuple[int, int]]:
    """Bytes of each event, by its number."""
    body = exchange.content.text if exchange.content else ""
    for frame in exchange.frames:
        if frame.number is not None:
            yield frame.number, size_of(body[frame.span.start : frame.span.end])


def _lanes(
    exchange: Exchange,
    held: Mapping[Channel, Sequence[Delta]],
    labels: Mapping[Channel, str],
    sizes: Mapping[int, int],
    count: int,
) -> Iterator[Html]:
    for channel in list(held)[:_MOST_LANES]:
        lengths: dict[int, int] = defaultdict(int)
        for delta in held[channel]:
            lengths[delta.event] += len(delta.text)
        total = sum(lengths.values())
        facts = f"{plural(len(held[channel]), 'piece')} · {plural(total, 'character')}"
        kind = _kind(exchange.reply, channel)
        yield _lane(labels[channel], facts, count, {kind: lengths})
    left_out = len(held) - _MOST_LANES
    if left_out > 0:
        yield element("p", f"… {plural(left_out, 'more channel')}, among the events below", class_="dim")
    wrong = {anomaly.event for anomaly in exchange.anomalies}
    bars = {
        "plain": {event: bytes_ for event, bytes_ in sizes.items() if event not in wrong},
        "wrong": {event: bytes_ for event, bytes_ in sizes.items() if event in wrong},
    }
    yield _lane("events", f"{size(min(sizes.values()))} – {size(max(sizes.values()))}", count, bars)


def _kind(reply: Reply | None, channel: Channel) -> str:
    """A lane's colour: what a channel brings."""
    part = reply.messages[channel.message].parts[channel.part] if reply else None
    if isinstance(part, ToolCall | ServerToolCall):
        return "call"
    return "thought" if isinstance(part, Reasoning) else "said"


def _lane(label: str, facts: str, count: int, bars: Mapping[str, Mapping[int, int]]) -> Html:
    """A lane; `bars` are sizes by event, by the class of their colour. Nothing but numbers goes into the picture: no
    style that a policy would have to allow, no text that could be markup."""
    most = max((value for held in bars.values() for value in held.values()), default=0)
    paths = [element("path", class_=kind, d=_path(held, most)) for kind, held in bars.items() if held]
    picture = element(
        "svg", *paths, viewBox=f"0 0 {count} {_HEIGHT}", preserveAspectRatio="none", role="img", aria_label=facts
    )
    return element("div", element("b", label), picture, element("small", facts), class_="lane")


def _path(held: Mapping[int, int], most: int) -> str:
    """Bars as a path: at each event one that is as high as the square root of its size beside the largest one's, so
    that small ones can be seen beside a large one. A bar of an empty piece is a line at the bottom."""
    drawn = []
    for event, value in held.items():
        height = 1 if not value else max(_LEAST, round(_HEIGHT * math.sqrt(value / most)))
        drawn.append(f"M{event} {_HEIGHT}v-{height}h.8v{height}z")
    return "".join(drawn)


def _texts(held: Mapping[Channel, Sequence[Delta]], labels: Mapping[Channel, str]) -> Html:
    """The channels' texts, each piece an element that bears the number of its event."""
    parts = []
    for channel, deltas in held.items():
        shown = (element("i", piece, data_e=event) for event, piece in _shown(deltas))
        parts += [element("h5", labels[channel]), element("pre", *shown)]
    return element("details", element("summary", "where the texts were cut"), *parts, class_="deep cuts")


def _shown(deltas: Iterable[Delta]) -> Iterator[tuple[int, str]]:
    """Pieces with their events; the one that begins with a mark that combines with the character before gets a sign
    for that character to stand on, so that the boundary can be seen."""
    for delta in deltas:
        text = delta.text
        yield delta.event, f"◌{text}" if text and not columns_of(text[0]) else text


def _table(exchange: Exchange, sizes: Mapping[int, int]) -> Html:
    """The events one by one. The ends of rows and cells are left out, as HTML allows: there are many."""
    head = join(element("th", name) for name in ("event", "channel", "piece, or what is new", "bytes"))
    rows = []
    for row in event_rows(exchange.frames, exchange.reading, exchange.anomalies, full=False):
        number = "" if row.number is None else str(row.number)
        bytes_ = str(sizes[row.number]) if row.number is not None else ""
        class_ = "wrong" if row.anomaly else None
        cells = (number, row.label, pieces(row.said), bytes_)
        rows.append(join([opening("tr", class_=class_), *(cell for held in cells for cell in (opening("td"), held))]))
    return element("table", element("thead", opening("tr"), head), element("tbody", *rows))
