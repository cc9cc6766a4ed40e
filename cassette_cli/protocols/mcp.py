"""The Model Context Protocol over HTTP: JSON-RPC, answered plain or as server-sent events.

https://modelcontextprotocol.io/specification/2025-06-18/basic/transports

    POST /mcp
    {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "add", "arguments": {"a": 2, "b": 3}}}

    event: message
    data: {"jsonrpc": "2.0", "id": 2, "result": {"content": [{"type": "text", "text": "5"}], "isError": false}}

No model speaks here, but the tools that a model has. A call of a tool is a message of the assistant, its result one of
the tool; what else is asked stands in the prompt's parameters, and what else is answered is kept whole.
"""

from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reading,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.protocols.base import (
    Call,
    Event,
    ReplyBuilder,
    at,
    json_text,
    list_at,
    text_at,
    tool_arguments,
    without,
)
from cassette_cli.protocols.shared.media import of_base64

NAME = "mcp"

# What results are by a field of theirs; which method they answer is known to the request alone.
RESULTS = {
    "protocolVersion": "initialize",
    "tools": "tools",
    "prompts": "prompts",
    "messages": "prompt",
    "resources": "resources",
    "contents": "resource",
    "completion": "completion",
}


def matches(call: Call) -> bool:
    """By JSON-RPC that is MCP's by its methods or results, or that lies under a path that ends in /mcp."""
    messages = [message for body in (call.request, call.response) for message in _messages(body)]
    if not any(text_at(message, "jsonrpc") == "2.0" for message in messages):
        return False
    return call.path.rstrip("/").endswith("/mcp") or any(_is_mcp(message) for message in messages)


def _is_mcp(message: Json) -> bool:
    method = text_at(message, "method") or ""
    if method.startswith(("tools/", "resources/", "prompts/", "sampling/", "elicitation/", "notifications/")):
        return True
    return text_at(message, "params" if method == "initialize" else "result", "protocolVersion") is not None


def _messages(body: Json) -> list[Json]:
    """JSON-RPC sends one object, or a list of them at once."""
    return body if isinstance(body, list) else [body]


def prompt(request: Json) -> Prompt:
    """The request read: calls of tools are messages, and what else is asked are parameters."""
    asked = _messages(request)
    calls = [message for message in asked if text_at(message, "method") == "tools/call"]
    rest = [without(message, ("jsonrpc", "id", *(["params"] if message in calls else []))) for message in asked]
    return Prompt(
        messages=tuple(Message("assistant", (_call(message),)) for message in calls),
        parameters=rest[0] if len(rest) == 1 else {"messages": rest},
    )


def _call(message: Json) -> ToolCall:
    arguments = at(message, "params", "arguments")
    text = "" if arguments is None else json_text(arguments)
    return ToolCall(_id(message), text_at(message, "params", "name"), tool_arguments(text), text)


def _id(message: Json) -> str | None:
    id_ = at(message, "id")
    return None if id_ is None else str(id_)


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    out = ReplyBuilder()
    for event in events:
        if event.type == "ping" or (streamed and not event.text.strip()):
            out.use(event.number)
            continue
        if not event.is_json and not streamed:
            continue  # a page, which is no reply
        out.use(event.number)
        messages = _messages(event.value)
        if not all(text_at(message, "jsonrpc") == "2.0" for message in messages):
            out.unknown(event)
            continue
        for place, message in enumerate(messages):
            _read_message(out, event.number, place, message, streamed=streamed)
    return out.build()


def _read_message(out: ReplyBuilder, event: int, place: int, message: Json, *, streamed: bool) -> None:
    error, result = at(message, "error"), at(message, "result")
    if error:
        out.error = out.error or error
        if streamed:
            out.report(Code.ERROR_EVENT, event, "the server answers with an error")
    elif isinstance(at(result, "content"), list):
        response = ToolCallResponse(_id(message), tuple(_part(part) for part in list_at(result, "content")))
        out.message().role = "tool"
        out.message().put((event, place), response)
        for name, item in without(result, ("content",)).items():
            out.message().keep(name, item)
    elif text_at(message, "method") is not None:
        out.message().put((event, place), Unknown(message["method"], without(message, ("jsonrpc", "method"))))
    else:
        kind = next((kind for field, kind in RESULTS.items() if at(result, field) is not None), None)
        out.message().put((event, place), Unknown(kind, result))


def _part(part: Json) -> Part:
    kind, text, data = text_at(part, "type"), text_at(part, "text"), text_at(part, "data")
    if kind == "text" and text is not None:
        return Text(text)
    if kind in ("image", "audio") and data is not None:
        return of_base64(kind, data, text_at(part, "mimeType"))
    uri = text_at(part, "uri")
    if kind == "resource_link" and uri is not None:
        return Media("file", text_at(part, "mimeType"), uri=uri)
    return Unknown(kind, part)
