"""Findings replaced: what that changes in the file, proven, and what it means for the recorder."""

from cassette_cli import files
from cassette_cli.commands.redact.scans import Scan
from cassette_cli.document.lens import lift_all
from cassette_cli.document.text import Edit
from cassette_cli.proof import prove
from cassette_cli.redaction.replace import Placeholders, changes
from cassette_cli.redaction.replay import Note, notes


def redacted(scan: Scan, placeholders: Placeholders) -> bytes:
    """The file with its findings replaced, but for those that cannot be edited.

    Raises CassetteError, and InternalError where the proof fails.
    """
    edits = changes(scan.exchanges, scan.editable, placeholders)
    return files.encoded(prove(scan.cassette, edits).document.text)


def source_edits(scan: Scan, placeholders: Placeholders) -> list[Edit[str]]:
    """The edits of the file's text that replace its findings, in order of place."""
    return lift_all(changes(scan.exchanges, scan.editable, placeholders))


def replay_notes(scan: Scan, placeholders: Placeholders) -> list[Note]:
    """What to know about requests that changed."""
    replaced = ((finding, placeholders.of(finding)) for finding in scan.editable)
    return notes(scan.cassette.path, scan.cassette.recorder, replaced)
