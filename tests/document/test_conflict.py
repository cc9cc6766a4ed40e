"""A text with conflict markers is two texts, each with the file's lines."""

import pytest

from cassette_cli.document.conflict import conflict

MERGE = "a\n<<<<<<< HEAD\nb\n=======\nc\nd\n>>>>>>> topic\ne\n"
# Text, ours, its lines, theirs, its lines, and the line of the first marker.
CONFLICTS = {
    "merge style": (MERGE, "a\nb\ne\n", (1, 3, 8), "a\nc\nd\ne\n", (1, 5, 6, 8), 2),
    "diff3 style": (
        "<<<<<<< ours\nb\n||||||| base\nx\n=======\n>>>>>>> theirs\ne",
        *("b\ne", (2, 7), "e", (7,), 1),
    ),
    "CRLF": (MERGE.replace("\n", "\r\n"), "a\r\nb\r\ne\r\n", (1, 3, 8), "a\r\nc\r\nd\r\ne\r\n", (1, 5, 6, 8), 2),
    "longer markers": (
        "<<<<<<<<<< ours\n=======\n==========\n<<<<<<<\n>>>>>>>>>> theirs\n",
        *("=======\n", (2,), "<<<<<<<\n", (4,), 1),
    ),
    "a conflict within the base": (
        "<<<<<<< a\n1\n||||||| b\n<<<<<<<<< c\n2\n=========\n3\n>>>>>>>>> d\n=======\n4\n>>>>>>> e\n",
        *("1\n", (2,), "4\n", (10,), 1),
    ),
    "two": (
        "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n3\n<<<<<<< a\n4\n=======\n5\n>>>>>>> b\n",
        *("1\n3\n4\n", (2, 6, 8), "2\n3\n5\n", (4, 6, 10), 1),
    ),
    "no labels": ("<<<<<<<\n1\n=======\n2\n>>>>>>>", "1\n", (2,), "2\n", (4,), 1),
}
NONE = {
    "nothing": "",
    "no markers": "a\n=======\nb\n",
    "not closed": "<<<<<<< a\n1\n=======\n2\n",
    "no middle": "<<<<<<< a\n1\n>>>>>>> b\n",
    "too short": "<<<<<< a\n1\n======\n2\n>>>>>> b\n",
    "within a line": "x <<<<<<< a\n1\n=======\n2\n>>>>>>> b\n",
    "no marker": "<<<<<<<a\n1\n=======\n2\n>>>>>>> b\n",
    "one of two is open": MERGE + "<<<<<<< a\n1\n",
}


@pytest.mark.parametrize(("text", "ours", "lines", "theirs", "other", "first"), CONFLICTS.values(), ids=CONFLICTS)
def test_both_sides(
    text: str, ours: str, lines: tuple[int, ...], theirs: str, other: tuple[int, ...], first: int
) -> None:
    found = conflict(text)

    assert found
    assert found.line == first
    assert (found.ours.text, found.ours.lines) == (ours, lines)
    assert (found.theirs.text, found.theirs.lines) == (theirs, other)


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_conflict(text: str) -> None:
    assert conflict(text) is None


def test_a_side_says_whose_it_is() -> None:
    found = conflict("<<<<<<< HEAD \n=======\n>>>>>>> 1f2e3d4 (A message)\n")

    assert found
    assert (str(found.ours), str(found.theirs)) == ("ours: HEAD", "theirs: 1f2e3d4 (A message)")
    bare = conflict("<<<<<<< ours\n=======\n>>>>>>>\n")
    assert bare
    assert (str(bare.ours), str(bare.theirs)) == ("ours", "theirs")
