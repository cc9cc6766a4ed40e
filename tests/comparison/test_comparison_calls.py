"""Calls compared: aligned by order and name, arguments by path, ids by what they stand for."""

import pytest
from comparing import GONE, Short, answering, between, call
from handmade import said

from cassette_cli.conversation import Part, ServerToolCall, ServerToolCallResponse, ToolCall

WHERE = "reply.messages[0]"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([call("add", a=2, b=3)], [call("add", a=2, b=4)], [("behaviour", "tool_calls[0].arguments.b", 3, 4)]),
        (
            [call("add", a=2)],
            [call("add", a=2.0)],
            [("cosmetic", "tool_calls[0].arguments_text", '{"a": 2}', '{"a": 2.0}')],
        ),
        ([call("add", "c1")], [call("add", "c2")], [("cosmetic", "tool_calls[0].id", "c1", "c2")]),
        ([call("add", "c1")], [call("add", None)], [("behaviour", "tool_calls[0].id", "c1", None)]),
        ([call("add")], [call("sub")], [("behaviour", "tool_calls[0].name", "add", "sub")]),
        ([call("f"), call("g")], [call("g")], [("behaviour", "tool_calls[0]", call("f"), GONE)]),
        ([call("g")], [call("f"), call("g")], [("behaviour", "tool_calls[0]", GONE, call("f"))]),
        (
            [call("f", a=1), call("g", a=1)],
            [call("g", a=2), call("f", a=1)],
            [
                ("behaviour", "tool_calls[0]", GONE, call("g", a=2)),
                ("behaviour", "tool_calls[1]", call("g", a=1), GONE),
            ],
        ),
        (
            [ToolCall("c", "f", None, '{"a": ')],
            [ToolCall("c", "f", {"a": 1}, '{"a": 1}')],
            [("behaviour", "tool_calls[0].arguments_text", '{"a": ', '{"a": 1}')],
        ),
        (
            [ServerToolCall("s1", "web_search", {"query": "x"}, '{"query": "x"}', "server_tool_use")],
            [ServerToolCall("s2", "web_search", {"query": "y"}, '{"query": "y"}', "server_tool_use")],
            [
                ("cosmetic", "server_tool_calls[0].id", "s1", "s2"),
                ("behaviour", "server_tool_calls[0].arguments.query", "x", "y"),
            ],
        ),
        (
            [ServerToolCallResponse("s1", {"content": [{"url": "x", "page_age": "1 day"}]}, "result")],
            [ServerToolCallResponse("s1", {"content": [{"url": "y", "page_age": "2 days"}]}, "result")],
            [
                ("wording", "server_tool_call_responses[0].response.content[0].url", "x", "y"),
                ("cosmetic", "server_tool_call_responses[0].response.content[0].page_age", "1 day", "2 days"),
            ],
        ),
    ],
)
def test_calls(old: list[Part | str], new: list[Part | str], found: list[Short]) -> None:
    changes = between(answering(said("assistant", *old)), answering(said("assistant", *new)))

    assert changes == [(verdict, f"{WHERE}.{where}", one, other) for verdict, where, one, other in found]
