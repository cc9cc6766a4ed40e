"""What is decided of each interaction, and in which order what both sides added comes."""

import pytest
from mergeable import LAYOUTS, Said, read

from cassette_cli.merging.merge import Undecided, merged
from cassette_cli.merging.pieces import Piece, cut

# Base, ours, theirs, each interaction as its question and its answer; what is undecided as base|ours|theirs.
TABLE = [
    ("a1 b1", "a1 b1", "a1 b1", "a1 b1"),
    ("a1", "a2", "a1", "a2"),
    ("a1", "a2", "a3", "a1|a2|a3"),
    ("a1", "", "a3", "a1||a3"),
    ("a1", "a2", "", "a1|a2|"),
    ("a1", "", "", ""),
    ("", "a1", "b1", "a1 b1"),
    ("", "a1 b1", "b2 c1", "a1 |b1|b2 c1"),
    ("", "b1 x1", "a1 b1 y1", "a1 b1 x1 y1"),
    ("b1", "a1 b1 c1", "d1 b1 e1", "a1 d1 b1 c1 e1"),
    ("a1 b1 c1", "c1 a1 b1", "a1 b1 c1", "c1 a1 b1"),
    ("a1 a1 a1", "a1 a1", "a1 a1 a1 b1", "a1 a1 b1"),
    # Another question at the same place is still that interaction.
    ("a1", "b2", "a1", "b2"),
    ("a1", "b2", "c3", "a1|b2|c3"),
]


def pieces(text: str) -> tuple[Piece, ...]:
    said: list[Said] = [(each[0], each[1:]) for each in text.split()]
    held = cut(read(LAYOUTS["go_vcr"](said))) if said else None
    return held.pieces if held else ()


def shown(each: Piece | Undecided) -> str:
    if isinstance(each, Undecided):
        return "|".join(" ".join(map(shown, side)) for side in each)
    request, response = each.interaction.request.body, each.interaction.response.body
    assert request
    assert response
    return f"{request.text!s}{response.text!s}".strip()


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), TABLE)
def test_each_interaction_is_as_the_side_has_it_that_changed_it(
    base: str, ours: str, theirs: str, expected: str
) -> None:
    found = merged(pieces(base), pieces(ours), pieces(theirs))

    assert " ".join(map(shown, found)) == expected
