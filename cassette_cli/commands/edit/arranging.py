"""Which interactions `cassette edit` keeps, drops, moves and copies: options read into an order."""

from collections.abc import Sequence
from typing import NamedTuple

from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette, Interaction
from cassette_cli.selection import selected


class Arrangement(NamedTuple):
    """The options as given; at most one of them is."""

    drop: Sequence[str] = ()
    keep: Sequence[str] = ()
    move: str | None = None
    copy: str | None = None

    @property
    def given(self) -> list[str]:
        """The names of the options that are given."""
        return [f"--{name}" for name, value in self._asdict().items() if value]


def order_of(cassette: Cassette, wanted: Arrangement) -> list[int]:
    """The interactions that are to be there, by their numbers, in their order.

    Raises CassetteError where an option names no interaction or no place.
    """
    every = list(range(len(cassette.interactions)))
    if wanted.drop:
        gone = set(selected(cassette.interactions, wanted.drop))
        return [place for place in every if place not in gone]
    if wanted.keep:
        return selected(cassette.interactions, wanted.keep)
    if wanted.move:
        which, target = _pair("--move", wanted.move, cassette.interactions)
        rest = [place for place in every if place not in which]
        if target is None:
            raise CassetteError("--move takes WHICH:PLACE, such as 3:0")
        return [*rest[:target], *which, *rest[target:]]
    if wanted.copy:
        which, target = _pair("--copy", wanted.copy, cassette.interactions)
        target = which[-1] + 1 if target is None else target
        return [*every[:target], *which, *every[target:]]
    return every


def _pair(option: str, value: str, interactions: Sequence[Interaction]) -> tuple[list[int], int | None]:
    """Interactions, and the number that the first of them is to have, None where the option does not say."""
    which, colon, target = value.rpartition(":")
    if not colon:
        which, target = value, ""
    places = selected(interactions, [which])
    if not colon:
        return places, None
    count = len(interactions)
    if not target.lstrip("-").isdecimal() or not -count <= int(target) <= count:
        raise CassetteError(f"{option} {value!r} names no place: there are 0 to {count}")
    return places, int(target) if int(target) >= 0 else int(target) + count
