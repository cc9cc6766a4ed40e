"""What is text stays text, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Page

from cassette_cli.render.console import safe
from cassette_cli.render.html.markup import Html, element, join, opening, text

HOSTILE = st.text(st.sampled_from("<>&\"'/!-=`;#x: \n\0\u202eascriptonload"))


@pytest.mark.parametrize(
    ("made", "markup"),
    [
        (text("a < b & c > d"), "a &lt; b &amp; c &gt; d"),
        (text("\x1b[2J\u202e\ud800"), "\\x1b[2J\\u202e\\ud800"),
        (element("p", "<b>", Html("<i>x</i>"), class_="a"), '<p class="a">&lt;b&gt;<i>x</i></p>'),
        (element("a", "x", href='"><script>', title=None), '<a href="&quot;&gt;&lt;script&gt;">x</a>'),
        (element("i", "x", data_e=12), "<i data-e=12>x</i>"),
        (element("details", open=""), "<details open></details>"),
        (opening("meta", name_="a", content_="b"), '<meta name="a" content="b">'),
        (join(["a<", Html("<br>")]), "a&lt;<br>"),
        # What is joined with a plain text is a plain text again, and escaped: never the other way round.
        (element("p", "x" + Html("<br>")), "<p>x&lt;br&gt;</p>"),
    ],
)
def test_markup(made: Html, markup: str) -> None:
    assert made == markup


@given(HOSTILE, HOSTILE)
def test_a_text_says_what_it_said_and_nothing_else(content: str, title: str) -> None:
    page = Page(element("p", content, title=f"-{title}"))

    assert page.text == safe(content)
    assert page.attributes == [("title", f"-{safe(title)}")]
    assert (page.elements, page.faults) == ({"p": 1}, [])
