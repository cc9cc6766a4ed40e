"""Which interactions the merged cassette has: those of both sides, less those that a side took out, each as the side
that changed it has it.

What cannot be decided is an Undecided: both changed it, one changed what the other took out, or both added replies to
the same request that differ.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

from cassette_cli.merging.pieces import Piece

Pieces: TypeAlias = Sequence[Piece]


class Undecided(NamedTuple):
    """What each version has at a place of the merged cassette."""

    base: tuple[Piece, ...]
    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]


class _Side(NamedTuple):
    """A version against the base: what each piece of the base became, None where it went, and what was added before
    each of them and at the end."""

    kept: list[Piece | None]
    added: list[list[Piece]]


def merged(base: Pieces, ours: Pieces, theirs: Pieces) -> Iterator[Piece | Undecided]:
    """The merged cassette, in order; additions of both sides at one place are ours, then theirs."""
    one, other = _against(base, ours), _against(base, theirs)
    for place in range(len(base) + 1):
        yield from _additions(one.added[place], other.added[place])
        if place < len(base):
            yield from _decided(base[place], one.kept[place], other.kept[place])


def _decided(base: Piece, ours: Piece | None, theirs: Piece | None) -> Iterator[Piece | Undecided]:
    was, one, other = (piece and piece.same for piece in (base, ours, theirs))
    if one == other or other == was:
        yield from _some(ours)
    elif one == was:
        yield from _some(theirs)
    else:
        yield Undecided((base,), _some(ours), _some(theirs))


def _some(piece: Piece | None) -> tuple[Piece, ...]:
    return () if piece is None else (piece,)


def _additions(ours: Pieces, theirs: Pieces) -> Iterator[Piece | Undecided]:
    done, there = 0, 0
    for one, other in _aligned(ours, theirs, [_same, _asked]):
        yield from ours[done:one]
        yield from theirs[there:other]
        alike = ours[one].same == theirs[other].same
        yield ours[one] if alike else Undecided((), (ours[one],), (theirs[other],))
        done, there = one + 1, other + 1
    yield from ours[done:]
    yield from theirs[there:]


def _against(base: Pieces, side: Pieces) -> _Side:
    kept: list[Piece | None] = [None] * len(base)
    added: list[list[Piece]] = [[] for _ in range(len(base) + 1)]
    place, done = 0, 0
    for old, new in _aligned(base, side, [_same, _asked, _endpoint]):
        added[place] += side[done:new]
        kept[old] = side[new]
        place, done = old + 1, new + 1
    added[place] += side[done:]
    return _Side(kept, added)


def _aligned(old: Pieces, new: Pieces, keys: Sequence[Callable[[Piece], Hashable]]) -> Iterator[tuple[int, int]]:
    """Pairs of places, in order: those equal by the first key, and between them those equal by the next."""
    if not (old and new and keys):
        return
    key, *weaker = keys
    one, other = [key(each) for each in old], [key(each) for each in new]
    before, there = 0, 0
    for start, begin, size in _equal(one, other):
        for left, right in _aligned(old[before:start], new[there:begin], weaker):
            yield before + left, there + right
        yield from zip(range(start, start + size), range(begin, begin + size), strict=True)
        before, there = start + size, begin + size


def _equal(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[tuple[int, int, int]]:
    """Runs that are equal: where they begin, and how long they are; the last ends both and may be empty. Most of two
    versions is the same at either end, which the matcher need not see: it takes the square of what repeats."""
    most = min(len(one), len(other))
    head = next((place for place in range(most) if one[place] != other[place]), most)
    tail = next((place for place in range(most - head) if one[-1 - place] != other[-1 - place]), most - head)
    yield 0, 0, head
    middle = one[head : len(one) - tail], other[head : len(other) - tail]
    for start, begin, size in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
        yield head + start, head + begin, size
    yield len(one) - tail, len(other) - tail, tail


def _same(piece: Piece) -> Hashable:
    return piece.same


def _asked(piece: Piece) -> Hashable:
    return piece.asked


def _endpoint(piece: Piece) -> Hashable:
    return piece.endpoint
