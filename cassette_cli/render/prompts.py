"""What a request says besides its messages: the tools it offers and its parameters."""

from collections.abc import Iterator, Sequence

from cassette_cli.conversation import Json, Prompt, Tool
from cassette_cli.render.elision import plural
from cassette_cli.render.json_text import STEP, flat, json_lines
from cassette_cli.render.lines import Line, Piece, Style, line, paragraph
from cassette_cli.render.signature import fields, type_of

# Parameters that say how the reply is sent or counted, not what is asked for.
_QUIET = frozenset({"stream", "stream_options", "metadata", "user", "store", "include", "safety_identifier"})
_ROOM = 60
# Fields of larger and of deeper objects are counted only.
_FIELDS = 8
_DEEPEST = 1


def tool_lines(tools: Sequence[Tool], indent: int, *, full: bool) -> Iterator[Line]:
    """The tools offered: their names, or their signatures and descriptions."""
    if not full:
        names = ", ".join(_name(tool) for tool in tools) or "none"
        yield line(indent, ("tools  ", Style.DIM), (names, Style.NAME), hang=7)
        return
    yield line(indent, ("tools", Style.DIM))
    for tool in tools:
        signature = f"({fields(tool.parameters)})" if tool.kind is None or tool.parameters else ""
        kind: Piece = (f"  {tool.kind}" if tool.name and tool.kind != tool.name and tool.kind else "", Style.DIM)
        yield line(indent + STEP, (_name(tool), Style.NAME), signature, kind, hang=2 * STEP)
        if tool.description:
            yield from paragraph(indent + 2 * STEP, tool.description.strip("\r\n"), Style.DIM)
        if tool.extra:
            yield from json_lines(tool.extra, indent + 2 * STEP, (("also ", Style.DIM),))


def _name(tool: Tool) -> str:
    return tool.name or tool.kind or "(no name)"


def parameters_shown(prompt: Prompt, *, full: bool) -> dict[str, Json]:
    """The parameters worth seeing: those set to something, less those that only concern transport."""
    return {
        name: value
        for name, value in prompt.parameters.items()
        if full or (name not in _QUIET and value is not None and value != {} and value != [])
    }


def parameter_lines(parameters: dict[str, Json], indent: int, *, full: bool) -> Iterator[Line]:
    """Parameters on one line, large ones in short form; with `full` each on its own and whole."""
    if full:
        yield line(indent, ("parameters", Style.DIM))
        for name, value in parameters.items():
            yield from json_lines(value, indent + STEP, ((name, Style.NAME), (" = ", Style.DIM)))
        return
    pieces: list[Piece] = [("with  ", Style.DIM)]
    for number, (name, value) in enumerate(parameters.items()):
        pieces += [(", " if number else "", Style.DIM), (name, Style.NAME), (f"={_short(value)}", Style.PLAIN)]
    yield line(indent, *pieces, hang=6)


def _short(value: Json, depth: int = 0) -> str:
    """A value in few words: a schema by its signature, other large values by their parts or their size."""
    text = flat(value, _ROOM)
    if text is not None:
        return text
    if isinstance(value, str):
        return f"<{len(value):,} characters>"
    if isinstance(value, list):
        return f"[{plural(len(value), 'item')}]"
    if isinstance(value.get("properties"), dict):
        return type_of(value)
    if len(value) > _FIELDS or depth > _DEEPEST:
        return f"{{{plural(len(value), 'field')}}}"
    return f"{{{', '.join(f'{name}: {_short(item, depth + 1)}' for name, item in value.items())}}}"
