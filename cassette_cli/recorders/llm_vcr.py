"""llm-vcr: https://github.com/yashshah9/llm-vcr

name: chat
interactions:
  - method: POST
    url: https://api.example.com/v1/chat
    request_headers:
      content-type: application/json
    request_body:
      stream: true
    status_code: 200
    response_headers:
      content-type: application/json
    response_body:
      id: chatcmpl-1
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, elements, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction, Request, Response
from cassette_cli.recorders.base import (
    Recorded,
    body_lens,
    flat,
    lacking,
    listed_headers,
    text_lens,
    whole_number,
)

NAME = "llm-vcr"


def matches(root: Node) -> bool:
    """Whether interactions are flat: what is of the request and what is of the response stand side by side."""
    first = get(root, "interactions", 0)
    return all(get(first, name) is not None for name in ("method", "url", "status_code", "response_body"))


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(_interaction(document, found) for found in flat(elements(get(document.root, "interactions"))))


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack their status."""
    return lacking(document, flat(elements(get(document.root, "interactions"))), _status)


def _status(node: Mapping | None) -> int | None:
    return whole_number(get(node, "status_code"))


def _interaction(document: Document, found: Recorded) -> Interaction:
    node = found.node
    return Interaction(
        index=found.index,
        span=node.span,
        request=Request(
            method=text_of(get(node, "method")),
            url=text_lens(document, get(node, "url")),
            headers=listed_headers(document, get(node, "request_headers")),
            body=body_lens(document, get(node, "request_body")),
        ),
        response=Response(
            status=_status(found.response),
            headers=listed_headers(document, get(node, "response_headers")),
            body=body_lens(document, get(node, "response_body")),
        ),
    )
