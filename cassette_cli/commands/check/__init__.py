"""`cassette check`: is this recording sound?"""

import os
import sys

from cassette_cli.commands.base import Verbose, command_app, examples, finish, tell_passed_over
from cassette_cli.commands.check import options
from cassette_cli.commands.check.checking import Request, Run
from cassette_cli.commands.check.printing import closing, print_diff, print_findings
from cassette_cli.config.check import NEVER
from cassette_cli.errors import CassetteError
from cassette_cli.render.check_findings import list_lines
from cassette_cli.render.console import Policy, Printer, policy
from cassette_cli.search import STDIN

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
    paths: options.Paths = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    level: options.Shown = None,
    fail_on: options.FailOn = None,
    fix: options.Fix = False,
    diff: options.Diff = False,
    tests: options.Tests = None,
    statistics: options.Statistics = False,
    format_: options.Format = options.TEXT,
    json: options.Json = False,
    list_: options.List = False,
    skip_others: options.SkipOthers = False,
    verbose: Verbose = False,
) -> None:
    """Say what is wrong with recordings, and mend it.

    `cassette explain CODE` tells more of each finding.
    """
    if list_:
        Printer(sys.stdout, Policy(policy(sys.stdout, os.environ).colour)).lines(list_lines())
        return
    run = Run(
        Request(
            paths=tuple(paths or ["."]),
            select=options.codes(select, "--select"),
            ignore=options.codes(ignore, "--ignore") or (),
            level=options.level(level, "--level"),
            fail_on=options.level(fail_on, "--fail-on"),
            is_lenient=fail_on == NEVER,
            fix=fix,
            diff=diff,
            tests=tuple(tests or ()),
            skip_others=skip_others,
        )
    )
    how = "json" if json else options.format_of(format_)
    if (fix or diff) and STDIN in run.request.paths:
        raise CassetteError("standard input cannot be mended in place")
    if diff:
        print_diff(run)
    else:
        print_findings(run, how, statistics=statistics)
    tell_passed_over(run.passed_over, verbose=verbose)
    closing(run)
    finish(run.errors, found=run.failed)
