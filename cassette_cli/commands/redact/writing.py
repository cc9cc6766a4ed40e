"""Findings replaced: proven, then written in place, to another file, or to standard output."""

import sys
from collections.abc import Callable

from cassette_cli import files
from cassette_cli.commands.redact.scans import Scan
from cassette_cli.errors import CassetteError, Where
from cassette_cli.proof import prove
from cassette_cli.redaction.replace import Placeholders, changes
from cassette_cli.redaction.replay import Note, notes

Write = Callable[[str, bytes, bytes], None]


def redacted(scan: Scan, placeholders: Placeholders) -> bytes:
    """The file with its findings replaced, those left out that cannot be edited.

    Raises CassetteError, and InternalError where the proof fails.
    """
    edits = changes(scan.cassette, scan.exchanges, scan.editable, placeholders)
    return files.encoded(prove(scan.cassette, edits).document.text)


def replay_notes(scan: Scan, placeholders: Placeholders) -> list[Note]:
    """What to know about requests that changed."""
    replaced = ((finding, placeholders.of(finding)) for finding in scan.editable)
    return notes(scan.cassette.path, scan.cassette.recorder, replaced)


def in_place(path: str, before: bytes, after: bytes) -> None:
    """Write a file where it was, only where it changed."""
    if after != before:
        files.write(path, before, after)


def to_output(before: bytes, after: bytes) -> None:
    """Write a file to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(after)
    sys.stdout.buffer.flush()
