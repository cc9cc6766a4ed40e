"""Which file of a new set of recordings is which of an old one: by name, and where a name is gone by what it asks."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

# A file counts as renamed from this share of common interactions on, as in git's default for lines.
_SIMILAR = 0.5


class Pair(NamedTuple):
    """A name on either side, None where there is none."""

    old: str | None
    new: str | None


def renamed(old: Mapping[str, Iterable[Hashable]], new: Mapping[str, Iterable[Hashable]]) -> list[Pair]:
    """Pairs of files that only one side has, given with a key for each of their interactions: the most similar first,
    each file once, at least half of the interactions of the larger one in common."""
    keys = [{name: Counter(each) for name, each in side.items()} for side in (old, new)]
    holders: defaultdict[Hashable, list[str]] = defaultdict(list)
    for name, counts in keys[1].items():
        for key in counts:
            holders[key].append(name)
    scores = []
    for name, counts in keys[0].items():
        # Of a key that very many files share no pair is made: it says nothing, and the time would be their product.
        near = dict.fromkeys(other for key in counts if len(holders[key]) <= 50 for other in holders[key])
        for other in near:
            shared = (counts & keys[1][other]).total()
            share = shared / max(counts.total(), keys[1][other].total())
            if share >= _SIMILAR:
                scores.append((-share, name, other))
    found = []
    taken: set[tuple[int, str]] = set()
    for _, name, other in sorted(scores):
        if not {(0, name), (1, other)} & taken:
            taken |= {(0, name), (1, other)}
            found.append(Pair(name, other))
    return found


def paired(old: Iterable[str], new: Iterable[str], renames: Iterable[Pair]) -> list[Pair]:
    """All files side by side, by name; renamed files by their new one."""
    olds, news = set(old), set(new)
    pairs = [Pair(name, name) for name in olds & news]
    by_content = list(renames)
    gone, come = {pair.old for pair in by_content}, {pair.new for pair in by_content}
    pairs += by_content
    pairs += [Pair(name, None) for name in olds - news - gone]
    pairs += [Pair(None, name) for name in news - olds - come]
    return sorted(pairs, key=lambda pair: (pair.new or pair.old or "", pair.old or ""))
