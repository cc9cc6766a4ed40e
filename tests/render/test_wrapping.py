"""Lines are cut at spaces, by columns, and nothing but the spaces at the cuts is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.render.lines import Style, line
from cassette_cli.render.wrapping import WIDEST, columns, cuts, rows

TEXT = st.text(st.sampled_from("ab cdé 日本語한\u0301👩 \t"), max_size=200)


def wrapped(text: str, width: int, *, indent: int = 0, hang: int = 0) -> list[str]:
    return [
        " " * margin + "".join(piece for piece, _ in row) for margin, row in rows(line(indent, text, hang=hang), width)
    ]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("short", 20, ["short"]),
        ("", 20, [""]),
        ("one two three", 20, ["one two three"]),
        ("one two three four five six", 20, ["one two three four", "five six"]),
        ("one   two", 20, ["one   two"]),
        ("x" * 45, 20, ["x" * 20, "x" * 20, "x" * 5]),
        ("- a list item that goes on and on", 20, ["- a list item that", "goes on and on"]),
        ("    code that is indented by four", 20, ["    code that is", "    indented by four"]),
        ("日本語" * 5, 20, ["日本語日本語日本語日", "本語日本語"]),
        ("url: https://a.example/path/that/goes/on", 20, ["url: https://a.examp", "le/path/that/goes/on"]),
        ("ab 日本語日本語日本語日本語", 20, ["ab 日本語日本語日本", "語日本語"]),
        ("a\tb", 20, ["a    b"]),
    ],
)
def test_rows(text: str, width: int, shown: list[str]) -> None:
    assert wrapped(text, width) == shown


def test_what_is_carried_over_hangs() -> None:
    assert wrapped("→ add(a=1, b=2, c=3)", 16, indent=2, hang=2) == ["  → add(a=1,", "    b=2, c=3)"]


def test_a_wide_terminal_does_not_make_wide_prose() -> None:
    assert max(map(len, wrapped("word " * 100, 400))) <= WIDEST


@given(TEXT, st.integers(20, 60), st.integers(0, 9), st.integers(0, 9))
def test_rows_fit_and_keep_all_but_spaces(text: str, width: int, indent: int, hang: int) -> None:
    shown = wrapped(text, width, indent=indent, hang=hang)

    assert all(columns(row) <= width for row in shown)
    assert "".join("".join(shown).split()) == "".join(text.split())


@given(TEXT, st.integers(2, 40), st.integers(2, 40))
def test_cuts_are_in_order_and_not_empty(text: str, first: int, rest: int) -> None:
    places = list(cuts(text, first, rest))

    assert all(start < end for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert "".join(text[start:end] for start, end in places).replace(" ", "") == text.replace(" ", "")


def test_styles_stay_with_their_text() -> None:
    cut = [row for _, row in rows(line(0, ("red " * 6, Style.BAD), ("green " * 4, Style.GOOD)), 20)]

    assert " ".join(text for row in cut for text, style in row if style is Style.GOOD).split() == ["green"] * 4
