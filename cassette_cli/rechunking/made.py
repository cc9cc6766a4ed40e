"""The events that an event becomes when its places get other pieces."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from cassette_cli.rechunking.events import Item, Made
from cassette_cli.rechunking.gathered import Gathered, size_of
from cassette_cli.rechunking.payload import Copy, Segment, SoFar
from cassette_cli.rechunking.pieces import PieceEvent
from cassette_cli.rechunking.rules import Rules


def made_of(event: PieceEvent, filled: Sequence[Gathered], rules: Rules) -> Iterator[Item]:
    """The events that an event becomes: as many as it takes for each to have one piece of a text."""
    starts = [list(accumulate((size_of(part.text) for part in each.parts), initial=0)) for each in filled]
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
