"""JSON Schema in few words."""

import pytest

from cassette_cli.conversation import Json
from cassette_cli.render.signature import fields, type_of


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        ({"type": "string"}, "string"),
        ({"type": "STRING"}, "string"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"enum": ["celsius", "fahrenheit"]}, '"celsius" | "fahrenheit"'),
        ({"const": 1}, "1"),
        ({"type": "array", "items": {"type": "integer"}}, "integer[]"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, '("a" | "b")[]'),
        ({"type": "array"}, "any[]"),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, "number | null"),
        ({"allOf": [{"$ref": "#/$defs/A"}, {"type": "object"}]}, "A & object"),
        ({"type": "object"}, "object"),
        ({"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]}, "{x: number}"),
        ({"type": "array", "items": {"type": "object", "properties": {"x": {}}}}, "{x?: any}[]"),
        ({}, "any"),
        (None, "any"),
        (True, "any"),
        ("string", "any"),
        ({"type": {"odd": 1}}, "any"),
        ({"type": [["a"], None]}, "any | any"),
        ({"anyOf": "odd", "enum": "odd", "$ref": 3, "type": "string"}, "string"),
    ],
)
def test_types(schema: Json, shown: str) -> None:
    assert type_of(schema) == shown


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        (
            {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}, "required": ["a"]},
            "a: integer, b?: string",
        ),
        ({"properties": {"a": {}}, "required": None}, "a?: any"),
        ({"type": "object"}, ""),
        ({"properties": ["odd"]}, ""),
        (None, ""),
    ],
)
def test_fields(schema: Json, shown: str) -> None:
    assert fields(schema) == shown


def test_a_schema_without_end_is_hinted_at() -> None:
    schema: Json = {"type": "string"}
    for _ in range(500):
        schema = {"type": "object", "properties": {"next": schema}, "anyOf": None}

    assert type_of(schema) == "{next?: {next?: {next?: {…}}}}"
    assert type_of({"anyOf": [{"anyOf": [schema]}]}).endswith("}")
