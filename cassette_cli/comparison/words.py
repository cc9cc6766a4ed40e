"""Two texts compared word by word, so that a reader sees what was said otherwise.

Words are compared, not characters; what is common but too little to read between two changes counts as changed with
them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from cassette_cli.comparison.sequences import blocks

# Words; single characters of scripts that are written without spaces; runs of spaces; line ends; any other sign.
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+"
    r"|\r?\n|[^\S\n]+|[^\w\s]"
)
WORD = re.compile(r"\w+")
# White space after something else.
AFTER_WORD = re.compile(r"(?<=\S)\s")
# Texts that differ over more characters than this are compared sentence by sentence: a list of their words takes fifty
# times the room, and nobody reads so many changes.
MOST = 1_000_000
SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+|[^.!?\n]+")


class Kind(Enum):
    """What became of a stretch of text."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


class Stretch(NamedTuple):
    """A stretch of text that both sides have, or one of them."""

    kind: Kind
    text: str


@dataclass(slots=True)
class _Run:
    """Tokens of the old text and those of the new one in their place, the same on both sides where `same`; `words` is
    the larger number of words of the two. It grows while runs are merged."""

    old: list[str]
    new: list[str]
    same: bool
    words: int

    def take(self, other: "_Run") -> None:
        """Append a run that follows; what is merged differs."""
        self.old += other.old
        self.new += other.new
        self.words += other.words


def word_changes(old: str, new: str) -> list[Stretch]:
    """The stretches that make up both texts: the old ones and the common ones joined are `old`, the new ones and the
    common ones `new`. Of a change, what was comes before what is."""
    start, end = _common_ends(old, new)
    head, tail = old[:start], old[len(old) - end :]
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    token = TOKEN if len(old) + len(new) <= MOST else SENTENCE
    before, after = token.findall(old), token.findall(new)
    runs = [
        _run(before[each.old : each.old_end], after[each.new : each.new_end], same=each.same)
        for each in blocks(before, after)
    ]
    return list(_stretches(_readable(runs), head, tail))


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters two texts have in common at their beginning, and at the end of what follows: as far as white
    space begins, where words end in both."""
    start = _common(min(len(old), len(new)), lambda low, high: old[low:high] == new[low:high])
    start = max(old.rfind(" ", 0, start), old.rfind("\n", 0, start), 0)
    while start and old[start - 1].isspace():
        start -= 1

    def ends(low: int, high: int) -> bool:
        return old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]

    end = _common(min(len(old), len(new)) - start, ends)
    space = AFTER_WORD.search(old, len(old) - end + 1)
    return start, len(old) - space.start() if end and space else 0


def _common(most: int, equal: Callable[[int, int], bool]) -> int:
    """How many of so many characters are equal, counted from one end; each is compared about twice."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if equal(low, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _readable(runs: Sequence[_Run]) -> list[_Run]:
    """Runs with those merged into the changes around them that have too few words to be an island: none at all, then at
    most half as many as the smaller of the changes beside it."""
    return _merged(_merged(runs, lambda before, run, after: run.words == 0), _is_drowned)


def _merged(runs: Sequence[_Run], drowns: Callable[[_Run, _Run, _Run], bool]) -> list[_Run]:
    """Runs without those common ones that drown between the changes before and after; those of a line end stay."""
    kept: list[_Run] = []
    for number, run in enumerate(runs):
        inner = run.same and 0 < number < len(runs) - 1 and not any("\n" in token for token in run.old)
        if kept and not kept[-1].same and (not run.same or (inner and drowns(kept[-1], run, runs[number + 1]))):
            kept[-1].take(run)
        else:
            kept.append(run)
    return kept


def _is_drowned(before: _Run, run: _Run, after: _Run) -> bool:
    return 2 * run.words <= min(before.words, after.words)


def _run(old: list[str], new: list[str], *, same: bool) -> _Run:
    return _Run(old, new, same, max(sum(1 for token in side if WORD.search(token)) for side in (old, new)))


def _stretches(runs: Sequence[_Run], head: str, last: str) -> Iterator[Stretch]:
    """Runs as stretches between what the texts begin and end with; what a change begins and ends with on both sides is
    common after all."""
    common = [head] if head else []
    for run in runs:
        if run.same:
            common += run.old
            continue
        most = min(len(run.old), len(run.new))
        start = next((place for place in range(most) if run.old[place] != run.new[place]), most)
        common += run.old[:start]
        old, new = run.old[start:], run.new[start:]
        end = 0
        while end < min(len(old), len(new)) and old[-1 - end] == new[-1 - end]:
            end += 1
        tail = old[len(old) - end :]
        changed = ((Kind.OLD, old[: len(old) - end]), (Kind.NEW, new[: len(new) - end]))
        if common and any(tokens for _, tokens in changed):
            yield Stretch(Kind.SAME, "".join(common))
            common = []
        yield from (Stretch(kind, "".join(tokens)) for kind, tokens in changed if tokens)
        common += tail
    if last:
        common.append(last)
    if common:
        yield Stretch(Kind.SAME, "".join(common))
