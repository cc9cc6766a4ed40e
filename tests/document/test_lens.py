from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import edited, edits_of, lifted, often

from cassette_cli.document.encoding import hex_lens
from cassette_cli.document.lens import Change, Fixed, Joined, Lens, Slice, Source, layers, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError, InternalError

short = st.text("abc", max_size=10)


@st.composite
def slices(draw: st.DrawFn) -> tuple[str, list[Slice]]:
    """A text and disjoint slices of it, in order, some of them empty or side by side."""
    source = Source(draw(short))
    places = sorted(draw(st.lists(st.integers(0, len(source.text)), max_size=8)))
    return source.text, [
        Slice(source, Span(*pair)) for pair in list(pairwise(places))[:: draw(st.sampled_from([1, 2]))]
    ]


@given(st.data(), short)
def test_a_slice_is_edited_in_its_place(data: st.DataObject, text: str) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    lens = Slice(Source(text), Span(start, end))
    assert lens.text == text[start:end]
    edits = data.draw(edits_of(lens.text, short))
    assert edited(text, lens, edits) == text[:start] + splice(lens.text, edits) + text[end:]


@given(st.data(), short)
def test_slices_of_slices(data: st.DataObject, text: str) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    outer = Slice(Source(text), Span(start, end))
    inner_start, inner_end = sorted(data.draw(st.tuples(*[st.integers(0, end - start)] * 2)))
    inner = Slice(outer, Span(inner_start, inner_end))
    assert inner.depth == 2
    edits = data.draw(edits_of(inner.text, short))
    before, behind = text[: start + inner_start], text[start + inner_end :]
    assert edited(text, inner, edits) == before + splice(inner.text, edits) + behind


@often(4)
@given(st.data(), slices())
def test_an_edit_of_joined_pieces_changes_their_text_and_nothing_between_them(
    data: st.DataObject, drawn: tuple[str, list[Slice]]
) -> None:
    text, pieces = drawn
    lens = Joined(tuple(pieces))
    assert lens.text == "".join(piece.text for piece in pieces)
    edits = data.draw(edits_of(lens.text, short))
    meant = splice(lens.text, edits)
    if not pieces:
        assert meant == lens.text or refuses(lens, edits)
        return
    changes = lens.lift(edits)
    # What each piece becomes, by itself: together that is the text that was meant.
    became = [splice(piece.text, [edit for changed, edit in changes if changed is piece]) for piece in pieces]
    assert "".join(became) == meant
    gaps = [text[before.span.end : after.span.start] for before, after in pairwise(pieces)]
    head, tail = text[: pieces[0].span.start], text[pieces[-1].span.end :]
    rest = [part for pair in zip(became, [*gaps, tail], strict=True) for part in pair]
    assert lifted(text, [(lens, edit) for edit in edits]) == head + "".join(rest)


def refuses(lens: Lens[str], edits: Sequence[Edit[str]]) -> bool:
    with pytest.raises(CassetteError, match="cannot be edited"):
        lift_all([(lens, edit) for edit in edits])
    return True


PIECES = "<one><><two><three>"


def joined() -> Joined[str]:
    source = Source(PIECES)
    return Joined(tuple(Slice(source, Span(*span)) for span in [(1, 4), (6, 6), (8, 11), (13, 18)]))


@pytest.mark.parametrize(
    ("span", "new", "expected"),
    [
        ((0, 3), "x", "<x><><two><three>"),
        ((1, 2), "x", "<oxe><><two><three>"),
        ((3, 3), "x", "<onex><><two><three>"),
        ((3, 4), "x", "<one><><xwo><three>"),
        ((2, 4), "x", "<onx><><wo><three>"),
        ((2, 7), "x", "<onx><><><hree>"),
        ((0, 11), "", "<><><><>"),
        ((0, 0), "x", "<xone><><two><three>"),
        ((11, 11), "x", "<one><><two><threex>"),
        ((6, 6), "x", "<one><><twox><three>"),
        ((6, 7), "", "<one><><two><hree>"),
    ],
)
def test_new_text_goes_where_the_edit_begins(span: tuple[int, int], new: str, expected: str) -> None:
    lens = joined()
    assert lens.text == "onetwothree"
    assert edited(PIECES, lens, [Edit(Span(*span), new)]) == expected


def test_what_an_edit_of_joined_pieces_leaves_as_it_is_stays_where_it_is() -> None:
    assert edited(PIECES, joined(), [Edit(Span(0, 11), "onetwothree")]) == PIECES
    assert edited(PIECES, joined(), [Edit(Span(0, 11), "onetwofour")]) == "<one><><two><four>"


