"""Messages and their parts as lines.

user
  Add and multiply the number 2 and 3

assistant
  reasoning
    The user wants both tools.
  I'll add and multiply the numbers.
  → add(a=2, b=3)
  ← add: 5

An arrow to the right is a call that goes out, one to the left is what came back.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

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
from cassette_cli.render.elision import elided, plural, size
from cassette_cli.render.json_text import STEP, flat, json_lines, read
from cassette_cli.render.lines import BLANK, Line, Piece, Style, line, paragraph

_ROLES = {
    "system": Style.SYSTEM,
    "developer": Style.SYSTEM,
    "user": Style.USER,
    "assistant": Style.ASSISTANT,
    "model": Style.ASSISTANT,
    "tool": Style.TOOL,
    "function": Style.TOOL,
}
# A call or result that fits into this many characters stays on one line.
_ROOM = 72

# Names of tools by the ids of their calls: most protocols name only the call's id in a result.
Names = Mapping[str | None, str | None]


def call_names(messages: Iterable[Message]) -> Names:
    """The tool's name for each call in some messages."""
    calls = chain.from_iterable(message.parts for message in messages)
    return {part.id: part.name for part in calls if isinstance(part, ToolCall | ServerToolCall)}


def message_lines(message: Message, indent: int, names: Names, *, full: bool, note: str = "") -> Iterator[Line]:
    """A message: its role, a note beside it, and its parts below."""
    role = message.role or "no role"
    label: Piece = (role, _ROLES.get(role, Style.STRONG))
    yield line(indent, label, (f"  {note}", Style.DIM)) if note else line(indent, label)
    shown = [part for part in message.parts if full or not _says_nothing(part)] or message.parts
    if not shown:
        yield line(indent + STEP, ("(empty)", Style.DIM))
    before: Part | None = None
    for part in shown:
        if before is not None and (_is_prose(before) or _is_prose(part)):
            yield BLANK
        yield from part_lines(part, indent + STEP, names, full=full)
        before = part
    if full and message.extra:
        yield from json_lines(message.extra, indent + STEP, (("also ", Style.DIM),))


def with_results_joined(messages: Iterable[Message]) -> Iterator[Message]:
    """Messages, those in a row that hold nothing but results of tools as one."""
    held: Message | None = None
    for message in messages:
        results = bool(message.parts) and all(isinstance(part, ToolCallResponse) for part in message.parts)
        if held and results and held.role == message.role:
            held = replace(held, parts=held.parts + message.parts)
            continue
        if held:
            yield held
        held = message if results else None
        if not results:
            yield message
    if held:
        yield held


def part_lines(part: Part, indent: int, names: Names, *, full: bool) -> Iterator[Line]:
    """One part of a message."""
    match part:
        case Text():
            return _text(part, indent, full)
        case Reasoning():
            return _reasoning(part, indent, full)
        case Refusal(content):
            return chain([line(indent, ("refusal", Style.BAD))], paragraph(indent + STEP, content))
        case ToolCall() | ServerToolCall():
            return _call(part, indent, full)
        case ToolCallResponse():
            return _result(part, indent, names, full)
        case ServerToolCallResponse(id_, response, kind):
            name = names.get(id_) or kind or "tool"
            return json_lines(response, indent, (("← ", Style.TOOL), (name, Style.NAME), (": ", Style.PLAIN)))
        case Media():
            said = paragraph(indent + STEP, part.transcript) if part.transcript else ()
            return chain([line(indent, (_media(part), Style.DIM))], said)
        case Unknown(kind, data):
            return json_lines(data, indent, ((f"? {kind or 'unknown'}: ", Style.CAREFUL),))


def _says_nothing(part: Part) -> bool:
    """White space alone, or reasoning of which nothing is left to read."""
    return isinstance(part, Text) and not part.content.strip() and not part.annotations


def _is_prose(part: Part) -> bool:
    return isinstance(part, Text | Reasoning | Refusal | Unknown)


