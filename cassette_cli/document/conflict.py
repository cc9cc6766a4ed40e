"""A text that git could not merge, as the two texts that it stands for.

    <<<<<<< HEAD         ours: where the merge goes
    a
    ||||||| 1f2e3d4      what both came from, where merge.conflictStyle asks for it
    b
    =======
    c
    >>>>>>> topic        theirs: what is merged into it

https://git-scm.com/docs/git-merge, "How conflicts are presented"; markers are longer where `conflict-marker-size` or a
conflict within a common ancestor asks for it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

START = re.compile(r"^<{7}", re.MULTILINE)
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
MARKER = re.compile(r"(?P<marker>([<|=>])\2{6,})(?:[ \t]+(?P<label>[^\r\n]*?))?[ \t]*(?:\r\n|\n|\r|\Z)")
# In which part of a conflict a marker may stand, and in which part it begins.
ORDER = {
    ("", "<"): "ours",
    ("ours", "|"): "base",
    ("ours", "="): "theirs",
    ("base", "="): "theirs",
    ("theirs", ">"): "",
}


class Side(NamedTuple):
    """One of the two texts: `name` is "ours" or "theirs", `label` what stands behind its first marker, `lines` the
    line of the file, from 1, for each of its lines."""

    name: str
    label: str
    text: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name}: {self.label}" if self.label not in ("", self.name) else self.name


class Conflict(NamedTuple):
    """`line` is that of the first marker."""

    line: int
    ours: Side
    theirs: Side


class _Row(NamedTuple):
    number: int
    text: str
    # "" outside of conflicts, "marker", "ours", "base" or "theirs".
    part: str
    label: str = ""


def conflict(text: str) -> Conflict | None:
    """The conflict that a text holds; None where no markers do, or they are not in order."""
    if not START.search(text):
        return None
    rows = list(_rows(text))
    markers = [row for row in rows if row.part == "marker"]
    if not markers or not markers[-1].text.startswith(">"):
        return None
    return Conflict(markers[0].number, _side("ours", "<", rows), _side("theirs", ">", rows))


def _rows(text: str) -> Iterator[_Row]:
    part, size = "", 0
    for number, line in enumerate(LINE.findall(text), 1):
        marker = MARKER.fullmatch(line) if line[:1] in "<|=>" else None
        follows = ORDER.get((part, line[0])) if marker else None
        if marker is None or follows is None or (part and len(marker["marker"]) != size):
            yield _Row(number, line, part)
            continue
        yield _Row(number, line, "marker", marker["label"] or "")
        part, size = follows, len(marker["marker"])


def _side(name: str, marker: str, rows: Iterable[_Row]) -> Side:
    held = [row for row in rows if row.part in ("", name)]
    labels = (row.label for row in rows if row.part == "marker" and row.text.startswith(marker))
    return Side(name, next(labels), "".join(row.text for row in held), tuple(row.number for row in held))
