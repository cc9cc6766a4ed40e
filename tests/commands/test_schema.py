"""`cassette schema`."""

import json

import pytest

from cassette_cli import cli, shipped


def test_lists_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema"]) == 0
    assert {"cassette.ls/1", "cassette.show/1"} <= set(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", shipped.schema_names())
def test_prints_one(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema", name]) == 0
    printed = capsys.readouterr().out
    assert printed == shipped.schema(name)
    assert json.loads(printed)["title"] == name
