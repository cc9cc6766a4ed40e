"""Two texts compared word by word, so that a reader sees what was said otherwise.

Words are compared, not characters; what is common but too little to read between two changes counts as changed with
them.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from cassette_cli.comparison.sequences import blocks

# Words; single characters of scripts that are written without spaces; runs of spaces; line ends; any other sign.
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+"
    r"|\r?\n|[^\S\n]+|[^\w\s]"
)
WORD = re.compile(r"\w+")


class Kind(Enum):
    """What became of a stretch of text."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


class Stretch(NamedTuple):
    """A stretch of text that both sides have, or one of them."""

    kind: Kind
    text: str


class _Run(NamedTuple):
    """Tokens of the old text and those of the new one in their place; the same on both sides where `same`."""

    old: list[str]
    new: list[str]
    same: bool


def word_changes(old: str, new: str) -> list[Stretch]:
    """The stretches that make up both texts: the old ones and the common ones joined are `old`, the new ones and the
    common ones `new`. Of a change, what was comes before what is."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    runs = [
        _Run(before[each.old : each.old_end], after[each.new : each.new_end], each.same)
        for each in blocks(before, after)
    ]
    return list(_stretches(_readable(runs)))


def _readable(runs: Sequence[_Run]) -> list[_Run]:
    """Runs with those merged into the changes around them that have too few words to be an island: at most half as many
    as the smaller of the changes beside it, and none at all between any two."""
    kept: list[_Run] = []
    for number, run in enumerate(runs):
        drowns = run.same and 0 < number < len(runs) - 1 and _is_drowned(kept[-1], run, runs[number + 1])
        if kept and not kept[-1].same and (drowns or not run.same):
            kept[-1] = _Run(kept[-1].old + run.old, kept[-1].new + run.new, False)
        else:
            kept.append(run)
    return kept


def _is_drowned(before: _Run, run: _Run, after: _Run) -> bool:
    words = _words(run.old)
    if any("\n" in token for token in run.old):
        return False
    return words == 0 or 2 * words <= min(_size(before), _size(after))


def _size(run: _Run) -> int:
    return max(_words(run.old), _words(run.new))


def _words(tokens: Sequence[str]) -> int:
    return sum(1 for token in tokens if WORD.match(token))


def _stretches(runs: Sequence[_Run]) -> Iterator[Stretch]:
    for run in runs:
        if run.same:
            yield Stretch(Kind.SAME, "".join(run.old))
            continue
        if run.old:
            yield Stretch(Kind.OLD, "".join(run.old))
        if run.new:
            yield Stretch(Kind.NEW, "".join(run.new))
