"""Edits of TOML values: the new text reads as meant, in the kind of string that was there where that can be."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import edited, edits_of, often, sound_texts

from cassette_cli.document import from_toml
from cassette_cli.document.lens import Source
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Scalar
from cassette_cli.errors import CassetteError

SOURCES = [
    '"plain"', '"a\\tb\\u00e9\\U0001F600\\"c"', '""', "'literal'", "'C:\\x'", "''",
    '"""several\nlines"""', '"""\nfirst break\n"""', '"""a \\\n   b"c"""', "'''raw\n'lines'\n'''", "'''\nx'''",
    '""""""',
]  # fmt: skip


def scalar_of(text: str) -> Scalar:
    ((_, held),) = from_toml.parse(text).items
    assert isinstance(held, Scalar)
    return held


def after(source: str, edits: list[Edit[str]]) -> str:
    text = f"v = {source}\n"
    return edited(text, lens_of(Source(text), scalar_of(text)), edits)


@often(3)
@given(st.data(), st.sampled_from(SOURCES))
def test_any_edit_of_a_string(data: st.DataObject, source: str) -> None:
    value = scalar_of(f"v = {source}\n").value
    edits = data.draw(edits_of(value, sound_texts))
    meant = splice(value, edits)
    # A carriage return has to be escaped, and no text may have a lone surrogate.
    assert tomllib.loads(after(source, edits))["v"] == meant


@pytest.mark.parametrize(
    ("source", "span", "new", "expected"),
    [
        ('"a\\u00e9b"', (2, 3), "c", '"a\\u00e9c"'),
        ('"ab"', (1, 2), 'x"\n', '"ax\\"\\n"'),
        ("'C:\\x'", (0, 1), "D", "'D:\\x'"),
        ("'ab'", (1, 2), "it's", '"ait\'s"'),
        ('"""a\nb"""', (1, 2), "\n\n", '"""a\n\nb"""'),
        ("'''a\nb'''", (0, 1), "x", "'''x\nb'''"),
        ("204", (0, 3), "500", "500"),
        ("true", (0, 4), "false", "false"),
    ],
)
def test_edits_keep_the_kind_of_string(source: str, span: tuple[int, int], new: str, expected: str) -> None:
    assert after(source, [Edit(Span(*span), new)]) == f"v = {expected}\n"


@pytest.mark.parametrize("new", ["text", "1 # x", "[1]", '"1"', "", "1\nw = 2"])
def test_what_is_unquoted_becomes_no_text(new: str) -> None:
    with pytest.raises(CassetteError, match="cannot be written in this place"):
        after("204", [Edit(Span(0, 3), new)])
