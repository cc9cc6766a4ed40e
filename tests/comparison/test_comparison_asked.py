"""Prompts compared: messages, tools and parameters, each change with its place."""

from typing import Any

import pytest
from comparing import GONE, Short, asking, between
from handmade import prompt_of, said

from cassette_cli.conversation import Prompt, Tool, ToolCall, ToolCallResponse

ADD = Tool("add", "Add numbers", {"type": "object", "properties": {"a": {"type": "integer"}}})
SEARCH = Tool(None, kind="web_search")
HI = said("user", "hi")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (prompt_of(HI), prompt_of(HI), []),
        (prompt_of(HI), prompt_of(said("user", "h", "i")), []),
        (
            prompt_of(HI),
            prompt_of(said("user", "ho")),
            [("request", "request.messages[0].text", "hi", "ho")],
        ),
        (
            prompt_of(HI),
            prompt_of(said("system", "be kind"), HI),
            [("request", "request.messages[0]", GONE, said("system", "be kind"))],
        ),
        (
            prompt_of(HI, said("assistant", "ho"), said("user", "ha")),
            prompt_of(HI, said("user", "ha")),
            [("request", "request.messages[1]", said("assistant", "ho"), GONE)],
        ),
        (
            prompt_of(HI, model="m-1"),
            prompt_of(HI, model="m-2"),
            [("behaviour", "request.model", "m-1", "m-2")],
        ),
        (
            prompt_of(HI, parameters={"max_tokens": 5, "tool_choice": {"type": "auto"}}),
            prompt_of(HI, parameters={"tool_choice": {"type": "any"}, "top_p": 1}),
            [
                ("request", "request.parameters.max_tokens", 5, GONE),
                ("request", "request.parameters.tool_choice.type", "auto", "any"),
                ("request", "request.parameters.top_p", GONE, 1),
            ],
        ),
        (
            prompt_of(HI, tools=(ADD,)),
            prompt_of(HI, tools=(Tool("add", "Add two numbers", {"type": "object", "properties": {}}), SEARCH)),
            [
                ("request", "request.tools.add.description", "Add numbers", "Add two numbers"),
                ("request", "request.tools.add.parameters.properties.a", {"type": "integer"}, GONE),
                ("request", "request.tools.web_search", GONE, SEARCH),
            ],
        ),
        (
            prompt_of(HI, tools=(ADD, SEARCH)),
            prompt_of(HI, tools=(SEARCH, ADD)),
            [("request", "request.tools", ["add", "web_search"], ["web_search", "add"])],
        ),
    ],
)
def test_changes(old: Prompt, new: Prompt, found: list[Short]) -> None:
    assert between(asking(old), asking(new)) == found


def conversation(call: str | None, response: str | None, **arguments: Any) -> Prompt:
    text = '{"a": 1}'
    return prompt_of(
        HI,
        said("assistant", ToolCall(call, "add", {"a": 1}, text)),
        said("tool", ToolCallResponse(response, "2")),
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (("c1", "c1"), ("c1", "c1"), []),
        (
            ("c1", "c1"),
            ("x9", "x9"),
            [
                ("cosmetic", "request.messages[1].tool_calls[0].id", "c1", "x9"),
                ("cosmetic", "request.messages[2].tool_call_responses[0].id", "c1", "x9"),
            ],
        ),
        (
            ("c1", "c1"),
            ("x9", "c1"),
            [
                ("cosmetic", "request.messages[1].tool_calls[0].id", "c1", "x9"),
                ("request", "request.messages[2].tool_call_responses[0].id", "c1", "c1"),
            ],
        ),
        (("c1", "c1"), (None, "c1"), [("request", "request.messages[1].tool_calls[0].id", "c1", None)]),
    ],
)
def test_ids_of_calls(old: tuple[str, str], new: tuple[str, str], found: list[Short]) -> None:
    assert between(asking(conversation(*old)), asking(conversation(*new))) == found
