from urllib.parse import quote, quote_plus, unquote, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import edited, edits_of, in_both_sizes, often, texts

from cassette_cli.document.lens import Source
from cassette_cli.document.percent import Percent, Quoted
from cassette_cli.document.spelling import SpelledLens
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError

PIECES = [
    "a",
    "Z9",
    "%41",
    "%20",
    "+",
    " ",
    "%",
    "%2",
    "%zz",
    "%C3%A9",
    "%c3",
    "%F0%9F%98%80",
    "%ff",
    "é",
    "=",
    "&",
    "/",
]
sources = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def decoded(source: str, *, form: bool) -> str:
    return (unquote_plus if form else unquote)(source, errors="surrogateescape")


def lens_of(source: str, spelling: Percent) -> SpelledLens:
    return SpelledLens(Source(source), Span(0, len(source)), decoded(source, form=spelling.form), spelling)


@often(2)
@given(sources, st.booleans())
def test_it_reads_what_the_standard_library_reads(source: str, form: bool) -> None:
    atoms = Percent(form).atoms(source)
    assert "".join(text for text, _, _ in atoms) == decoded(source, form=form)
    assert [place for _, _, place in atoms[:-1]] == [place for _, place, _ in atoms[1:]]


@often(4)
@given(st.data(), sources, st.booleans())
def test_any_edit(data: st.DataObject, source: str, form: bool) -> None:
    lens = lens_of(source, Percent(form, "=&"))
    edits = data.draw(edits_of(lens.text))
    meant = splice(lens.text, edits)
    try:
        after = edited(source, lens, edits)
    except CassetteError:
        # Halves of a character that would become one, and surrogates that stand for no byte.
        assert any("\ud800" <= char <= "\udfff" for char in meant)
    else:
        assert decoded(after, form=form) == meant
        assert meant != lens.text or after == source


@pytest.mark.parametrize(
    ("spelling", "source", "old", "new", "expected"),
    [
        (Percent(), "a%2Db%7e", "b", "c", "a%2Dc%7e"),
        (Percent(), "a%2db", "-", "é", "a%C3%A9b"),
        (Percent(), "%e2%82%ac+x", "x", " ", "%e2%82%ac+%20"),
        (Percent(form=True), "a+b%20c", "b", "d e", "a+d+e%20c"),
        (Percent(form=True), "a+b", " ", "+", "a%2Bb"),
        (Percent(safe="=&"), "k=v", "v", "v&w=/", "k=v&w=%2F"),
        (Percent(), "100%", "100", "1&0", "1%260%"),
        (Percent(), "a%zz", "a", "%", "%25%zz"),
        (Percent(), "%", "%", "%41", "%2541"),
        (Percent(), "a%4", "4", "41", "a%2541"),
        (Percent(), "x%ffy", "y", "z", "x%ffz"),
        (Percent(), "", "", "a b", "a%20b"),
    ],
)
def test_edits(spelling: Percent, source: str, old: str, new: str, expected: str) -> None:
    lens = lens_of(source, spelling)
    place = lens.text.index(old)
    assert edited(source, lens, [Edit(Span(place, place + len(old)), new)]) == expected


def test_bytes_that_are_no_text_do_not_become_any() -> None:
    lens = lens_of("%E2x%82%AC", Percent())
    with pytest.raises(CassetteError):
        edited("%E2x%82%AC", lens, [Edit(Span(1, 2), "")])


@given(texts.filter(str.isprintable))
def test_new_text_is_written_as_the_standard_library_writes_it(text: str) -> None:
    assert edited("x", lens_of("x", Percent()), [Edit(Span(0, 1), "-" + text)]) == quote("-" + text, safe="")
    assert edited("x", lens_of("x", Percent(form=True)), [Edit(Span(0, 1), "-" + text)]) == quote_plus("-" + text)


@in_both_sizes
@pytest.mark.parametrize("piece", ["%41", "%ff", "%", "+", "a", "%C3%A9"])
def test_a_long_text_takes_linear_time(piece: str, times: int) -> None:
    source = piece * times + "end"
    lens = lens_of(source, Percent(form=True))
    size = len(lens.text)
    edits = [Edit(Span(place, place), "é b") for place in range(0, size, size // 100)]
    assert decoded(edited(source, lens, edits), form=True) == splice(lens.text, edits)


@given(st.data(), texts)
def test_any_edit_of_a_parameter_that_is_kept_decoded(data: st.DataObject, value: str) -> None:
    value = value.encode("utf-8", "ignore").decode()
    lens = Quoted(Source(value))
    assert unquote(lens.text) == value
    assert edited(value, lens, [Edit(Span(0, len(lens.text)), lens.text)]) == value
    new = data.draw(texts).encode("utf-8", "ignore").decode()
    encoded = Quoted(Source(new)).text
    assert edited(value, lens, [Edit(Span(0, len(lens.text)), encoded)]) == new


@pytest.mark.parametrize("new", ["<", "%41", " ", "%2", "&"])
def test_what_is_not_how_a_parameter_is_encoded_is_refused(new: str) -> None:
    with pytest.raises(CassetteError, match="kept decoded"):
        edited("ab", Quoted(Source("ab")), [Edit(Span(1, 1), new)])
