"""Plain, single-quoted and double-quoted scalars: what they say, and how edits of them are written."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import check_scalar, check_values, in_both_sizes, often, scalars
from written import double, plain, single

from cassette_cli.document import from_yaml
from cassette_cli.document.spelling import Atom
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Style
from cassette_cli.document.yaml_flow import double_atoms, is_plain, newlines, plain_atoms, single_atoms
from cassette_cli.errors import CassetteError

ATOMS: dict[str, Callable[[str], Sequence[Atom]]] = {"'": single_atoms, '"': double_atoms}


def value_of(source: str) -> str:
    return "".join(text for text, _, _ in ATOMS.get(source[:1], plain_atoms)(source))


flow_scalars = st.one_of(plain(0), single(0), double(0))
some_breaks = st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028", "\n\u2029"])


@often(5)
@given(flow_scalars, some_breaks)
def test_atoms_say_what_libyaml_reads(source: str, newline: str) -> None:
    text = "k:\n  " + source.replace("\n", newline) + "\nz: end\n"
    try:
        found = scalars(from_yaml.parse(text))
    except CassetteError:
        return
    for scalar in found:
        held = text[slice(*scalar.span)]
        if scalar.style in (Style.PLAIN, Style.SINGLE, Style.DOUBLE) and held[:1] not in ("!", "&", "*"):
            assert value_of(held) == scalar.value


@given(flow_scalars)
def test_atoms_lie_in_a_row(source: str) -> None:
    try:
        atoms = ATOMS.get(source[:1], plain_atoms)(source)
    except ValueError:
        return
    places = [(start, end) for _, start, end in atoms]
    assert all(end == start for (_, end), (start, _) in pairwise(places))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a b", "a b"),
        ("a  \n  b", "a b"),
        ("a\n\n\n b", "a\n\nb"),
        ("a\r\n\r\nb", "a\nb"),
        ("'it''s'", "it's"),
        ("''''''", "''"),
        ("' a '", " a "),
        ("' a \n\n b '", " a\nb "),
        ("'a\u2028b'", "a\u2028b"),
        ("'a\n\u2028b'", "a\u2028b"),
        ("'a\x85b'", "a b"),
        (r'"\0\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P"', '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029'),
        (r'"\x41\u00e9\U0001F600"', "Aé😀"),
        ('"a\\\n  b"', "ab"),
        ('"a \\\n \n  \\ b"', "a \n b"),
        ('"a\\\r\n\r\nb"', "a\nb"),
        ('"a\n  b"', "a b"),
        ('" \n "', " "),
        ('"\\\t"', "\t"),
        (r"\n''\x41", r"\n''\x41"),
    ],
)
def test_values(source: str, expected: str) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(
    "source", ["'", "'a", "'a'b'", '"', '"a', '"a"b"', '"\\"', '"\\q"', '"\\x4"', '"\\u12"', '"\\U00110000"']
)
def test_what_is_not_between_its_quotes_has_no_atoms(source: str) -> None:
    with pytest.raises(ValueError, match=r"quote|chr"):
        ATOMS[source[0]](source)


PLAIN = ["a", "-a", "?a", ":a", "a:b", "a#b", "a,b", "x{}", "http://x.y/?a=b#c", "é😀", "a'b\"c", "=", "a\n  b"]
NOT_PLAIN = [
    "", " a", "a ", "a:", "a: b", "a #b", "- a", "-", "?", "? a", ":", ": a", "#a", "&a", "*a", "!a", "|", ">", "'a'",
    '"a"', "%a", "@a", "`a", "{a", "}", "[a", "]", ",", "a\nb: c", "a\n#b", "a\x00", "a\x85", "a\ufeff", "a\x7f",
    "a\u2028b", "a\ud800",
]  # fmt: skip


@pytest.mark.parametrize("source", PLAIN)
def test_plain(source: str) -> None:
    assert is_plain(source)
    assert scalars(from_yaml.parse(f"k:\n  {source}\nz: end\n"))[1].value == value_of(source)


@pytest.mark.parametrize("source", NOT_PLAIN)
def test_not_plain(source: str) -> None:
    assert not is_plain(source)


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [("\n", "\n"), ("\r\n", "\n"), ("\r\r\n", "\n\n"), (" \n \n", "\n\n"), ("\x85\u2028", "\n\u2028"), ("", "")],
)
def test_newlines_are_those_that_libyaml_makes_of_them(breaks: str, expected: str) -> None:
    assert newlines(breaks) == expected


EDITS = [
    # source, old text, new text, source after
    ("one two", "two", "2", "one 2"),
    ("one two", "two", "it's", "one it's"),
    ("one two", "two", "a: b", "'one a: b'"),
    ("one two", "two", "a #b", "'one a #b'"),
    ("one two", "two", "it's: b", "'one it''s: b'"),
    ("one two", "two", "a\tb", "'one a\tb'"),
    ("one two", "two", "a\nb", '"one a\\nb"'),
    ("one two", "two", "\x07", '"one \\a"'),
    ("one two", "two", "", "'one '"),
    ("one two", "one two", "", "''"),
    ("one two", "one two", "12", "'12'"),
    ("one two", "one two", "null", "'null'"),
    ("one two", "one two", ":symbol", "':symbol'"),
    ("12", "12", "13.5", "13.5"),
    ("12", "12", "word", "word"),
    ("12", "12", "null", "'null'"),
    ("one\n  two\n  three", "two", "2", "one\n  2\n  three"),
    ("one\n  two\n  three", "two", "a\nb", "one\n  a\n\n  b\n  three"),
    ("one\n\n  two", "\n", " ", "one two"),
    ("one\n  two", " ", "-", "one-two"),
    ("one\n  two three", "two ", "", "one\n  three"),
    ("one two\n  three", "two", "", "one  three"),
    ("'it''s'", "s", "'", "'it'''''"),
    ("'it''s'", "'", "’", "'it’s'"),
    ("'one two'", "two", "a\nb", "'one a\n\n  b'"),
    ("'one\n    two'", "two", "a\nb", "'one\n    a\n\n    b'"),
    ("'one two'", "two", "\x1b é", '"one \\e é"'),
    ("'one two'", "two", " a", "'one  a'"),
    ("'one\n\n  two'", "two", "2", "'one\n\n  2'"),
    ("'one\n  two three'", "three", "", "'one\n  two '"),
    ("'one\n  two\n  three'", "two", " ", "'one   three'"),
    ("''", "", "x", "'x'"),
    ('"one two"', "two", 'a"\\\n\t', r'"one a\"\\\n\t"'),
    ('"one two"', "two", "é😀\xa0", '"one é😀\xa0"'),
    (r'"\xe9 two"', "two", "é😀\xa0", r'"\xe9 \xE9\U0001F600\_"'),
    (r'"\u2028\n two"', "two", "é", r'"\u2028\n é"'),
    ('"one\\\n  \\ two"', " two", "2", '"one\\\n  2"'),
    ('"one\\\n  two"', "two", " two", '"one\\\n  \\ two"'),
    ('"one\n  two"', "one", "one ", '"one\\ \n  two"'),
    ('"one\n  two"', "two", " ", '"one\n  \\ "'),
    ('"one\\\n  two"', "one", "1 ", '"1 \\\n  two"'),
    ('"a\\/b"', "b", "/", '"a\\//"'),
    ('""', "", "\ufeff", '"\\uFEFF"'),
]  # fmt: skip


@pytest.mark.parametrize(("source", "old", "new", "expected"), EDITS)
@pytest.mark.parametrize(("before", "behind"), [("k: ", "\nz: end\n"), ("- - ", ""), ("a:\n- ", " # comment\n- end\n")])
def test_edits(source: str, old: str, new: str, expected: str, before: str, behind: str) -> None:
    margin = "  " if before == "- - " else ""
    text = before + source.replace("\n ", "\n " + margin) + behind
    number = before.count("k") + before.count("a")
    place = value_of(source).index(old)
    after = check_scalar(text, number, [Edit(Span(place, place + len(old)), new)])
    assert after == before + expected.replace("\n ", "\n " + margin) + behind


def test_a_new_line_has_the_break_and_the_indentation_of_the_lines_around() -> None:
    assert check_scalar("k: 'a'\r\nz: end\r\n", 1, [Edit(Span(1, 1), "\nb")]) == "k: 'a\r\n\r\n  b'\r\nz: end\r\n"
    assert check_scalar("a:\n    b: 'a'\n", 2, [Edit(Span(1, 1), "\nb")]) == "a:\n    b: 'a\n\n      b'\n"
    assert check_scalar("k: 'a\n        b'\n", 1, [Edit(Span(3, 3), "\nc")]) == "k: 'a\n        b\n\n        c'\n"


RUNS = {
    "": [" ", "\\", '"', "'", "x", ":x", "x#", "\n ", "\r\n ", " \n ", "\\n"],
    "'": [" ", "\\", '"', "''", "x", ": ", " #", "\n", "\r\n", " \n", "\n  "],
    '"': [" ", "\\\\", '\\"', "'", "x", ": ", " #", "\n", "\r\n", " \n", "\n  ", "\\n", "\\\n ", "\\u00e9", "\\\t"],
}  # fmt: skip


@in_both_sizes
@pytest.mark.parametrize(("quote", "run"), [(quote, run) for quote, runs in RUNS.items() for run in runs])
def test_a_run_of_anything_takes_linear_time(quote: str, run: str, times: int) -> None:
    text = f"k: {quote}b{run * times} c{quote}\n"
    size = len(scalars(from_yaml.parse(text))[1].value)
    check_values(text, 1, [Edit(Span(size // 2, size // 2), "X"), Edit(Span(size, size), "Y")])


@in_both_sizes
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_many_edits_of_a_long_scalar_take_linear_time(quote: str, times: int) -> None:
    text = f"k: {quote}{'some words ' * (times // 2)}end{quote}\n"
    size = len(scalars(from_yaml.parse(text))[1].value)
    check_values(text, 1, [Edit(Span(place, place + 2), "é") for place in range(0, size - 2, 50)])
