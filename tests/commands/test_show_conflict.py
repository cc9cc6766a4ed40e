"""A cassette that git could not merge: what only reads shows both sides, what writes refuses."""

import json
from importlib.resources import files as resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from planted import put, secret, vcrpy

from cassette_cli import cli
from cassette_cli.errors import ExitCode

FAULT = "a.yaml:11:1: git left a conflict here (ours: HEAD; theirs: topic)\n"


@pytest.fixture
def unmerged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    ours, theirs = (vcrpy(reply=[word]).splitlines() for word in ("five", "six"))
    [place] = [place for place, line in enumerate(ours) if line != theirs[place]]
    ours[place] = "\n".join(["<<<<<<< HEAD", ours[place], "=======", theirs[place], ">>>>>>> topic"])
    return put(tmp_path, "a.yaml", "\n".join([*ours, ""]))


@pytest.mark.usefixtures("unmerged")
def test_show_prints_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["show", "a.yaml", "--response"]) == ExitCode.USAGE

    printed = capsys.readouterr()
    assert printed.err == FAULT
    assert [line for line in printed.out.splitlines() if "a.yaml" in line or line.startswith("     ")] == [
        "a.yaml (ours: HEAD)  VCR.py 1 · 1 interaction",
        "     five",
        "a.yaml (theirs: topic)  VCR.py 1 · 1 interaction",
        "     six",
    ]


@pytest.mark.usefixtures("unmerged")
def test_ls_lists_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["ls"]) == ExitCode.USAGE

    printed = capsys.readouterr()
    assert printed.err == FAULT
    assert "a.yaml (ours: HEAD)  VCR.py 1\n" in printed.out
    assert "a.yaml (theirs: topic)  VCR.py 1\n" in printed.out


@pytest.mark.parametrize("command", ["show", "ls"])
@pytest.mark.usefixtures("unmerged")
def test_json_says_which_side(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([command, "a.yaml", "--json"]) == ExitCode.USAGE

    shown = json.loads(capsys.readouterr().out)
    Draft202012Validator(
        json.loads(resources("cassette_cli").joinpath("schemas", f"cassette.{command}.1.json").read_text("utf-8"))
    ).validate(shown)
    assert [(each["path"], each["side"]) for each in shown["cassettes"]] == [("a.yaml", "ours"), ("a.yaml", "theirs")]
    assert [error["line"] for error in shown["errors"]] == [11]


@pytest.mark.parametrize("options", [[], ["--check"], ["--diff"]])
def test_redact_refuses(unmerged: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = unmerged.read_text().replace("Hi", secret())
    unmerged.write_text(text)

    assert cli.run(["redact", "a.yaml", *options]) == ExitCode.USAGE
    assert capsys.readouterr().err == FAULT
    assert unmerged.read_text() == text
