"""Requests of Cohere's chat, version 1.

https://docs.cohere.com/v1/reference/chat

    {"model": "command-r", "preamble": "You are terse.", "message": "And 3?",
     "chat_history": [{"role": "USER", "message": "2?"}, {"role": "CHATBOT", "message": "Two."}],
     "tools": [{"name": "add", "description": "...", "parameter_definitions": {"a": {"type": "int"}}}],
     "tool_results": [{"call": {"name": "add", "parameters": {"a": 2}}, "outputs": [{"sum": 5}]}]}

Its roles are those of other APIs under other names, and are shown under those; a reply has none at all.
"""

from collections.abc import Iterator

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Tool, ToolCall, ToolCallResponse, Unknown
from cassette_cli.protocols.base import at, json_text, list_at, text_at, without

ROLES = {"USER": "user", "CHATBOT": "assistant", "SYSTEM": "system", "TOOL": "tool"}
# Where each list of a request goes; one that is no list stays among the parameters.
LISTS = ("chat_history", "tools", "tool_results")
TEXTS = ("model", "message", "preamble")


def prompt(request: Json) -> Prompt:
    """The request read, in the order of the conversation."""
    texts = {name: text for name in TEXTS if (text := text_at(request, name)) is not None}
    read = [*texts, *(name for name in LISTS if isinstance(at(request, name), list))]
    return Prompt(
        model=texts.get("model"),
        messages=tuple(_messages(request, texts)),
        tools=tuple(_tool(tool) for tool in list_at(request, "tools")),
        parameters=without(request, read),
    )


def _messages(request: Json, texts: dict[str, str]) -> Iterator[Message]:
    if texts.get("preamble"):
        yield Message("system", (Text(texts["preamble"]),))
    for entry in list_at(request, "chat_history"):
        yield _message(entry)
    if texts.get("message"):
        yield Message("user", (Text(texts["message"]),))
    if results := list_at(request, "tool_results"):
        yield Message("tool", tuple(_result(result) for result in results))


def _message(entry: Json) -> Message:
    if not isinstance(entry, dict):
        return Message(None, (Unknown(None, entry),))
    role, text = text_at(entry, "role"), text_at(entry, "message")
    parts: list[Part] = [Text(text)] if text else []
    parts += [tool_call(call) for call in list_at(entry, "tool_calls")]
    parts += [_result(result) for result in list_at(entry, "tool_results")]
    rest = without(entry, ("role", "message", "tool_calls", "tool_results"))
    return Message(ROLES.get(role, role) if role else None, tuple(parts), extra=rest or None)


def tool_call(call: Json) -> ToolCall:
    """A call, which has no id, and arguments as JSON."""
    arguments = at(call, "parameters")
    return ToolCall(None, text_at(call, "name"), arguments, "" if arguments is None else json_text(arguments))


def _result(result: Json) -> ToolCallResponse:
    return ToolCallResponse(None, json_text(at(result, "outputs")), text_at(result, "call", "name"))


def _tool(tool: Json) -> Tool:
    known = ("name", "description", "parameter_definitions")
    return Tool(
        text_at(tool, "name"),
        text_at(tool, "description"),
        at(tool, "parameter_definitions"),
        extra=without(tool, known) or None,
    )
