import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.editing.spread import spread

pieces = st.lists(st.text(alphabet="ab é😀\n", max_size=6), min_size=1, max_size=8)
news = st.text(alphabet="ab é😀\nx", max_size=40)


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        (["The sum", " is 5", "."], "The sum is 42.", ["The sum", " is 42", "."]),
        (["The sum", " is 5", "."], "The sum is 5.", ["The sum", " is 5", "."]),
        (["one", " two", " three"], "one two three four", ["one", " two", " three four"]),
        (["Yes", ", it", " is."], "No", ["N", "o", ""]),
        (["a", "b"], "", ["", ""]),
        (["", ""], "new", ["new", ""]),
        (["", "old text", ""], "new text", ["", "new text", ""]),
    ],
)
def test_a_new_text_comes_in_the_old_pieces(old: list[str], new: str, after: list[str]) -> None:
    assert spread(old, new) == after


@given(pieces, news)
def test_the_pieces_are_the_new_text_and_as_many(old: list[str], new: str) -> None:
    after = spread(old, new)

    assert "".join(after) == new
    assert len(after) == len(old)


@given(pieces)
def test_the_same_text_changes_no_piece(old: list[str]) -> None:
    assert spread(old, "".join(old)) == old


def test_a_text_of_another_length_keeps_the_rhythm() -> None:
    old = [f"word{number} " for number in range(100)]
    after = spread(old, "entirely different text, and more of it. " * 50)

    assert all(after)
    assert max(map(len, after)) < 4 * min(map(len, after))


def test_what_people_see_as_one_character_stays_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

    for piece in spread(["aaaa", "bbbb", "cccc"], family + "e\u0301" * 6)[1:]:
        assert piece[:1] not in ("\u200d", "\u0301")


def test_long_texts_take_linear_time() -> None:
    old = ["word "] * 200_000

    assert "".join(spread(old, "other " * 200_000)) == "other " * 200_000
