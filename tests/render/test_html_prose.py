"""Texts as people read them, long ones folded."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Page

from cassette_cli.render.html.prose import prose


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("One.\r\nTwo.\n", '<div class="text">One.\nTwo.</div>'),
        ("<script>alert(1)</script>", '<div class="text">&lt;script&gt;alert(1)&lt;/script&gt;</div>'),
        (
            "1\n2\n3\n4\n5\n6",
            '<div class="text">1\n2<details class="more"><summary>… 4 more lines</summary>'
            "<div>3\n4\n5\n6</div></details></div>",
        ),
        # A little more than what is shown is shown, too.
        ("1\n2\n3", '<div class="text">1\n2\n3</div>'),
    ],
)
def test_prose(text: str, markup: str) -> None:
    assert prose(text, shown=2) == markup


def test_a_long_line_is_folded_at_a_space() -> None:
    markup = prose("word " * 400, shown=2)

    assert re.search(r"word <details class=\"more\"><summary>… [\d,]+ more characters</summary><div>word ", markup)


@given(st.text(st.sampled_from("ab \n"), max_size=60), st.integers(1, 4), st.integers(1, 30))
def test_nothing_is_lost_behind_a_fold(text: str, shown: int, times: int) -> None:
    whole = text * times
    said = re.sub(r"… [\d,]+ more (?:lines?|characters)", "", Page(prose(whole, shown=shown)).text)

    assert said.replace("\n", "").replace(" ", "") == whole.replace("\n", "").replace(" ", "")
