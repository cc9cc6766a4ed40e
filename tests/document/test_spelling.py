"""The lens that all spellings share, on a spelling made for it: `\\c` stands for any c, `~` for two newlines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import edited, edits_of, often

from cassette_cli.document.lens import Source
from cassette_cli.document.spelling import Atom, SpelledLens, Writer, atoms_of, respell
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError, InternalError

TOKEN = re.compile(r"\\.|~|[^\\~\n]+|\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Toy:
    """`written` counts the characters that were spelled anew. A source may not hold `#`, nor a text `!`."""

    written: list[str]
    whole: bool = True

    def atoms(self, source: str) -> Sequence[Atom]:
        tokens = TOKEN.findall(source)
        if "".join(tokens) != source:
            raise ValueError("a backslash at the end")
        return atoms_of(tokens, lambda token: "\n\n" if token == "~" else token.removeprefix("\\"))

    def writer(self, source: str) -> Writer:
        def write(text: str, span: Span) -> str:
            if "!" in text:
                raise ValueError("no exclamation marks")
            self.written.append(text)
            return re.sub(r"([\\~])", r"\\\1", text).replace("\n\n", "~")

        return write

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        if self.whole:
            yield self.writer(source)(text, Span(0, 0))

    def fits(self, candidate: str, text: str, source: str) -> bool:
        return "#" not in candidate


def lens_in(source: str, *, whole: bool = True) -> SpelledLens:
    spelling = Toy([], whole)
    text = "".join(text for text, _, _ in spelling.atoms(source))
    return SpelledLens(Source(f"<{source}>"), Span(1, len(source) + 1), text, spelling)


sources = st.lists(st.sampled_from(["a", "bc", "\\x", "\\\\", "\\~", "~", "\n"]), max_size=8).map("".join)


@often(10)
@given(st.data(), sources)
def test_any_edit(data: st.DataObject, source: str) -> None:
    lens = lens_in(source)
    edits = data.draw(edits_of(lens.text, st.text("ab\\~\n", max_size=4)))
    after = edited(lens.outer.text, lens, edits)
    assert (after[0], after[-1]) == ("<", ">")
    assert lens_in(after[1:-1]).text == splice(lens.text, edits)


@pytest.mark.parametrize(
    ("source", "span", "new", "expected"),
    [
        ("abc", (1, 2), "x", "axc"),
        (r"a\bc", (2, 3), "x", r"a\bx"),
        (r"a\bc", (1, 2), "x", "axc"),
        (r"a\bc", (1, 1), "x", r"ax\bc"),
        (r"a\bc", (2, 2), "x", r"a\bxc"),
        (r"\a\b\c", (1, 1), "~", r"\a\~\b\c"),
        ("a~b", (1, 2), "x", "ax\nb"),
        ("a~b", (2, 2), "x", "a\nx\nb"),
        ("a~b", (1, 3), "", "ab"),
        ("", (0, 0), "x", "x"),
        (r"\a", (0, 1), "", ""),
    ],
)
def test_an_edit_takes_the_atoms_that_it_touches_and_no_others(
    source: str, span: tuple[int, int], new: str, expected: str
) -> None:
    lens = lens_in(source)
    assert edited(f"<{source}>", lens, [Edit(Span(*span), new)]) == f"<{expected}>"


def test_several_edits_of_one_atom_are_one() -> None:
    lens = lens_in("a~b")
    edits = [Edit(Span(1, 1), "1"), Edit(Span(2, 2), "2"), Edit(Span(3, 3), "3")]
    assert edited("<a~b>", lens, edits) == "<a1\n2\n3b>"


def test_only_new_text_is_spelled() -> None:
    lens = lens_in("word " * 1000 + "\\x" + " word" * 1000)
    spelling = lens.spelling
    assert isinstance(spelling, Toy)
    edited(lens.outer.text, lens, [Edit(Span(5000, 5001), "new")])
    assert spelling.written == ["new"]


def test_where_the_atoms_around_would_read_otherwise_they_are_spelled_too() -> None:
    lens = lens_in("a\nb")
    assert edited("<a\nb>", lens, [Edit(Span(1, 1), "\n")]) == "<a\n\nb>"
    assert edited("<a~b>", lens_in("a~b"), [Edit(Span(1, 1), "\n")]) == "<a\n~b>"


def test_no_change_is_no_edit() -> None:
    lens = lens_in(r"a\b")
    assert lens.lift([]) == []
    assert lens.lift([Edit(Span(1, 2), "b")]) == []
    assert lens.lift([Edit(Span(0, 1), ""), Edit(Span(1, 1), "a")]) == []


@pytest.mark.parametrize("new", ["!", "#"])
@pytest.mark.parametrize("whole", [True, False])
def test_what_cannot_be_said_is_refused(new: str, whole: bool) -> None:
    lens = lens_in("abc", whole=whole)
    with pytest.raises(CassetteError, match="cannot be written in this place") as caught:
        lens.lift([Edit(Span(1, 2), new)])
    assert not isinstance(caught.value, InternalError)


@pytest.mark.parametrize("source", ["other", "text\\"])
def test_a_text_that_is_not_what_the_source_says_is_a_bug(source: str) -> None:
    """A parser and the spelling that reads after it must agree: else an edit would land somewhere else."""
    with pytest.raises(InternalError, match="not understood"):
        respell(Toy([]), source, "text", [Edit(Span(0, 1), "T")])


def test_atoms_of_tokens_side_by_side() -> None:
    assert atoms_of(["a", "\\b", "c"], str.upper, start=2) == [("A", 2, 3), ("\\B", 3, 5), ("C", 5, 6)]
    assert atoms_of([], str) == []
