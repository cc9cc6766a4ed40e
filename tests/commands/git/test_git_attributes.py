"""Our lines come and go, and everything else stays to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.commands.git.attributes import added, own, removed

OURS = "*.a diff=cassette merge=cassette"
# Before, and after `*.a` was added.
TABLE = {
    "nothing": ("", f"{OURS}\n"),
    "other lines": ("*.png binary\n", f"*.png binary\n{OURS}\n"),
    "no last line end": ("*.png binary", f"*.png binary\n{OURS}"),
    "CRLF": ("*.png binary\r\n", f"*.png binary\r\n{OURS}\r\n"),
    "CRLF, no last line end": ("# x\r\n*.png binary", f"# x\r\n*.png binary\r\n{OURS}"),
    "a line of the user's for the same": ("*.a text eol=lf\n", f"*.a text eol=lf\n{OURS}\n"),
    "one that says more": (
        "*.a diff=cassette merge=cassette -text\n",
        f"*.a diff=cassette merge=cassette -text\n{OURS}\n",
    ),
    "a comment": (f"# {OURS}\n", f"# {OURS}\n{OURS}\n"),
    "bytes that are no UTF-8": ("\udcff binary\n", f"\udcff binary\n{OURS}\n"),
}


@pytest.mark.parametrize(("before", "after"), TABLE.values(), ids=TABLE)
def test_a_line_is_added_and_taken_out(before: str, after: str) -> None:
    assert added(before, ["*.a"]) == after
    assert added(after, ["*.a"]) == after
    assert removed(after) == before
    assert removed(before) == before
    assert own(after) == ["*.a"]


def test_a_line_written_by_hand_is_ours_when_it_says_the_same() -> None:
    text = "*.a\tmerge=cassette   diff=cassette\r\n*.b x\n"

    assert added(text, ["*.a"]) == text
    assert removed(text) == "*.b x\n"


@given(
    st.lists(st.sampled_from(["*.png binary", "", "# c", "*.a text", '"x y" -diff', "*.b diff=cassette"]), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.lists(st.sampled_from(["*.a", "x y/**", "*.b"]), max_size=3),
)
def test_what_was_there_comes_back(rows: list[str], end: str, ended: bool, patterns: list[str]) -> None:
    text = end.join(rows) + (end if ended and rows else "")

    after = added(text, patterns)
    assert len(own(after)) == len(set(patterns))
    assert removed(after) == text
