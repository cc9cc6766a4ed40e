"""What every command does with a terminal: `--color` and `--no-pager`, before the subcommand's name or after it.

Both work as with git (https://git-scm.com/docs/git#Documentation/git.txt---no-pager): colour follows the environment
unless it is asked for, and what may be long goes through a pager where standard output is a terminal.
"""

import os
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, TypeAlias

import typer

NO_PAGER = "cassette.no-pager"


class When(StrEnum):
    """When there is colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


# What each says in the environment, where the processes that a command starts find it, too.
VARIABLES = {When.ALWAYS: "FORCE_COLOR", When.NEVER: "NO_COLOR"}


def _colour(ctx: typer.Context, when: When) -> None:
    """Have NO_COLOR and FORCE_COLOR say what the option says, as long as the command runs."""
    if when is When.AUTO or ctx.resilient_parsing:
        return
    for name in VARIABLES.values():
        before = os.environ.pop(name, None)
        ctx.call_on_close(partial(_restore, name, before))
    os.environ[VARIABLES[when]] = "1"


def _restore(name: str, value: str | None) -> None:
    os.environ.pop(name, None)
    if value is not None:
        os.environ[name] = value


def _note_no_pager(ctx: typer.Context, unwanted: bool) -> None:
    if unwanted:
        ctx.meta[NO_PAGER] = True


def _page(ctx: typer.Context, unwanted: bool) -> None:
    """Have a pager show what the command prints, unless that is unwanted here or before the command's name."""
    if unwanted or ctx.meta.get(NO_PAGER) or ctx.resilient_parsing:
        return
    from cassette_cli.render.pager import paged

    ctx.with_resource(paged(os.environ))


COLOUR = typer.Option(
    "--color",
    help="Colour the output; auto, the default, heeds NO_COLOR and FORCE_COLOR.",
    # Some releases of typer import rich to show one.
    show_default=False,
    callback=_colour,
    expose_value=False,
)
NO_PAGER_HELP = "Print without a pager."

# For the root command, which has no output of its own.
Colour: TypeAlias = Annotated[When, COLOUR]
NoPager: TypeAlias = Annotated[
    bool, typer.Option("--no-pager", help=NO_PAGER_HELP, callback=_note_no_pager, expose_value=False)
]


_options = typer.Typer(add_completion=False)


@_options.command()
def _of_a_subcommand(
    color: Colour = When.AUTO,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help=NO_PAGER_HELP, callback=_page, expose_value=False)
    ] = False,
) -> None:
    """Never called: its options become those of every subcommand."""


def with_options(command: Any, *, paged: bool) -> Any:
    """A subcommand that has these options, too; one with commands of its own leaves them to the root."""
    if not hasattr(command, "commands"):
        color, no_pager = typer.main.get_command(_options).params
        command.params += [color, no_pager] if paged else [color]
    return command
