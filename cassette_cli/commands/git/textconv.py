"""The textconv: a recording as the conversation that it holds, for every command of git's that compares lines.

https://git-scm.com/docs/gitattributes, "Performing text diffs of binary files". What each recording has anew (times,
counts of events and tokens, headers) is left out, so that lines differ where the conversation does. What is no
recording, or cannot be read as one, is given as it is.
"""

import sys
from collections.abc import Iterator

from cassette_cli import files
from cassette_cli.commands.base import exchanges
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.render.as_text import interaction_lines
from cassette_cli.render.console import Policy, Printer
from cassette_cli.render.lines import Line, apart
from cassette_cli.render.view import View, shown

LASTING = View(lasting=True)


def textconv(path: str) -> None:
    """Print a file as text that compares well."""
    printer = Printer(sys.stdout, Policy())
    data = files.bytes_of(path)
    try:
        cassette = files.from_bytes(path, data)
    except CassetteError:
        cassette = None
    if cassette is None or cassette.faults:
        printer.raw(data)
    else:
        # All of it or nothing: where this fails, git's settings have the file printed as it is.
        printer.lines(list(_lines(cassette)))


def _lines(cassette: Cassette) -> Iterator[Line]:
    errors: list[CassetteError] = []
    return apart(interaction_lines(each, LASTING) for each in shown(exchanges(cassette, errors)))
