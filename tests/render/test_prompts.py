"""Tools and parameters of a request, in short and in full."""

from typing import Any

import pytest
from handmade import prompt_of, text_of

from cassette_cli.conversation import Json, Tool
from cassette_cli.render.prompts import parameter_lines, parameters_shown, tool_lines

CITY = {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"]}
TOOLS = [
    Tool("weather", "What the weather is.\nNever call it twice.", CITY, extra={"strict": True}),
    Tool("now"),
    Tool("web_search", kind="web_search_20250305", parameters=None),
    Tool(None, kind="code_interpreter"),
    Tool(None),
]


def test_tools_are_named() -> None:
    assert (
        text_of(tool_lines(TOOLS, 3, full=False)) == "   tools  weather, now, web_search, code_interpreter, (no name)\n"
    )
    assert text_of(tool_lines([], 0, full=False)) == "tools  none\n"


def test_tools_in_full() -> None:
    assert text_of(tool_lines(TOOLS, 0, full=True)).splitlines() == [
        "tools",
        "  weather(city: string, days?: integer)",
        "    What the weather is.",
        "    Never call it twice.",
        '    also {"strict": true}',
        "  now()",
        "  web_search  web_search_20250305",
        "  code_interpreter",
        "  (no name)()",
    ]


@pytest.mark.parametrize(
    ("parameters", "shown"),
    [
        ({"temperature": 0, "stream": True, "stop": None, "tools": [], "metadata": {"a": 1}}, {"temperature": 0}),
        ({"stream_options": {"include_usage": True}, "user": "u"}, {}),
        ({"parallel_tool_calls": False, "tool_choice": "auto"}, {"parallel_tool_calls": False, "tool_choice": "auto"}),
    ],
)
def test_parameters_worth_seeing(parameters: dict[str, Json], shown: dict[str, Json]) -> None:
    prompt = prompt_of(parameters=parameters)

    assert parameters_shown(prompt, full=False) == shown
    assert parameters_shown(prompt, full=True) == parameters


SCHEMA = {"type": "json_schema", "json_schema": {"name": "person", "strict": True, "schema": CITY}}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.7, "p=0.7"),
        ("auto", 'p="auto"'),
        ({"type": "enabled", "budget_tokens": 4000}, 'p={"type": "enabled", "budget_tokens": 4000}'),
        (CITY, "p={city: string, days?: integer}"),
        (
            SCHEMA,
            'p={type: "json_schema", json_schema: '
            '{name: "person", strict: true, schema: {city: string, days?: integer}}}',
        ),
        ("x" * 2000, "p=<2,000 characters>"),
        (["word " * 9] * 12, "p=[12 items]"),
        (
            {"think": {"budget": 4000, "how": "y" * 40}, "max": 1},
            f'p={{think: {{budget: 4000, how: "{"y" * 40}"}}, max: 1}}',
        ),
        ({"a": {"b": {"c": "y" * 80}, "d": CITY}}, "p={a: {b: {1 field}, d: {city: string, days?: integer}}}"),
        ({str(number): "word" * 9 for number in range(9)}, "p={9 fields}"),
    ],
)
def test_parameters_in_short(value: Any, shown: str) -> None:
    assert text_of(parameter_lines({"p": value}, 0, full=False)) == f"with  {shown}\n"


def test_parameters_in_full() -> None:
    assert text_of(parameter_lines({"temperature": 0, "format": SCHEMA, "stop": None}, 0, full=True)).splitlines() == [
        "parameters",
        "  temperature = 0",
        "  format = {",
        '    "type": "json_schema",',
        '    "json_schema": {',
        '      "name": "person",',
        '      "strict": true,',
        '      "schema": {',
        '        "type": "object",',
        '        "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},',
        '        "required": ["city"]',
        "      }",
        "    }",
        "  }",
        "  stop = null",
    ]
