"""JSON values by path: every difference, nothing else, each with its place."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.comparison.changes import ABSENT
from cassette_cli.comparison.json_changes import canonical, differences, is_vector, same

values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2, width=16) | st.text("ab.[", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.[", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, [("x.a", 1, True)]),
        ({"a": 1}, {"a": 2}, [("x.a", 1, 2)]),
        ({"a": 1}, {"b": 1}, [("x.a", 1, ABSENT), ("x.b", ABSENT, 1)]),
        ({"a b": {"c": None}}, {"a b": {"c": 0}}, [('x["a b"].c', None, 0)]),
        ([1, 2, 3], [1, 3], [("x[1]", 2, ABSENT)]),
        ([1, 2, 3], [0, 1, 2, 3], [("x[0]", ABSENT, 0)]),
        ([{"a": 1}, {"b": 2}], [{"a": 1}, {"b": 3}], [("x[1].b", 2, 3)]),
        ([], {}, [("x", [], {})]),
        ("1", 1, [("x", "1", 1)]),
        ([0.5] * 20, [0.5] * 19 + [0.25], [("x", [0.5] * 20, [0.5] * 19 + [0.25])]),
    ],
)
def test_where_values_differ(old: Any, new: Any, found: list[Any]) -> None:
    assert [(each.where, each.old, each.new) for each in differences(old, new, "x")] == found


def test_an_object_that_only_one_side_has_is_told_field_by_field() -> None:
    found = differences(ABSENT, {"a": {"b": 1, "c": 2}}, "x", spread=True)

    assert [(each.where, each.keys) for each in found] == [("x.a.b", ("a", "b")), ("x.a.c", ("a", "c"))]


@given(values)
def test_a_value_differs_in_nothing_from_itself(value: Any) -> None:
    assert list(differences(value, deepcopy(value), "x")) == []


@given(values, values)
def test_values_that_differ_differ_somewhere(old: Any, new: Any) -> None:
    assert (list(differences(old, new, "x")) == []) == (canonical(old) == canonical(new)) == same(old, new)


def test_depth_has_no_end() -> None:
    old: Any = 1
    new: Any = 2
    for _ in range(5_000):
        old, new = [old], [new]

    assert [each.where for each in differences(old, new, "x")] == ["x" + "[0]" * 60]
    assert list(differences(old, old, "x")) == []


def test_vectors() -> None:
    assert is_vector([1.5] * 17, [1] * 17)
    assert not is_vector([1.5] * 16)
    assert not is_vector([True] * 17)
    assert not is_vector({"a": 1})
