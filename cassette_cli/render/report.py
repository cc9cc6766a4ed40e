"""What goes wrong, said on standard error: one line each, the place first, so that editors and CI find it."""

import sys

from cassette_cli.errors import CassetteError
from cassette_cli.render.console import safe_line


def report(error: CassetteError) -> None:
    """Say an error: `path:line:column: message`, or `cassette: message` where it has no place in a file."""
    text = safe_line(str(error))
    print(text if error.where.path else f"cassette: {text}", file=sys.stderr)
