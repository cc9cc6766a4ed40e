"""What goes wrong, said on standard error: one line each, the place first, so that editors and CI find it."""

import sys

from cassette_cli.errors import CassetteError
from cassette_cli.render.console import safe_line


def report(error: CassetteError) -> None:
    """Say an error: `path:line:column: message`, or `cassette: message` where it has no place in a file."""
    if error.where.path == "-":
        error = error.at("<stdin>")
    tell(str(error) if error.where.path else f"cassette: {error}")


def tell(text: str) -> None:
    """Say something, on one line whatever it holds."""
    print(safe_line(text), file=sys.stderr)
