"""What of two recordings is to be compared, and how exactly."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cassette_cli.comparison.changes import Change, Part
from cassette_cli.comparison.places import pattern
from cassette_cli.errors import CassetteError

# Words that stand for all of a side.
SIDES = ("request", "reply")
WORDS = (*SIDES, *(part.value for part in Part))
# Where the places of a response begin: what it says, and what it is as HTTP.
_REPLY = re.compile(r"(?:reply|response)\b")
_REQUEST = re.compile(r"request\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`tolerance` is how far two numbers may be apart without differing. `only` and `ignore` are words of WORDS;
    changes at `ignored` places are left out."""

    tolerance: float = 0.0
    only: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    ignored: tuple[re.Pattern[str], ...] = ()

    def keeps(self, change: Change) -> bool:
        """Whether a change is to be told."""
        words = _words(change)
        if words & self.ignore or (self.only and not words & self.only):
            return False
        return not any(place.fullmatch(change.where) for place in self.ignored)

    @property
    def keeps_whole(self) -> bool:
        """Whether interactions that were added or removed are to be told."""
        word = Part.INTERACTIONS.value
        return word not in self.ignore and (not self.only or word in self.only)


def settings(
    *,
    tolerance: float = 0.0,
    only: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ignore_paths: Iterable[str] = (),
) -> Settings:
    """Settings from words. Raises CassetteError for a word that is none, and for a tolerance below 0."""
    if not tolerance >= 0:
        raise CassetteError(f"a tolerance is 0 or more, not {tolerance:g}")
    for word in (*only, *ignore):
        if word not in WORDS:
            raise CassetteError(f"no such part: {word} (there are {', '.join(WORDS)})")
    return Settings(
        tolerance=tolerance,
        only=frozenset(only),
        ignore=frozenset(ignore),
        ignored=tuple(pattern(path) for path in ignore_paths),
    )


def _words(change: Change) -> set[str]:
    words = {change.part.value}
    if _REQUEST.match(change.where):
        words.add("request")
    elif _REPLY.match(change.where):
        words.add("reply")
    return words
