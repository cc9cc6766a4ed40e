"""`cassette trim`: headers that nobody reads, dropped."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from cassette_cli import files
from cassette_cli.commands.base import (
    PATHS_HELP,
    Verbose,
    cassettes,
    command_app,
    examples,
    fault,
    finish,
    tell_passed_over,
)
from cassette_cli.config.trim import NAMES, of_classes
from cassette_cli.errors import CassetteError
from cassette_cli.header_classes import TrimSettings
from cassette_cli.model import Cassette
from cassette_cli.projects import Configurations
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.settings import Settings
from cassette_cli.render.as_json import write
from cassette_cli.render.console import Policy, Printer, policy
from cassette_cli.render.edit_diff import diff_lines
from cassette_cli.render.elision import plural
from cassette_cli.render.report import tell
from cassette_cli.render.trimmed import file_line, trim_document
from cassette_cli.search import STDIN
from cassette_cli.trimming import Trimmed, trimmed

app = command_app()


@app.command(
    epilog=examples(
        ("cassette trim tests/", "drop what nobody reads, in place"),
        ("cassette trim --check tests/", "say what would go"),
        ("cassette trim --diff a.yaml", "show it"),
        ("cassette trim --class rate-limit --class cdn tests/", "these classes only"),
        ("cassette trim --keep x-request-id tests/", "but not this one"),
        ("cassette trim --class all --keep 'x-acme-*' tests/", "all but those that a body needs, and these"),
    )
)
def trim(
    paths: Annotated[list[str] | None, typer.Argument(help=PATHS_HELP)] = None,
    class_: Annotated[
        list[str] | None,
        typer.Option("--class", metavar="NAME", help=f"Only this class: {', '.join(NAMES)}. Repeatable."),
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="This header, too: a name or a glob. Repeatable.")
    ] = None,
    keep: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Never this one, likewise.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 where something would go.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; print what would change; exit with 1 likewise.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.trim/1).")] = False,
    verbose: Verbose = False,
) -> None:
    """Drop headers that nobody reads from recordings.

    Dates, ids of requests, rate limits, what caches and proxies say. What a body needs stays (content-type and the
    like), and so do headers of requests where the recorder may compare them (go-vcr, httprr). Nothing else in a file
    changes. docs/trim.md has the classes.
    """
    if STDIN in (paths or ()) and not (check or diff or json):
        raise CassetteError("standard input cannot be trimmed in place")
    try:
        chosen = of_classes(tuple(class_)) if class_ else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--class") from None
    run = _Run(chosen, tuple(drop or ()), tuple(keep or ()), writes=not (check or diff))
    found = run.trimmed(paths or ["."])
    if json:
        write(trim_document(found, run.errors), sys.stdout)
    else:
        printer = Printer(sys.stdout, Policy(policy(sys.stdout, os.environ).colour))
        hide = OwnFinder(Settings()).masked
        for before, each in found:
            text = before.document.text
            printer.lines(
                diff_lines(before.path, text, each.edits, hide, str) if diff else [file_line(before.path, each)]
            )
    tell_passed_over(run.passed_over, verbose=verbose)
    if run.files:
        verb = "dropped" if run.writes else "would drop"
        less = f"{plural(run.lines, 'line')} and {plural(run.bytes, 'byte')} less"
        tell(f"cassette: {verb} {plural(run.headers, 'header')} in {plural(run.files, 'recording')}, {less}")
    finish(run.errors, found=bool(run.files) and not run.writes)


class _Run:
    """Trims files, and counts what goes."""

    def __init__(
        self, chosen: TrimSettings | None, drop: tuple[str, ...], keep: tuple[str, ...], *, writes: bool
    ) -> None:
        self.writes = writes
        self.errors: list[CassetteError] = []
        self.passed_over: list[str] = []
        self.files = self.headers = self.bytes = self.lines = 0
        self._chosen, self._drop, self._keep = chosen, drop, keep
        self._configurations = Configurations()

    def trimmed(self, paths: list[str]) -> Iterator[tuple[Cassette, Trimmed]]:
        """The cassettes that lose something, each once it is written where that is asked for."""
        for cassette in cassettes(paths, self.errors, passed_over=self.passed_over):
            try:
                found = trimmed(cassette, self._settings(cassette.path))
                if not found.dropped:
                    continue
                if self.writes:
                    files.store(cassette, found.after)
            except CassetteError as error:
                fault(error, self.errors)
                continue
            self.files += 1
            self.headers += len(found.dropped)
            self.bytes += found.bytes
            self.lines += found.lines
            yield cassette, found

    def _settings(self, path: str) -> TrimSettings:
        """The settings of a file; classes that the command line names take the place of the configuration's."""
        held = self._configurations.of(path).trim
        chosen = self._chosen or held
        return replace(
            held,
            classes=chosen.classes,
            everything=chosen.everything,
            drop=(*held.drop, *map(str.lower, self._drop)),
            keep=(*held.keep, *map(str.lower, self._keep)),
        )
