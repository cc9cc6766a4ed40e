"""Findings as text, JSON, SARIF and annotations."""

import json
from typing import Any

import jsonschema
import pytest

from cassette_cli import shipped
from cassette_cli.errors import CassetteError, Where
from cassette_cli.redaction.located import Located
from cassette_cli.redaction.rules import Category
from cassette_cli.render.findings import FORMATS, as_github, as_json, as_sarif, as_text

HEADER = Located(
    path="a b.yaml",
    line=3,
    column=9,
    interaction=0,
    where="request.headers.authorization",
    rule="jwt",
    category=Category.CREDENTIALS,
    fingerprint="0123456789abcdef",
)
STREAM = Located(
    path="b.yaml",
    line=7,
    column=1,
    interaction=None,
    where="reply.messages[0]\n\x1b",
    rule="email",
    category=Category.PERSONAL,
    fingerprint="fedcba9876543210",
    events=(3, 4, 5, 9),
    placeholder="<email-1>",
)
ERRORS = [CassetteError("no: 100%", Where("c,d.yaml", 1, 2)), CassetteError("at large")]


def test_text() -> None:
    assert list(as_text([HEADER, STREAM], ERRORS)) == [
        "a b.yaml:3:9: interaction 0: request.headers.authorization: jwt 0123456789abcdef\n",
        "b.yaml:7:1: reply.messages[0]\\n\\x1b (events 3-5, 9): email fedcba9876543210 -> <email-1>\n",
    ]


def test_json_follows_its_schema() -> None:
    document = json.loads("".join(as_json([HEADER, STREAM], ERRORS)))
    jsonschema.validate(document, json.loads(shipped.schema("cassette.redact/1")))
    assert [each["events"] for each in document["findings"]] == [[], [3, 4, 5, 9]]
    assert [each["message"] for each in document["errors"]] == ["no: 100%", "at large"]


def sarif(*found: Located) -> Any:
    [run] = json.loads("".join(as_sarif(found, ERRORS)))["runs"]
    return run


def test_sarif() -> None:
    run = sarif(HEADER, STREAM)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["email", "jwt"]
    assert [result["ruleId"] for result in run["results"]] == ["jwt", "email"]
    [location] = run["results"][0]["locations"]
    assert location == {
        "physicalLocation": {
            "artifactLocation": {"uri": "a%20b.yaml"},
            "region": {"startLine": 3, "startColumn": 9},
        },
        "logicalLocations": [{"fullyQualifiedName": "request.headers.authorization"}],
    }
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [each["message"]["text"] for each in invocation["toolExecutionNotifications"]] == ["no: 100%", "at large"]


def test_github() -> None:
    assert list(as_github([HEADER], ERRORS)) == [
        "::error file=a b.yaml,line=3,col=9,title=jwt::jwt in interaction 0, request.headers.authorization\n",
        "::error file=c%2Cd.yaml,line=1,col=2::no: 100%25\n",
        "::error ::at large\n",
    ]


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_documents_are_whole_where_nothing_is_found(name: str) -> None:
    assert json.loads("".join(FORMATS[name]([], [])))


@pytest.mark.parametrize("name", ["text", "github"])
def test_lines_are_none_where_nothing_is_found(name: str) -> None:
    assert "".join(FORMATS[name]([], [])) == ""
