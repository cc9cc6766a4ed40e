"""Requests of interactions: https://ai.google.dev/api/interactions-api

    {"model": "gemini-3-flash-preview", "system_instruction": "You are terse.", "stream": true,
     "input": [{"type": "user_input", "content": [{"type": "text", "text": "Add 2 and 3"}]},
               {"type": "function_call", "id": "c1", "name": "add", "arguments": {"a": 2, "b": 3}},
               {"type": "function_result", "call_id": "c1", "name": "add", "result": "5"}],
     "tools": [{"type": "function", "name": "add", "parameters": {...}}, {"type": "google_search"}]}

The input may also be a text, a content, contents, or turns as they were until June 2026.
"""

from collections.abc import Iterable

from cassette_cli.conversation import Json, Message, Prompt, Text, Tool
from cassette_cli.protocols.base import ReplyBuilder, list_at, text_at, without
from cassette_cli.protocols.google_interactions.steps import StepsReader

TOOL = ("type", "name", "description", "parameters")


def prompt(request: Json) -> Prompt:
    """The request read; one that is no JSON object gives an empty prompt."""
    read = {name for name in ("model", "system_instruction") if text_at(request, name) is not None}
    messages = []
    if "system_instruction" in read:
        messages.append(Message("system", (Text(request["system_instruction"]),)))
    if isinstance(request, dict) and isinstance(request.get("input"), str | list | dict):
        read.add("input")
        messages += _messages(request["input"])
    if list_at(request, "tools"):
        read.add("tools")
    return Prompt(
        model=text_at(request, "model"),
        messages=tuple(messages),
        tools=tuple(_tool(tool) for tool in list_at(request, "tools")),
        parameters=without(request, read),
    )


def _messages(value: Json) -> list[Message]:
    """The messages of an input; a text is one of the user's."""
    items = value if isinstance(value, list) else [value]
    if any(text_at(item, "role") for item in items):
        return [message for item in items for message in _turn(item)]
    return _read(items, "user")


def _turn(value: Json) -> list[Message]:
    content = value.get("content") if isinstance(value, dict) else value
    return _read(content if isinstance(content, list) else [content], text_at(value, "role") or "user")


def _read(items: Iterable[Json], speaker: str) -> list[Message]:
    out = ReplyBuilder()
    reader = StepsReader(out, speaker)
    for item in items:
        reader.start(0, None, {"type": "text", "text": item} if isinstance(item, str) else item, ())
    reader.close(streamed=False)
    return list(out.build().reply.messages)


def _tool(tool: Json) -> Tool:
    kind = text_at(tool, "type")
    return Tool(
        text_at(tool, "name"),
        text_at(tool, "description"),
        tool.get("parameters") if isinstance(tool, dict) else None,
        kind=None if kind == "function" else kind,
        extra=without(tool, TOOL) or None,
    )
