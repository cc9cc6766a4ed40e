"""What the README says is true: its examples print what it shows, and it names all that there is."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cassette_cli.cli import BROKEN_PIPE, COMMANDS
from cassette_cli.errors import ExitCode
from cassette_cli.protocols import PROTOCOLS
from cassette_cli.recorders import RECORDERS
from samples.pictures import TERMINALS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

# `$ command` and what it prints, up to the next one.
EXAMPLE = re.compile(r"^\$ (cassette .*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def fenced(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


# A command's picture, which test_pictures.py holds against what the command prints.
PICTURE = re.compile(r"^!\[`(cassette .*?)`\]\(docs/pictures/(\w+\.svg)\)$", re.MULTILINE)

EXAMPLES = [match.groups() for block in fenced("console") for match in EXAMPLE.finditer(block)]


def pattern(shown: str) -> re.Pattern[str]:
    """What an output must match: three dots, with the white space around them, stand for anything."""
    return re.compile("(?s:.*?)".join(re.escape(part) for part in re.split(r"\s*\.\.\.\s*", shown.rstrip())))


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_prints_what_the_readme_shows(command: str, shown: str) -> None:
    _, *args = shlex.split(command)
    run = subprocess.run(
        [sys.executable, "-m", "cassette_cli", *args],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode in (ExitCode.OK, ExitCode.FOUND), run.stdout
    assert pattern(shown).fullmatch(run.stdout.rstrip()), run.stdout


def test_every_command_has_an_example() -> None:
    called = {shlex.split(command)[1] for command, _ in EXAMPLES + PICTURE.findall(README)}

    assert {command.name for command in COMMANDS} <= called


def test_there_is_one_command_to_try_it_and_one_to_test_it() -> None:
    first, second = fenced("sh")

    assert first.count("\n") == second.count("\n") == 1
    assert first.endswith(f" {PICTURE.findall(README)[0][0]}\n".replace(" cassette ", "/cassette "))
    assert second.endswith(" -m pytest -n auto\n")


def test_a_picture_is_of_the_command_that_it_says() -> None:
    pictures = {terminal.name: f"cassette {' '.join(terminal.args)}" for terminal in TERMINALS}

    assert {name: command for command, name in PICTURE.findall(README)} == pictures


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_explained(code: ExitCode) -> None:
    assert re.search(rf"^\| {code.value} \| \S", README, re.MULTILINE)


def test_the_end_of_a_closed_pipe_is_explained() -> None:
    assert re.search(rf"^\| {BROKEN_PIPE} \| \S", README, re.MULTILINE)


def test_all_that_is_read_is_named() -> None:
    names = [recorder.NAME for recorder in RECORDERS] + [protocol.NAME for protocol in PROTOCOLS]

    assert [name for name in names if name not in README] == []


def test_its_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
