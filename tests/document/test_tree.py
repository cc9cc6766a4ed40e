import pytest
from laws import yaml_document

from cassette_cli.document import from_json
from cassette_cli.document.tree import Mapping, Scalar, Sequence, elements, entries, get, is_null, text_of

TREE = """\
a: {b: [1, two, ~]}
twice: first
twice: second
"": empty
[x, y]: z
nothing:
"""


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (["a", "b", 1], "two"),
        (["a", "b", -2], "two"),
        (["twice"], "second"),
        ([""], "empty"),
        (["a", "b", 2], None),
        (["a", "b", 3], None),
        (["a", "b", -4], None),
        (["a", 0], None),
        (["a", "b", "1"], None),
        (["a", "b", 0, "x"], None),
        (["x"], None),
        (["nothing"], None),
        (["nothing", "deeper"], None),
        (["a"], None),
    ],
)
def test_a_route_leads_to_a_text_or_to_none(route: list[str | int], expected: str | None) -> None:
    assert text_of(get(yaml_document(TREE).root, *route)) == expected


def test_no_route_is_the_node_itself() -> None:
    root = yaml_document(TREE).root
    assert get(root) is root
    assert get(None, "a") is None


def test_a_duplicate_key_is_kept() -> None:
    names = [text_of(key) for key, _ in entries(yaml_document(TREE).root)]
    assert names == ["a", "twice", "twice", "", None, "nothing"]


def test_entries_and_elements_of_anything_else_are_none() -> None:
    root = yaml_document(TREE).root
    assert isinstance(root, Mapping)
    assert list(entries(get(root, "a", "b"))) == list(entries(None)) == []
    assert elements(root) == elements(None) == elements(get(root, "twice")) == ()
    assert len(elements(get(root, "a", "b"))) == 3


@pytest.mark.parametrize("source", ["", "~", "null", "Null", "NULL"])
def test_null_has_no_text(source: str) -> None:
    scalar = get(yaml_document(f"k: {source}\n").root, "k")
    assert isinstance(scalar, Scalar)
    assert is_null(scalar)
    assert text_of(scalar) is None


@pytest.mark.parametrize("source", ["'null'", '"~"', "''", "!!str null", "nULL", "nil", "0", "false"])
def test_what_only_looks_like_null_is_text(source: str) -> None:
    scalar = get(yaml_document(f"k: {source}\n").root, "k")
    assert isinstance(scalar, Scalar)
    assert not is_null(scalar)
    assert text_of(scalar) == scalar.value


def test_null_in_json() -> None:
    assert text_of(get(from_json.parse('[null, "null", 0]'), 0)) is None
    assert text_of(get(from_json.parse('[null, "null", 0]'), 1)) == "null"
    assert text_of(get(from_json.parse('[null, "null", 0]'), 2)) == "0"


def test_a_route_goes_as_deep_as_the_tree() -> None:
    depth = 20_000
    node = get(from_json.parse("[" * depth + "7" + "]" * depth), *[0] * depth)
    assert text_of(node) == "7"
    assert not isinstance(node, Sequence)
