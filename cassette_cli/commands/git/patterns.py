"""The fewest patterns of .gitattributes that name all recordings of a repository and no other file in it.

https://git-scm.com/docs/gitattributes, https://git-scm.com/docs/gitignore ("Pattern format").
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# What recordings are kept in where none is there yet: VCR's folders, and httprr's files.
USUAL = ("**/cassettes/**", "**/vcr_cassettes/**", "*.httprr")
# Files with these endings are of all kinds: a pattern for them names a folder, too.
COMMON = frozenset({".yaml", ".yml", ".json", ".txt", ".gz", ""})
# Characters with a meaning in a pattern, and those for which a pattern must be quoted as in C.
SPECIAL = re.compile(r"[\\*?\[]")
QUOTED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Candidate(NamedTuple):
    """A pattern: files with an ending (None: all) below a folder, below every folder of a name, or anywhere."""

    folder: str | None
    anywhere: bool
    ending: str | None


def patterns_for(recordings: Iterable[str], others: Iterable[str]) -> list[str]:
    """Patterns, in the order of their names. Paths are those from the top of the work tree, with slashes."""
    left = sorted(set(recordings))
    taken = Counter(each for path in others for each in _candidates(path))
    found = []
    while left:
        counts = Counter(each for path in left for each in _candidates(path) if not taken[each])
        if not counts:
            break
        best = min(counts, key=lambda each: (-counts[each], *_preference(each)))
        found.append(_pattern(best))
        left = [path for path in left if best not in _candidates(path)]
    return sorted([*found, *(f"/{_escaped(path)}" for path in left)])


def _candidates(path: str) -> set[Candidate]:
    *folders, name = path.split("/")
    stem, dot, last = name.rpartition(".")
    ending = f".{last}" if dot and stem else ""
    found = {Candidate(None, True, ending)} if ending not in COMMON else set()
    for depth, folder in enumerate(folders, 1):
        for each in (ending or None, None):
            found.add(Candidate("/".join(folders[:depth]), False, each))
            found.add(Candidate(folder, True, each))
    return found


def _preference(candidate: Candidate) -> tuple[int, int, int, str]:
    """Of candidates that name the same files: one for a folder, the deepest, with its ending."""
    depth = (candidate.folder or "").count("/")
    return candidate.anywhere, candidate.ending is None, -depth, str(candidate)


def _pattern(candidate: Candidate) -> str:
    if candidate.folder is None:
        return f"*{_escaped(candidate.ending or '')}"
    files = "" if candidate.ending is None else f"/*{_escaped(candidate.ending)}"
    return f"{'**/' if candidate.anywhere else ''}{_escaped(candidate.folder)}/**{files}"


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text).replace("!", "\\!", text.startswith("!"))


def quoted(pattern: str) -> str:
    """A pattern as a line of .gitattributes begins with it."""
    if not (set(pattern) & {*QUOTED, " "} - {"\\"}) and not pattern.startswith(("#", '"')):
        return pattern
    return f'"{"".join(QUOTED.get(char, char) for char in pattern)}"'


def split(line: str) -> tuple[str, Sequence[str]]:
    """The pattern that a line of .gitattributes begins with, as it stands there, and the attributes behind it."""
    found = re.match(r'\s*("(?:[^"\\]|\\.)*"|\S+)', line)
    return (found[1], line[found.end() :].split()) if found else ("", ())
