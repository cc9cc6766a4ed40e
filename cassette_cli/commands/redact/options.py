"""The options of `cassette redact`, one line of help each."""

from typing import Annotated, TypeAlias

import typer

from cassette_cli.commands.base import PATHS_HELP
from cassette_cli.config.redact import classes_of
from cassette_cli.projects import Overrides
from cassette_cli.redaction.styles import STYLES
from cassette_cli.render.findings import FORMATS

Paths: TypeAlias = Annotated[list[str] | None, typer.Argument(help=PATHS_HELP)]
Check: TypeAlias = Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 where something is found.")]
Diff: TypeAlias = Annotated[
    bool, typer.Option("--diff", help="Write nothing; print what would change, secrets masked; exit with 1 likewise.")
]
Audit: TypeAlias = Annotated[
    bool, typer.Option("--audit", help="Ask about each secret: redact, allow (into the baseline), skip, quit.")
]
Staged: TypeAlias = Annotated[
    bool,
    typer.Option("--staged", help="What git would commit, of PATHS or all; exit with 1 where it holds secrets."),
]
Output: TypeAlias = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the one redacted recording here instead.")
]
Class: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--class",
        metavar="NAME",
        help="Look for this class instead of credentials and cookies: personal, account, noise, or all. Repeatable.",
    ),
]
Rule: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--rule", metavar="NAME", help="Also this rule, whatever its class. Repeatable."),
]
NoRule: TypeAlias = Annotated[
    list[str] | None, typer.Option("--no-rule", metavar="NAME", help="But not this rule. Repeatable.")
]
PlaceholderStyle: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--placeholder-style",
        metavar="|".join(STYLES),
        help="<openai-api-key-1>, REDACTED, or a text of the secret's own shape that clients accept.",
    ),
]
Format: TypeAlias = Annotated[
    str, typer.Option("--format", metavar="|".join(FORMATS), help="How findings are printed.")
]
Baseline: TypeAlias = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Let through what this file knows.")
]
UpdateBaseline: TypeAlias = Annotated[
    bool, typer.Option("--update-baseline", help="Write all that is found into the baseline, and change nothing else.")
]
SkipOthers: TypeAlias = Annotated[
    bool, typer.Option("--skip-others", help="Pass over named files that are no recordings, for hooks and filters.")
]
StdinFilename: TypeAlias = Annotated[
    str | None, typer.Option("--stdin-filename", metavar="PATH", help="What - is: for settings and messages.")
]


def overrides(
    classes: list[str] | None,
    rules: list[str] | None,
    no_rules: list[str] | None,
    style: str | None,
    baseline: str | None,
) -> Overrides:
    """What the options say of the settings. Raises BadParameter for a class or a style that there is not."""
    if style is not None and style not in STYLES:
        raise typer.BadParameter(f"{style!r} is none of {', '.join(STYLES)}", param_hint="--placeholder-style")
    try:
        chosen = classes_of(tuple(classes)) if classes else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--class") from None
    return Overrides(
        classes=chosen,
        rules=frozenset(rules or ()),
        no_rules=frozenset(no_rules or ()),
        placeholders=style,
        baseline=baseline,
    )


def format_of(name: str) -> str:
    """The name of a format. Raises BadParameter for any other."""
    if name not in FORMATS:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(FORMATS)}", param_hint="--format")
    return name
