"""Each kind of part and tool as JSON, and that the schema knows it."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import cassette_cli
from cassette_cli.conversation import (
    Media,
    Part,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.render.json_parts import part_json, tool_json

SCHEMA = json.loads((Path(cassette_cli.__file__).parent / "schemas" / "cassette.show.1.json").read_text("utf-8"))

PARTS: list[tuple[Part, dict[str, Any]]] = [
    (Text("hi"), {"type": "text", "content": "hi"}),
    (Text("hi", ({"url": "x"},)), {"type": "text", "content": "hi", "annotations": [{"url": "x"}]}),
    (Reasoning("hm"), {"type": "reasoning", "content": "hm", "signature": None, "encrypted": None}),
    (Reasoning("", "s", "e"), {"type": "reasoning", "content": "", "signature": "s", "encrypted": "e"}),
    (Refusal("no"), {"type": "refusal", "content": "no"}),
    (
        ToolCall("c1", "add", {"a": 2}, '{"a": 2}'),
        {"type": "tool_call", "id": "c1", "name": "add", "arguments": {"a": 2}, "arguments_text": '{"a": 2}'},
    ),
    (
        ToolCall(None, None, None, '{"a'),
        {"type": "tool_call", "id": None, "name": None, "arguments": None, "arguments_text": '{"a'},
    ),
    (ToolCallResponse("c1", "5"), {"type": "tool_call_response", "id": "c1", "name": None, "response": "5"}),
    (
        ToolCallResponse("c1", (Text("5"), Media("image", "image/png", 7)), "add"),
        {
            "type": "tool_call_response",
            "id": "c1",
            "name": "add",
            "response": [
                {"type": "text", "content": "5"},
                {"type": "image", "media_type": "image/png", "size": 7, "uri": None},
            ],
        },
    ),
    (
        ServerToolCall("s1", "web_search", {}, "{}", "server_tool_use"),
        {
            "type": "server_tool_call",
            "id": "s1",
            "name": "web_search",
            "arguments": {},
            "arguments_text": "{}",
            "kind": "server_tool_use",
        },
    ),
    (
        ServerToolCallResponse("s1", [1], "web_search_tool_result"),
        {"type": "server_tool_call_response", "id": "s1", "kind": "web_search_tool_result", "response": [1]},
    ),
    (
        Media("audio", "audio/wav", None, None, "hello"),
        {"type": "audio", "media_type": "audio/wav", "size": None, "uri": None, "transcript": "hello"},
    ),
    (Unknown("odd", {"x": 1}), {"type": "unknown", "kind": "odd", "data": {"x": 1}}),
]

TOOLS: list[tuple[Tool, dict[str, Any]]] = [
    (Tool("add"), {"name": "add", "description": None, "parameters": None}),
    (
        Tool("add", "Adds", {"type": "object"}, None, {"strict": True}),
        {"name": "add", "description": "Adds", "parameters": {"type": "object"}, "extra": {"strict": True}},
    ),
    (
        Tool("search", kind="web_search_20250305"),
        {"name": "search", "description": None, "parameters": None, "kind": "web_search_20250305"},
    ),
]


def valid(kind: str, value: dict[str, Any]) -> bool:
    return Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"]}).is_valid(value)


@pytest.mark.parametrize(("part", "shape"), PARTS, ids=[type(part).__name__ for part, _ in PARTS])
def test_parts(part: Part, shape: dict[str, Any]) -> None:
    assert part_json(part) == shape
    assert valid("part", shape)
    assert not valid("part", shape | {"surprise": 1})


@pytest.mark.parametrize(("tool", "shape"), TOOLS)
def test_tools(tool: Tool, shape: dict[str, Any]) -> None:
    assert tool_json(tool) == shape
    assert valid("tool", shape)
    assert not valid("tool", shape | {"surprise": 1})
