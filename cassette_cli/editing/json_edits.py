"""Edits of a JSON text at a path, as jq writes one: `a.b[0]`, `a["odd name"]`. All but the value stays as it is."""

import json
import re
from collections.abc import Sequence
from typing import TypeAlias

from cassette_cli.document import from_json
from cassette_cli.document.json_string import quoted
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Mapping, Node, get
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.errors import CassetteError

Path: TypeAlias = tuple[str | int, ...]

STEP = re.compile(r"""\.?(?:\[(-?[0-9]{1,9})\]|\[("(?:[^"\\]|\\.)*")\]|([^.\[\]]+))""")


def path_of(text: str) -> Path:
    """The steps of a path. Raises CassetteError for what is none."""
    steps: list[str | int] = []
    place = 0
    while place < len(text):
        found = STEP.match(text, place)
        if found is None:
            raise CassetteError(f"{text!r} is no path such as a.b[0]")
        index, name, key = found.groups()
        steps.append(int(index) if index else json.loads(name) if name else key)
        place = found.end()
    return tuple(steps)


def shown(path: Path) -> str:
    """A path as it is written."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).removeprefix(".")


def literal(text: str) -> str:
    """The JSON text that a value on the command line stands for: itself where it is JSON, else a string."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return quoted(text)
    return text.strip()


def set_at(text: str, path: Path, value: str) -> Edit[str]:
    """The edit that puts a value, given as JSON text, at a path of a JSON text. A name that an object lacks is added
    behind the others, an index behind the last one of a list likewise.

    Raises CassetteError where the text is no JSON, or nothing of the kind lies on the way.
    """
    root = from_json.parse(text)
    node = get(root, *path)
    if node is not None:
        return Edit(node.span, value)
    around = get(root, *path[:-1])
    step = path[-1]
    if isinstance(around, Mapping) and isinstance(step, str):
        return _added(
            text,
            around,
            [each for pair in around.items for each in pair],
            f"{quoted(step)}{_colon(text, around)}{value}",
        )
    if isinstance(around, SequenceNode) and step == len(around.items):
        return _added(text, around, around.items, value)
    where = shown(path[:-1]) or "what lies there"
    raise CassetteError(f"there is no {shown(path)} to set: {where} is {_kind(around)}")


def _added(text: str, around: Node, inside: Sequence[Node], new: str) -> Edit[str]:
    if not inside:
        return Edit(Span(around.span.start + 1, around.span.end - 1), new)
    end = inside[-1].span.end
    spaced = ", " if ", " in text or ": " in text else ","
    return Edit(Span(end, end), spaced + new)


def _colon(text: str, around: Mapping) -> str:
    """What stands between a name and its value."""
    if around.items:
        key, value = around.items[0]
        return text[key.span.end : value.span.start]
    return ": " if ": " in text else ":"


def _kind(node: Node | None) -> str:
    if isinstance(node, Mapping):
        return "an object"
    if isinstance(node, SequenceNode):
        return f"a list of {len(node.items)}"
    return "not there" if node is None else "neither an object nor a list"
