"""The options of `cassette check`, one line of help each."""

from typing import Annotated, TypeAlias

import typer

from cassette_cli.checks.settings import Level
from cassette_cli.commands.base import PATHS_HELP
from cassette_cli.config.check import LEVELS, NEVER, codes_of, level_of
from cassette_cli.render.check_findings import FORMATS

TEXT = "text"

Paths: TypeAlias = Annotated[list[str] | None, typer.Argument(help=PATHS_HELP)]
Select: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Only this check, whatever its level: a code or a glob. Repeatable."),
]
Ignore: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help="Not this check, likewise. Repeatable.")
]
Shown: TypeAlias = Annotated[
    str | None, typer.Option(metavar="|".join(LEVELS), help="Show findings from this level on. [default: warning]")
]
FailOn: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="|".join((*LEVELS, NEVER)), help="Exit with 1 from this level on. [default: warning]"),
]
Fix: TypeAlias = Annotated[bool, typer.Option("--fix", help="Mend in place what is marked [*].")]
Diff: TypeAlias = Annotated[bool, typer.Option("--diff", help="Write nothing; print what --fix would change.")]
Tests: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="DIR", help="Also look for recordings that no test below DIR names.")
]
Statistics: TypeAlias = Annotated[bool, typer.Option("--statistics", help="Print how many there are of each code.")]
Format: TypeAlias = Annotated[
    str, typer.Option("--format", metavar="|".join((TEXT, *FORMATS)), help="How findings are printed.")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.check/1).")]
List: TypeAlias = Annotated[bool, typer.Option("--list", help="List all checks and their levels.")]
SkipOthers: TypeAlias = Annotated[
    bool, typer.Option("--skip-others", help="Pass over named files that are no recordings, for hooks.")
]


def codes(names: list[str] | None, option: str) -> tuple[str, ...] | None:
    """Globs of codes. Raises BadParameter for one that fits none."""
    try:
        return codes_of(tuple(names)) if names else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def level(name: str | None, option: str) -> Level | None:
    """A level by its name. Raises BadParameter for any other."""
    try:
        return None if name is None else level_of(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def format_of(name: str) -> str:
    """The name of a format. Raises BadParameter for any other."""
    if name not in (TEXT, *FORMATS):
        raise typer.BadParameter(f"{name!r} is none of {', '.join((TEXT, *FORMATS))}", param_hint="--format")
    return name
