"""Asks about secrets one by one: what each is, where it stands, and what is to be done with it.

A question is answered by a letter and Enter, typed or piped; the end of the input is as good as "quit".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from cassette_cli.commands.redact.changing import source_edits
from cassette_cli.commands.redact.scans import Scan, located
from cassette_cli.projects import Project
from cassette_cli.redaction.located import Located
from cassette_cli.redaction.replace import Placeholders
from cassette_cli.render.console import safe_line
from cassette_cli.render.edit_diff import masked_line

# So many places of one secret are shown.
SHOWN = 5
ASK = "[r]edact, [a]llow, [s]kip, [q]uit? "
HELP = """r  put a placeholder in its place, wherever it stands
a  let it through in these places from now on: it goes into the baseline
s  leave it for now
q  leave this and all that follow; what was answered counts
"""


@dataclass(slots=True)
class Decided:
    """The answers: values to redact, findings to let through by project, and whether any were left."""

    redact: set[str] = field(default_factory=set, repr=False)
    allowed: list[tuple[Project, list[Located]]] = field(default_factory=list)
    left: bool = False


@dataclass(slots=True)
class _Secret:
    """A secret of the run: all its places, and their lines, secrets masked."""

    project: Project
    value: str = field(repr=False)
    places: list[Located] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)


def audited(scans: Iterable[Scan], answers: TextIO, screen: TextIO) -> Decided:
    """Ask about each secret in turn."""
    decided = Decided()
    asked = _by_secret(scans)
    for number, each in enumerate(asked, 1):
        screen.write("".join(_question(each, number, len(asked))))
        match _answer(each, answers, screen):
            case "r":
                decided.redact.add(each.value)
            case "a":
                decided.allowed.append((each.project, each.places))
            case "s":
                decided.left = True
            case _:
                decided.left = True
                break
    return decided


def _by_secret(scans: Iterable[Scan]) -> list[_Secret]:
    found: dict[str, _Secret] = {}
    for scan in scans:
        edits = {id(source): made for _, source, made in source_edits(scan, Placeholders())}
        for finding, begin, place in zip(scan.findings, scan.places, located(scan), strict=True):
            secret = found.setdefault(finding.value, _Secret(scan.project, finding.value))
            secret.places.append(place)
            if len(secret.rows) < SHOWN:
                secret.rows.append(
                    ""
                    if begin is None
                    else masked_line(
                        begin.source.text, edits[id(begin.source)], begin.offset, scan.finder.masked
                    ).strip()
                )
    return list(found.values())


def _question(secret: _Secret, number: int, count: int) -> Iterator[str]:
    first = secret.places[0]
    yield f"\n{number}/{count}  {first.rule}  {first.fingerprint}\n"
    for place, row in zip(secret.places, secret.rows, strict=False):
        yield safe_line(f"  {place.path}:{place.line}:{place.column}: {place.where}") + "\n"
        yield safe_line(f"    {row}") + "\n" if row else ""
    if len(secret.places) > SHOWN:
        yield f"  and {len(secret.places) - SHOWN} more places\n"


def _answer(secret: _Secret, answers: TextIO, screen: TextIO) -> str:
    """The letter of an answer that can be followed; "q" at the end of the input."""
    while True:
        screen.write(ASK)
        screen.flush()
        row = answers.readline()
        letter = row.strip().lower()[:1]
        if not row:
            screen.write("\n")
            return "q"
        if letter == "a" and secret.project.baseline is None:
            screen.write("there is no baseline to put it into: name one with --baseline FILE\n")
        elif letter and letter in "rasq":
            return letter
        else:
            screen.write(HELP)
