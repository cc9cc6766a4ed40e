"""What the subcommands share: the PATHS argument, the way through the cassettes that it names, and how they end."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, TypeAlias

import typer

from cassette_cli import files, shipped
from cassette_cli.commands.app import command_app as command_app
from cassette_cli.commands.app import examples as examples
from cassette_cli.errors import CassetteError, ExitCode, InternalError, Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.framing.encoding import LIMIT
from cassette_cli.model import Cassette, Interaction
from cassette_cli.render.html.assets import Assets
from cassette_cli.render.progress import Progress, may_show
from cassette_cli.render.report import report, tell

PATHS_HELP = (
    "Files, directories (searched for cassettes by content, honouring .gitignore in a git work tree), "
    "or - for standard input."
)
Paths: TypeAlias = Annotated[list[str], typer.Argument(help=PATHS_HELP)]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Name the files that look like recordings and were passed over.")
]


# What the bodies of a cassette may come to once decoded: so many bytes whatever its size, else so many times its size.
# What is not compressed is no larger than the file, and a file that grows more than this was made to harm.
MOST_DECODED = 256 * 1024 * 1024
GROWTH = 16


def cassettes(
    paths: Iterable[str],
    errors: list[CassetteError],
    *,
    results_at_end: bool = False,
    skip_others: bool = False,
    passed_over: list[str] | None = None,
    both_sides: bool = False,
) -> Iterator[Cassette]:
    """The cassettes that paths stand for. What cannot be read is said on standard error and put into `errors`.

    `results_at_end`: nothing is printed meanwhile, so that a line of progress has the terminal for itself.
    `skip_others`: a named file that is no cassette is passed over.
    `passed_over`: gets the files found in directories that look like recordings, and are none that is known.
    `both_sides`: of a file that git could not merge both sides are cassettes; else it is one that cannot be read.
    """
    shown = may_show(sys.stderr, sys.stdout, os.environ, results_at_end=results_at_end)
    progress = Progress(sys.stderr, shown=shown)
    nothing = True
    paths = list(paths)
    for found in files.load(paths, skip_others=skip_others, passed_over=passed_over, both_sides=both_sides):
        if isinstance(found, CassetteError):
            progress.clear()
            fault(found, errors)
        else:
            nothing = False
            yield found
            progress.step()
    progress.clear()
    if nothing and not (errors or skip_others or passed_over):
        tell(f"no cassettes in {', '.join(paths)}")


def tell_passed_over(passed_over: Sequence[str], *, verbose: bool) -> None:
    """Say at the end of a run what `cassettes` passed over: how many files, or which."""
    if verbose:
        for path in passed_over:
            tell(f"{path}: looks like a recording of another tool, passed over")
    elif len(passed_over) == 1:
        tell("1 file looks like a recording of another tool and was passed over (-v names it)")
    elif passed_over:
        tell(f"{len(passed_over):,} files look like recordings of other tools and were passed over (-v lists them)")


def exchanges(cassette: Cassette, errors: list[CassetteError], *, until: int | None = None) -> Iterator[Exchange]:
    """`understood`, and what cannot be is said on standard error, too."""
    said = len(errors)
    for each in understood(cassette, errors, until=until):
        for error in errors[said:]:
            report(error)
        yield each
        del each
        said = len(errors)
    for error in errors[said:]:
        report(error)


def understood(cassette: Cassette, errors: list[CassetteError], *, until: int | None = None) -> Iterator[Exchange]:
    """The cassette's interactions understood, those before `until`, each when it is asked for. What cannot be is put
    into `errors`; what follows bodies too large for a cassette of this size is not even tried."""
    room = max(MOST_DECODED, GROWTH * len(cassette.document.text))
    for interaction in cassette.interactions[:until]:
        if room < 0:
            message = "not read from here on: the bodies are too large once decoded"
            errors.append(CassetteError(message, _where(cassette, interaction)))
            return
        found = exchange(interaction)
        errors += [type(fault)(fault.message, _where(cassette, interaction)) for fault in found.faults]
        room -= LIMIT * len(found.faults)
        room -= sum(len(body.text) for body in (found.request_content, found.content) if body)
        yield found
        # It need not be held while the next one is made.
        del found


def _where(cassette: Cassette, interaction: Interaction) -> Where:
    return Where(cassette.path, *cassette.document.position(interaction.span.start))


def assets() -> Assets:
    """The style sheet and the script of pages."""
    return Assets(shipped.page_asset("page.css"), shipped.page_asset("page.js"))


def fault(error: CassetteError, errors: list[CassetteError]) -> None:
    """Say an error, and keep it for the end."""
    errors.append(error)
    report(error)


def finish(errors: Iterable[CassetteError], *, found: bool = False) -> None:
    """End a command: with the code of the gravest error, else with that of findings where some were `found`."""
    codes = [ExitCode.BUG if isinstance(error, InternalError) else ExitCode.USAGE for error in errors]
    raise typer.Exit(max(codes, default=ExitCode.FOUND if found else ExitCode.OK))
