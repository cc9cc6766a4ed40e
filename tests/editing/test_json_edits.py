import pytest

from cassette_cli.document.text import splice
from cassette_cli.editing.json_edits import literal, path_of, set_at, shown
from cassette_cli.errors import CassetteError


@pytest.mark.parametrize(
    ("text", "path"),
    [("a", ("a",)), ("a.b[0].c", ("a", "b", 0, "c")), ('a["x.y"]', ("a", "x.y")), ("[1][2]", (1, 2)), ("", ())],
)
def test_paths_are_read(text: str, path: tuple[str | int, ...]) -> None:
    assert path_of(text) == path


def test_a_path_is_written_as_it_is_read() -> None:
    assert shown(("a", 0, "b")) == "a[0].b"


@pytest.mark.parametrize("text", ["a[", "a..b", "[x]"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(CassetteError, match="no path"):
        path_of(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("3", "3"), ("1e5", "1e5"), ('"3"', '"3"'), ("Paris", '"Paris"'), ("[1, 2]", "[1, 2]"), ("null", "null")],
)
def test_a_value_is_json_or_a_text(text: str, said: str) -> None:
    assert literal(text) == said


@pytest.mark.parametrize(
    ("text", "path", "value", "after"),
    [
        ('{"a": 1.50, "b": 2}', ("b",), "3", '{"a": 1.50, "b": 3}'),
        ('{"a":{"b":[1,{"c":2}]}}', ("a", "b", 1, "c"), '"x"', '{"a":{"b":[1,{"c":"x"}]}}'),
        ('{"a": 1}', ("b",), "2", '{"a": 1, "b": 2}'),
        ('{"a":1}', ("b",), "2", '{"a":1,"b":2}'),
        ("{ }", ("b",), "2", '{"b":2}'),
        ("[1, 2]", (2,), "3", "[1, 2, 3]"),
        ("[1]", (-1,), "3", "[3]"),
    ],
)
def test_only_the_value_changes(text: str, path: tuple[str | int, ...], value: str, after: str) -> None:
    assert splice(text, [set_at(text, path, value)]) == after


@pytest.mark.parametrize("path", [("x", "y"), ("a", "b"), ("l", 5)])
def test_a_way_that_is_not_there_is_said(path: tuple[str | int, ...]) -> None:
    with pytest.raises(CassetteError, match="there is no"):
        set_at('{"a": 1, "l": [1]}', path, "2")
