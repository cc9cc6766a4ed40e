"""Findings replaced: what that changes in the file, proven, and what it means for the recorder."""

from cassette_cli import files
from cassette_cli.commands.redact.scans import Scan
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit
from cassette_cli.model import Cassette
from cassette_cli.proof import prove
from cassette_cli.redaction.replace import Placeholders, changes
from cassette_cli.redaction.replay import Note, notes


def redacted(scan: Scan, placeholders: Placeholders, *, with_companions: bool) -> Cassette:
    """The cassette with its findings replaced, but for those that cannot be edited; those in other files that its
    bodies lie in, too, where `with_companions` allows it.

    Raises CassetteError, and InternalError where the proof fails.
    """
    edits = changes(scan.exchanges, scan.editable, placeholders)
    return prove(scan.cassette, edits, with_companions=with_companions)


def source_edits(scan: Scan, placeholders: Placeholders) -> list[tuple[str, Source, list[Edit[str]]]]:
    """The edits that replace findings, in order of place: of each file that the cassette lies in, its path and text."""
    made = changes(scan.exchanges, scan.editable, placeholders)
    return [(path, source, lift_all(made, source)) for path, source in files.sources(scan.cassette).items()]


def replay_notes(scan: Scan, placeholders: Placeholders) -> list[Note]:
    """What to know about requests that changed."""
    replaced = ((finding, placeholders.of(finding)) for finding in scan.editable)
    return notes(scan.cassette.path, scan.cassette.recorder, replaced)
