"""OkReplay, of Java, and Betamax for the JVM, which it comes from:
https://github.com/airbnb/okreplay/blob/master/okreplay-core/src/main/java/okreplay/YamlRecordedInteraction.java

    !tape
    name: chat
    interactions:
    - recorded: 2025-11-12T10:00:00.000Z
      request:
        method: POST
        uri: https://api.example.com/v1/chat
        headers:
          Content-Type: application/json
        body: '{"stream": true}'
      response:
        status: 200
        headers:
          Content-Type: text/event-stream
        body: "data: {\\"n\\": 1}\\n\\n"
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, Sequence, get
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders.base import interaction, missing, recorded, whole_number

NAME = "OkReplay"


def matches(root: Node) -> bool:
    """Whether the root is tagged as a tape."""
    return root.tag == "!tape" and isinstance(get(root, "interactions"), Sequence)


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(
        interaction(document, found, url="uri", status=_status(found.response), recorded_at="recorded")
        for found in recorded(document, "interactions")
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "interactions", _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status"))
