"""Parts of messages as lines: text, reasoning, calls of tools and what came back of them, media.

An arrow to the right is a call that goes out, one to the left is what came back.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain

from cassette_cli.conversation import (
    Json,
    Media,
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
from cassette_cli.render.citations import source_lines
from cassette_cli.render.elision import elided, plural, size
from cassette_cli.render.json_text import STEP, flat, json_lines, read
from cassette_cli.render.lines import BLANK, Line, Piece, Style, capped, line, paragraph

# A call or result that fits into this many characters stays on one line.
_ROOM = 72
# Lines of what a provider's own tool gave: nobody asked the provider for JSON.
_RESULT_LINES = 12

# Names of tools by the ids of their calls: most protocols name only the call's id in a result.
Names = Mapping[str | None, str | None]


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
            return _server_result(response, indent, names.get(id_) or kind or "tool", full)
        case Media():
            said = paragraph(indent + STEP, part.transcript) if part.transcript else ()
            return chain([line(indent, (_media(part), Style.DIM))], said)
        case Unknown(kind, data):
            name: Piece = (f"? {kind or 'unknown'}: ", Style.CAREFUL)
            if isinstance(data, str):
                return chain([line(indent, name)], paragraph(indent + STEP, elided(data)))
            return json_lines(data, indent, (name,))


def _text(part: Text, indent: int, full: bool) -> Iterator[Line]:
    if part.content.strip():
        yield from paragraph(indent, elided(part.content.strip("\r\n")))
    else:
        yield line(indent, (json.dumps(part.content), Style.DIM))
    if part.signature and full:
        yield line(indent, _signature(part.signature))
    if part.annotations and full:
        yield from json_lines(list(part.annotations), indent, (("annotations ", Style.DIM),))
    elif part.annotations:
        yield BLANK
        yield from source_lines(part.annotations, indent)


def _reasoning(part: Reasoning, indent: int, full: bool) -> Iterator[Line]:
    label: list[Piece] = [("reasoning", Style.DIM)]
    if part.encrypted:
        label.append((f"  <encrypted, {size(len(part.encrypted))}>", Style.DIM))
    if part.signature and full:
        label += [("  ", Style.DIM), _signature(part.signature)]
    if not part.encrypted and not part.content.strip():
        label.append(("  (no text)", Style.DIM))
    yield line(indent, *label)
    if part.content.strip():
        yield from paragraph(indent + STEP, part.content.strip("\r\n"), Style.REASONING)


def _call(part: ToolCall | ServerToolCall, indent: int, full: bool) -> Iterator[Line]:
    head: list[Piece] = [("→ ", Style.TOOL), (part.name or "(no name)", Style.NAME)]
    notes = [part.kind or "server tool"] if isinstance(part, ServerToolCall) else []
    notes += [part.id] if full and part.id else []
    notes += [_signature(part.signature)[0]] if full and part.signature else []
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


def _signature(signature: str) -> tuple[str, Style]:
    return f"<signature, {size(len(signature))}>", Style.DIM


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
    call: Piece = (f"  {part.id}" if full and part.id else "", Style.DIM)
    response = part.response
    if isinstance(response, tuple) and len(response) == 1 and isinstance(response[0], Text):
        response = response[0].content
    if not isinstance(response, str):
        yield line(indent, *head, call)
        for inner in response:
            yield from part_lines(inner, indent + STEP, names, full=full)
        return
    text = response.strip("\r\n")
    if len(text) <= _ROOM and "\n" not in text:
        yield line(indent, *head, ": ", text if text else ("(empty)", Style.DIM), call, hang=STEP)
        return
    yield line(indent, *head, call)
    value, is_json = read(text) if text[:1] in ("{", "[") else (None, False)
    yield from json_lines(value, indent + STEP) if is_json else paragraph(indent + STEP, elided(text))


def _server_result(response: Json, indent: int, name: str, full: bool) -> Iterator[Line]:
    """What a provider's own tool gave: of a search the pages found, else its JSON, the beginning or all."""
    head: list[Piece] = [("← ", Style.TOOL), (name, Style.NAME)]
    pages = None if full else _pages(response)
    if pages is None:
        short = flat(response, _ROOM)
        yield line(indent, *head, f": {short}" if short is not None else "")
        rest = json_lines(response, indent + STEP) if short is None else ()
        yield from capped(rest, indent + STEP, _RESULT_LINES, full=full)
        return
    yield line(indent, *head, (f"  {plural(len(pages), 'page')}", Style.DIM))
    for title, url in pages:
        yield line(indent + STEP, f"{title}  " if title else "", (url, Style.DIM), hang=STEP)


def _pages(response: Json) -> list[tuple[str, str]] | None:
    """Titles and URLs, where a result is a list of things that have one, or holds one such list, maybe one deeper."""
    lists = [response] if isinstance(response, list) else []
    if isinstance(response, dict):
        inner = (value.values() if isinstance(value, dict) else (value,) for value in response.values())
        lists = [value for value in chain.from_iterable(inner) if isinstance(value, list)]
    if len(lists) != 1 or not lists[0]:
        return None
    pages = []
    for item in lists[0]:
        title, url = (item.get("title"), item.get("url")) if isinstance(item, dict) else (None, None)
        if not isinstance(url, str):
            return None
        pages.append((title if isinstance(title, str) else "", url))
    return pages


def _media(part: Media) -> str:
    """ "<image/png, 34 kB>", or where it lies."""
    known = [part.media_type or part.modality]
    known += [size(part.size)] if part.size is not None else []
    known += [elided(part.uri)] if part.uri else []
    return f"<{', '.join(known)}>"
