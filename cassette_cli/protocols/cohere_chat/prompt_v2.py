"""Requests of Cohere's chat, version 2.

https://docs.cohere.com/reference/chat

    {"model": "command-a-03-2025", "documents": [...], "messages": [
       {"role": "user", "content": [{"type": "text", "text": "Add."}]},
       {"role": "assistant", "tool_plan": "I will add.", "tool_calls": [{"id": "add_1", "function": {...}}]},
       {"role": "tool", "tool_call_id": "add_1", "content": [{"type": "document", "document": {"data": "5"}}]}],
     "tools": [{"type": "function", "function": {"name": "add", "parameters": {...}}}]}
"""

from cassette_cli.conversation import Json, Message, Part, Prompt, Reasoning, Text, ToolCallResponse, Unknown
from cassette_cli.protocols.base import ReplyBuilder, at, list_at, text_at, without
from cassette_cli.protocols.cohere_chat.message_v2 import MessageReader
from cassette_cli.protocols.shared import chat
from cassette_cli.protocols.shared.chat.content import content_part


def prompt(request: Json) -> Prompt:
    """The request read."""
    read = {"model"} if text_at(request, "model") is not None else set()
    read |= {name for name in ("messages", "tools") if isinstance(at(request, name), list)}
    return Prompt(
        model=text_at(request, "model"),
        messages=tuple(_message(message) for message in list_at(request, "messages")),
        tools=chat.prompt({"tools": list_at(request, "tools")}).tools,
        parameters=without(request, read),
    )


def _message(value: Json) -> Message:
    if not isinstance(value, dict):
        return Message(None, (Unknown(None, value),))
    role, content = text_at(value, "role"), value.get("content")
    parts = _parts(content)
    if role == "assistant":
        return _of_assistant(value)
    if role == "tool":
        response = content if isinstance(content, str) else parts
        result = ToolCallResponse(text_at(value, "tool_call_id"), response)
        return Message(role, (result,), extra=without(value, ("role", "content", "tool_call_id")) or None)
    return Message(role, parts, extra=without(value, ("role", "content")) or None)


def _of_assistant(value: dict[str, Json]) -> Message:
    """A reply that is sent back."""
    out = ReplyBuilder()
    MessageReader(out, out.message(), streamed=False).whole(0, value, ())
    return out.build().reply.messages[0]


def _parts(content: Json) -> tuple[Part, ...]:
    if content is None or content == "":
        return ()
    if isinstance(content, str):
        return (Text(content),)
    if isinstance(content, list):
        return tuple(Text(item) if isinstance(item, str) else _part(item) for item in content)
    return (Unknown(None, content),)


def _part(item: Json) -> Part:
    kind = text_at(item, "type")
    if kind == "thinking" and (thinking := text_at(item, "thinking")) is not None:
        return Reasoning(thinking)
    data = text_at(item, "document", "data")
    if kind == "document" and data is not None:
        return Text(data)
    return content_part(item)
