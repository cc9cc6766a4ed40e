"""`cassette explain`: what a code means that a command has printed."""

import os
import sys
from typing import Annotated

import typer

from cassette_cli.commands.base import command_app, examples
from cassette_cli.explanations import explained, explanations
from cassette_cli.render.as_json import write
from cassette_cli.render.console import Printer, policy
from cassette_cli.render.explained import explain_document, explanation_lines, list_lines
from cassette_cli.render.lines import apart

app = command_app()


@app.command(
    epilog=examples(
        ("cassette explain", "all codes"),
        ("cassette explain stream-cut-off", "what an anomaly is, and what clients do with it"),
        ("cassette explain behaviour", "what makes a diff that strong"),
        ("cassette explain openai-api-key", "how a secret is recognised"),
    )
)
def explain(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CODE]...", help="Of an anomaly, a check, a verdict or a rule; none lists all."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.explain/1).")] = False,
) -> None:
    """Explain a code that another command has printed."""
    every = explanations()
    found = [each for code in codes for each in explained(code, every)] if codes else every
    if json:
        write([explain_document(found)], sys.stdout)
        return
    printer = Printer(sys.stdout, policy(sys.stdout, os.environ))
    printer.lines(apart(map(explanation_lines, found)) if codes else list_lines(every))
