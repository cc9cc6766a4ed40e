"""Diffs whose old side is masked."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.render.edit_diff import MASK, diff_lines, masked_line

TEXT = "".join(f"line {number}\n" for number in range(30))


def edit(text: str, old: str, new: str) -> Edit[str]:
    start = text.index(old)
    return Edit(Span(start, start + len(old)), new)


def shown(text: str, edits: Sequence[Edit[str]]) -> list[str]:
    return ["".join(piece for piece, _ in row.pieces) for row in diff_lines("a", text, edits, str)]


def test_nothing_for_nothing() -> None:
    assert shown(TEXT, []) == []


def test_one_line() -> None:
    assert shown(TEXT, [edit(TEXT, "12", "x")]) == [
        *("--- a", "+++ a", "@@ -10,7 +10,7 @@", " line 9", " line 10", " line 11"),
        *(f"-line {MASK}", "+line x", " line 13", " line 14", " line 15"),
    ]


def test_edits_of_one_line_are_one_change() -> None:
    text = "a b c\n"
    assert shown(text, [edit(text, "a", "1"), edit(text, "c", "3")])[3:] == [f"-{MASK} b {MASK}", "+1 b 3"]


def test_far_changes_have_hunks_of_their_own_and_near_ones_share_one() -> None:
    assert sum(row.startswith("@@") for row in shown(TEXT, [edit(TEXT, "line 3\n", ""), edit(TEXT, "25", "x")])) == 2
    assert sum(row.startswith("@@") for row in shown(TEXT, [edit(TEXT, "line 3\n", ""), edit(TEXT, "line 9", "")])) == 1


@pytest.mark.parametrize("new", ["x", "x\ny", "x\ny\nz\nw", ""])
def test_lines_may_come_and_go(new: str) -> None:
    rows = shown("1\n2\n3\n4\n", [Edit(Span(2, 5), new)])
    assert rows[2] == f"@@ -1,4 +1,{2 + len(new.split(chr(10)))} @@"
    assert [row[1:] for row in rows if row[0] in " +"][1:] == ["1", *new.split("\n"), "4"]
    assert [row[1:] for row in rows if row[0] in " -"][1:] == ["1", MASK, MASK, "4"]


def test_lines_within_an_edit_that_stay_are_no_change() -> None:
    rows = shown("1\n2\n3\n4\n5\n", [Edit(Span(0, 9), "1\nx\ny\n4\nz")])
    assert rows[2:] == ["@@ -1,5 +1,5 @@", " 1", f"-{MASK}", f"-{MASK}", "+x", "+y", " 4", f"-{MASK}", "+z"]


def test_long_lines_are_shown_around_their_changes() -> None:
    text = "a" * 5000 + "SECRET" + "b" * 5000
    old, new = shown(text, [edit(text, "SECRET", "<x>")])[3:]
    assert old == f"-…{'a' * 60}{MASK}{'b' * 60}…"
    assert new == f"+…{'a' * 60}<x>{'b' * 60}…"


def test_what_else_must_not_be_shown_is_hidden_before_a_line_is_cut() -> None:
    text = "a" * 500 + "OTHER" * 12 + "SECRET\nOTHER\n"

    def hide(row: str) -> str:
        return row.replace("OTHER", "*****")

    rows = [
        "".join(piece for piece, _ in row.pieces) for row in diff_lines("a", text, [edit(text, "SECRET", "x")], hide)
    ]
    assert "OTHER" not in "".join(rows)
    assert "OTHER" not in masked_line(text, [edit(text, "SECRET", "x")], 600, hide)


WANTED = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("xy\n", max_size=4)))


@given(st.text("ab\n", max_size=30), WANTED)
def test_the_new_side_is_what_the_text_becomes(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits: list[Edit[str]] = []
    done = 0
    for start, length, new in sorted(wanted):
        if start >= done and start + length <= len(text):
            edits.append(Edit(Span(start, start + length), new))
            done = start + length + 1
    after = splice(text, edits).split("\n")
    hunk: list[str] = []
    for row in [*reversed(shown(text, edits)[2:])]:
        if row.startswith("@@"):
            start, count = map(int, row.split("+")[1].removesuffix(" @@").split(","))
            assert hunk[::-1] == after[start - 1 : start - 1 + count]
            hunk = []
        elif row[0] in " +":
            hunk.append(row[1:])
    assert hunk == []
