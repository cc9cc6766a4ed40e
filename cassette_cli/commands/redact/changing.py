"""Findings replaced: what that changes in the file, proven, and what it means for the recorder."""

from collections.abc import Callable

from cassette_cli import files
from cassette_cli.commands.redact.scans import Scan
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.proven import replaced
from cassette_cli.redaction.replace import Placeholders, changes
from cassette_cli.redaction.replay import Note, notes

# What is found in the outcome of more rounds than this is found in placeholders themselves, by a rule of the user's.
MOST_ROUNDS = 3


def redacted(
    scan: Scan, placeholders: Placeholders, wanted: Callable[[Finding], bool], *, with_companions: bool
) -> list[Scan]:
    """A cassette's findings replaced, but for those that cannot be edited; those in other files that its bodies lie in,
    too, where `with_companions` allows it. Gives the scans that led there: the outcome is looked through before it is
    written, and what is found in it is replaced, too. The last scan is that of the outcome.

    Raises CassetteError where a place cannot hold its placeholder, InternalError where the proof fails.
    """
    rounds = [scan]
    while rounds[-1].editable and len(rounds) <= MOST_ROUNDS:
        last = rounds[-1]
        done = replaced(last.cassette, last.exchanges, last.editable, placeholders, with_companions=with_companions)
        rounds.append(last.again(done.cassette, done.exchanges).only(wanted))
    return rounds


def source_edits(scan: Scan, placeholders: Placeholders) -> list[tuple[str, Source, list[Edit[str]]]]:
    """The edits that replace findings, in order of place: of each file that the cassette lies in, its path and text."""
    made = changes(scan.exchanges, scan.editable, placeholders)
    return [(path, source, lift_all(made, source)) for path, source in files.sources(scan.cassette).items()]


def replay_notes(scan: Scan, placeholders: Placeholders) -> list[Note]:
    """What to know about requests that changed."""
    replaced = ((finding, placeholders.of(finding)) for finding in scan.editable)
    return notes(scan.cassette.path, scan.cassette.recorder, replaced)
