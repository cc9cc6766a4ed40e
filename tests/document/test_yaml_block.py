"""Literal and folded scalars: what they say, and how edits of them are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import check_scalar, check_values, edits_of, in_both_sizes, often, scalars
from written import block

from cassette_cli.document import from_yaml
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Style
from cassette_cli.document.yaml_block import block_atoms, block_of
from cassette_cli.errors import CassetteError


def value_of(source: str, parent: int) -> str:
    return "".join(text for text, _, _ in block_atoms(source, parent))


@often(4)
@given(block(2), st.sampled_from(["\n", "\n", "\r\n", "\r", "\x85", "\u2028"]))
def test_atoms_say_what_libyaml_reads(source: str, newline: str) -> None:
    text = "a:\n  k: " + source.replace("\n", newline) + "\n  z: end\n"
    try:
        found = scalars(from_yaml.parse(text))
    except CassetteError:
        return
    for scalar in found:
        if scalar.style in (Style.LITERAL, Style.FOLDED):
            assert value_of(text[slice(*scalar.span)], scalar.indent) == scalar.value


@given(block(0))
def test_atoms_stand_in_order_and_only_indentation_lies_between(source: str) -> None:
    try:
        atoms = list(block_atoms(source, 0))
    except ValueError:
        return
    done = block_of(source, 0).start
    for _, start, end in atoms:
        assert source[done:start].strip(" ") == ""
        assert start <= end
        done = end
    assert source[done:].strip(" \n") == ""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("|\n  a\n  b\n", "a\nb\n"),
        ("|-\n  a\n\n", "a"),
        ("|+\n  a\n\n", "a\n\n"),
        ("|\n  a\n\n", "a\n"),
        ("|\n  a", "a"),
        ("|+\n  a", "a"),
        ("|", ""),
        ("|+\n\n\n", "\n\n"),
        ("|\n\n\n", ""),
        ("|2\n    a\n", "  a\n"),
        ("|2-\n    a\n", "  a"),
        ("|-2\n    a\n", "  a"),
        ("| # comment\n  a\n", "a\n"),
        ("|\n  a\n    b\n  c\n", "a\n  b\nc\n"),
        ("|\n\n  a\n", "\na\n"),
        ("|\n  a  \n  \n  b\n", "a  \n\nb\n"),
        ("|\n  a\n     \n  b\n", "a\n   \nb\n"),
        ("|\r\n  a\r\n  b\r\n", "a\nb\n"),
        ("|\n  a\r  b\n", "a\nb\n"),
        ("|\n  a\u2028  b\n", "a\u2028b\n"),
        (">\n  a\n  b\n", "a b\n"),
        (">\n  a\n\n  b\n\n\n  c\n", "a\nb\n\nc\n"),
        (">\n  a\n   b\n  c\n", "a\n b\nc\n"),
        (">\n  a\n\n   b\n\n  c\n", "a\n\n b\n\nc\n"),
        (">-\n\n\n  a\n", "\n\na"),
        (">+\n  a\n\n", "a\n\n"),
        (">\n  a\n  \tb\n  c\n", "a\n\tb\nc\n"),
        (">\r\n  a\r\n  b\r\n\r\n  c\r\n", "a b\nc\n"),
    ],
)
def test_values(source: str, expected: str) -> None:
    assert value_of(source, 0) == expected
    assert scalars(from_yaml.parse(f"k: {source}"))[1].value == expected


@pytest.mark.parametrize(
    ("source", "parent", "indent"),
    [
        ("|\n  a\n", 0, 2),
        ("|\n       a\n", 0, 7),
        ("|3\n   a\n", 0, 3),
        ("|3\n       a\n", 4, 7),
        ("|3\n   a\n", -1, 3),
        ("|\n    \n  a\n", 0, 4),
        ("|\n", 0, 2),
        ("|\n", 4, 6),
        ("|\n", -1, 2),
    ],
)
def test_indentation(source: str, parent: int, indent: int) -> None:
    assert block_of(source, parent).indent == indent


@pytest.mark.parametrize(
    "source",
    ["", "a", "|x\n", "|+-\n", "|0\n", "|\n\ta\n", "|\n  \ta\n", "|2\n a\n", "|\n  a\n b\n", "|#\n"[:1] + "10\n  a\n"],
)
def test_what_is_no_block_scalar_has_no_atoms(source: str) -> None:
    with pytest.raises(ValueError, match=r"block|left|tab"):
        list(block_atoms(source, 0))


EDITS = [
    # source, old text, new text, source after
    ("|\n  one\n  two\n", "two", "2", "|\n  one\n  2\n"),
    ("|\n  one\n  two\n", "one", "a\nb", "|\n  a\n  b\n  two\n"),
    ("|\n  one\n  two\n", "one", "", "|\n  \n  two\n"),
    ("|\n  one\n  two\n", "one\n", "", "|\n  two\n"),
    ("|\n  one\n  two\n", "\n", "", "|\n  onetwo\n"),
    ("|\n  one\n  two\n", "\n", " ", "|\n  one two\n"),
    ("|\n  one\n  two\n", "two\n", "two\n\n", "|+\n  one\n  two\n\n"),
    ("|\n  one\n  two\n", "two\n", "two", "|-\n  one\n  two\n"),
    ("|\n  one\n  two\n", "one", " one", "|2\n   one\n  two\n"),
    ("|\n  one\n  two\n", "two", " two", "|\n  one\n   two\n"),
    ("|\n  one\n  two\n", "one", "\tone", "|2\n  \tone\n  two\n"),
    ("|\n  one\n  two\n", "one", "\n\none", "|\n  \n\n  one\n  two\n"),
    ("|\n  one\n  two\n", "one\ntwo\n", "", "|\n"),
    ("|\n  one\n  two\n", "two", "--- # : 'é😀", "|\n  one\n  --- # : 'é😀\n"),
    ("|\n  one\n  two\n", "two", "a\tb", "|\n  one\n  a\tb\n"),
    ("|\n  one\n  two\n", "two", "\x1b", '"one\\n\\e\\n"\n'),
    ("|\n  one\n  two\n", "two", "\r", '"one\\n\\r\\n"\n'),
    ("|\n  one\n  two\n", "two", "\ufeff", '"one\\n\\uFEFF\\n"\n'),
    ("|- # why\n  one\n", "one", "1", "|- # why\n  1\n"),
    ("|- # why\n  one\n", "one", "one\n", "| # why\n  one\n"),
    ("|+\n  one\n\n\n", "one", "1", "|+\n  1\n\n\n"),
    ("|+\n  one\n\n\n", "one\n\n\n", "1\n\n", "|+\n  1\n\n"),
    ("|+\n  one\n\n\n", "one\n\n\n", "1", "|-\n  1\n"),
    ("|2\n    one\n", "one", "1", "|2\n    1\n"),
    ("|\n", "", "one\n", "|\n  one\n"),
    ("|\n", "", "one", "|-\n  one\n"),
    ("|-\n", "", "one\ntwo", "|-\n  one\n  two\n"),
    (">\n  one\n  two\n", "two", "2", ">\n  one\n  2\n"),
    (">\n  one\n  two\n", "one", "a\nb", ">\n  a\n\n  b\n  two\n"),
    (">\n  one\n  two\n", " ", "\n", ">\n  one\n\n  two\n"),
    (">\n  one\n  two\n", " ", "", ">\n  onetwo\n"),
    (">\n  one\n\n  two\n", "\n", " ", ">\n  one two\n"),
    (">\n  one\n   two\n  three\n", "two", "2", ">\n  one\n   2\n  three\n"),
    (">\n  one\n   two\n  three\n", " two", "two", ">\n  one\n\n  two\n\n  three\n"),
    (">-\n  one\n  two\n", "two", "\x07", '"one \\a"\n'),
    (">\n  one\n  two\n", "two", "a  b", ">\n  one\n  a  b\n"),
]


@pytest.mark.parametrize(("source", "old", "new", "expected"), EDITS)
@pytest.mark.parametrize(
    ("before", "behind"), [("k: ", "z: end\n"), ("k: !t &a ", ""), ("- - - ", "- end\n"), ("--- ", "...\n--- end\n")]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_edits(source: str, old: str, new: str, expected: str, before: str, behind: str, newline: str) -> None:
    margin = "    " if before == "- - - " else ""

    def placed(held: str) -> str:
        return (before + held.replace("\n ", "\n " + margin) + behind).replace("\n", newline)

    if before == "--- " and expected == "|\n":
        # ruamel.yaml's own parser would take the document's end for text.
        expected = '""\n'
    parent = 4 if margin else -1 if before == "--- " else 0
    place = value_of(source.replace("\n ", "\n " + margin), parent).index(old)
    after = check_scalar(placed(source), int(before[0] == "k"), [Edit(Span(place, place + len(old)), new)])
    assert after == placed(expected)


@often(3)
@given(st.data(), block(0))
def test_lines_end_where_they_ended(data: st.DataObject, source: str) -> None:
    """What follows a block scalar never ends up on its last line, nor its last line in what follows."""
    text = "k: " + source.rstrip("\n") + "\n\n# comment\nz: end\n"
    try:
        found = scalars(from_yaml.parse(text))
    except CassetteError:
        return
    if len(found) == 4:
        after = check_scalar(text, 1, data.draw(edits_of(found[1].value)))
        assert after is None or after.endswith("\n# comment\nz: end\n")


def test_a_file_that_ends_within_the_scalar() -> None:
    assert check_scalar("k: |\n  one\n  two", 1, [Edit(Span(0, 3), "1")]) == "k: |\n  1\n  two"
    assert check_scalar("k: |-\n  one", 1, [Edit(Span(3, 3), "s")]) == "k: |-\n  ones"
    assert check_scalar("k: |", 1, [Edit(Span(0, 0), "one")]) == "k: |\n  one"


RUNS = [" ", "\\", "\n", '"', "x", "\r\n", "\n  x", "\n ", "\n   ", "\n  \t", ": ", " #", "\r"]


@in_both_sizes
@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("header", ["|", "|+", ">", ">2-"])
def test_a_run_of_anything_takes_linear_time(run: str, header: str, times: int) -> None:
    text = f"k: {header}\n  b{run * times}\n  c\nz: end\n"
    size = len(scalars(from_yaml.parse(text))[1].value)
    edits = [Edit(Span(0, 0), "W"), Edit(Span(size // 2, size // 2), "X"), Edit(Span(size, size), "Y")]
    check_values(text, 1, edits)


@in_both_sizes
def test_blank_lines_before_the_text_take_linear_time(times: int) -> None:
    text = "k: |+\n" + "\n" * times + "  c\n"
    check_values(text, 1, [Edit(Span(place, place), "x") for place in range(0, times, times // 100)])
