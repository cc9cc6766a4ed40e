"""The options of `cassette diff`."""

from enum import StrEnum
from typing import Annotated, Any, TypeAlias

import typer
from typer.core import TyperCommand

from cassette_cli.comparison.settings import WORDS

PARTS_HELP = f"({', '.join(WORDS)})"
BEHIND = "behind"


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
    HTML = "html"


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


Words: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[OLD NEW | REVISION... [-- PATHS...]]",
        help="Two files or directories (one may be - for standard input), or revisions as git diff takes them.",
        show_default=False,
    ),
]
Staged: TypeAlias = Annotated[bool, typer.Option("--staged", "--cached", help="What git would commit.")]
FailOnClass: TypeAlias = Annotated[
    FailOn, typer.Option("--fail-on", help="The class from which on the exit code is 1.")
]
Only: TypeAlias = Annotated[
    list[str] | None, typer.Option("--only", metavar="PART", help=f"Compare only these {PARTS_HELP}.")
]
Ignore: TypeAlias = Annotated[list[str] | None, typer.Option("--ignore", metavar="PART", help="Leave these out.")]
IgnorePath: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore-path",
        metavar="PATH",
        help="Leave out places like 'reply.messages[*].tool_calls[*].arguments.date'; * and ** are wildcards.",
    ),
]
Tolerance: TypeAlias = Annotated[float, typer.Option(help="How far numbers may be apart without differing.")]
Explain: TypeAlias = Annotated[
    bool,
    typer.Option("--explain", help="Name each cosmetic change and why it is so; alone: all that is known to vary."),
]
Chunks: TypeAlias = Annotated[bool, typer.Option("--chunks", help="How the chunks of streams changed.")]
Full: TypeAlias = Annotated[bool, typer.Option("--full", help="All lines of all changes.")]
Stat: TypeAlias = Annotated[bool, typer.Option("--stat", help="One line for each recording.")]
HowToPrint: TypeAlias = Annotated[Format, typer.Option("--format", help="How to print it.")]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="The same as --format json (schema cassette.diff/1).")]
Html: TypeAlias = Annotated[bool, typer.Option("--html", help="The same as --format html: one page, needing no other.")]
