"""The common parts of two sequences, in time that is linear in their length for what recordings hold, and bounded for
what was made to harm.

What both begin and end with is common. Between, items that each side has once (or as often as the other) are anchors
(patience, https://bramcohen.livejournal.com/73318.html); a gap without any is compared item by item where it is small
and counts as replaced where it is not.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

# Rows times columns of a gap that is still compared item by item.
_SMALL = 40_000
# How often a gap is cut by anchors; each time costs its length.
_DEEPEST = 24


class Block(NamedTuple):
    """A stretch of the old sequence, from `old` to `old_end`, and one of the new that stands in its place; `same` where
    they are equal."""

    old: int
    old_end: int
    new: int
    new_end: int
    same: bool


class _Gap(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    depth: int


def blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Both sequences cut into stretches that are the same and stretches that differ, in order; the two kinds take
    turns."""
    found: list[Block] = []
    done_old = done_new = 0
    for at_old, at_new in [*pairs(old, new), (len(old), len(new))]:
        if (at_old, at_new) != (done_old, done_new):
            found.append(Block(done_old, at_old, done_new, at_new, False))
        if at_old < len(old) and at_new < len(new):
            if found and found[-1].same:
                found[-1] = found[-1]._replace(old_end=at_old + 1, new_end=at_new + 1)
            else:
                found.append(Block(at_old, at_old + 1, at_new, at_new + 1, True))
        done_old, done_new = at_old + 1, at_new + 1
    return found


def pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of items that both sequences have, in the order of both."""
    numbers: dict[Hashable, int] = {}
    old_ids = [numbers.setdefault(item, len(numbers)) for item in old]
    new_ids = [numbers.setdefault(item, len(numbers)) for item in new]
    found: list[tuple[int, int]] = []
    waiting = [_Gap(0, len(old), 0, len(new), 0)]
    while waiting:
        gap = _trimmed(old_ids, new_ids, waiting.pop(), found)
        if gap.old == gap.old_end or gap.new == gap.new_end:
            continue
        if (gap.old_end - gap.old) * (gap.new_end - gap.new) <= _SMALL:
            found += _item_by_item(old_ids, new_ids, gap)
        elif gap.depth < _DEEPEST:
            waiting += _between(old_ids, new_ids, gap, found)
    return sorted(found)


def _trimmed(old: Sequence[int], new: Sequence[int], gap: _Gap, found: list[tuple[int, int]]) -> _Gap:
    """A gap without what both sides begin and end with, which is found."""
    start_old, end_old, start_new, end_new, depth = gap
    while start_old < end_old and start_new < end_new and old[start_old] == new[start_new]:
        found.append((start_old, start_new))
        start_old, start_new = start_old + 1, start_new + 1
    while start_old < end_old and start_new < end_new and old[end_old - 1] == new[end_new - 1]:
        end_old, end_new = end_old - 1, end_new - 1
        found.append((end_old, end_new))
    return _Gap(start_old, end_old, start_new, end_new, depth)


def _between(old: Sequence[int], new: Sequence[int], gap: _Gap, found: list[tuple[int, int]]) -> Iterator[_Gap]:
    """The gaps between the anchors of a gap; nothing where it has no anchors."""
    anchors = _anchors(old, new, gap)
    found += anchors
    if not anchors:
        return
    at_old, at_new = gap.old, gap.new
    for anchor_old, anchor_new in [*anchors, (gap.old_end, gap.new_end)]:
        yield _Gap(at_old, anchor_old, at_new, anchor_new, gap.depth + 1)
        at_old, at_new = anchor_old + 1, anchor_new + 1


def _anchors(old: Sequence[int], new: Sequence[int], gap: _Gap) -> list[tuple[int, int]]:
    """The longest chain of items that both sides have equally often, once if there are such: the first of the one side
    is the first of the other."""
    counts = Counter(old[gap.old : gap.old_end]), Counter(new[gap.new : gap.new_end])
    once = {item for item, count in counts[0].items() if count == counts[1][item] == 1}
    wanted = once or {item for item, count in counts[0].items() if count == counts[1][item]}
    places: dict[tuple[int, int], int] = {}
    seen: Counter[int] = Counter()
    for place in range(gap.new, gap.new_end):
        if new[place] in wanted:
            places[new[place], seen[new[place]]] = place
            seen[new[place]] += 1
    seen.clear()
    candidates = []
    for place in range(gap.old, gap.old_end):
        if old[place] in wanted:
            candidates.append((place, places[old[place], seen[old[place]]]))
            seen[old[place]] += 1
    return _rising(candidates)


def _rising(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain that rises on both sides, of pairs that rise on the first."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(candidates):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length] = place
            last[length] = number
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1]


def _item_by_item(old: Sequence[int], new: Sequence[int], gap: _Gap) -> Iterator[tuple[int, int]]:
    """The longest common subsequence of a small gap."""
    rows, columns = gap.old_end - gap.old, gap.new_end - gap.new
    lengths = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        item, here, below = old[gap.old + row], lengths[row], lengths[row + 1]
        for column in range(columns - 1, -1, -1):
            if item == new[gap.new + column]:
                here[column] = below[column + 1] + 1
            else:
                here[column] = max(below[column], here[column + 1])
    row = column = 0
    while row < rows and column < columns:
        if old[gap.old + row] == new[gap.new + column]:
            yield gap.old + row, gap.new + column
            row, column = row + 1, column + 1
        elif lengths[row + 1][column] >= lengths[row][column + 1]:
            row += 1
        else:
            column += 1
