"""A new text put into the pieces in which an old one lies, so that the pieces keep their number and, where the texts
agree, what they are.

    pieces      "The sum", " of 2 and 3", " is 5", "."
    old -> new  "... is 5."  ->  "... is 42, says the machine."
    after       "The sum", " of 2 and 3", " is 42, says the", " machine."
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

# A word with the space before it, which is how most models cut text.
WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
# Texts of more words are compared at their ends only: finding all that is alike takes more than linear time.
MOST_WORDS = 2000
# Texts that have less in common are no versions of each other.
ALIKE = 0.5
# So far a cut moves to come before a word.
REACH = 6
JOINER, SELECTORS = "\u200d", "\ufe0e\ufe0f"


def spread(pieces: Sequence[str], new: str) -> list[str]:
    """As many pieces, whose joined text is `new`. What is longer goes on in the pieces where the text changed; one
    that the old text does not reach stays empty."""
    old = "".join(pieces)
    if not pieces or old == new:
        return list(pieces)
    if not old:
        return [new, *pieces[1:]]
    places = list(accumulate(map(len, pieces)))
    cuts = _carried(places[:-1], old, new)
    return [new[start:end] for start, end in pairwise([0, *cuts, len(new)])]


def _carried(places: Sequence[int], old: str, new: str) -> list[int]:
    """Where cuts of the old text (in order) come to lie in the new one."""
    same = list(_alike(old, new))
    starts = [block[0] for block in same]
    cuts: list[int] = []
    for place in places:
        number = bisect_right(starts, place) - 1
        start, there, size = same[number] if number >= 0 else (0, 0, 0)
        if number >= 0 and place <= start + size:
            cut = there + place - start
        else:
            before, after = (start + size, there + size), same[number + 1][:2]
            cut = _within(place, before, after, new)
        cuts.append(max(cut, cuts[-1] if cuts else 0))
    return cuts


def _alike(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Stretches that both texts have, as their places in either and their size; the last one is empty, at the ends."""
    ones, others = WORD.findall(old), WORD.findall(new)
    blocks: list[tuple[int, int, int]] = []
    if len(ones) + len(others) <= MOST_WORDS:
        matcher = SequenceMatcher(None, ones, others, autojunk=False)
        if matcher.ratio() >= ALIKE:
            blocks = [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        head = _common(ones, others)
        tail = _common(ones[head:][::-1], others[head:][::-1])
        blocks = [(0, 0, head), (len(ones) - tail, len(others) - tail, tail)]
    here, there = [0, *accumulate(map(len, ones))], [0, *accumulate(map(len, others))]
    for start, begin, size in blocks:
        if size:
            yield here[start], there[begin], here[start + size] - here[start]
    yield len(old), len(new), 0


def _common(ones: Sequence[str], others: Sequence[str]) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(ones, others, strict=False)) if one != other),
        min(len(ones), len(others)),
    )


def _within(place: int, before: tuple[int, int], after: tuple[int, int], new: str) -> int:
    """A cut inside a stretch that changed: as far along the new one as it was along the old one."""
    (start, begin), (end, stop) = before, after
    cut = begin - (start - place) * (stop - begin) // max(end - start, 1)
    for distance in range(REACH):
        for near in (cut - distance, cut + distance):
            if begin < near < stop and new[near].isspace() and not new[near - 1].isspace():
                return near
    while begin < cut < stop and _joins(new, cut):
        cut += 1
    return cut


def _joins(text: str, place: int) -> bool:
    """Whether what people see as one character reaches over a place."""
    char = text[place]
    return char in JOINER + SELECTORS or text[place - 1] == JOINER or unicodedata.combining(char) > 0
