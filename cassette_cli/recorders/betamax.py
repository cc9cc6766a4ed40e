"""Betamax, of Python: https://github.com/betamaxpy/betamax/blob/main/src/betamax/cassette/interaction.py

{"http_interactions": [{
    "request": {
        "body": {"encoding": "utf-8", "string": "{\\"stream\\": true}"},
        "headers": {"Content-Type": ["application/json"]},
        "method": "POST",
        "uri": "https://api.example.com/v1/chat"},
    "response": {
        "body": {"encoding": "utf-8", "base64_string": "ZGF0YTogeyJuIjogMX0KCg=="},
        "headers": {"Content-Type": ["text/event-stream"]},
        "status": {"code": 200, "message": "OK"},
        "url": "https://api.example.com/v1/chat"},
    "recorded_at": "2025-11-12T10:00:00"}],
 "recorded_with": "betamax/0.9.0"}
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, Sequence, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders.base import interaction, missing, recorded, whole_number

NAME = "Betamax"


def matches(root: Node) -> bool:
    """Whether it was recorded with Betamax."""
    recorded_with = text_of(get(root, "recorded_with")) or ""
    return recorded_with.startswith("betamax/") and isinstance(get(root, "http_interactions"), Sequence)


def version(root: Node) -> int | str | None:
    """The version of Betamax that wrote the file; the format has none of its own."""
    return (text_of(get(root, "recorded_with")) or "").partition("/")[2] or None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(
        interaction(
            document,
            found,
            url="uri",
            status=_status(found.response),
            reason=text_of(get(found.response, "status", "message")) or None,
        )
        for found in recorded(document, "http_interactions")
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "http_interactions", _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status", "code"))
