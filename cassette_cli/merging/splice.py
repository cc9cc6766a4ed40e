"""The text of a merged cassette: the versions' own texts put together, with git's markers where they disagree."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from cassette_cli.merging.merge import Undecided
from cassette_cli.merging.pieces import Cut, Piece


class Markers(NamedTuple):
    """How conflicts are written: the length of markers, and labels; without one for the base it is left out."""

    size: int = 7
    ours: str = "ours"
    base: str | None = None
    theirs: str = "theirs"


class Texts(NamedTuple):
    """What the three versions have at a place."""

    base: str
    ours: str
    theirs: str


Part: TypeAlias = str | Texts


def decided(base: str | None, ours: str, theirs: str) -> Part:
    """What becomes of a text: as the side that changed it has it. None: there was no base."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else Texts(base or "", ours, theirs)


def parts(before: Part, held: Sequence[Piece | Undecided], after: Part, *, renumber: bool) -> Iterator[Part]:
    """The merged text in parts; with `renumber` ids count from 0 again."""
    yield before
    number = 0
    for each in held:
        if isinstance(each, Piece):
            yield each.numbered(number if renumber else None)
            number += 1
        else:
            yield Texts(*(_joined(pieces, number if renumber else None) for pieces in each))
            number += max(len(each.ours), len(each.theirs))
    yield after


def _joined(pieces: Sequence[Piece], number: int | None) -> str:
    return "".join(piece.numbered(None if number is None else number + place) for place, piece in enumerate(pieces))


def separator(*cuts: Cut) -> str:
    """What stands between the values of a list: as a version has it, or, where none has two, as it begins."""
    found = next((cut.separator for cut in cuts if cut.separator is not None), None)
    if found is not None:
        return found
    gap = re.search(r"\s*\Z", cuts[0].before)
    spaced = '": ' in cuts[0].pieces[0].text
    return "," + ((gap[0] if gap else "") or (" " if spaced else ""))


def with_markers(pieces: Sequence[Part], markers: Markers) -> str:
    """A text of whole lines, with a conflict for each place where the sides differ."""
    end = "\r\n" if any("\r\n" in (each if isinstance(each, str) else each.ours) for each in pieces) else "\n"
    return "".join(each if isinstance(each, str) else "".join(_conflict(each, markers, end)) for each in pieces)


def _conflict(texts: Texts, markers: Markers, end: str) -> Iterator[str]:
    def marker(sign: str, label: str = "") -> str:
        return f"{sign * markers.size} {label}".rstrip() + end

    yield marker("<", markers.ours) + _ended(texts.ours, end)
    if markers.base is not None:
        yield marker("|", markers.base) + _ended(texts.base, end)
    yield marker("=") + _ended(texts.theirs, end)
    yield marker(">", markers.theirs)


def _ended(text: str, end: str) -> str:
    return text if not text or text.endswith("\n") else text + end
