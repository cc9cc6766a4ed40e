"""`cassette git`: git shows, compares and merges recordings by what they say."""

from typing import Annotated

import typer

from cassette_cli.commands.base import command_app
from cassette_cli.commands.git.merge_driver import merge_driver
from cassette_cli.errors import ExitCode

app = command_app()


@app.callback()
def git() -> None:
    """Let git show, compare and merge recordings by what they say."""


@app.command("merge-driver", hidden=True)
def merge_driver_(
    base: str,
    ours: str,
    theirs: str,
    size: int,
    path: str,
    labels: Annotated[list[str] | None, typer.Argument()] = None,
) -> None:
    """Merge for git: %O %A %B %L %P, and the labels %S %X %Y where git knows them."""
    merged = merge_driver([base, ours, theirs], size=size, path=path, labels=labels or ())
    raise typer.Exit(ExitCode.OK if merged else ExitCode.FOUND)
