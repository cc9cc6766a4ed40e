import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import nodes, often, scalars, texts

from cassette_cli.document import from_json
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style
from cassette_cli.errors import CassetteError

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def dumped(draw: st.DrawFn, value: st.SearchStrategy[Any] = values) -> str:
    """JSON as this or that program writes it."""
    text = json.dumps(
        draw(value),
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 0, 2, "\t"])),
        separators=draw(st.sampled_from([None, (",", ":"), (" , ", " : ")])),
    )
    text = draw(st.sampled_from(["", "", "\ufeff", "\r\n\t "])) + text + draw(st.sampled_from(["", "\n", " \r\n"]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def loaded(node: Node) -> Any:
    """A tree as the standard library would have loaded it, pairs for objects so that duplicates stay."""
    if isinstance(node, Sequence):
        return [loaded(item) for item in node.items]
    if isinstance(node, Mapping):
        return [(loaded(key), loaded(value)) for key, value in node.items]
    return node.value if node.style is Style.JSON_STRING else json.loads(node.value)


def loaded_by_json(text: str) -> Any:
    return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=list)


def same(ours: Any, theirs: Any) -> bool:
    return repr(ours) == repr(theirs)  # not-a-number is itself, here


@often(2)
@given(dumped())
def test_a_tree_says_what_the_standard_library_loads(text: str) -> None:
    assert same(loaded(from_json.parse(text)), loaded_by_json(text))


@given(dumped())
def test_spans_cover_values_whole(text: str) -> None:
    for node in nodes([from_json.parse(text)]):
        assert same(loaded(node), loaded_by_json(text[slice(*node.span)]))
        if isinstance(node, Scalar):
            assert (node.tag, node.indent, node.shared, node.in_flow, node.in_key) == (None, -1, False, False, False)


@often(5)
@given(st.lists(st.sampled_from([*'{}[],:"\\u ', "1", "-", ".5", "e+", "true", "nul", "NaN", '"a"', "\n", "\x01"])))
def test_what_the_standard_library_refuses_is_refused(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        theirs = loaded_by_json(text)
    except ValueError:
        with pytest.raises(CassetteError, match="not JSON"):
            from_json.parse(text)
    else:
        assert same(loaded(from_json.parse(text)), theirs)


def test_numbers_and_duplicate_keys_stay_as_they_are_written() -> None:
    text = '{"a": 0.00005397, "b": 1E400, "a": -0.0, "c": 12345678901234567890123, "d": NaN}'
    found = scalars([from_json.parse(text)])
    assert [scalar.value for scalar in found if scalar.style is Style.JSON_LITERAL] == [
        "0.00005397",
        "1E400",
        "-0.0",
        "12345678901234567890123",
        "NaN",
    ]
    assert [scalar.value for scalar in found[::2]] == ["a", "b", "a", "c", "d"]


def test_surrogates() -> None:
    found = scalars([from_json.parse(r'["\ud83d\ude00", "\ud83d", "\ude00\ud83d", "😀"]')])
    assert [scalar.value for scalar in found] == ["😀", "\ud83d", "\ude00\ud83d", "😀"]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "a JSON value is missing"),
        (" \n", 2, 1, "a JSON value is missing"),
        ("\ufeff", 1, 2, "a JSON value is missing"),
        ("[1,\n 2,\n]", 3, 1, "a JSON value is missing"),
        ('{"a": 1,}', 1, 9, "a name in double quotes is missing"),
        ("{a: 1}", 1, 2, "a name in double quotes is missing"),
        ('{"a" 1}', 1, 6, "a colon is missing"),
        ('{"😀": 1 "b": 2}', 1, 9, "a comma or the end"),
        ("[1 2]", 1, 4, "a comma or the end"),
        ("[1}", 1, 3, "a comma or the end"),
        ("[1", 1, 3, "a comma or the end"),
        ("[01]", 1, 3, "a comma or the end"),
        ("[1.]", 1, 3, "a comma or the end"),
        ("[.5]", 1, 2, "a JSON value is missing"),
        ("[-]", 1, 2, "a JSON value is missing"),
        ("[٣]", 1, 2, "a JSON value is missing"),
        ("[1٣]", 1, 3, "a comma or the end"),
        ("[True]", 1, 2, "a JSON value is missing"),
        ("['a']", 1, 2, "a JSON value is missing"),
        ("[1] 2", 1, 5, "more text after the JSON value"),
        ("{}\r\n{}", 2, 1, "more text after the JSON value"),
        ('["a', 1, 2, "Unterminated string"),
        ('["a\nb"]', 1, 4, "Invalid control character"),
        ('["é", "\\q"]', 1, 8, "Invalid \\\\escape"),
        ('["\\u12"]', 1, 4, "Invalid \\\\uXXXX escape"),
        ('[\u00a0"a"]', 1, 2, "a JSON value is missing"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(CassetteError, match=message) as caught:
        from_json.parse(text)
    assert (caught.value.where.line, caught.value.where.column) == (line, column)


DEPTH = 20_000


@pytest.mark.parametrize("text", ["[" * DEPTH + "]" * DEPTH, '{"a":' * DEPTH + "{}" + "}" * DEPTH])
def test_depth_exhausts_no_stack(text: str) -> None:
    assert sum(1 for _ in nodes([from_json.parse(text)])) >= DEPTH


def test_depth_without_end_is_a_fault() -> None:
    with pytest.raises(CassetteError, match="a JSON value is missing"):
        from_json.parse("[" * DEPTH)


@pytest.mark.parametrize("char", [" ", "\\\\", "\\u00e9", '\\"', "x", "\\ud800"])
def test_a_long_string_takes_linear_time(char: str) -> None:
    text = f'["{char * 100_000}"]'
    assert scalars([from_json.parse(text)])[0].value == json.loads(text)[0]


def test_a_run_of_white_space_takes_linear_time() -> None:
    assert isinstance(from_json.parse("[" + " \n" * 100_000 + "]"), Sequence)


def test_recordings_in_json(corpus: Path) -> None:
    paths = sorted({*corpus.rglob("*.json"), *corpus.rglob("*.har")})
    read = 0
    for path in paths:
        text = path.read_bytes().decode()
        try:
            theirs = loaded_by_json(text)
        except ValueError:
            continue
        assert same(loaded(from_json.parse(text)), theirs), path
        read += 1
    assert read > 30


def test_lines_of_json() -> None:
    text = '{"a": 1}\n{"b": [2]}\n\n3'
    roots = from_json.parse_lines(text)
    assert [text[slice(*root.span)] for root in roots] == ['{"a": 1}', '{"b": [2]}', "3"]
    assert from_json.parse_lines(" 1 ") == (from_json.parse(" 1 "),)


@pytest.mark.parametrize("text", ["", '{"a": 1}\n{"b"', "1\n2\n]"])
def test_lines_that_are_no_json_are_refused(text: str) -> None:
    with pytest.raises(CassetteError, match="not JSON"):
        from_json.parse_lines(text)
