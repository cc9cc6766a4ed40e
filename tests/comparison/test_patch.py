"""A JSON Patch makes the new value of the old one, as an implementation of RFC 6902 that is not ours applies it."""

from typing import Any

import jsonpatch
import pytest
from hypothesis import given
from test_json_changes import values

from cassette_cli.comparison.json_changes import canonical
from cassette_cli.comparison.patch import json_patch


@pytest.mark.parametrize(
    ("old", "new", "operations"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [{"op": "replace", "path": "/a", "value": 2}]),
        ({"a/b": 1}, {"~": 1}, [{"op": "remove", "path": "/a~1b"}, {"op": "add", "path": "/~0", "value": 1}]),
        ([1, 2, 3], [1, 3], [{"op": "remove", "path": "/1"}]),
        ([1, 3], [1, 2, 3, 4], [{"op": "add", "path": "/2", "value": 4}, {"op": "add", "path": "/1", "value": 2}]),
        (1, "1", [{"op": "replace", "path": "", "value": "1"}]),
        ({"a": 1}, {"a": 1.0}, [{"op": "replace", "path": "/a", "value": 1.0}]),
    ],
)
def test_operations(old: Any, new: Any, operations: list[Any]) -> None:
    assert json_patch(old, new) == operations


@given(values, values)
def test_applied_it_gives_the_new_value(old: Any, new: Any) -> None:
    # The other implementation replaces a whole document in a way of its own.
    after = jsonpatch.apply_patch({"x": old}, json_patch({"x": old}, {"x": new}))

    assert canonical(after) == canonical({"x": new})
