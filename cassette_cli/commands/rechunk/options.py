"""The options of `cassette rechunk`, one line of help each."""

from collections.abc import Iterable
from typing import Annotated, TypeAlias

import typer

from cassette_cli.commands.base import PATHS_HELP
from cassette_cli.rechunking.noise import NOISES
from cassette_cli.rechunking.pieces import KINDS
from cassette_cli.rechunking.strategies import STRATEGIES

Paths: TypeAlias = Annotated[list[str], typer.Argument(help=PATHS_HELP)]
By: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="STRATEGY", help="How texts are cut (see below). Several with --variants."),
]
Seed: TypeAlias = Annotated[
    int | None, typer.Option("--seed", help="What random pieces are drawn by; alone it means --by random.")
]
Only: TypeAlias = Annotated[
    list[str] | None, typer.Option("--only", metavar="|".join(KINDS), help="Only texts of this kind. Repeatable.")
]
Interaction: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--interaction", "-i", metavar="WHICH", help="Only these: 3, -1 (the last), 2-4, 2-, an id, or 0,3-5."
    ),
]
NoiseNames: TypeAlias = Annotated[
    list[str] | None, typer.Option("--noise", metavar="NAME", help="What else happens to the stream (see below).")
]
To: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="plain|stream", help="The other form: the plain reply that the provider gives, or a stream."
    ),
]
Lossy: TypeAlias = Annotated[bool, typer.Option("--lossy", help="Allow noise that changes what the reply says.")]
List: TypeAlias = Annotated[bool, typer.Option("--list", help="Write nothing; print what would change.")]
Output: TypeAlias = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the one recording here instead, - to standard output."),
]
Variants: TypeAlias = Annotated[
    int | None,
    typer.Option("--variants", metavar="N", min=1, help="Write N variants of each recording into --out-dir."),
]
OutDir: TypeAlias = Annotated[
    str | None, typer.Option("--out-dir", metavar="DIR", help="Where variants go: DIR/NAME.word.yaml.")
]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Overwrite variants that are there.")]
Json: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print what was done as JSON (schema cassette.rechunk/1).")
]


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    every = list(rows)
    width = max(len(name) for name, _ in every) + 2
    return "\n".join([title, "", "\b", *(f"  {name:<{width}}{help_}" for name, help_ in every), "", ""])


# Every strategy and noise with its line of help, for the end of `--help`.
NAMES = _table("Strategies:", ((each.shown, each.help) for each in STRATEGIES)) + _table(
    "Noise (* needs --lossy):", ((each.shown + ("*" if each.lossy else ""), each.help) for each in NOISES)
)
