"""JSON values of any shape picked apart, and their text. Nothing here ever raises.

    at({"choices": [{"delta": {"content": "Hi"}}]}, "choices", 0, "delta", "content") == "Hi"

Routes may be of any length; where a value has another shape, the answer is None.
"""

import binascii
import json
import math
from collections.abc import Iterable

from cassette_cli.conversation import Json, Layer, Route

# Sums of larger numbers could grow beyond what Python writes as digits.
MOST = 2**64


def at(value: Json, *route: str | int) -> Json:
    """What lies at a route of keys and indexes of a JSON value, None where the shape is another."""
    return _walk(value, route)


def _walk(value: Json, route: tuple[str | int, ...]) -> Json:
    for step in route:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and -len(value) <= step < len(value) else None
    return value


def follow(value: Json, route: Route) -> Json:
    """What lies at the route of a delta, through the texts in texts on its way; None where the shape is another."""
    for step in route:
        if step is Layer.JSON:
            value = parse_json(value)[0] if isinstance(value, str) else None
        elif step is Layer.BASE64:
            value = _from_base64(value) if isinstance(value, str) else None
        elif step is Layer.KEY:  # leads to no value
            return None
        else:
            value = _walk(value, (step,))
    return value


def _from_base64(text: str) -> str | None:
    try:
        return binascii.a2b_base64(text).decode("utf-8", "surrogateescape")
    except (binascii.Error, ValueError):
        return None


def text_at(value: Json, *route: str | int) -> str | None:
    """The string at a route, None for anything else."""
    found = _walk(value, route)
    return found if isinstance(found, str) else None


def int_at(value: Json, *route: str | int) -> int | None:
    """The whole number at a route (12.0 is one, as in JSON), None for anything else; true and false are no numbers,
    and no count, index or time takes more than 64 bits."""
    found = _walk(value, route)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    is_whole = isinstance(found, int) and not isinstance(found, bool)
    return found if is_whole and abs(found) <= MOST else None


def list_at(value: Json, *route: str | int) -> list[Json]:
    """The list at a route, an empty one for anything else."""
    found = _walk(value, route)
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


def all_finite(values: Json) -> bool:
    """Whether no field of an object is NaN or infinite, which JSON does not have but Python's reader takes."""
    fields = values.values() if isinstance(values, dict) else ()
    return not any(isinstance(item, float) and not math.isfinite(item) for item in fields)


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
