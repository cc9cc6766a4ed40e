"""Calls of tools that changed: `→ add(a=2, b=[-3-]{+4+})`; on a wide terminal the old call beside the new one."""

from collections.abc import Iterator
from itertools import zip_longest

from cassette_cli.conversation import Json, ServerToolCall, ToolCall
from cassette_cli.render.json_text import STEP, flat, json_lines
from cassette_cli.render.lines import Line, Piece, Style, line
from cassette_cli.render.wrapping import columns

Call = ToolCall | ServerToolCall

# Columns from which on the old call stands beside the new one.
WIDE = 110
# An argument that is shown within a call takes at most so many characters, and a call with its arguments so many.
_ARGUMENT = 60
_CALL = 100
_BAR: Piece = (" │ ", Style.DIM)


def call_lines(old: Call, new: Call, indent: int, width: int | None) -> Iterator[Line] | None:
    """A call and what became of it, None where its arguments are better laid out path by path."""
    before, after = old.arguments, new.arguments
    if not isinstance(before, dict) or not isinstance(after, dict):
        return None
    pieces: list[Piece] = [
        ("→ ", Style.TOOL),
        *_changed(old.name or "(no name)", new.name or "(no name)"),
        ("(", Style.PLAIN),
    ]
    for number, name in enumerate([*before, *(name for name in after if name not in before)]):
        shown = _argument(name, before, after)
        if shown is None:
            return _beside(old, new, indent, width)
        pieces += [(", ", Style.PLAIN), *shown] if number else shown
    pieces.append((")", Style.PLAIN))
    if sum(len(text) for text, _ in pieces) > _CALL:
        return _beside(old, new, indent, width)
    return iter([line(indent, *pieces, hang=2 * STEP)])


def _argument(name: str, before: dict[str, Json], after: dict[str, Json]) -> list[Piece] | None:
    old, new = (f"{name}={flat(side[name], _ARGUMENT)}" if name in side else "" for side in (before, after))
    if any(name in side and flat(side[name], _ARGUMENT) is None for side in (before, after)):
        return None
    if old == new:
        return [(old, Style.PLAIN)]
    if not old or not new:
        return [(old, Style.OLD)] if old else [(new, Style.NEW)]
    return [(f"{name}=", Style.PLAIN), *_changed(old[len(name) + 1 :], new[len(name) + 1 :])]


def _changed(old: str, new: str) -> list[Piece]:
    return [(old, Style.PLAIN)] if old == new else [(old, Style.OLD), (new, Style.NEW)]


def _beside(old: Call, new: Call, indent: int, width: int | None) -> Iterator[Line] | None:
    """Two columns; None where there is no room for them, or what differs would be cut off."""
    if width is None or width < WIDE:
        return None
    room = (width - indent - len(_BAR[0])) // 2
    left, right = (
        [line(0, ("→ ", Style.TOOL), (call.name or "(no name)", Style.NAME)), *json_lines(call.arguments, STEP)]
        for call in (old, new)
    )
    texts = [[" " * row.indent + "".join(text for text, _ in row.pieces) for row in side] for side in (left, right)]
    rows = list(zip_longest(*texts, fillvalue=""))
    if any(one != other and max(columns(one), columns(other)) > room for one, other in rows):
        return None
    return (_row(_cut(one, room), _cut(other, room), indent, room) for one, other in rows)


def _row(one: str, other: str, indent: int, room: int) -> Line:
    before, after = (Style.PLAIN, Style.PLAIN) if one == other else (Style.BAD, Style.GOOD)
    padding = " " * (room - columns(one))
    return line(indent, (one, before), (padding, Style.PLAIN), _BAR, (other, after))


def _cut(text: str, room: int) -> str:
    text = text.replace("\n", "\\n")
    while columns(text) > room:
        text = text[: max(len(text) - max((columns(text) - room) // 2, 1) - 1, 0)] + "…" if text else text
    return text
