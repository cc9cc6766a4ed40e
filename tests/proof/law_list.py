"""All laws, in the order in which they are tried and printed."""

from collections.abc import Callable
from typing import NamedTuple

from . import change_laws, reply_laws, text_laws
from .text_laws import Recording


class Law(NamedTuple):
    """What holds, how it is tried, and of every how many files: some laws cost much."""

    name: str
    check: Callable[[Recording], int]
    every: int = 1


LAWS: list[Law] = [
    Law("an edit of nothing changes no byte", text_laws.empty_edit),
    Law("it reads as PyYAML or json read it", text_laws.meaning),
    Law("an edit of each text reads as meant", text_laws.carries_back),
    Law("an edit of each piece reads as meant", reply_laws.pieces_carry_back),
    Law("pieces are the reply, no event is lost", reply_laws.readings),
    Law("show reconstructs it", reply_laws.shows),
    Law("show makes a page of it", reply_laws.shows_page),
    Law("redacted twice is redacted once", change_laws.redacts),
    Law("trimmed twice is trimmed once", change_laws.trims),
    Law("cut anew it is the same reply", reply_laws.rechunks),
    Law("converted and back it is the same", change_laws.converts, 4),
]