def test_pieces_may_be_bytes() -> None:
    source = Source("<00ff><><61>")
    lens = Joined(tuple(hex_lens(Slice(source, Span(*span))) for span in [(1, 5), (7, 7), (9, 11)]))
    assert lens.text == b"\x00\xffa"
    assert edited(source.text, lens, [Edit(Span(1, 3), b"xy")]) == "<007879><><>"


def test_edits_side_by_side_keep_their_order() -> None:
    edits = [Edit(Span(0, 3), "1"), Edit(Span(3, 3), "2"), Edit(Span(3, 3), "3"), Edit(Span(3, 4), "4")]
    assert edited(PIECES, joined(), edits) == "<123><><4wo><three>"


def test_a_piece_that_cannot_be_edited_refuses_only_what_touches_it() -> None:
    lens = Joined((Slice(Source("<ab>"), Span(1, 3)), Fixed(""), Fixed("cd"), Fixed("")))
    assert lens.text == "abcd"
    assert edited("<ab>", lens, [Edit(Span(0, 2), "x")]) == "<x>"
    assert edited("<ab>", lens, [Edit(Span(2, 2), "x")]) == "<abx>"
    assert edited("<ab>", lens, [Edit(Span(2, 4), "cd")]) == "<ab>"
    assert refuses(lens, [Edit(Span(1, 3), "x")])


def test_a_fixed_text_says_why_it_cannot_be_edited() -> None:
    with pytest.raises(CassetteError, match="cannot be edited: it is not in the recording"):
        lift_all([(Fixed("GET"), Edit(Span(0, 3), "PUT"))])
    with pytest.raises(CassetteError, match="cannot be edited: two of them"):
        lift_all([(Fixed("GET", reason="two of them"), Edit(Span(0, 3), "PUT"))])
    assert lift_all([(Fixed("GET"), Edit(Span(0, 3), "GET"))]) == []


def test_no_text_at_all_cannot_be_edited() -> None:
    assert refuses(Joined(()), [Edit(Span(0, 0), "x")])


def test_the_file_comes_last_and_every_layer_once() -> None:
    source = Source("0123456789")
    outer = Slice(source, Span(2, 8))
    inner, sibling = Slice(outer, Span(0, 2)), Slice(outer, Span(4, 6))
    changes: list[Change] = [
        (source, Edit(Span(0, 1), "S")),
        (sibling, Edit(Span(0, 1), "B")),
        (inner, Edit(Span(1, 2), "I")),
        (outer, Edit(Span(3, 3), "O")),
    ]
    passed = list(layers(changes))
    assert [lens for lens, _ in passed] == [sibling, inner, outer, source]
    assert [edit.new for edit in passed[2][1]] == ["I", "O", "B"]
    assert lifted(source.text, changes) == "S12I4O5B789"


def test_edits_of_one_of_several_files() -> None:
    first, second = Source("ab"), Source("cd")
    changes: list[Change] = [(Slice(first, Span(0, 1)), Edit(Span(0, 1), "x")), (second, Edit(Span(1, 1), "y"))]
    assert lift_all(changes, first) == [Edit(Span(0, 1), "x")]
    assert lift_all(changes, second) == [Edit(Span(1, 1), "y")]


def test_the_same_changes_give_the_same_text_in_every_run() -> None:
    """Two places that touch are edited in the order in which the edits are given, wherever they lie in memory."""
    spans = [Span(0, 3), Span(3, 6)]
    kept: list[Slice] = []
    for turn in range(50):
        source = Source("abcdef")
        kept += [Slice(source, span) for span in (spans if turn % 2 else reversed(spans))]
        left, right = sorted(kept[-2:], key=lambda piece: piece.span)
        assert lifted("abcdef", [(left, Edit(Span(3, 3), "1")), (right, Edit(Span(0, 0), "2"))]) == "abc12def"


def test_two_edits_of_one_place_are_a_bug() -> None:
    source = Source("abcdef")
    changes: list[Change] = [(Slice(source, Span(0, 3)), Edit(Span(0, 2), "x")), (source, Edit(Span(1, 2), "y"))]
    with pytest.raises(InternalError, match="overlap"):
        lift_all(changes)


def test_depths() -> None:
    source = Source("text")
    assert Joined(()).depth == 1
    assert Joined((Fixed("a"), Slice(Slice(source, Span(0, 4)), Span(0, 1)))).depth == 3
