"""Requests of Anthropic messages.

https://docs.anthropic.com/en/api/messages

    {"model": "claude-sonnet-4-20250514", "max_tokens": 1024, "system": [{"type": "text", "text": "You are terse."}],
     "messages": [{"role": "user", "content": "Hi"}],
     "tools": [{"name": "add", "description": "...", "input_schema": {...}},
               {"type": "web_search_20250305", "name": "web_search", "max_uses": 5}]}
"""

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Tool, Unknown
from cassette_cli.protocols.base import list_at, text_at, without
from cassette_cli.protocols.shared.anthropic.blocks import rest_of, whole


def prompt(request: Json) -> Prompt:
    """The request read; one that is no JSON object gives an empty prompt."""
    read = [name for name in ("messages", "tools") if isinstance(request, dict) and isinstance(request.get(name), list)]
    model = text_at(request, "model")
    system = request.get("system") if isinstance(request, dict) else None
    messages = [_message({"role": "system", "content": system})] if system else []
    return Prompt(
        model=model,
        messages=tuple(messages + [_message(message) for message in list_at(request, "messages")]),
        tools=tuple(_tool(tool) for tool in list_at(request, "tools")),
        parameters=without(request, [*read, *(["model"] if model is not None else []), "system"]),
    )


def _message(value: Json) -> Message:
    if not isinstance(value, dict):
        return Message(None, (Unknown(None, value),))
    content = value.get("content")
    extra = without(value, ("role", "content"))
    # A block's further fields lie under its place in `content`.
    rest = {str(place): more for place, block in enumerate(list_at(content)) if (more := rest_of(block))}
    if rest:
        extra["content"] = rest
    role = text_at(value, "role")
    return Message(role, _parts(content), extra=extra or None)


def _parts(content: Json) -> tuple[Part, ...]:
    if isinstance(content, list):
        return tuple(Text(block) if isinstance(block, str) else whole(block) for block in content)
    if content is None:
        return ()
    return (Text(content),) if isinstance(content, str) else (Unknown(None, content),)


def _tool(tool: Json) -> Tool:
    kind = text_at(tool, "type")
    known = ("type", "name", "description", "input_schema")
    return Tool(
        text_at(tool, "name"),
        text_at(tool, "description"),
        tool.get("input_schema") if isinstance(tool, dict) else None,
        kind=None if kind == "custom" else kind,
        extra=without(tool, known) or None,
    )
