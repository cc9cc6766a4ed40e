"""`cassette check`: is this recording sound?"""

import os
import sys
from typing import Annotated

import typer

from cassette_cli.checks.settings import Level
from cassette_cli.commands.base import PATHS_HELP, Verbose, command_app, examples, finish, tell_passed_over
from cassette_cli.commands.check.checking import Request, Run
from cassette_cli.commands.check.printing import closing, print_diff, print_findings
from cassette_cli.config.check import LEVELS, NEVER, codes_of, level_of
from cassette_cli.errors import CassetteError
from cassette_cli.render.check_findings import FORMATS, list_lines
from cassette_cli.render.console import Policy, Printer, policy
from cassette_cli.search import STDIN

TEXT = "text"
app = command_app()


@app.command(
    epilog=examples(
        ("cassette check tests/", "what is wrong with these recordings"),
        ("cassette check --select 'content-*' --fix tests/", "mend lengths and codings in place"),
        ("cassette check --level note a.yaml", "what is unusual, too"),
        ("cassette check --tests tests tests/cassettes", "recordings that no test names"),
        ("cassette check --ignore cookie-left --fail-on error .", "as strict as you like"),
        ("cassette check --format github tests/", "annotations in a pull request"),
        ("cassette check --list", "all checks"),
    )
)
def check(
    paths: Annotated[list[str] | None, typer.Argument(help=PATHS_HELP)] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only this check, whatever its level: a code or a glob. Repeatable."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Not this check, likewise. Repeatable.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(metavar="|".join(LEVELS), help="Show findings from this level on. [default: warning]")
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(metavar="|".join((*LEVELS, NEVER)), help="Exit with 1 from this level on. [default: warning]"),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend in place what is marked [*].")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what --fix would change.")] = False,
    tests: Annotated[
        list[str] | None, typer.Option(metavar="DIR", help="Also look for recordings that no test below DIR names.")
    ] = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="Print how many there are of each code.")] = False,
    format_: Annotated[
        str, typer.Option("--format", metavar="|".join((TEXT, *FORMATS)), help="How findings are printed.")
    ] = TEXT,
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.check/1).")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List all checks and their levels.")] = False,
    skip_others: Annotated[
        bool, typer.Option("--skip-others", help="Pass over named files that are no recordings, for hooks.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Say what is wrong with recordings, and mend what can be mended.

    docs/checks.md explains every code.
    """
    if list_:
        Printer(sys.stdout, Policy(policy(sys.stdout, os.environ).colour)).lines(list_lines())
        return
    if format_ not in (TEXT, *FORMATS):
        raise typer.BadParameter(f"{format_!r} is none of {', '.join((TEXT, *FORMATS))}", param_hint="--format")
    run = Run(
        Request(
            paths=tuple(paths or ["."]),
            select=_codes(select, "--select"),
            ignore=_codes(ignore, "--ignore") or (),
            level=_level(level, "--level"),
            fail_on=_level(fail_on, "--fail-on"),
            is_lenient=fail_on == NEVER,
            fix=fix,
            diff=diff,
            tests=tuple(tests or ()),
            skip_others=skip_others,
        )
    )
    if (fix or diff) and STDIN in run.request.paths:
        raise CassetteError("standard input cannot be mended in place")
    if diff:
        print_diff(run)
    else:
        print_findings(run, "json" if json else format_, statistics=statistics)
    tell_passed_over(run.passed_over, verbose=verbose)
    closing(run)
    finish(run.errors, found=run.failed)


def _codes(names: list[str] | None, option: str) -> tuple[str, ...] | None:
    try:
        return codes_of(tuple(names)) if names else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _level(name: str | None, option: str) -> Level | None:
    try:
        return None if name is None else level_of(name)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
