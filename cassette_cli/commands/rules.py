"""`cassette rules`: what `cassette redact` looks for."""

import os
import sys
from typing import Annotated

import typer

from cassette_cli.commands.base import command_app, examples
from cassette_cli.config.redact import classes_of
from cassette_cli.redaction import listing
from cassette_cli.render.as_json import write
from cassette_cli.render.console import Printer, policy
from cassette_cli.render.explained import rule_lines, rules_document

app = command_app()


@app.command(
    epilog=examples(
        ("cassette rules", "all rules, class by class"),
        ("cassette rules --class personal", "what that class would find"),
        ("cassette rules --json | jq -r '.rules[].rule'", "their names, as --no-rule takes them"),
    )
)
def rules(
    class_: Annotated[
        list[str] | None,
        typer.Option("--class", metavar="CLASS", help="Only rules of this class. Repeatable."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.rules/1).")] = False,
) -> None:
    """List what redact looks for.

    `cassette explain RULE` says where the facts of a rule come from.
    """
    try:
        wanted = classes_of(tuple(class_ or ["all"]))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--class") from None
    chosen = [rule for rule in listing.rules() if rule.category in wanted]
    if json:
        write([rules_document(chosen)], sys.stdout)
    else:
        Printer(sys.stdout, policy(sys.stdout, os.environ)).lines(rule_lines(chosen))