def _text(part: Text, indent: int, full: bool) -> Iterator[Line]:
    if part.content.strip():
        yield from paragraph(indent, elided(part.content.strip("\r\n")))
    else:
        yield line(indent, (json.dumps(part.content), Style.DIM))
    if part.annotations and full:
        yield from json_lines(list(part.annotations), indent, (("annotations ", Style.DIM),))
    elif part.annotations:
        yield line(indent, (plural(len(part.annotations), "annotation"), Style.DIM))


def _reasoning(part: Reasoning, indent: int, full: bool) -> Iterator[Line]:
    label: list[Piece] = [("reasoning", Style.DIM)]
    if part.encrypted:
        label.append((f"  <encrypted, {size(len(part.encrypted))}>", Style.DIM))
    if part.signature and full:
        label.append((f"  <signature, {size(len(part.signature))}>", Style.DIM))
    yield line(indent, *label)
    if part.content.strip():
        yield from paragraph(indent + STEP, part.content.strip("\r\n"), Style.REASONING)


def _call(part: ToolCall | ServerToolCall, indent: int, full: bool) -> Iterator[Line]:
    head: list[Piece] = [("→ ", Style.TOOL), (part.name or "(no name)", Style.NAME)]
    notes = [part.kind or "server tool"] if isinstance(part, ServerToolCall) else []
    notes += [part.id] if full and part.id else []
    tail: list[Piece] = [("  " + "  ".join(notes), Style.DIM)] if notes else []
    arguments = _arguments(part)
    if part.arguments is None and part.arguments_text.strip() != "null":
        yield line(indent, *head, *tail, ("  arguments are not JSON:", Style.CAREFUL))
        yield from paragraph(indent + 2 * STEP, part.arguments_text)
        return
    short = _short_arguments(arguments)
    if short is not None:
        yield line(indent, *head, f"({short})", *tail, hang=2 * STEP)
        return
    yield line(indent, *head, *tail)
    yield from json_lines(arguments, indent + STEP)


def _arguments(part: ToolCall | ServerToolCall) -> Json:
    """A call's arguments, numbers as sent where the call was sent as text."""
    value, is_json = read(part.arguments_text)
    return value if is_json else part.arguments


def _short_arguments(value: Json) -> str | None:
    """Arguments as one writes a call, `a=2, b=3`; None where they are too long for one line."""
    if not isinstance(value, dict):
        return flat(value, _ROOM)
    room, shown = _ROOM, []
    for name, item in value.items():
        text = flat(item, room - len(name))
        if text is None:
            return None
        shown.append(f"{name}={text}")
        room -= len(shown[-1])
    return ", ".join(shown) if room >= 0 else None


def _result(part: ToolCallResponse, indent: int, names: Names, full: bool) -> Iterator[Line]:
    head: list[Piece] = [("← ", Style.TOOL), (part.name or names.get(part.id) or part.id or "result", Style.NAME)]
    if full and part.id:
        head.append((f"  {part.id}", Style.DIM))
    response = part.response
    if isinstance(response, tuple) and len(response) == 1 and isinstance(response[0], Text):
        response = response[0].content
    if not isinstance(response, str):
        yield line(indent, *head)
        for inner in response:
            yield from part_lines(inner, indent + STEP, names, full=full)
        return
    text = response.strip("\r\n")
    if len(text) <= _ROOM and "\n" not in text:
        yield line(indent, *head, ": ", text if text else ("(empty)", Style.DIM), hang=STEP)
        return
    yield line(indent, *head)
    value, is_json = read(text) if text[:1] in ("{", "[") else (None, False)
    yield from json_lines(value, indent + STEP) if is_json else paragraph(indent + STEP, elided(text))


def _media(part: Media) -> str:
    """ "<image/png, 34 kB>", or where it lies."""
    known = [part.media_type or part.modality]
    known += [size(part.size)] if part.size is not None else []
    known += [elided(part.uri)] if part.uri else []
    return f"<{', '.join(known)}>"
