"""JSON Schema as a short signature: `city: string, unit?: "celsius" | "fahrenheit"`.

Reads the words of https://json-schema.org/understanding-json-schema that providers use in tools and response formats;
anything else is shown as JSON.
"""

import json

from cassette_cli.conversation import Json

# Deeper objects are only hinted at.
_DEEPEST = 3


def fields(schema: Json, depth: int = 0) -> str:
    """The properties of an object schema, comma separated; those not required have a question mark."""
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict):
        return ""
    required = schema.get("required")
    needed = required if isinstance(required, list) else []
    return ", ".join(
        f"{name}{'' if name in needed else '?'}: {type_of(part, depth)}" for name, part in properties.items()
    )


def type_of(schema: Json, depth: int = 0) -> str:
    """What a schema allows, in few words."""
    if not isinstance(schema, dict):
        return "any"
    for word in ("anyOf", "oneOf", "allOf"):
        if isinstance(choices := schema.get(word), list) and choices and depth <= _DEEPEST:
            return (" & " if word == "allOf" else " | ").join(type_of(choice, depth + 1) for choice in choices)
    if isinstance(options := schema.get("enum"), list) and options:
        return " | ".join(json.dumps(option, ensure_ascii=False) for option in options)
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    if isinstance(reference := schema.get("$ref"), str):
        return reference.rpartition("/")[2] or "any"
    return _named(schema, schema.get("type"), depth)


def _named(schema: dict[str, Json], name: Json, depth: int) -> str:
    if isinstance(name, list):
        return " | ".join(_named(schema, one if isinstance(one, str) else None, depth) for one in name)
    kind = name.lower() if isinstance(name, str) else "any"
    if kind == "array":
        inner = type_of(schema.get("items"), depth + 1) if "items" in schema and depth <= _DEEPEST else "any"
        return f"({inner})[]" if " " in inner and not inner.startswith("{") else f"{inner}[]"
    if kind == "object" and schema.get("properties"):
        return f"{{{fields(schema, depth + 1)}}}" if depth < _DEEPEST else "{…}"
    return kind
