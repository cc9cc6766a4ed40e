"""Events taken apart around their pieces: put together again they are what they were."""

from typing import Any

import pytest

from cassette_cli.document import from_json
from cassette_cli.rechunking.payload import Copy, Spot, statics, taken_apart
from cassette_cli.rechunking.rules import CHAT, DEFAULT, Rules

TEXT = '{ "id": 1 , "choices" : [ { "delta" : { "role" : "assistant", "content" : "ab" }, "x": [1] } ] }'
SPOTS = [Spot(("choices", 0, "delta", "content"))]
HERE = frozenset({0})
NONE = frozenset[int]()


def written(text: str, copy: Copy, rules: Rules = CHAT, spots: Any = None) -> str:
    segments = taken_apart(text, from_json.parse(text), spots or SPOTS).written(rules, copy)
    return "".join(segment if isinstance(segment, str) else "<>" for segment in segments)


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (Copy(HERE, HERE, HERE, True), TEXT.replace('"ab"', "<>")),
        (
            Copy(HERE, HERE, NONE, True),
            '{ "id": 1 , "choices" : [ { "delta" : { "role" : "assistant", "content" : <> } } ] }',
        ),
        (Copy(HERE, NONE, NONE, False), '{ "id": 1 , "choices" : [ { "delta" : { "content" : <> } } ] }'),
        (
            Copy(HERE, NONE, HERE, False),
            '{ "id": 1 , "choices" : [ { "delta" : { "content" : <> }, "x": [1] } ] }',
        ),
    ],
    ids=["all", "first", "between", "last"],
)
def test_what_belongs_to_a_piece(copy: Copy, expected: str) -> None:
    assert written(TEXT, copy) == expected


def test_a_copy_without_anything_is_an_empty_object() -> None:
    assert written(TEXT, Copy(NONE, NONE, NONE, False), DEFAULT) == '{ "id": 1 }'


def test_all_that_is_no_piece() -> None:
    inner = taken_apart(TEXT, from_json.parse(TEXT), SPOTS)

    assert [(each.route, each.value) for each in statics(inner)] == [
        (("id",), "1"),
        (("choices", 0, "delta", "role"), '"assistant"'),
        (("choices", 0, "x"), "[1]"),
    ]
