"""Diffs as JSON: what the schema says, and a patch that another implementation applies."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonpatch
import jsonschema
import pytest

from cassette_cli import files, shipped
from cassette_cli.comparison.changes import FileDiff
from cassette_cli.comparison.compare import Recording, compare_files, recording
from cassette_cli.comparison.settings import Settings
from cassette_cli.errors import CassetteError, Where
from cassette_cli.exchange import exchange
from cassette_cli.render.diff.as_json import diff_document
from cassette_cli.render.json_interactions import response_json

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PAIRS = [
    ("go_vcr/openai_chat_sse_add_multiply.yaml", "go_vcr/openai_chat_sse_add_multiply_again.yaml"),
    ("go_vcr/openai_chat_sse_add_multiply.yaml", "vcrpy/anthropic_sse_add_multiply.yaml"),
    ("vcrpy/anthropic_sse_thinking.yaml", "go_vcr/anthropic_text.yaml"),
    ("vcrpy/anthropic_sse_thinking.yaml", "vcrpy/anthropic_sse_error.yaml"),
    ("vcrpy/openai_chat_sse_openrouter.yaml", "vcrpy/openai_chat_sse_unicode.yaml"),
    ("go_vcr/http_json.yaml", "go_vcr/http_form.yaml"),
]


def read(name: str) -> Recording:
    found = files.read(str(SAMPLES / name))
    return replace(recording(found, map(exchange, found.interactions)), path=name)


def document(*found: FileDiff, errors: tuple[CassetteError, ...] = ()) -> Any:
    shown = json.loads("".join(diff_document(found, errors)))
    jsonschema.validate(shown, json.loads(shipped.schema("cassette.diff/1")))
    return shown


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_a_patch_makes_the_new_reply_of_the_old_one(old: str, new: str) -> None:
    found = compare_files(read(old), read(new), Settings())

    shown = document(found)["files"][0]["interactions"]

    assert len(shown) == len(found.interactions)
    for each, interaction in zip(found.interactions, shown, strict=True):
        if each.old and each.new:
            before, after = (json.loads(json.dumps(response_json(side))) for side in (each.old, each.new))
            assert jsonpatch.apply_patch(before, interaction["patch"]) == after
        else:
            assert interaction["patch"] is None


def test_errors_and_files_that_came() -> None:
    shown = document(
        compare_files(None, read(PAIRS[0][0]), Settings()),
        FileDiff(old="a", new="a"),
        errors=(CassetteError("broken", Where("b.yaml", 3, 7)),),
    )

    assert [(each["old"], each["verdict"]) for each in shown["files"]] == [(None, "behaviour"), ("a", "identical")]
    assert shown["errors"] == [{"path": "b.yaml", "line": 3, "column": 7, "message": "broken"}]
    assert shown["verdict"] == "behaviour"
