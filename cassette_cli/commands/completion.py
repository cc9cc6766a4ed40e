"""`cassette completion`: the script that has a shell complete commands, options, and what recordings hold."""

from enum import StrEnum
from importlib import import_module
from typing import Annotated

import typer

from cassette_cli.commands.base import command_app, examples

app = command_app()

VARIABLE = "_CASSETTE_COMPLETE"


class Shell(StrEnum):
    """A shell that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@app.command(
    epilog=examples(
        ("cassette completion bash >>~/.bashrc", "from the next shell on"),
        ("cassette completion zsh >>~/.zshrc", "below the line with compinit"),
        ("cassette completion fish >~/.config/fish/completions/cassette.fish", ""),
    )
)
def completion(shell: Annotated[Shell, typer.Argument(help="The shell to print it for.")]) -> None:
    """Print a script that completes commands in a shell.

    It completes commands and options, and of recordings the numbers of interactions (show a.yaml -i TAB), models and
    hosts (ls tests/ --model TAB).
    """
    # Typer's own scripts; it exports the function by this module alone, without saying so to type checkers.
    script: str = import_module("typer.completion").get_completion_script(
        prog_name="cassette", complete_var=VARIABLE, shell=shell.value
    )
    typer.echo(script)
