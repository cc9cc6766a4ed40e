"""Findings for other programs. test_findings.py and those of the commands show them whole."""

import json

from cassette_cli.errors import CassetteError, Where
from cassette_cli.render.notices import Notice, github, sarif

NOTICE = Notice(path="a b.yaml", line=3, column=5, rule="r", level="note", message="one\ntwo: 5%")


def test_levels_have_githubs_words() -> None:
    (row,) = github([NOTICE], [])
    assert row == "::notice file=a b.yaml,line=3,col=5,title=r::one%0Atwo: 5%25\n"


def test_errors_are_notifications_and_fingerprints_are_optional() -> None:
    error = CassetteError("not YAML", Where("b.yaml", 7))
    (made,) = json.loads("".join(sarif([NOTICE], [error])))["runs"]
    (invocation,) = made["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "partialFingerprints" not in made["results"][0]
    assert made["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.yaml"},
        "region": {"startLine": 3, "startColumn": 5},
    }
