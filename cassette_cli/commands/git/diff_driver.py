"""The external diff driver: what `cassette diff` says of a file, under the header that git gives it; for what is no
recording, or cannot be read as one, what git itself would print.

https://git-scm.com/docs/git, "GIT_EXTERNAL_DIFF": path, then file, object and mode of the old and of the new side; of a
renamed file also its new path, and the lines of the header that tell so.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli import files
from cassette_cli.commands.base import exchanges
from cassette_cli.comparison.changes import FileDiff
from cassette_cli.comparison.compare import compare_files, recording
from cassette_cli.comparison.settings import Settings
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.render.console import Policy, Printer
from cassette_cli.render.diff.as_text import file_lines
from cassette_cli.render.diff.interaction import DiffView
from cassette_cli.render.lines import BLANK, Line, Style, line
from cassette_cli.repository import text_diff

NOWHERE = "/dev/null"


class Side(NamedTuple):
    """A side of a file: where its content lies, `/dev/null` where it has none, and its object id and mode, then "."."""

    file: str
    id: str
    mode: str

    @property
    def is_there(self) -> bool:
        return self.file != NOWHERE


class Asked(NamedTuple):
    """What git asks: the old path, both sides, and of a renamed file the new path and lines of the header."""

    path: str
    old: Side
    new: Side
    to: str | None = None
    about: str = ""

    @property
    def paths(self) -> tuple[str, str]:
        return self.path, self.to or self.path


def asked(words: Sequence[str]) -> Asked | None:
    """The arguments of a driver; None for the path alone, which git gives of a file in conflict."""
    if len(words) < 7:
        return None
    return Asked(words[0], Side(*words[1:4]), Side(*words[4:7]), *words[7:9])


def diff_driver(words: Sequence[str], how: Policy, *, last: bool) -> None:
    """Print the diff of what git asks for, and a blank line unless it is the `last`."""
    printer = Printer(sys.stdout, how)
    what = asked(words)
    if what is None:
        printer.lines([line(0, f"* Unmerged path {words[0]}")])
        return
    found = None
    notes: list[str] = []
    try:
        found = _compared(what, notes)
    except CassetteError as error:
        notes = [f"not compared as a recording: {error}"]
    shown = list(file_lines(found, DiffView(width=how.width)) if found else ())
    printer.lines([*_header(what), *(line(0, (note, Style.CAREFUL)) for note in notes), *shown])
    if found is None:
        _print_text(printer, what)
    if not last:
        printer.lines([BLANK])


def _compared(what: Asked, notes: list[str]) -> FileDiff | None:
    """The diff, what it lacks going to `notes`; None where a side is no recording. Raises CassetteError where one is
    but cannot be read."""
    sides = [(path, side) for path, side in zip(what.paths, (what.old, what.new), strict=True)]
    cassettes = [_read(path, side) if side.is_there else None for path, side in sides]
    if any(side.is_there and cassette is None for (_, side), cassette in zip(sides, cassettes, strict=True)):
        return None
    notes += [str(fault) for cassette in cassettes if cassette for fault in cassette.faults]
    errors: list[CassetteError] = []
    old, new = (recording(each, exchanges(each, errors)) if each else None for each in cassettes)
    return compare_files(old, new, Settings())


def _read(path: str, side: Side) -> Cassette | None:
    return files.from_bytes(path, files.bytes_of(side.file))


def _header(what: Asked) -> Iterator[Line]:
    """https://git-scm.com/docs/diff-format, "Generating patch text with -p", 2."""
    old, new = what.old, what.new
    rows = [f"diff --git a/{what.path} b/{what.paths[1]}"]
    if old.is_there != new.is_there:
        rows += [f"new file mode {new.mode}" if new.is_there else f"deleted file mode {old.mode}"]
    elif old.mode != new.mode:
        rows += [f"old mode {old.mode}", f"new mode {new.mode}"]
    rows += what.about.splitlines()
    if old.id != new.id and not what.about.count("\nindex "):
        ids = [(side.id if side.is_there else "0" * len(old.id + new.id))[:7] for side in (old, new)]
        rows += [f"index {ids[0]}..{ids[1]}" + (f" {new.mode}" if old.mode == new.mode else "")]
    return (line(0, (row, Style.STRONG)) for row in rows)


def _print_text(printer: Printer, what: Asked) -> None:
    """What git prints of lines, or of a binary file, as it comes; names are those that git knows."""
    named = zip("ab", what.paths, (what.old, what.new), strict=True)
    names = [f"{place}/{path}" if side.is_there else NOWHERE for place, path, side in named]
    body = text_diff(what.old.file, what.new.file, colour=printer.how.colour)
    if body.startswith(b"Binary files "):
        printer.lines([line(0, f"Binary files {names[0]} and {names[1]} differ")])
    elif body:
        printer.lines(
            line(0, (f"{sign} {name}", Style.STRONG)) for sign, name in zip(("---", "+++"), names, strict=True)
        )
        printer.stream.flush()
        printer.stream.buffer.write(body)
