"""Whether the model's calls fit the tools that the request offers: their names, and the schemas of their arguments.

Schemas come from recordings, so nothing in them may reach outside or take long: no reference is fetched, and patterns
run on an engine that takes linear time. Google's APIs write types in capitals (https://ai.google.dev/api/caching#Schema).
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from cassette_cli.checks.base import Check, Problem, Scene, number_of
from cassette_cli.checks.settings import Level
from cassette_cli.conversation import Json, Prompt, ToolCall
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange

CHECKS = {
    "tool-unknown": Check(Level.WARNING, "the model calls a tool that the request does not offer"),
    "tool-arguments-invalid": Check(Level.WARNING, "arguments do not fit the tool's schema"),
    "tool-schema-invalid": Check(Level.NOTE, "a tool's schema is no JSON Schema"),
}
# What is said of arguments that are wrong in many ways, and how long.
MOST_FAULTS = 3
LONGEST = 160
# A schema nested deeper than this was made to harm.
DEEPEST = 60
LARGEST = 1_000_000

# https://github.com/googleapis/googleapis/blob/master/google/ai/generativelanguage/v1beta/content.proto, `Type`
NUMBERED = ("", "string", "number", "integer", "boolean", "array", "object")

Validator = Callable[[Json], list[str]]


class Schemas:
    """The validators of the schemas of a file, each made once: every request of a conversation has the same."""

    def __init__(self) -> None:
        self._made: dict[str, Validator | str] = {}

    def of(self, schema: Json) -> Validator | str:
        """What validates arguments, or why the schema does not serve."""
        try:
            key = json.dumps(schema, sort_keys=True)
        except RecursionError:
            return "it is nested too deeply"
        if key not in self._made:
            self._made[key] = _validator(schema) if len(key) <= LARGEST else "it is larger than 1 MB"
        return self._made[key]


def find(scene: Scene) -> Iterator[Problem]:
    """What is wrong with the calls of each reply, and with the schemas of the tools that they call."""
    schemas = Schemas()
    told: set[str] = set()
    for exchange in scene.exchanges:
        prompt, number = exchange.prompt, number_of(exchange)
        for call in _calls(exchange.reply.messages if exchange.reply else ()):
            if prompt is None or not prompt.tools or not call.name:
                continue
            found = {tool.name: tool for tool in prompt.tools}.get(call.name)
            if found is None:
                if _names_all(prompt) and not _is_mentioned(call.name, exchange):
                    yield Problem("tool-unknown", f"the model calls {_short(call.name)}, which is not offered", number)
            elif isinstance(found.parameters, dict) and call.arguments is not None:
                validator = schemas.of(found.parameters)
                if isinstance(validator, str):
                    if call.name not in told:
                        yield Problem("tool-schema-invalid", f"the schema of {_short(call.name)}: {validator}", number)
                    told.add(call.name)
                elif faults := validator(call.arguments):
                    text = f"the arguments of {_short(call.name)} do not fit: {'; '.join(faults)}"
                    yield Problem("tool-arguments-invalid", text, number)


def _calls(messages: Any) -> Iterator[ToolCall]:
    return (part for message in messages for part in message.parts if isinstance(part, ToolCall))


def _names_all(prompt: Prompt) -> bool:
    """Whether all tools that may be called are named: those that the provider runs may bring others."""
    return all(tool.kind is None and tool.name for tool in prompt.tools)


def _is_mentioned(name: str, exchange: Exchange) -> bool:
    """Whether the request names a tool elsewhere: what a search for tools found stands in the messages."""
    text = exchange.request_content.text if exchange.request_content else ""
    return isinstance(text, str) and f'"{name}"' in text


def _validator(schema: Json) -> Validator | str:
    import jsonschema_rs

    try:
        made = jsonschema_rs.Draft202012Validator(
            _standard(schema), retriever=_nothing, pattern_options=jsonschema_rs.RegexOptions(), mask="a value"
        )
    except (ValueError, CassetteError) as error:
        # ValidationError is a ValueError.
        return _short(str(error).partition("\n")[0])

    def faults(arguments: Json) -> list[str]:
        try:
            return [_fault(each) for each in islice(made.iter_errors(arguments), MOST_FAULTS)]
        except ValueError:
            return []

    return faults


def _fault(error: Any) -> str:
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.instance_path)
    return _short(f"{where.lstrip('.')}: {error.message}" if where else str(error.message))


def _nothing(uri: str) -> Json:
    raise CassetteError("references to elsewhere are not followed")


def _standard(schema: Json, depth: int = 0) -> Json:
    """A schema in the standard's words: types in small letters, `nullable` as the type null."""
    if depth > DEEPEST:
        raise CassetteError("it is nested too deeply")
    if isinstance(schema, list):
        return [_standard(each, depth + 1) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _standard(value, depth + 1) for name, value in schema.items()}
    kind = made.get("type")
    if isinstance(kind, int) and 0 < kind < len(NUMBERED):
        kind = NUMBERED[kind]
    if isinstance(kind, str):
        made["type"] = [kind.lower(), "null"] if schema.get("nullable") is True else kind.lower()
    return made


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
