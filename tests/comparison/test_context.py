"""How changes are made: what a tolerance, an id and a date make of them."""

from typing import Any

import pytest
from comparing import Short, context, short

from cassette_cli.comparison.changes import Part, Verdict

BEHAVIOUR = Verdict.BEHAVIOUR


@pytest.mark.parametrize(
    ("tolerance", "old", "new", "verdict"),
    [
        (0.0, 1.0, 1.05, "behaviour"),
        (0.1, 1.0, 1.05, "cosmetic"),
        (0.1, 1.0, 1.5, "behaviour"),
        (2.0, True, False, "behaviour"),
        (0.1, "1.0", "1.05", "behaviour"),
        (0.1, [0.5] * 20, [0.55] * 20, "cosmetic"),
        (0.1, [0.5] * 20, [0.55] * 21, "behaviour"),
    ],
)
def test_tolerance(tolerance: float, old: Any, new: Any, verdict: str) -> None:
    (found,) = context(tolerance=tolerance).json("x", Part.BODY, BEHAVIOUR, old, new)

    assert found.verdict.word == verdict


@pytest.mark.parametrize(
    ("free", "found"),
    [
        (True, [("cosmetic", "x.at", "2025-01-01", "2025-01-02"), ("usage", "x.total_tokens", 1, 2)]),
        (False, [("behaviour", "x.at", "2025-01-01", "2025-01-02"), ("behaviour", "x.total_tokens", 1, 2)]),
    ],
)
def test_what_a_program_asked_for_by_name_is_never_free(*, free: bool, found: list[Short]) -> None:
    old, new = {"at": "2025-01-01", "total_tokens": 1}, {"at": "2025-01-02", "total_tokens": 2}

    changes = context().json("x", Part.BODY, BEHAVIOUR, old, new, free=free)

    assert [short(each) for each in changes] == found


def test_an_id_that_was_bound_is_known_again() -> None:
    held = context()
    held.ids.bind("file-1", "file-2")

    (found,) = held.json("x", Part.PARAMETERS, Verdict.REQUEST, {"file": "file-1"}, {"file": "file-2"})

    assert short(found) == ("cosmetic", "x.file", "file-1", "file-2")
    assert found.part is Part.IDS


def test_what_is_the_same_is_no_change() -> None:
    assert list(context().value("x", Part.MODEL, BEHAVIOUR, "a", "a")) == []
