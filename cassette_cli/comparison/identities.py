"""What was only renamed: ids that differ between two recordings, but stand for the same thing wherever they occur."""

import re
from itertools import zip_longest

# What ids look like: UUIDs, a prefix and letters drawn at random, long hexadecimal numbers, long words with digits.
_SHAPES = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|[A-Za-z]{2,16}[-_](?=[\w-]*\d)[\w-]{6,}"
    r"|[0-9a-f]{12,}|\d{9,}|(?=[\w=-]*\d)(?=[\w=-]*[A-Za-z])[\w=-]{16,}",
    re.ASCII,
)
_PATH = re.compile(r"(?:[a-z][a-z0-9+.-]*:/)?/\S*")
# Moments: RFC 3339 and what comes near it, HTTP dates (RFC 9110, 5.6.7).
_MOMENTS = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)?"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d[ -]\w{3}[ -]\d{2,4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})",
    re.ASCII,
)

# What stands between words of which each may be an id, and how long a text may be that is looked at for such.
_WORDS = re.compile(r"[^\w-]+")
_LONGEST = 2_000


class Identities:
    """The ids of two recordings, each with its name in the other. They are bound where both say who something is: a
    call, a response. Where they are used, the pair must be one that was bound."""

    def __init__(self) -> None:
        self._new: dict[str, str] = {}
        self._old: dict[str, str] = {}

    def bind(self, old: object, new: object) -> None:
        """From here on the one is the other; what they were before no longer counts (providers count anew). What is no
        text is no id."""
        if old and new and isinstance(old, str) and isinstance(new, str):
            self._new[old] = new
            self._old[new] = old

    def agree(self, old: str | None, new: str | None) -> bool:
        """Whether two ids in the same place stand for the same thing. Two that were never seen before do, and are
        bound by that."""
        if not old or not new:
            return not old and not new
        if old not in self._new and new not in self._old:
            self.bind(old, new)
        return self.renamed(old, new)

    def renamed(self, old: object, new: object) -> bool:
        """Whether two values are ids that were bound to each other."""
        if not (isinstance(old, str) and isinstance(new, str)):
            return False
        return self._new.get(old) == new and self._old.get(new) == old

    def renamed_within(self, old: object, new: object, *, likely: bool = False) -> bool:
        """Whether two texts differ only in words that are ids bound to each other, as URLs do that name a batch;
        `likely`: words that both look like ids count, too."""
        if not (isinstance(old, str) and isinstance(new, str)) or max(len(old), len(new)) > _LONGEST:
            return False
        before, after = _WORDS.split(old), _WORDS.split(new)
        differing = [pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]]
        if len(before) != len(after) or _WORDS.findall(old) != _WORDS.findall(new) or not differing:
            return False
        return all(self.renamed(*pair) or (likely and is_id(*pair)) for pair in differing)

    def same_path(self, old: object, new: object) -> bool:
        """Whether two paths or URLs are one but for ids in their steps, which are bound to each other then."""
        if not (isinstance(old, str) and isinstance(new, str) and _PATH.fullmatch(old) and _PATH.fullmatch(new)):
            return False
        steps = list(zip_longest(old.split("/"), new.split("/")))
        if not all(one == other or self.renamed(one, other) or is_id(one, other) for one, other in steps):
            return False
        for one, other in steps:
            self.bind(one, other)
        return True


def is_id(*values: object) -> bool:
    """Whether each of these looks like an id drawn at random."""
    return all(isinstance(value, str) and len(value) <= 256 and _SHAPES.fullmatch(value) for value in values)


def is_moment(*values: object) -> bool:
    """Whether each of these is a date or a time as text."""
    return all(isinstance(value, str) and len(value) <= 64 and _MOMENTS.fullmatch(value) for value in values)
