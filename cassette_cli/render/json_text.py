"""JSON values as people read them: what fits on a line stays on one, long data in short form, numbers as written."""

import json
from collections.abc import Iterator
from decimal import Decimal

from cassette_cli.conversation import Json
from cassette_cli.render.elision import elided, plural
from cassette_cli.render.lines import Line, Piece, Style, line, paragraph

STEP = 2
# Longer values are spread over lines, whatever the terminal's width: output does not change with the window.
_ROOM = 76
# Below this a string with line ends stays a quoted one.
_BLOCK_FROM = 32
# Deeper values are counted only: Python's own stack ends somewhere.
_DEEPEST = 60
_VECTOR_FROM = 17
_VECTOR_SHOWN = 3


class Number(str):
    """A JSON number as it is written: 0.00005397 is not to become 5.397e-05."""

    __slots__ = ()


def read(text: str) -> tuple[Json, bool]:
    """A JSON text's value, its numbers as `Number`, and whether it is JSON at all. Never raises."""
    try:
        return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number), True
    except (ValueError, RecursionError):
        return None, False


def quoted(text: str) -> Piece:
    """A string as JSON, or its short form where it is long data."""
    short_form = elided(text)
    if short_form != text and short_form.startswith("<") and "\n" not in short_form:
        return short_form, Style.DIM
    return json.dumps(short_form, ensure_ascii=False), Style.PLAIN


def vector(value: Json) -> str | None:
    """The short form of a list of more than 16 numbers, None for anything else."""
    if not isinstance(value, list) or len(value) < _VECTOR_FROM:
        return None
    if not all(isinstance(item, int | float | Number) and not isinstance(item, bool) for item in value):
        return None
    head = ", ".join(str(item) for item in value[:_VECTOR_SHOWN])
    return f"[{head}, … {len(value):,} numbers]"


def flat(value: Json, room: int = _ROOM) -> str | None:
    """A value on one line of at most `room` characters; None where it does not fit. Costs no more than `room`."""
    pieces: list[str] = []
    return "".join(pieces) if _flatten(value, room, pieces, 0) >= 0 else None


def _flatten(value: Json, room: int, into: list[str], depth: int) -> int:
    """Append the pieces of a value and return the room that is left, below 0 (and stop) where there is none."""
    if not isinstance(value, dict | list) or not value or vector(value):
        leaf = _leaf(value, room)
        into.append(leaf)
        return room - len(leaf)
    if depth > _DEEPEST:
        return -1
    opener, closer = "{}" if isinstance(value, dict) else "[]"
    room -= len(closer)
    for key, item in value.items() if isinstance(value, dict) else ((None, item) for item in value):
        head = opener if key is None else f"{opener}{_name(key, room)}: "
        into.append(head)
        room = _flatten(item, room - len(head), into, depth + 1) if len(head) <= room else -1
        if room < 0:
            return -1
        opener = ", "
    into.append(closer)
    return room


def _name(key: str, room: int) -> str:
    return json.dumps(key, ensure_ascii=False) if len(key) <= room else " " * room


def _leaf(value: Json, room: int) -> str:
    """A value without parts; something longer than `room` where a string is better spread over lines."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        if "\n" in value.strip("\n") and len(value) >= _BLOCK_FROM:
            return " " * (room + 1)
        return quoted(value)[0]
    if isinstance(value, float) and 1e-12 < abs(value) < 1e21:
        return f"{Decimal(repr(value)):f}"
    return vector(value) or json.dumps(value, ensure_ascii=False)


def json_lines(value: Json, indent: int, lead: tuple[Piece, ...] = (), end: str = "", depth: int = 0) -> Iterator[Line]:
    """A value as lines: `lead` goes before it on its first line, `end` after it on its last."""
    on_one = flat(value)
    if on_one is not None:
        yield line(indent, *lead, (on_one, Style.PLAIN), end)
    elif isinstance(value, str) and not isinstance(value, Number):
        yield from _string_lines(value, indent, lead, end)
    elif not isinstance(value, dict | list):
        yield line(indent, *lead, _leaf(value, _ROOM), end, hang=STEP)
    elif depth >= _DEEPEST:
        yield line(indent, *lead, (f"… {plural(len(value), 'item')} below", Style.DIM), end)
    elif isinstance(value, dict):
        yield line(indent, *lead, "{")
        for last, (key, item) in _marked(list(value.items())):
            name = (json.dumps(elided(key), ensure_ascii=False), Style.NAME)
            yield from json_lines(item, indent + STEP, (name, (": ", Style.PLAIN)), "" if last else ",", depth + 1)
        yield line(indent, "}", end)
    else:
        yield line(indent, *lead, "[")
        for last, item in _marked(value):
            yield from json_lines(item, indent + STEP, (), "" if last else ",", depth + 1)
        yield line(indent, "]", end)


def _string_lines(value: str, indent: int, lead: tuple[Piece, ...], end: str) -> Iterator[Line]:
    """A long string: quoted where it has no line ends, else as a block of its own lines, as YAML would."""
    if "\n" not in value.strip("\n"):
        yield line(indent, *lead, quoted(value), end, hang=STEP)
        return
    yield line(indent, *lead, ("|", Style.DIM))
    yield from paragraph(indent + STEP, elided(value))


def _marked(items: list[Json]) -> Iterator[tuple[bool, Json]]:
    """Items, each with whether it is the last."""
    for number, item in enumerate(items, start=1):
        yield number == len(items), item
