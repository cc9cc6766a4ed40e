"""Common parts of sequences: right on small ones, linear on large ones, bounded on hostile ones."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.comparison.sequences import Block, blocks, pairs

letters = st.text("abc", max_size=12)


@pytest.mark.parametrize(
    ("old", "new", "common"),
    [
        ("", "", ""),
        ("abc", "abc", "abc"),
        ("abc", "xabc", "abc"),
        ("abc", "abxc", "abc"),
        ("abc", "ac", "ac"),
        ("abcd", "dabc", "abc"),
        ("abc", "xyz", ""),
    ],
)
def test_what_two_sequences_have_in_common(old: str, new: str, common: str) -> None:
    found = pairs(old, new)

    assert "".join(old[place] for place, _ in found) == common


def longest(old: str, new: str) -> int:
    """The length of the longest common subsequence, by its definition."""
    if not old or not new:
        return 0
    if old[0] == new[0]:
        return 1 + longest(old[1:], new[1:])
    return max(longest(old[1:], new), longest(old, new[1:]))


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_small_sequences_lose_nothing(old: str, new: str) -> None:
    found = pairs(old, new)

    assert len(found) == longest(old, new)


@given(letters, letters)
def test_pairs_are_equal_and_rise(old: str, new: str) -> None:
    found = pairs(old, new)

    assert all(old[one] == new[other] for one, other in found)
    assert all(before[0] < after[0] and before[1] < after[1] for before, after in pairwise(found))


@given(letters, letters)
def test_blocks_tile_both_sequences(old: str, new: str) -> None:
    found = blocks(old, new)

    assert "".join(old[each.old : each.old_end] for each in found) == old
    assert "".join(new[each.new : each.new_end] for each in found) == new
    assert all(before.same != after.same for before, after in pairwise(found))


def test_one_insertion_into_many_is_one_block() -> None:
    old = list(range(100_000))
    new = [*old[:50_000], -1, *old[50_000:]]

    assert [each for each in blocks(old, new) if not each.same] == [Block(50_000, 50_000, 50_000, 50_001, False)]


def test_hostile_sequences_end() -> None:
    """Two letters in any order, many of each; a shuffled pack between repeated signs; all backwards."""
    draw = random.Random(7).choice
    two = ["".join(draw("ab") for _ in range(40_000)) for _ in range(2)]
    pack = [item for number in range(20_000) for item in (number, -1)]
    shuffled = random.Random(7).sample(pack, len(pack))

    assert len(pairs(*two)) <= 40_000
    assert pairs(pack, shuffled)
    assert len(pairs(range(40_000), range(39_999, -1, -1))) == 1
