"""Ollama's chat.

https://docs.ollama.com/api/chat

    POST /api/chat
    {"model": "gemma3", "messages": [{"role": "user", "content": "Hi"}], "options": {"temperature": 0}}

    {"model":"gemma3","created_at":"...","message":{"role":"assistant","content":"Hello"},"done":false}
    {"model":"gemma3","created_at":"...","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
"""

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, ToolCallResponse, Unknown
from cassette_cli.protocols.base import Call, ReplyBuilder, at, list_at, text_at, without
from cassette_cli.protocols.shared import chat
from cassette_cli.protocols.shared.ollama import MessageReader, images_of, read

NAME = "ollama.chat"

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request. Other applications
    have a path /api/chat, too."""
    if isinstance(at(call.response, "message"), dict):
        return isinstance(at(call.response, "done"), bool) and text_at(call.response, "model") is not None
    if call.response is not None and not at(call.response, "error"):
        return False
    asks = text_at(call.request, "model") is not None and isinstance(at(call.request, "messages"), list)
    return asks and call.path.rstrip("/").endswith("/api/chat")


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
    if value.get("role") == "tool":
        return _result(value)
    out = ReplyBuilder()
    MessageReader(out, out.message()).read(0, value, ())
    return out.build().reply.messages[0]


def _result(value: dict[str, Json]) -> Message:
    """A tool's answer, which names the tool, and in newer versions the call."""
    known = ("role", "content", "images", "tool_name", "name", "tool_call_id")
    content = value.get("content")
    response: str | tuple[Part, ...] = content if isinstance(content, str) else (Unknown(None, content),)
    if images := value.get("images"):
        response = (*([Text(response)] if isinstance(response, str) else response), *images_of(images))
    name = text_at(value, "tool_name") or text_at(value, "name")
    part = ToolCallResponse(text_at(value, "tool_call_id"), response, name)
    return Message("tool", (part,), extra=without(value, known) or None)
