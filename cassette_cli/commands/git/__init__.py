"""`cassette git`: git shows, compares and merges recordings by what they say."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated

import typer

from cassette_cli.commands.base import command_app, examples, finish
from cassette_cli.commands.git.patterns import USUAL, patterns_for
from cassette_cli.commands.git.scope import Scope, global_scope, recordings, repository_scope
from cassette_cli.commands.git.status import status, status_json, status_text
from cassette_cli.errors import CassetteError, ExitCode
from cassette_cli.render.as_json import dumps, write
from cassette_cli.render.console import Policy, Printer, policy
from cassette_cli.render.lines import line
from cassette_cli.repository import attributes, colours

# What git says of the attribute diff of a file that no driver has.
WITHOUT_DRIVER = frozenset({"unspecified", "unset", "set"})

Global = Annotated[bool, typer.Option("--global", help="For all of your repositories, not for this one.")]

app = command_app()


@app.callback(
    epilog=examples(
        ("cassette git enable", "git diff then shows what changed in recordings for real"),
        ("cassette git enable --global", "in all of your repositories"),
        ("cassette git status", "what is set, and which recordings it reaches"),
        ("cassette git disable", "all as it was before"),
    )
)
def git() -> None:
    """Let git show, compare and merge recordings by what they say."""


@app.command(
    epilog=examples(
        ("cassette git enable", "for the recordings that the repository tracks"),
        ("cassette git enable 'tests/**/*.yaml'", "for files that fit this pattern"),
        ("cassette git enable --global", "for cassettes folders and *.httprr, everywhere"),
    )
)
def enable(
    patterns: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATTERN]...",
            help="Patterns of .gitattributes; without any, the fewest that name the tracked recordings.",
            show_default=False,
        ),
    ] = None,
    global_: Global = False,
) -> None:
    """Set git up, and add patterns to .gitattributes. Run it again whenever recordings come to other folders."""
    scope = global_scope() if global_ else repository_scope()
    for pattern in patterns or ():
        if not pattern.strip() or pattern.startswith("!"):
            raise CassetteError(f"no pattern of .gitattributes: {pattern!r}")
    wanted = list(patterns or (_usual(scope) if global_ else _proposed(scope)))
    changed = scope.enable(wanted)
    rows = [f"{'enabled' if changed else 'enabled already'}: {scope.name}"]
    rows += [f"  {pattern}  in {scope.path}" for pattern in scope.patterns()]
    if changed and not global_:
        rows.append(f"Commit {scope.path}, so that others need only enable it, too.")
    _say(rows)


@app.command(epilog=examples(("cassette git disable", "takes out what enable put in, and nothing else")))
def disable(global_: Global = False) -> None:
    """Take our settings and lines out again."""
    scope = global_scope() if global_ else repository_scope()
    _say([f"{'disabled' if scope.disable() else 'not enabled'}: {scope.name}"])


@app.command(
    "status",
    epilog=examples(
        ("cassette git status", "exit code 0 if all is well, else 1"),
        ("cassette git status --json | jq .recordings", "for programs"),
    ),
)
def status_(
    global_: Annotated[bool, typer.Option("--global", help="Only what is set for all of your repositories.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.git/1).")] = False,
) -> None:
    """Tell what is set, what is stale, and which recordings it reaches."""
    scopes = [global_scope()] if global_ else [repository_scope(), global_scope()]
    found = status(scopes, with_recordings=not global_)
    if json:
        write([dumps(status_json(found)), "\n"], sys.stdout)
    else:
        _say(status_text(found))
    finish([], found=not found.is_well)


def _usual(scope: Scope) -> Sequence[str]:
    return () if scope.patterns() else USUAL


def _proposed(scope: Scope) -> Sequence[str]:
    """Patterns for the recordings that no driver has yet; the usual ones where there are none."""
    held = list(recordings())
    paths = [path for path, is_recording in held if is_recording]
    if not paths:
        return _usual(scope)
    reached = attributes(paths, ["diff"])
    missed = [path for path, each in zip(paths, reached, strict=True) if each["diff"] in WITHOUT_DRIVER]
    return patterns_for(missed, (path for path, is_recording in held if not is_recording))


def _say(rows: Iterable[str]) -> None:
    Printer(sys.stdout, Policy()).lines(line(0, row) for row in rows)


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
    # A driver runs once for each file, so it imports no other.
    from cassette_cli.commands.git.merge_driver import merge_driver

    merged = merge_driver([base, ours, theirs], size=size, path=path, labels=labels or ())
    raise typer.Exit(ExitCode.OK if merged else ExitCode.FOUND)


@app.command("diff-driver", hidden=True)
def diff_driver_(words: list[str]) -> None:
    """Print a diff for git: PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE, and of a renamed file more."""
    from cassette_cli.commands.git.diff_driver import diff_driver

    how = policy(sys.stdout, os.environ)
    terminal = sys.stdout.isatty() or how.width is not None
    wanted = how.colour if os.environ.get("NO_COLOR") or os.environ.get("FORCE_COLOR") else colours(terminal=terminal)
    last = os.environ.get("GIT_DIFF_PATH_COUNTER") == os.environ.get("GIT_DIFF_PATH_TOTAL")
    diff_driver(words, replace(how, colour=wanted), last=last)


@app.command("textconv", hidden=True)
def textconv_(path: str) -> None:
    """Print a recording as text that compares well, for git."""
    from cassette_cli.commands.git.textconv import textconv

    textconv(path)
