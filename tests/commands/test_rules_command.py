"""`cassette rules`."""

import json

import pytest
from jsonschema import Draft202012Validator

from cassette_cli import cli, shipped


def test_all_classes_unless_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["rules"]) == 0
    told = capsys.readouterr().out
    assert "\ncookies  2 rules, looked for by default\n" in told
    assert cli.run(["rules", "--class", "noise", "--class", "account"]) == 0
    told = capsys.readouterr().out
    assert "noise  5 rules, with --class noise" in told
    assert "cookies" not in told


def test_a_class_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["rules", "--class", "cookie"]) == 2
    assert "no class is named 'cookie'; did you mean cookies?" in capsys.readouterr().err


def test_json_follows_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["rules", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(shipped.schema("cassette.rules/1"))).validate(told)
    assert len(told["rules"]) > 200
