"""`cassette diff`: what changed between two recordings for real, and how much it matters."""

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from cassette_cli.commands.base import command_app, examples, exchanges, fault, finish
from cassette_cli.commands.diff.sources import Versions, sources
from cassette_cli.comparison.changes import FileDiff, Verdict
from cassette_cli.comparison.compare import Recording, compare_files, recording
from cassette_cli.comparison.settings import WORDS, Settings, settings
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import write
from cassette_cli.render.console import Printer, policy
from cassette_cli.render.diff.as_json import diff_document
from cassette_cli.render.diff.as_text import file_lines, rule_lines, total_line
from cassette_cli.render.diff.interaction import DiffView
from cassette_cli.render.diff.markdown import diff_markdown
from cassette_cli.render.diff.stat import stat_line
from cassette_cli.render.lines import BLANK
from cassette_cli.render.report import tell

PARTS_HELP = f"({', '.join(WORDS)})"
BEHIND = "behind"

app = command_app()


class FailOn(StrEnum):
    """From which class on the exit code is 1."""

    COSMETIC = "cosmetic"
    USAGE = "usage"
    WORDING = "wording"
    REQUEST = "request"
    BEHAVIOUR = "behaviour"
    NEVER = "never"


class Format(StrEnum):
    """How the diff is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class WithPaths(TyperCommand):
    """A command that tells what stands behind `--` from what stands before, as git does."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As click's; `Any`, because the class has no name that all releases of typer export."""
        if "--" in args:
            place = args.index("--")
            ctx.meta[BEHIND] = args[place + 1 :]
            args = args[:place]
        rest: list[str] = super().parse_args(ctx, args)
        return rest


@app.command(
    cls=WithPaths,
    epilog=examples(
        ("cassette diff old.yaml new.yaml", "two recordings, of the same recorder or not"),
        ("cassette diff tests/old tests/new", "two directories, file by file"),
        ("cassette diff", "what git has not staged, as git diff"),
        ("cassette diff HEAD~1 -- tests/", "what changed since a revision"),
        ("cassette diff main...topic --stat", "what a branch changed, a line for each recording"),
        ("cassette diff a.yaml b.yaml --fail-on request", "exit code 1 only for prompts and behaviour"),
        ("cassette diff a.yaml b.yaml --ignore usage", "leave token counts and costs out"),
        ("cassette diff a.yaml b.yaml --explain", "why what is cosmetic is so"),
    ),
)
def diff(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OLD NEW | REVISION... [-- PATHS...]]",
            help="Two files or directories (one may be - for standard input), or revisions as git diff takes them.",
            show_default=False,
        ),
    ] = None,
    staged: Annotated[bool, typer.Option("--staged", "--cached", help="What git would commit.")] = False,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The class from which on the exit code is 1.")
    ] = FailOn.COSMETIC,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="PART", help=f"Compare only these {PARTS_HELP}.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="PART", help="Leave these out.")] = None,
    ignore_path: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore-path",
            metavar="PATH",
            help="Leave out places like 'reply.messages[*].tool_calls[*].arguments.date'; * and ** are wildcards.",
        ),
    ] = None,
    tolerance: Annotated[float, typer.Option(help="How far numbers may be apart without differing.")] = 0.0,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Name each cosmetic change and why it is so; alone: all that is known to vary."),
    ] = False,
    chunks: Annotated[bool, typer.Option("--chunks", help="How the chunks of streams changed.")] = False,
    full: Annotated[bool, typer.Option("--full", help="All lines of all changes.")] = False,
    stat: Annotated[bool, typer.Option("--stat", help="One line for each recording.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json (schema cassette.diff/1).")] = False,
) -> None:
    """Show what changed between two recordings, after streams are put together again.

    Each change has a class, the weakest first: cosmetic, usage, wording, request, behaviour.
    """
    how = Format.JSON if json else format_
    if how is not Format.TEXT and stat:
        raise CassetteError(f"--stat goes with --format text, not with {how.value}")
    if json and format_ is Format.MARKDOWN:
        raise CassetteError("--json does not go with --format markdown")
    behind: list[str] | None = ctx.meta.get(BEHIND)
    printer = Printer(sys.stdout, policy(sys.stdout, os.environ))
    if explain and not words and behind is None and not staged:
        printer.lines(rule_lines())
        return
    chosen = settings(tolerance=tolerance, only=only or (), ignore=ignore or (), ignore_paths=ignore_path or ())
    errors: list[CassetteError] = []
    pairs = sources(words or [], behind, lambda error: fault(error, errors), staged=staged)
    verdicts: list[Verdict] = []
    found = _noting(verdicts, _compared(pairs, chosen, errors))
    view = DiffView(full=full, explain=explain, chunks=chunks, width=printer.how.width)
    if how is Format.JSON:
        write(diff_document(found, errors), sys.stdout)
    elif how is Format.MARKDOWN:
        held = list(found)
        write(diff_markdown(held, errors, view), sys.stdout)
    else:
        _print(printer, found, verdicts, view, stat=stat)
    threshold = None if fail_on is FailOn.NEVER else Verdict[fail_on.name]
    finish(errors, found=threshold is not None and max(verdicts, default=Verdict.IDENTICAL) >= threshold)


def _print(printer: Printer, found: Iterator[FileDiff], verdicts: list[Verdict], view: DiffView, *, stat: bool) -> None:
    """Each recording that differs when it was compared, and a total where there are several or none differs."""
    started = False
    for each in found:
        if not each.verdict:
            continue
        if started and not stat:
            printer.lines([BLANK])
        printer.lines([stat_line(each)] if stat else file_lines(each, view))
        started = True
    if len(verdicts) > 1 and started and not stat:
        printer.lines([BLANK])
    if len(verdicts) > 1 or (verdicts and not started):
        printer.lines([total_line(verdicts)])
    elif not verdicts:
        tell("no recordings to compare")


def _noting(verdicts: list[Verdict], found: Iterator[FileDiff]) -> Iterator[FileDiff]:
    for each in found:
        verdicts.append(each.verdict)
        yield each


def _compared(pairs: Iterator[Versions], chosen: Settings, errors: list[CassetteError]) -> Iterator[FileDiff]:
    """The diffs of files, each made when it is asked for; what cannot be read is said and passed over."""
    for pair in pairs:
        try:
            old, new = (version.read() if version else None for version in pair)
        except CassetteError as error:
            fault(error, errors)
            continue
        for cassette in (old, new):
            for incomplete in cassette.faults if cassette else ():
                fault(incomplete, errors)
        if old and new and old.document.text == new.document.text:
            yield FileDiff(old=old.path, new=new.path)
        elif old or new:
            yield compare_files(_recording(old, errors), _recording(new, errors), chosen)


def _recording(cassette: Cassette | None, errors: list[CassetteError]) -> Recording | None:
    return recording(cassette, exchanges(cassette, errors)) if cassette else None
