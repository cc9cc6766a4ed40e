"""`--color` and `--no-pager`, which every command has."""

import os
from pathlib import Path

import pytest
from terminals import on_terminal

from cassette_cli import cli

SAMPLE = str(Path(__file__).resolve().parents[2] / "samples" / "vcrpy" / "http_json.yaml")


@pytest.mark.parametrize(
    ("args", "environ", "coloured"),
    [
        (["show", SAMPLE], {}, False),
        (["show", SAMPLE], {"FORCE_COLOR": "1"}, True),
        (["show", "--color", "auto", SAMPLE], {"FORCE_COLOR": "1"}, True),
        (["show", "--color=always", SAMPLE], {}, True),
        (["show", "--color=always", SAMPLE], {"NO_COLOR": "1"}, True),
        (["show", SAMPLE, "--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always", "show", SAMPLE], {"NO_COLOR": "1"}, True),
        (["--color", "never", "show", SAMPLE], {"FORCE_COLOR": "1"}, False),
        (["--color", "never", "show", "--color", "always", SAMPLE], {}, True),
        (["--color", "always", "check", "--list"], {}, True),
        (["diff", "--color", "always", SAMPLE, SAMPLE.replace("json", "gzip")], {}, True),
    ],
)
def test_colour(
    args: list[str],
    environ: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    cli.run(args)
    assert ("\x1b[" in capsys.readouterr().out) is coloured
    assert {name: os.environ.get(name) for name in ("NO_COLOR", "FORCE_COLOR")} == {
        "NO_COLOR": environ.get("NO_COLOR"),
        "FORCE_COLOR": environ.get("FORCE_COLOR"),
    }


def test_a_terminal_without_colour() -> None:
    assert "\x1b" not in on_terminal(["--no-pager", "show", "--color", "never", SAMPLE])[1]


def test_another_word_is_bad_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["ls", "--color", "sometimes"]) == 2
    assert "'sometimes' is not one of 'auto', 'always', 'never'" in capsys.readouterr().err


@pytest.mark.parametrize("name", [command.name for command in cli.COMMANDS])
def test_every_command_has_the_options_that_suit_it(name: str) -> None:
    options = {each for param in cli.loaded(name).params for each in param.opts}
    paged = {command.name for command in cli.COMMANDS if command.paged}
    assert ("--color" in options) is (name != "git")
    assert ("--no-pager" in options) is (name in paged)
