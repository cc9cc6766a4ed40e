import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import edits_of, often

from cassette_cli.document.text import Edit, Span, changed, in_order, moved, narrowed, splice
from cassette_cli.errors import InternalError

short = st.text("ab\n", max_size=8)


def one_by_one(text: str, edits: list[Edit[str]]) -> str:
    """The edits made from the last one back, so that none moves another."""
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.new + text[edit.span.end :]
    return text


@often(2)
@given(st.data(), short)
def test_all_edits_at_once_are_the_edits_one_by_one(data: st.DataObject, text: str) -> None:
    edits = data.draw(edits_of(text, short))
    assert splice(text, edits) == one_by_one(text, edits)
    in_bytes = [Edit(edit.span, edit.new.encode()) for edit in edits]
    assert splice(text.encode(), in_bytes) == one_by_one(text, edits).encode()


@given(st.data(), short)
def test_the_order_in_which_edits_are_given_matters_only_at_one_place(data: st.DataObject, text: str) -> None:
    edits = data.draw(edits_of(text, short))
    places = [edit.span for edit in edits]
    if len(set(places)) == len(places):
        assert splice(text, data.draw(st.permutations(edits))) == splice(text, edits)


def test_no_edit_changes_nothing() -> None:
    assert splice("text", []) == "text"
    assert splice(b"\xff", []) == b"\xff"


def test_insertions_at_one_place_keep_their_order_and_come_before_what_is_replaced_there() -> None:
    edits = [Edit(Span(1, 2), "B"), Edit(Span(1, 1), "1"), Edit(Span(1, 1), "2"), Edit(Span(2, 2), "3")]
    assert splice("abc", edits) == "a12B3c"


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 2), (1, 3)],
        [(1, 3), (0, 2)],
        [(0, 3), (1, 1)],
        [(0, 3), (1, 2)],
        [(1, 2), (1, 2)],
    ],
)
def test_edits_that_overlap_are_a_bug(spans: list[tuple[int, int]]) -> None:
    edits = [Edit(Span(*span), "x") for span in spans]
    with pytest.raises(InternalError, match="overlap"):
        splice("abc", edits)
    with pytest.raises(InternalError, match="overlap"):
        in_order(edits)


@pytest.mark.parametrize("span", [(0, 4), (4, 4), (-1, 0), (-1, -1), (2, 1)])
def test_an_edit_outside_the_text_is_a_bug(span: tuple[int, int]) -> None:
    with pytest.raises(InternalError, match="outside"):
        splice("abc", [Edit(Span(*span), "x")])


@often(2)
@given(short, short)
def test_changed_is_one_edit_that_leads_there_and_repeats_nothing(before: str, after: str) -> None:
    edits = changed(before, after)
    assert splice(before, edits) == after
    assert len(edits) == (before != after)
    for edit in edits:
        old = before[slice(*edit.span)]
        assert not (old and edit.new and (old[0] == edit.new[0] or old[-1] == edit.new[-1]))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(Span(1, 4), "bxd"), Edit(Span(2, 3), "x")),
        (Edit(Span(1, 4), "bcd"), Edit(Span(4, 4), "")),
        (Edit(Span(1, 4), "bcbcd"), Edit(Span(3, 3), "bc")),
        (Edit(Span(1, 4), ""), Edit(Span(1, 4), "")),
        (Edit(Span(1, 1), "x"), Edit(Span(1, 1), "x")),
    ],
)
def test_narrowed(edit: Edit[str], expected: Edit[str]) -> None:
    assert narrowed("abcde", edit) == expected
    assert splice("abcde", [narrowed("abcde", edit)]) == splice("abcde", [edit])


def test_moved() -> None:
    assert moved([Edit(Span(1, 2), "x"), Edit(Span(4, 4), "y")], 3) == [Edit(Span(4, 5), "x"), Edit(Span(7, 7), "y")]
