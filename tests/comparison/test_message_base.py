"""How items of two messages are paired, and of which part a change is."""

import pytest

from cassette_cli.comparison.changes import Part, Verdict
from cassette_cli.comparison.message_base import IN_PROMPT, IN_REPLY, side_by_side


def letter(item: str | None) -> str:
    return (item or "")[:1]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (["a1"], ["a1"], [(0, "a1", "a1")]),
        (["a1"], ["a2"], [(0, "a1", "a2")]),
        (["a1", "b1"], ["b2"], [(0, "a1", None), (0, "b1", "b2")]),
        (["b1"], ["a2", "b2"], [(0, None, "a2"), (1, "b1", "b2")]),
        (
            ["a1", "b1", "c1"],
            ["a1", "x9", "b1", "c2"],
            [(0, "a1", "a1"), (1, None, "x9"), (2, "b1", "b1"), (3, "c1", "c2")],
        ),
        (["a1", "b1"], [], [(0, "a1", None), (1, "b1", None)]),
    ],
)
def test_items_that_belong_together(old: list[str], new: list[str], found: list[object]) -> None:
    """By what they say, then by name: here their letter."""
    assert list(side_by_side(old, new, str, letter)) == found


def test_in_a_prompt_all_is_of_its_messages() -> None:
    assert IN_REPLY.part(Part.TEXT) is Part.TEXT
    assert IN_PROMPT.part(Part.TEXT) is Part.MESSAGES
    assert IN_PROMPT.text is IN_PROMPT.structure is Verdict.REQUEST
