"""Exchanges that tests of SDKs keep as external values of inline-snapshot:
https://github.com/anthropics/anthropic-sdk-python/blob/main/tests/lib/snapshots.py

    [
      {
        "request": {
          "method": "POST",
          "url": "https://api.example.com/v1/chat",
          "headers": {"content-type": "application/json"},
          "body": {"stream": true}
        },
        "response": {
          "status_code": 200,
          "headers": {"content-type": "text/event-stream"},
          "body": "data: {\\"n\\": 1}\\n\\n"
        }
      }
    ]

A body is JSON where it parses as such, else a string.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, elements, get
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders.base import first_whole, interaction, lacking, recorded, whole_number

NAME = "inline-snapshot"


def matches(root: Node) -> bool:
    """Whether there is a list of interactions, whose requests have headers, and responses a `status_code` and no `type`
    (ExVCR)."""
    first = first_whole(elements(root))
    return (
        first is not None
        and get(first.request, "url") is not None
        and get(first.request, "headers") is not None
        and get(first.response, "status_code") is not None
        and get(first.response, "type") is None
    )


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(
        interaction(document, found, url="url", status=_status(found.response)) for found in recorded(document)
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return lacking(document, recorded(document), _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status_code"))
