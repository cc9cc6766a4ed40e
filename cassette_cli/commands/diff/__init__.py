"""`cassette diff`: what changed between two recordings for real, and how much it matters."""

import os
import sys
from collections.abc import Iterator, Mapping

import typer

from cassette_cli.commands.base import assets, command_app, examples, exchanges, fault, finish
from cassette_cli.commands.diff.options import (
    BEHIND,
    Chunks,
    Explain,
    FailOn,
    FailOnClass,
    Format,
    Full,
    HowToPrint,
    Html,
    Ignore,
    IgnorePath,
    Json,
    Only,
    Staged,
    Stat,
    Tolerance,
    WithPaths,
    Words,
)
from cassette_cli.commands.diff.sources import Versions, sources
from cassette_cli.comparison.changes import FileDiff, Verdict
from cassette_cli.comparison.compare import Recording, compare_files, recording
from cassette_cli.comparison.settings import Settings, settings
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
from cassette_cli.render.progress import Progress, may_show
from cassette_cli.render.report import tell

app = command_app()


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
        ("cassette diff a.yaml b.yaml --html > diff.html", "a page, replies and streams beside each other"),
    ),
)
def diff(
    ctx: typer.Context,
    words: Words = None,
    staged: Staged = False,
    fail_on: FailOnClass = FailOn.COSMETIC,
    only: Only = None,
    ignore: Ignore = None,
    ignore_path: IgnorePath = None,
    tolerance: Tolerance = 0.0,
    explain: Explain = False,
    chunks: Chunks = False,
    full: Full = False,
    stat: Stat = False,
    format_: HowToPrint = Format.TEXT,
    json: Json = False,
    html: Html = False,
) -> None:
    """Show what changed for real between recordings.

    Streams are put together again first. Each change has a class, the weakest first: cosmetic, usage, wording,
    request, behaviour.
    """
    how = _format(format_, {Format.JSON: json, Format.HTML: html})
    if how is not Format.TEXT and stat:
        raise CassetteError(f"--stat goes with --format text, not with {how.value}")
    behind: list[str] | None = ctx.meta.get(BEHIND)
    printer = Printer(sys.stdout, policy(sys.stdout, os.environ))
    if explain and not words and behind is None and not staged:
        printer.lines(rule_lines())
        return
    chosen = settings(tolerance=tolerance, only=_words(only), ignore=_words(ignore), ignore_paths=ignore_path or ())
    errors: list[CassetteError] = []
    pairs = sources(words or [], behind, lambda error: fault(error, errors), staged=staged)
    verdicts: list[Verdict] = []
    shown = may_show(sys.stderr, sys.stdout, os.environ, results_at_end=how is not Format.TEXT)
    found = _noting(verdicts, Progress(sys.stderr, shown=shown), _compared(pairs, chosen, errors))
    view = DiffView(full=full, explain=explain, chunks=chunks, width=printer.how.width)
    if how is Format.JSON:
        write(diff_document(found, errors), sys.stdout)
    elif how is Format.MARKDOWN:
        held = list(found)
        write(diff_markdown(held, errors, view), sys.stdout)
    elif how is Format.HTML:
        from cassette_cli.render.html.diff import diff_page  # here, because few runs need it

        write(diff_page(found, errors, assets(), view), sys.stdout)
    else:
        _print(printer, found, verdicts, view, stat=stat)
    if not verdicts and not errors:
        tell("no recordings to compare")
    threshold = None if fail_on is FailOn.NEVER else Verdict[fail_on.name]
    finish(errors, found=threshold is not None and max(verdicts, default=Verdict.IDENTICAL) >= threshold)


def _format(given: Format, flags: Mapping[Format, bool]) -> Format:
    """How to print; flags are other names of formats, and none may say what --format does not."""
    chosen = [each for each, flag in flags.items() if flag]
    for each in chosen:
        if given not in (Format.TEXT, each):
            raise CassetteError(f"--{each.value} does not go with --format {given.value}")
    if len(chosen) > 1:
        raise CassetteError("--json and --html exclude each other")
    return chosen[0] if chosen else given


def _words(given: list[str] | None) -> list[str]:
    """Words given one by one, or several with commas between them."""
    return [word.strip() for each in given or () for word in each.split(",")]


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


def _noting(verdicts: list[Verdict], progress: Progress, found: Iterator[FileDiff]) -> Iterator[FileDiff]:
    for each in found:
        verdicts.append(each.verdict)
        if each.verdict:
            progress.clear()
        yield each
        progress.step()
    progress.clear()


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
