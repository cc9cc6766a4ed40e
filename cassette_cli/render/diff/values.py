"""A change of a value as lines: `max_tokens  400 → 500`, or what was added or removed, laid out."""

import re
from collections.abc import Iterator
from itertools import islice

from cassette_cli.comparison.changes import ABSENT, Change, Value
from cassette_cli.comparison.changes import Part as Where
from cassette_cli.comparison.json_changes import is_vector
from cassette_cli.conversation import (
    Media,
    Message,
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
from cassette_cli.render.diff.prose import prose_lines
from cassette_cli.render.json_text import STEP, flat, json_lines, vector
from cassette_cli.render.lines import Line, Piece, Style, capped, line
from cassette_cli.render.messages import message_lines
from cassette_cli.render.parts import part_lines
from cassette_cli.render.prompts import tool_lines

ARROW: Piece = (" → ", Style.DIM)
# A value that fits into so many characters stands beside its name.
_ROOM = 48
# Lines of a value that was added or removed.
_MOST_LINES = 10
# Where words stand without quotes: no JSON is meant.
_WORDS = frozenset({Where.MODEL, Where.FINISH_REASON, Where.URL, Where.HEADERS, Where.STATUS})
_WORD = re.compile(r"[A-Za-z/][\w./:@+~-]*")
_PARTS = (
    Text | Reasoning | Refusal | ToolCall | ToolCallResponse | ServerToolCall | ServerToolCallResponse | Media | Unknown
)


def value_lines(name: str, change: Change, indent: int, *, full: bool) -> Iterator[Line]:
    """A change under a name."""
    old, new = change.old, change.new
    label: Piece = (name, Style.NAME)
    if _is_text(old) and _is_text(new) and _is_prose(change):
        yield line(indent, label)
        before, after = ("" if value is ABSENT else value for value in (old, new))
        yield from prose_lines(before, after, indent + STEP, full=full)
        return
    was, now = _short(old, change.part), _short(new, change.part)
    if was is not None and now is not None:
        yield line(indent, label, "  ", *_beside(was, now), hang=STEP)
        return
    yield line(indent, label)
    for value, sign, style in ((old, "- ", Style.BAD), (new, "+ ", Style.GOOD)):
        if value is not ABSENT:
            yield from signed(whole_lines(value, STEP, full=full), sign, style, indent + STEP, full=full)


def signed(lines: Iterator[Line], sign: str, style: Style, indent: int, *, full: bool) -> Iterator[Line]:
    """Lines, indented by STEP at least, with a sign before each: what was added or removed."""
    marked = (
        Line(indent, ((sign, style), (" " * (each.indent - STEP), Style.PLAIN), *each.pieces), each.hang + each.indent)
        for each in lines
    )
    return capped(marked, indent, _MOST_LINES, full=full)


def whole_lines(value: Value, indent: int, *, full: bool) -> Iterator[Line]:
    """A value by itself."""
    if isinstance(value, Message):
        return message_lines(value, indent, {}, full=full)
    if isinstance(value, Tool):
        # Its heading says that these are tools, as the name of the change does.
        return islice(tool_lines([value], indent - STEP, full=True), 1, None)
    if isinstance(value, _PARTS):
        return part_lines(value, indent, {}, full=full)
    return json_lines(value, indent)


def _beside(old: str, new: str) -> Iterator[Piece]:
    if not old:
        return iter([("+ ", Style.GOOD), (new, Style.GOOD)])
    if not new:
        return iter([("- ", Style.BAD), (old, Style.BAD)])
    return iter([(old, Style.BAD), ARROW, (new, Style.GOOD)])


def _short(value: Value, part: Where) -> str | None:
    """A value in few characters, "" for none, None where it needs more."""
    if value is ABSENT:
        return ""
    if is_vector(value):
        return vector(value)
    if isinstance(value, Message | Tool | _PARTS):
        return None
    if isinstance(value, str) and part in _WORDS and _WORD.fullmatch(value):
        return value
    return flat(value, _ROOM)


def _is_text(value: Value) -> bool:
    return value is ABSENT or isinstance(value, str)


def _is_prose(change: Change) -> bool:
    """Whether words count: of what a model or a user wrote always, of other texts where they are long."""
    if change.part in (Where.TEXT, Where.REASONING) or change.where.endswith((".text", ".reasoning", ".description")):
        return True
    texts = [value for value in (change.old, change.new) if isinstance(value, str)]
    return any(len(text) > _ROOM or "\n" in text for text in texts)
