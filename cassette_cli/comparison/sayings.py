"""What messages and their parts say, as keys: equal for what says the same, without ids and signatures."""

from collections.abc import Hashable, Iterable, Sequence

from cassette_cli.comparison.json_changes import canonical
from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.protocols.base import parse_json


def message_key(message: Message) -> Hashable:
    """What a message says, however its text is cut into parts."""
    speaker = "assistant" if message.role == "model" else message.role
    return speaker, tuple(part_key(part) for part in merged(message.parts))


def part_key(part: Part) -> Hashable:
    """What a part says."""
    match part:
        case Text(content) | Refusal(content) | Reasoning(content):
            return type(part).__name__, content
        case ToolCall() | ServerToolCall():
            return call_key(part)
        case ToolCallResponse(_, response):
            return "response", response if isinstance(response, str) else tuple(map(part_key, response))
        case ServerToolCallResponse(_, response, kind):
            return "server response", kind, canonical(response)
        case Media(modality, media_type, size, uri, transcript):
            return modality, media_type, size, uri, transcript
        case Unknown(kind, data):
            return "unknown", kind, canonical(data)


def call_key(call: ToolCall | ServerToolCall) -> tuple[str | None, str]:
    """A call's name and arguments."""
    return call.name, call.arguments_text.strip() if call.arguments is None else canonical(call.arguments)


def merged(parts: Iterable[Part]) -> Sequence[Part]:
    """Parts with those texts, and those thoughts, as one that follow each other: where a text is cut says nothing. A
    text without a character is none."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if isinstance(part, Text) and isinstance(before, Text):
            found[-1] = Text(before.content + part.content, before.annotations + part.annotations)
        elif isinstance(part, Reasoning) and isinstance(before, Reasoning):
            found[-1] = Reasoning(
                before.content + part.content,
                _joined(before.signature, part.signature),
                _joined(before.encrypted, part.encrypted),
            )
        elif not (isinstance(part, Text) and not part.content and not part.annotations):
            found.append(part)
    return found


def _joined(one: str | None, other: str | None) -> str | None:
    return "".join(filter(None, (one, other))) or None


def structured(text: str) -> Json:
    """The JSON object or list that a text is, None for any other text."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    value, is_json = parse_json(text)
    return value if is_json and isinstance(value, dict | list) else None
