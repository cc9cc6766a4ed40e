"""Diffs as JSON, in the shape that the schema cassette.diff/1 describes, piece by piece.

{"schema": "cassette.diff/1", "files": [
{"old": "a.yaml", "new": "b.yaml", "verdict": "behaviour", "interactions": [...], "changes": []}
],
"verdict": "behaviour", "errors": []}
"""

from collections.abc import Iterable, Iterator, Sequence

from cassette_cli.comparison.changes import ABSENT, Change, FileDiff, InteractionDiff, Part, Value, Verdict
from cassette_cli.comparison.patch import json_patch
from cassette_cli.comparison.words import Kind, word_changes
from cassette_cli.conversation import Json, Message, Tool
from cassette_cli.conversation import Part as Said
from cassette_cli.errors import CassetteError
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.json_interactions import Object, message_json, response_json
from cassette_cli.render.json_parts import part_json, tool_json

DIFF = "cassette.diff/1"


def diff_document(found: Iterable[FileDiff], errors: Sequence[CassetteError]) -> Iterator[str]:
    """The text of a cassette.diff/1 document, in pieces; files that are the same are in it, too. `errors` is read last,
    when all files were asked for."""
    verdict = Verdict.IDENTICAL
    yield f'{{"schema": "{DIFF}", "files": ['
    for number, each in enumerate(found):
        verdict = max(verdict, each.verdict)
        yield (",\n" if number else "\n") + dumps(_file(each))
    yield f'\n],\n"verdict": "{verdict.word}", "errors": {dumps([error_json(error) for error in errors])}}}\n'


def _file(found: FileDiff) -> Object:
    return {
        "old": found.old,
        "new": found.new,
        "verdict": found.verdict.word,
        "interactions": [_interaction(each) for each in found.interactions],
        "changes": [_change(each) for each in found.changes],
    }


def _interaction(found: InteractionDiff) -> Object:
    return {
        "old": found.old.interaction.index if found.old else None,
        "new": found.new.interaction.index if found.new else None,
        "verdict": found.verdict.word,
        "moved": found.moved,
        "changes": [_change(each) for each in found.changes],
        "patch": json_patch(response_json(found.old), response_json(found.new)) if found.old and found.new else None,
    }


def _change(change: Change) -> Object:
    shown: Object = {"where": change.where, "class": change.verdict.word, "part": change.part.value}
    shown |= {side: _json(value) for side, value in (("old", change.old), ("new", change.new)) if value is not ABSENT}
    if change.part in (Part.TEXT, Part.REASONING) and isinstance(change.old, str) and isinstance(change.new, str):
        shown["words"] = _words(change.old, change.new)
    return shown if change.reason is None else shown | {"reason": change.reason}


def _words(old: str, new: str) -> list[Object]:
    """The words that changed: each stretch as it was and as it is, "" where there was or is nothing."""
    found: list[Object] = []
    before = Kind.SAME
    for kind, text in word_changes(old, new):
        if kind is Kind.OLD:
            found.append({"old": text, "new": ""})
        elif kind is Kind.NEW and before is Kind.OLD:
            found[-1]["new"] = text
        elif kind is Kind.NEW:
            found.append({"old": "", "new": text})
        before = kind
    return found


def _json(value: Value) -> Json:
    if isinstance(value, Message):
        said = message_json(value)
        return said if value.finish_reason is None else said | {"finish_reason": value.finish_reason}
    if isinstance(value, Tool):
        return tool_json(value)
    return part_json(value) if isinstance(value, Said) else value
