"""langchain-tests, which writes the cassettes of VCR.py in its own layout, under gzip:
https://github.com/langchain-ai/langchain/blob/master/libs/standard-tests/langchain_tests/conftest.py

    requests:
    - body: !!binary |
        eyJzdHJlYW0iOiB0cnVlfQ==
      headers:
        Content-Type:
        - application/json
      method: POST
      uri: https://api.example.com/v1/chat
    responses:
    - body:
        string: 'data: {"n": 1}'
      headers:
        Content-Type:
        - text/event-stream
      status:
        code: 200
        message: OK

The first request belongs to the first response.
"""

from collections.abc import Iterator
from itertools import zip_longest

from cassette_cli.document.document import Document
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Sequence, elements, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders.base import Recorded, interaction, lacking, mapping_of, whole_number

NAME = "langchain-tests"


def matches(root: Node) -> bool:
    """Whether there are lists of requests, which have a URI, and of responses."""
    asked, answered = get(root, "requests"), get(root, "responses")
    if not isinstance(asked, Sequence) or not isinstance(answered, Sequence):
        return False
    return not asked.items or get(asked, 0, "uri") is not None


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


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
        for found in _found(document)
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Requests and responses that lack each other, and responses that lack their status."""
    return lacking(document, _found(document), _status)


def _found(document: Document) -> Iterator[Recorded]:
    """Requests and responses side by side; an interaction's node is its request, where it has one."""
    lists = (elements(get(document.root, name)) for name in ("requests", "responses"))
    for index, (asked, answered) in enumerate(zip_longest(*lists)):
        node = answered if asked is None else asked
        yield Recorded(index, Mapping((), Span(*node.span)), mapping_of(asked), mapping_of(answered))


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status", "code"))
