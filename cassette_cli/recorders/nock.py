"""nock, of Node.js, its recordings as JSON: https://github.com/nock/nock/blob/main/lib/recorder.js

    [
      {
        "scope": "https://api.example.com:443",
        "method": "POST",
        "path": "/v1/chat",
        "body": {"stream": true},
        "status": 200,
        "response": "data: {\\"n\\": 1}\\n\\n",
        "rawHeaders": {"content-type": "text/event-stream"},
        "responseIsBinary": false
      }
    ]

A body is JSON where it parses as such, else a string; a response that is no text is a string of hexadecimal digits, and
one under a content coding a list of them, chunk by chunk. `rawHeaders` is a mapping or, before version 14, a list of
names and values in turn; `reqheaders` are kept when asked for, and `headers` is what old versions wrote.
"""

import re
from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import hex_lens
from cassette_cli.document.lens import Joined, Lens, Slice
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, elements, get, is_null, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Header, Interaction, Request, Response, header_value
from cassette_cli.recorders.base import (
    Decisive,
    Recorded,
    body_lens,
    chunked_lens,
    decoded_by,
    flat,
    lacking,
    listed_headers,
    text_lens,
    whole_number,
    with_decisive,
)

NAME = "nock"
USUAL_PORT = re.compile(r"https://.*(?P<https>:443)|http://.*(?P<http>:80)")
PORT = "this URL cannot be edited so: its port, which the recording holds, would be no longer that of its scheme"


def matches(root: Node) -> bool:
    """Whether the first element of a list has a scope, a path and a status."""
    return isinstance(root, Sequence) and all(get(root, 0, name) is not None for name in ("scope", "path", "status"))


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(_interaction(document, found) for found in flat(elements(document.root)))


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack their status."""
    return lacking(document, flat(elements(document.root)), _status)


def _status(element: Mapping | None) -> int | None:
    return whole_number(get(element, "status"))


def _interaction(document: Document, found: Recorded) -> Interaction:
    element = found.node
    held = listed_headers(document, get(element, "rawHeaders")) or listed_headers(document, get(element, "headers"))
    headers = with_decisive(held, {"content-encoding": bool})
    return Interaction(
        index=found.index,
        span=element.span,
        request=Request(
            method=text_of(get(element, "method")),
            url=_url(document, element),
            headers=listed_headers(document, get(element, "reqheaders")),
            body=_unless_empty(body_lens(document, get(element, "body"))),
        ),
        response=Response(
            status=_status(found.response),
            headers=headers,
            body=_unless_empty(_answer(document, element, headers)),
        ),
    )


def _url(document: Document, element: Node) -> Lens[str] | None:
    """Scope and path, without the port that the scheme implies."""
    scope, path = text_lens(document, get(element, "scope")), text_lens(document, get(element, "path"))
    if scope is None or path is None:
        return path
    found = USUAL_PORT.fullmatch(scope.text)
    if found is None:
        return Joined((scope, path))
    port = found["https"] or found["http"]
    origin = Slice(scope, Span(0, len(scope.text) - len(port)))
    return Joined((Decisive(origin, lambda text: USUAL_PORT.fullmatch(text + port) is not None, PORT), path))


def _answer(document: Document, element: Node, headers: tuple[Header, ...]) -> BodyLens | None:
    held = get(element, "response")
    if isinstance(held, Sequence) and header_value(headers, "content-encoding"):
        try:
            return chunked_lens(document.source, held.items, hex_lens)
        except CassetteError:
            return body_lens(document, held)
    if isinstance(held, Scalar) and not is_null(held) and text_of(get(element, "responseIsBinary")) == "true":
        return decoded_by(hex_lens, lens_of(document.source, held))
    return body_lens(document, held)


def _unless_empty(body: BodyLens | None) -> BodyLens | None:
    """nock writes an empty string where there is no body."""
    return None if body is not None and not body.text else body
