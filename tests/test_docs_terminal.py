"""docs/terminal.md: its examples print what it shows, and it names what there is."""

import re
import shlex
from pathlib import Path

import pytest

from cassette_cli import cli
from cassette_cli.commands.completion import Shell

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "terminal.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\$ cassette (.*)\n(.*)\n", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_examples_print_what_is_shown(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.run(shlex.split(command)) == 2
    assert capsys.readouterr() == ("", f"{shown}\n")


def test_it_names_every_command_that_is_paged() -> None:
    paged = [f"`{command.name}`" for command in cli.COMMANDS if command.paged]
    assert f"{', '.join(paged[:-1])} and {paged[-1]} go through a pager" in PAGE


def test_it_names_the_shells() -> None:
    shells = re.findall(r"^cassette completion (\w+) >", PAGE, re.MULTILINE)
    assert shells == [shell.value for shell in Shell if shell is not Shell.POWERSHELL]
