"""Which interactions `-i` names: 3, -1 (the last), 2-4, 2- (to the end), the recorder's own id; commas join several.

An id that is no number wins over a range that looks the same, a position in the file over an id that is a number.
"""

import re
from collections.abc import Iterable, Sequence

from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction

# So many ids are named of those that there are.
IDS_NAMED = 10
_INDEX = re.compile(r"-?[0-9]{1,9}")
_RANGE = re.compile(r"(-?[0-9]{1,9})-(-?[0-9]{1,9})?")


def selected(interactions: Sequence[Interaction], wanted: Iterable[str]) -> list[int]:
    """The positions that selectors name, each once, in file order; all where there are no selectors.

    Raises CassetteError for a selector that names nothing.
    """
    selectors = list(wanted)
    if not selectors:
        return list(range(len(interactions)))
    places: set[int] = set()
    for selector in selectors:
        parts = [part.strip() for part in selector.split(",") if part.strip()]
        if not parts:
            raise CassetteError(f"-i {selector!r} names no interaction")
        for part in parts:
            places.update(_places(interactions, part))
    return sorted(places)


def _places(interactions: Sequence[Interaction], selector: str) -> Iterable[int]:
    count = len(interactions)
    if _INDEX.fullmatch(selector) and -count <= int(selector) < count:
        return [int(selector) % count]
    named = [place for place, interaction in enumerate(interactions) if interaction.id == selector]
    if named:
        return named
    between = _RANGE.fullmatch(selector)
    if between:
        first, last = _from_start(between[1], count), _from_start(between[2] or "-1", count)
        if 0 <= first <= last and first < count:
            return range(first, min(last, count - 1) + 1)
    there = f"there are 0 to {count - 1}" if count > 1 else "there is only 0" if count else "there are none"
    raise CassetteError(f"no interaction {selector} here; {there}{_ids(interactions)}")


def _ids(interactions: Sequence[Interaction]) -> str:
    """The recorder's own ids, where they say more than the positions."""
    held = dict.fromkeys(each.id for place, each in enumerate(interactions) if each.id != str(place))
    ids = [id_ for id_ in held if id_ is not None]
    more = ", ..." if len(ids) > IDS_NAMED else ""
    return f", and the ids {', '.join(ids[:IDS_NAMED])}{more}" if ids else ""


def _from_start(number: str, count: int) -> int:
    return int(number) + count if number.startswith("-") else int(number)
