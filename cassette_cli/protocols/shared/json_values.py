"""JSON values of any shape picked apart, and their text. Nothing here ever raises.

at({"choices": [{"delta": {"content": "Hi"}}]}, "choices", 0, "delta", "content") == "Hi"
"""

import json
from collections.abc import Iterable

from cassette_cli.conversation import Json


def at(value: Json, *route: str | int) -> Json:
    """What lies at a route of keys and indexes of a JSON value, None where the shape is another."""
    for step in route:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and -len(value) <= step < len(value) else None
    return value


def text_at(value: Json, *route: str | int) -> str | None:
    """The string at a route, None for anything else."""
    found = at(value, *route)
    return found if isinstance(found, str) else None


def int_at(value: Json, *route: str | int) -> int | None:
    """The whole number at a route (12.0 is one, as in JSON), None for anything else; true and false are no numbers."""
    found = at(value, *route)
    if isinstance(found, float):
        return int(found) if found.is_integer() else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def list_at(value: Json, *route: str | int) -> list[Json]:
    """The list at a route, an empty one for anything else."""
    found = at(value, *route)
    return found if isinstance(found, list) else []


def without(value: Json, names: Iterable[str]) -> dict[str, Json]:
    """An object less some of its fields; an empty one for anything that is no object."""
    dropped = set(names)
    return {key: item for key, item in value.items() if key not in dropped} if isinstance(value, dict) else {}


def parse_json(text: str) -> tuple[Json, bool]:
    """A JSON text's value, and whether it is JSON at all. Never raises."""
    try:
        return json.loads(text), True
    except (ValueError, RecursionError):
        return None, False


def same_json(one: Json, other: Json) -> bool:
    """Whether two JSON values are equal; False where they are nested too deeply to tell. Never raises."""
    try:
        return bool(one == other)
    except RecursionError:
        return False


def tool_arguments(text: str) -> Json:
    """The JSON value of a call's argument text; {} for no text, None where it does not parse."""
    return parse_json(text)[0] if text.strip() else {}


def json_text(value: Json) -> str:
    """A JSON value as compact text, for what a provider sends as JSON where others send its text; "" for one nested
    too deeply to be written."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except RecursionError:
        return ""
