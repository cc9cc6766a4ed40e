"""The recorders that are known, and which of them wrote a file."""

from cassette_cli.document.document import Document
from cassette_cli.recorders import go_vcr, httprr, ruby_vcr, vcrpy
from cassette_cli.recorders.base import Recorder

# Most specific first.
RECORDERS: list[Recorder] = [go_vcr, vcrpy, ruby_vcr, httprr]


def detect(document: Document) -> Recorder | None:
    """The recorder that wrote a file, by its content; None where it is no cassette that is known here."""
    root = document.root
    if root is None:
        return None
    return next((recorder for recorder in RECORDERS if recorder.matches(root)), None)
