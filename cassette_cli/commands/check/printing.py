"""What a run of checks prints: findings or a diff on standard output, how many there were on standard error."""

import os
import sys

from cassette_cli.commands.check.checking import Run
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.settings import Settings
from cassette_cli.render.as_json import write
from cassette_cli.render.check_findings import FORMATS, statistics_lines, text_lines
from cassette_cli.render.console import Policy, Printer, policy
from cassette_cli.render.edit_diff import diff_lines
from cassette_cli.render.elision import plural
from cassette_cli.render.report import tell


def print_findings(run: Run, how: str, *, statistics: bool) -> None:
    """Print the findings of a run, or how many there are of each code."""
    if how in FORMATS:
        write(FORMATS[how](run.findings(), run.errors), sys.stdout)
        return
    printer = Printer(sys.stdout, Policy(policy(sys.stdout, os.environ).colour))
    printer.lines((statistics_lines if statistics else text_lines)(run.findings()))


def print_diff(run: Run) -> None:
    """Print what mending would change."""
    hide = OwnFinder(Settings()).masked
    printer = Printer(sys.stdout, Policy(policy(sys.stdout, os.environ).colour))
    for cassette, edits in run.changes():
        printer.lines(diff_lines(cassette.path, cassette.document.text, edits, hide, str))


def closing(run: Run) -> None:
    """Say how many findings there were, and what --fix did or could do."""
    said = [plural(count, level.value) for level, count in run.counts.items() if count]
    if run.mended:
        tell(f"cassette: {'would mend' if run.request.diff else 'mended'} {plural(run.mended, 'finding')}")
    if said:
        mendable = f"; --fix mends {run.fixable} of them" if run.fixable and not run.request.fix else ""
        tell(f"cassette: {', '.join(said)} in {plural(run.files, 'recording')}{mendable}")
