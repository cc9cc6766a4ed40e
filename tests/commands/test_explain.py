"""`cassette explain`."""

import json

import pytest
from jsonschema import Draft202012Validator

from cassette_cli import cli, shipped


def test_one_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "stream-cut-off"]) == 0
    assert capsys.readouterr().out.startswith("stream-cut-off  anomaly, error of `check`\n  the stream ends before")


def test_several_codes_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "wording", "cookie-left"]) == 0
    told = capsys.readouterr().out
    assert told.index("wording  verdict") < told.index("\n\ncookie-left  check, warning of `check`")


def test_an_unknown_code_is_bad_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "stream-cut-off", "strem-empty"]) == 2
    assert capsys.readouterr() == ("", "cassette: nothing is named 'strem-empty'; did you mean stream-empty?\n")


@pytest.mark.parametrize("codes", [[], ["usage", "token"]])
def test_json_follows_its_schema(codes: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "--json", *codes]) == 0
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator(json.loads(shipped.schema("cassette.explain/1"))).validate(told)
    found = [each["code"] for each in told["explanations"]]
    assert found == codes if codes else len(found) > 300
