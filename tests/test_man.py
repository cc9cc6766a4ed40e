"""The manual pages: made from the commands as they are, and without fault to those who print them."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cassette_cli.cli import COMMANDS, loaded
from man.pages import pages

MADE = pages()
FOLDER = Path(__file__).resolve().parents[1] / "man" / "man1"


def test_the_pages_are_those_of_the_commands() -> None:
    """`python -m man` makes them anew."""
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == MADE


def printed(name: str) -> str:
    """A page as `man` shows it, without bold type, on long lines."""
    if shutil.which("groff") is None:
        pytest.skip("no groff here")
    command = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=200n", str(FOLDER / name)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return re.sub(r"\s+", " ", done.stdout.replace("‐", "-").replace("−", "-"))


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_page_is_printed_without_a_warning(name: str) -> None:
    assert printed(name).startswith(name.split(".")[0].upper())


def options_of(command: Any) -> set[str]:
    below = getattr(command, "commands", {}).values()
    own = {opt for param in command.params for opt in param.opts if opt.startswith("-") and not param.hidden}
    return own.union(*map(options_of, below))


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_a_page_has_every_option(name: str) -> None:
    words = set(re.findall(r"--?[\w-]+", printed(f"cassette-{name}.1")))
    assert options_of(loaded(name)) <= words


def test_a_page_keeps_examples_as_they_are() -> None:
    assert "cassette redact --check tests/" in printed("cassette-redact.1")
    assert "EXAMPLES" in printed("cassette-redact.1")
