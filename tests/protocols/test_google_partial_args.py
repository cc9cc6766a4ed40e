"""Arguments streamed value by value: paths, order, and the text they become."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import Json
from cassette_cli.protocols.shared.google.partial_args import PartialArgs


def put_together(*entries: tuple[int, str, str, Json]) -> PartialArgs:
    """Entries as (event, path, kind of value, value)."""
    arguments = PartialArgs()
    for event, path, kind, value in entries:
        arguments.add(event, {"jsonPath": path, kind: value}, ("partialArgs",))
    return arguments


@pytest.mark.parametrize(
    ("paths", "meant"),
    [
        (["$.a"], {"a": "0"}),
        (["$.a.b", "$.a.c", "$.d"], {"a": {"b": "0", "c": "1"}, "d": "2"}),
        (["$.a[0]", "$.a[1]"], {"a": ["0", "1"]}),
        (["$.a[1].x", "$.a[0].x"], {"a": [{"x": "1"}, {"x": "0"}]}),
        (["$['a b'].c", '$["d.e"]', "$['it\\'s']"], {"a b": {"c": "0"}, "d.e": "1", "it's": "2"}),
        (["$[0]", "$[1]"], ["0", "1"]),
        (["$.a", "$.a"], {"a": "01"}),
        (["$.a", "$.a.b"], {"a": {"b": "1"}}),
        (["$.a[0]", "$.a.b"], {"a": {"0": "0", "b": "1"}}),
        (["$", "", "a", "$..a", "$.a[*]"], {"$": "0", "": "1", "a": "2", "$..a": "3", "$.a[*]": "4"}),
    ],
)
def test_paths(paths: list[str], meant: Json) -> None:
    arguments = put_together(*((0, path, "stringValue", str(number)) for number, path in enumerate(paths)))
    assert json.loads("".join(piece.text for piece in arguments.pieces())) == meant


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("stringValue", "", '{"a":""}'),
        ("stringValue", 'ü\n"', '{"a":"ü\\n\\""}'),
        ("stringValue", 3, '{"a":3}'),
        ("numberValue", 3, '{"a":3}'),
        ("numberValue", 0.5, '{"a":0.5}'),
        ("boolValue", False, '{"a":false}'),
        ("nullValue", "NULL_VALUE", '{"a":null}'),
        ("nullValue", None, '{"a":null}'),
        ("otherValue", 3, ""),
    ],
)
def test_values(kind: str, value: Json, text: str) -> None:
    assert "".join(piece.text for piece in put_together((0, "$.a", kind, value)).pieces()) == text


@pytest.mark.parametrize("entry", [None, 3, "x", [], {}, {"jsonPath": "$.a"}])
def test_what_is_no_value(entry: Json) -> None:
    arguments = PartialArgs()
    arguments.add(0, entry, ())
    assert arguments.pieces() == []


def test_pieces_follow_the_events() -> None:
    pieces = put_together((1, "$.a", "stringValue", "x"), (2, "$.a", "stringValue", "y"), (4, "$.b", "numberValue", 1))
    assert [(piece.event, piece.text) for piece in pieces.pieces()] == [
        (1, '{"a":"'),
        (1, "x"),
        (2, "y"),
        (4, '","b":'),
        (4, "1"),
        (4, "}"),
    ]


def test_values_out_of_order_are_one_piece() -> None:
    mixed = put_together((1, "$.a", "stringValue", "x"), (2, "$.b", "stringValue", "y"), (3, "$.a", "stringValue", "z"))
    assert mixed.pieces() == [(3, '{"a":"xz","b":"y"}', None)]


NAMES = st.sampled_from(["a", "b c", "d'e", 'f"\\g', "ü", "x.y"])
OBJECTS = st.recursive(
    st.text(max_size=4) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, OBJECTS, min_size=1), st.integers(1, 3))
def test_any_object_is_put_together_again(value: dict[str, Json], size: int) -> None:
    arguments = PartialArgs()
    event = 0

    def send(path: str, item: Json) -> None:
        nonlocal event
        if isinstance(item, dict):
            for name, inner in item.items():
                escaped = name.replace("\\", "\\\\").replace("'", "\\'")
                send(f"{path}['{escaped}']", inner)
        elif isinstance(item, list):
            for index, inner in enumerate(item):
                send(f"{path}[{index}]", inner)
        elif isinstance(item, str):
            for start in range(0, len(item), size) or [0]:
                event += 1
                arguments.add(event, {"jsonPath": path, "stringValue": item[start : start + size]}, ())
        else:
            event += 1
            kind = "nullValue" if item is None else "boolValue" if isinstance(item, bool) else "numberValue"
            arguments.add(event, {"jsonPath": path, kind: item}, ())

    send("$", value)
    pieces = arguments.pieces()
    assert json.loads("".join(piece.text for piece in pieces)) == value
    assert [piece.event for piece in pieces] == sorted(piece.event for piece in pieces)
