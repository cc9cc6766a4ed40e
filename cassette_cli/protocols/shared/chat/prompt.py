"""Requests of chat completions.

https://platform.openai.com/docs/api-reference/chat/create

    {"model": "m", "max_tokens": 4000, "messages": [
       {"role": "system", "content": "You are terse."},
       {"role": "user", "content": [{"type": "text", "text": "Add."}, {"type": "image_url", "image_url": {...}}]},
       {"role": "assistant", "tool_calls": [{"id": "c1", "function": {"name": "f", "arguments": "{}"}}]},
       {"role": "tool", "tool_call_id": "c1", "content": "5"}],
     "tools": [{"type": "function", "function": {"name": "f", "description": "...", "parameters": {...}}}]}

What tells the roles apart stays as sent ("system", "developer", "user" ...); a tool's answer is a
`tool_call_response` part of a message of role "tool".
"""

from cassette_cli.conversation import Json, Message, Part, Prompt, Text, Tool, ToolCallResponse, Unknown
from cassette_cli.protocols.base import MessageBuilder, ReplyBuilder, list_at, text_at, without
from cassette_cli.protocols.shared.chat.content import content_part
from cassette_cli.protocols.shared.chat.message import TEXT, MessageReader

# Where each list of a request goes; one that is no list stays among the parameters.
LISTS = ("messages", "tools", "functions")
# What a media part says of its bytes, which `Media` says already.
PART_FIELDS = ("url", "data", "format", "file_data", "file_id")


def prompt(request: Json) -> Prompt:
    """The request read; one that is no JSON object gives an empty prompt."""
    read = {"model"} if text_at(request, "model") is not None else set()
    read |= {name for name in LISTS if isinstance(request, dict) and isinstance(request.get(name), list)}
    return Prompt(
        model=text_at(request, "model"),
        messages=tuple(_message(message) for message in list_at(request, "messages")),
        tools=tuple(
            [_tool(tool) for tool in list_at(request, "tools")]
            + [_function(function, {}) for function in list_at(request, "functions")]
        ),
        parameters=without(request, read),
    )


def _message(value: Json) -> Message:
    if not isinstance(value, dict):
        return Message(None, (Unknown(None, value),))
    out = ReplyBuilder()
    builder = out.message()
    reader = MessageReader(out, builder, streamed=False)
    if value.get("role") in ("tool", "function"):
        _result(builder, value)
        reader.read(0, without(value, ("content", "tool_call_id", "name")), ())
    else:
        for place, part in enumerate(_content(value.get("content"))):
            builder.put(("content", place), part, TEXT)
        reader.read(0, without(value, ("content",)), ())
    _keep_part_fields(builder, value.get("content"))
    for name, item in value.items():
        if item is False or (item == 0 and not isinstance(item, bool)):  # the reader of replies passes these over
            builder.keep(name, item)
    reader.close()
    return out.build().reply.messages[0]


def _result(builder: MessageBuilder, value: dict[str, Json]) -> None:
    content = value.get("content")
    response = content if isinstance(content, str) else _content(content)
    id_ = text_at(value, "tool_call_id")
    builder.put("result", ToolCallResponse(id_, response, text_at(value, "name")), TEXT)


def _content(content: Json) -> tuple[Part, ...]:
    if content is None or content == "":
        return ()
    if isinstance(content, str):
        return (Text(content),)
    if isinstance(content, list):
        return tuple(Text(item) if isinstance(item, str) else content_part(item) for item in content)
    return (Unknown(None, content),)


def _keep_part_fields(builder: MessageBuilder, content: Json) -> None:
    """What else a part bears (cache_control, an image's detail), under the part's place in `content`."""
    for place, item in enumerate(list_at(content)):
        if not isinstance(item, dict) or isinstance(content_part(item), Unknown):
            continue
        kind = text_at(item, "type") or ""
        said = ("type", "text", kind, "signature" if kind == "thinking" else "")
        rest = without(item, said) | without(item.get(kind), PART_FIELDS)
        if rest:
            builder.keep("content", {str(place): rest})


def _tool(tool: Json) -> Tool:
    kind = text_at(tool, "type")
    if kind in ("function", "custom", None) and isinstance(tool, dict):
        inner = tool.get(kind or "function")
        rest = without(tool, ("type", kind or "function")) if isinstance(inner, dict) else {}
        if kind == "custom":
            rest = {"type": kind, **rest}
        return _function(inner if isinstance(inner, dict) else without(tool, ("type",)), rest)
    return Tool(text_at(tool, "name"), kind=kind, extra=without(tool, ("type", "name")) or None)


def _function(function: Json, rest: dict[str, Json]) -> Tool:
    known = ("name", "description", "parameters")
    return Tool(
        text_at(function, "name"),
        text_at(function, "description"),
        function.get("parameters") if isinstance(function, dict) else None,
        extra={**without(function, known), **rest} or None,
    )
