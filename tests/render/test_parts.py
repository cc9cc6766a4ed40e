"""Single parts, where the golden files of test_messages.py would hide what matters."""

import json

import pytest
from handmade import text_of

from cassette_cli.conversation import (
    Json,
    Media,
    Part,
    Reasoning,
    ServerToolCallResponse,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.render.parts import part_lines


def shown(part: Part, *, full: bool = False) -> list[str]:
    return text_of(part_lines(part, 0, {"c1": "add"}, full=full)).splitlines()


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        (Reasoning(""), ["reasoning  (no text)"]),
        (Reasoning("", encrypted="x" * 1200), ["reasoning  <encrypted, 1.2 kB>"]),
        (Reasoning("Hm.", encrypted="x" * 5), ["reasoning  <encrypted, 5 B>", "  Hm."]),
        (Media("file", "application/pdf", 2_000_000), ["<application/pdf, 2.0 MB>"]),
        (Media("image", uri="https://a.example/b.png"), ["<image, https://a.example/b.png>"]),
        (Media("image", uri="data:image/png;base64," + "A" * 4000), ["<image, <image/png, 3.0 kB>>"]),
        (Unknown(None, {"a": 1}), ['? unknown: {"a": 1}']),
        (Unknown("audio_token", "two\nlines"), ["? audio_token:", "  two", "  lines"]),
        (ToolCallResponse("c1", "5"), ["← add: 5"]),
        (ToolCallResponse("c2", "5"), ["← c2: 5"]),
        (ToolCallResponse("c2", "5", "mul"), ["← mul: 5"]),
        (ToolCallResponse(None, ""), ["← result: (empty)"]),
        (ToolCallResponse("c1", (Text("5"),)), ["← add: 5"]),
        (ToolCallResponse("c1", ()), ["← add"]),
        (ToolCallResponse("c1", '{"a": 1}'), ['← add: {"a": 1}']),
        (ServerToolCallResponse("c1", {"ok": True}), ['← add: {"ok": true}']),
        (
            ServerToolCallResponse(None, [{"url": "https://a.example"}], "search"),
            ["← search  1 page", "  https://a.example"],
        ),
        (ServerToolCallResponse(None, [{"url": 1}], "search"), ['← search: [{"url": 1}]']),
        (ServerToolCallResponse(None, [], None), ["← tool: []"]),
    ],
)
def test_parts_in_short(part: Part, lines: list[str]) -> None:
    assert shown(part) == lines


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        (Reasoning("", signature="s" * 10), ["reasoning  <signature, 10 B>  (no text)"]),
        (ToolCallResponse("c1", "5"), ["← add: 5  c1"]),
        (ToolCall("c1", "add", {"a": 1}, '{"a": 1}'), ["→ add(a=1)  c1"]),
        (Text("x", ({"url": "u"},)), ["x", 'annotations [{"url": "u"}]']),
    ],
)
def test_parts_in_full(part: Part, lines: list[str]) -> None:
    assert shown(part, full=True) == lines


def test_a_long_result_that_is_json_is_laid_out() -> None:
    result = json.dumps({"rows": ["x" * 40] * 2})

    assert shown(ToolCallResponse("c1", result)) == ["← add", *_laid_out("rows", ["x" * 40] * 2)]
    assert shown(ToolCallResponse("c1", "[" + "not json " * 10)) == ["← add", "  [" + ("not json " * 10).rstrip()]


def test_what_the_providers_own_tool_gave_is_cut_unless_all_is_asked_for() -> None:
    result = ServerToolCallResponse("c1", {"rows": ["x" * 40] * 50})

    assert shown(result)[-1] == "  … 42 more lines (--full shows them)"
    assert shown(result, full=True) == ["← add", *_laid_out("rows", ["x" * 40] * 50)]


def test_numbers_in_arguments_are_as_they_were_sent() -> None:
    assert shown(ToolCall("c1", "pay", {"amount": 1.5, "id": 1e20}, '{"amount": 1.50, "id": 1E20}')) == [
        "→ pay(amount=1.50, id=1E20)"
    ]


def test_arguments_that_never_were_a_text() -> None:
    assert shown(ToolCall("c1", "add", {"a": 1}, "")) == ["→ add(a=1)"]


def _laid_out(name: str, rows: Json) -> list[str]:
    return [
        "  {",
        f'    "{name}": [',
        *[f'      "{row}"{"," * (place < len(rows))}' for place, row in enumerate(rows, 1)],
        "    ]",
        "  }",
    ]
