"""The laws on every scalar: written by hand, dumped by PyYAML, and of the recordings at hand."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from laws import PLAIN_PIECES, check_scalar, edited, edits_of, lifted, often, scalars, sound_texts, yaml_document
from written import by_hand, dumped

from cassette_cli.document import from_json, from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Change, Source
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.spelling import SpelledLens
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Scalar, Style
from cassette_cli.errors import CassetteError

# Words of their own, so that each is found in the source, and what stands between them.
WORD = re.compile(r"w[0-9]+x")
BETWEEN = [
    *[" "] * 8, "  ", "\n", "\n\n", "\n\n\n", ", ", ": ", '"', "'", "\\", "é", "\t", " #", "\n  ", "\n ", "- ", "😀",
    "\u2028", "{", "\n- ", "\n# ", " \n",
]  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn) -> str:
    between = draw(st.lists(st.sampled_from(BETWEEN), min_size=1, max_size=40))
    return draw(st.sampled_from(["", "", " ", "\n"])) + "".join(f"w{n}x{gap}" for n, gap in enumerate(between))


def drawn(data: st.DataObject, text: str) -> int:
    """The number of the scalar to edit: most often the longest."""
    try:
        every = scalars(from_yaml.parse(text))
    except CassetteError:
        every = []
    assume(every)
    longest = max(range(len(every)), key=lambda number: len(every[number].value))
    return data.draw(st.one_of(st.just(longest), st.just(longest), st.integers(0, len(every) - 1)))


@often(8)
@given(st.data())
def test_any_edit_of_a_scalar_written_by_hand(data: st.DataObject) -> None:
    text = data.draw(by_hand())
    number = drawn(data, text)
    scalar = scalars(from_yaml.parse(text))[number]
    after = check_scalar(text, number, data.draw(edits_of(scalar.value)))
    event(f"{scalar.style.value}: {'refused' if after is None else 'edited'}")


@often(3)
@given(st.data())
def test_any_edit_of_a_scalar_that_pyyaml_dumped(data: st.DataObject) -> None:
    text = data.draw(dumped(st.one_of(sound_texts, bodies())))
    number = drawn(data, text)
    check_scalar(text, number, data.draw(edits_of(scalars(from_yaml.parse(text))[number].value)))


@often(5)
@given(st.data())
def test_a_word_for_a_word_changes_nothing_else_in_the_file(data: st.DataObject) -> None:
    text = data.draw(dumped(bodies()))
    scalar = next(scalar for scalar in scalars(from_yaml.parse(text)) if WORD.search(scalar.value))
    words = list(WORD.finditer(scalar.value))
    chosen = sorted(data.draw(st.sets(st.integers(0, len(words) - 1), min_size=1, max_size=3)))
    edits = [Edit(Span(*words[n].span()), data.draw(st.sampled_from(["v", "longerword", "Q7"]))) for n in chosen]
    after = edited(text, lens_of(Source(text), scalar), edits)
    for n, edit in zip(chosen, edits, strict=True):
        text = text.replace(words[n][0], edit.new)
    assert after == text


@often(5)
@given(st.data())
def test_lines_that_hold_no_edited_word_stay(data: st.DataObject) -> None:
    """Words that a text of several lines takes the place of, in a style that can hold it."""
    text = data.draw(dumped(bodies()))
    scalar = next(scalar for scalar in scalars(from_yaml.parse(text)) if WORD.search(scalar.value))
    source = text[slice(*scalar.span)]
    words = list(WORD.finditer(scalar.value))
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(words) - 1)] * 2)))
    pieces = data.draw(st.lists(st.sampled_from([*PLAIN_PIECES[:-1], " ", "\n", "\n\n", '"', "'", "\\"]), max_size=5))
    new = "".join(["x", *pieces, "x"])
    # On one line, a plain scalar and a key stay on one.
    assume("\n" not in new or (scalar.style is not Style.PLAIN and not scalar.in_key) or "\n" in source)
    # Blanks beside a line break are lost where lines fold.
    assume(not re.search(r" \n|\n ", new) or scalar.style in (Style.LITERAL, Style.DOUBLE))
    # A folded one that is written anew cannot hold a line separator, and a line that begins with a blank is not folded.
    assume(scalar.style is not Style.FOLDED or not re.search("\u2028|(?:^|\n) ", scalar.value))
    after = edited(text, lens_of(Source(text), scalar), [Edit(Span(words[first].start(), words[last].end()), new)])
    before_words = text.index(words[first][0])
    behind_words = text.index(words[last][0]) + len(words[last][0])
    head, tail = _line_start(text, before_words), _line_end(text, behind_words)
    assert after.startswith(text[:head])
    assert after.endswith(text[tail:])
    assert after.startswith(text[:before_words]) or "'" in new or '"' in new or "\n" in new


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found


def recordings(corpus: Path, largest: int = 10_000_000) -> list[Path]:
    found = [path for path in corpus.rglob("*.y*ml") if path.stat().st_size <= largest]
    assert len(found) > 1000
    return sorted(found)


def read(path: Path) -> Document:
    text = path.read_bytes().decode()
    assert splice(text, []).encode() == path.read_bytes()
    return yaml_document(text)


def test_every_scalar_of_every_recording_is_understood(corpus: Path) -> None:
    for path in recordings(corpus):
        document = read(path)
        for scalar in scalars(document.roots):
            lens = lens_of(document.source, scalar)
            assert lens.text == scalar.value
            if isinstance(lens, SpelledLens):
                atoms = lens.spelling.atoms(document.source_of(lens.span))
                assert "".join(text for text, _, _ in atoms) == scalar.value, path


def test_words_in_long_texts_of_every_recording(corpus: Path) -> None:
    """Words get longer in the longest scalars of each file: nothing else in it changes, and it reads as meant."""
    tried = 0
    for path in recordings(corpus):
        document = read(path)
        assert ADDED not in document.text
        every = scalars(document.roots)
        meant = [scalar.value for scalar in every]
        changes: list[Change] = []
        for number in sorted(range(len(every)), key=lambda number: len(meant[number]))[-3:]:
            edits = some_words(random.Random(path.name), meant[number])
            lens = lens_of(document.source, every[number])
            changes += [(lens, edit) for edit in edits]
            meant[number] = splice(meant[number], edits)
        after = lifted(document.text, changes)
        assert after.replace(ADDED, "") == document.text, path
        assert [scalar.value for scalar in scalars(from_yaml.parse(after))] == meant, path
        tried += len(changes)
    assert tried > 10_000


ADDED = "QZXJQZXJ"


def some_words(rng: random.Random, text: str) -> list[Edit[str]]:
    words = list(re.finditer(r"[a-z]{4,}", text))
    chosen = sorted(rng.sample(range(len(words)), min(len(words), 5)))
    return [Edit(Span(*words[number].span()), words[number][0] + ADDED) for number in chosen]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("5", "-0.5e+3", "[-0.5e+3, true, null]"),
        ("5", "null", "[null, true, null]"),
        ("true", "false", "[5, false, null]"),
        ("null", "NaN", "[5, true, NaN]"),
        ("5", "05", None),
        ("5", "", None),
        ("5", "five", None),
        ("true", '"true"', None),
        ("null", "[]", None),
        ("null", "1, 2", None),
    ],
)
def test_a_literal_of_json_stays_one(old: str, new: str, expected: str | None) -> None:
    text = "[5, true, null]"
    scalar = next(scalar for scalar in scalars([from_json.parse(text)]) if scalar.value == old)
    lens = lens_of(Source(text), scalar)
    edits = [Edit(Span(0, len(old)), new)]
    if expected is None:
        with pytest.raises(CassetteError, match="cannot be written"):
            edited(text, lens, edits)
    else:
        assert edited(text, lens, edits) == expected


def test_a_text_without_a_spelling_is_edited_as_it_stands() -> None:
    lens = lens_of(Source("<a\nb>"), Scalar("a\nb", Span(1, 4), Style.VERBATIM))
    assert lens.text == "a\nb"
    assert edited("<a\nb>", lens, [Edit(Span(1, 2), "'\"\r")]) == "<a'\"\rb>"


@pytest.mark.parametrize(
    ("text", "value"),
    [("&a?k b", "?k b"), ("k: &a:b\n", ":b")],
)
def test_a_text_that_what_stands_before_it_binds_stays(text: str, value: str) -> None:
    """Other parsers take it for a part of the anchor, and so would libyaml once it begins otherwise."""
    scalar = next(scalar for scalar in scalars(from_yaml.parse(text)) if scalar.value == value)
    lens = lens_of(Source(text), scalar)
    assert edited(text, lens, [Edit(Span(0, 1), value[0])]) == text
    with pytest.raises(CassetteError, match="no blank stands between it and its anchor"):
        edited(text, lens, [Edit(Span(0, 1), "'")])


def test_no_quote_where_a_tab_stands_below() -> None:
    """Behind a quote such a line is a fault, behind plain text it is none."""
    text = "a: b\n \t\nc: d\n"
    scalar = next(scalar for scalar in scalars(from_yaml.parse(text)) if scalar.value == "b")
    lens = lens_of(Source(text), scalar)
    assert edited(text, lens, [Edit(Span(0, 1), "x")]) == text.replace("b", "x")
    with pytest.raises(CassetteError, match="cannot be written in this place"):
        edited(text, lens, [Edit(Span(0, 1), ": x")])
