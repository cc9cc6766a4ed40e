"""Messages as lines: whose they are, and their parts.

user
  Add and multiply the number 2 and 3

assistant  reply
  reasoning
    The user wants both tools.

  I'll add and multiply the numbers.

  → add(a=2, b=3)
  → multiply(a=2, b=3)
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from cassette_cli.conversation import (
    Message,
    Part,
    Reasoning,
    Refusal,
    ServerToolCall,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.render.citations import source_lines, sources_beside, with_citations_joined
from cassette_cli.render.json_text import STEP, json_lines
from cassette_cli.render.lines import BLANK, Line, Piece, Style, line
from cassette_cli.render.parts import Names, part_lines

_ROLES = {
    "system": Style.SYSTEM,
    "developer": Style.SYSTEM,
    "user": Style.USER,
    "assistant": Style.ASSISTANT,
    "model": Style.ASSISTANT,
    "tool": Style.TOOL,
    "function": Style.TOOL,
}


def call_names(messages: Iterable[Message]) -> Names:
    """The tool's name for each call in some messages that has an id."""
    calls = chain.from_iterable(message.parts for message in messages)
    return {part.id: part.name for part in calls if isinstance(part, ToolCall | ServerToolCall) and part.id}


def message_lines(message: Message, indent: int, names: Names, *, full: bool, note: str = "") -> Iterator[Line]:
    """A message: its role, a note beside it, and its parts below."""
    role = message.role or "no role"
    label: Piece = (role, _ROLES.get(role, Style.STRONG))
    yield line(indent, label, (f"  {note}", Style.DIM)) if note else line(indent, label)
    shown = [part for part in message.parts if full or not says_nothing(part)] or message.parts
    if not shown:
        yield line(indent + STEP, ("(empty)", Style.DIM))
    before: Part | None = None
    for part in shown if full else with_citations_joined(shown):
        if before is not None and (_is_prose(before) or _is_prose(part)):
            yield BLANK
        yield from part_lines(part, indent + STEP, names, full=full)
        before = part
    if full and message.extra:
        yield from json_lines(message.extra, indent + STEP, (("also ", Style.DIM),))
    elif sources := sources_beside(message.extra):
        yield BLANK
        yield from source_lines(sources, indent + STEP)


def without_encrypted(message: Message) -> Message:
    """A message without the reasoning that only its provider can read, which is another in each recording."""
    parts = (replace(part, encrypted=None) if isinstance(part, Reasoning) else part for part in message.parts)
    return replace(message, parts=tuple(parts))


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


def says_nothing(part: Part) -> bool:
    """No text at all, or reasoning of which nothing is left to read (some providers send a signature only)."""
    if isinstance(part, Reasoning):
        return not part.content.strip() and not part.encrypted
    return isinstance(part, Text) and not part.content and not part.annotations


def _is_prose(part: Part) -> bool:
    return isinstance(part, Text | Reasoning | Refusal | Unknown)
