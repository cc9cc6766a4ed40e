"""Parts of URLs, forms, cookies and multipart bodies lie where they are said to lie."""

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.redaction import pieces

NAMES = st.text("abcXYZ._-", min_size=1, max_size=8)
VALUES = st.text(max_size=12)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=5))
def test_pairs_read_as_written(held: list[tuple[str, str]]) -> None:
    text = "&".join(f"{name}={quote_plus(value)}" for name, value in held)
    found = list(pieces.pairs(text))
    assert [(each.name, each.value) for each in found] == [(name, value) for name, value in held if value]
    assert [text[each.span.start : each.span.end] for each in found] == [
        quote_plus(value) for _, value in held if value
    ]


@pytest.mark.parametrize(
    ("header", "only_first", "expected"),
    [
        ('a=1; b="2" ;c=; d=x=y', False, [("a", "1"), ("b", "2"), ("d", "x=y")]),
        ("sid=abc; Path=/; HttpOnly", True, [("sid", "abc")]),
        ("sid=; Max-Age=0", True, []),
        ("", False, []),
    ],
)
def test_cookies(header: str, only_first: bool, expected: list[tuple[str, str]]) -> None:
    found = list(pieces.cookies(header, only_first=only_first))
    assert [(name, header[span.start : span.end]) for name, span, _ in found] == expected
    assert [(each.name, each.value) for each in found] == expected


@pytest.mark.parametrize(
    ("text", "is_form"),
    [
        ("a=1&b=2", True),
        ("a=1", True),
        ("a=b c", False),
        ('{"a": "b=c"}', False),
        ("Hello", False),
        ("a%5B0%5D=1\n", True),
    ],
)
def test_forms(text: str, is_form: bool) -> None:
    assert pieces.is_form(text) is is_form


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_multipart(end: str) -> None:
    lines = ["--b", 'Content-Disposition: form-data; name="one"', "", "first", "--b", "X: y", "", "a", "b", "--b--", ""]
    text = end.join(lines)
    found = list(pieces.multipart(text))
    assert [(each.name, each.value) for each in found] == [("one", "first"), ("", f"a{end}b")]
    assert all(text[each.span.start : each.span.end] == each.value for each in found)


def test_what_is_no_multipart() -> None:
    assert list(pieces.multipart("--\n")) == list(pieces.multipart("text")) == []
    assert list(pieces.multipart("--b\nno end")) == []
