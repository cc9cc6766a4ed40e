"""The parts of messages as JSON, with the names of OpenTelemetry's GenAI conventions, and the tools offered."""

from cassette_cli.conversation import (
    Json,
    Media,
    Part,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
)


def part_json(part: Part) -> dict[str, Json]:
    """A part of a message: its `type`, then its fields."""
    match part:
        case Text(content, annotations, signature):
            said: dict[str, Json] = {"type": "text", "content": content}
            return said | ({"annotations": list(annotations)} if annotations else {}) | _signed(signature)
        case Reasoning(content, signature, encrypted):
            return {"type": "reasoning", "content": content, "signature": signature, "encrypted": encrypted}
        case Refusal(content):
            return {"type": "refusal", "content": content}
        case ToolCall() | ServerToolCall():
            return _call(part)
        case ToolCallResponse(id_, response, name):
            answer = response if isinstance(response, str) else [part_json(inner) for inner in response]
            return {"type": "tool_call_response", "id": id_, "name": name, "response": answer}
        case ServerToolCallResponse(id_, response, kind):
            return {"type": "server_tool_call_response", "id": id_, "kind": kind, "response": response}
        case Media(modality, media_type, size, uri, transcript):
            held: dict[str, Json] = {"type": modality, "media_type": media_type, "size": size, "uri": uri}
            return held | {"transcript": transcript} if transcript is not None else held
        case Unknown(kind, data):
            return {"type": "unknown", "kind": kind, "data": data}


def _call(part: ToolCall | ServerToolCall) -> dict[str, Json]:
    called: dict[str, Json] = {
        "type": "tool_call",
        "id": part.id,
        "name": part.name,
        "arguments": part.arguments,
        "arguments_text": part.arguments_text,
    }
    if isinstance(part, ServerToolCall):
        called |= {"type": "server_tool_call", "kind": part.kind}
    return called | _signed(part.signature)


def _signed(signature: str | None) -> dict[str, Json]:
    """A signature, which most texts and calls do not bear."""
    return {} if signature is None else {"signature": signature}


def tool_json(tool: Tool) -> dict[str, Json]:
    """A tool offered to the model; only one that the provider runs has a `kind`."""
    offered: dict[str, Json] = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    if tool.kind is not None:
        offered["kind"] = tool.kind
    return offered | {"extra": tool.extra} if tool.extra else offered
