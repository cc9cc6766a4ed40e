"""The test proxy of Azure's SDKs:
https://github.com/Azure/azure-sdk-tools/blob/main/tools/test-proxy/Azure.Sdk.Tools.TestProxy/Common/RecordEntry.cs

    {
      "Entries": [
        {
          "RequestUri": "https://api.example.com/v1/chat",
          "RequestMethod": "POST",
          "RequestHeaders": {"Content-Type": "application/json"},
          "RequestBody": {"stream": true},
          "StatusCode": 200,
          "ResponseHeaders": {"Content-Type": "text/event-stream"},
          "ResponseBody": ["data: {\\"n\\": 1}\\n\\n", "data: [DONE]\\n\\n"]
        }
      ],
      "Variables": {}
    }

A body of JSON is kept as JSON unless it is an array, other text as a string, or as the list of its lines where it has
more than one; what is no text is base64. In a multipart body, a part that is no text is one line, base64 behind "b64:".
"""

import re
from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import Bytes, base64_lens
from cassette_cli.document.lens import Lens, Slice
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, elements, get, is_null, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Header, Interaction, Request, Response, header_value
from cassette_cli.recorders.base import (
    Recorded,
    chunked_lens,
    decoded_by,
    flat,
    headers_of,
    lacking,
    text_lens,
    whole_number,
    with_decisive,
)

NAME = "Azure test proxy"
PART = "b64:"
# https://github.com/Azure/azure-sdk-tools/blob/main/tools/test-proxy/Azure.Sdk.Tools.TestProxy/Common/ContentTypeUtilities.cs
TEXT = re.compile(r"text/|.*(?:json|xml|charset=)|application/x-www-form-urlencoded", re.IGNORECASE)


def matches(root: Node) -> bool:
    """Whether `Entries` is a list, whose first one has a `RequestUri`."""
    held = get(root, "Entries")
    return isinstance(held, Sequence) and (not held.items or get(held, 0, "RequestUri") is not None)


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(_interaction(document, found) for found in flat(elements(get(document.root, "Entries"))))


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack their status."""
    return lacking(document, flat(elements(get(document.root, "Entries"))), _status)


def _status(entry: Mapping | None) -> int | None:
    return whole_number(get(entry, "StatusCode"))


def _interaction(document: Document, found: Recorded) -> Interaction:
    entry = found.node
    asked, answered = (
        with_decisive(headers_of(document, get(entry, name)), {"content-type": _is_text})
        for name in ("RequestHeaders", "ResponseHeaders")
    )
    return Interaction(
        index=found.index,
        span=entry.span,
        request=Request(
            method=text_of(get(entry, "RequestMethod")),
            url=text_lens(document, get(entry, "RequestUri")),
            headers=asked,
            body=_body(document, get(entry, "RequestBody"), asked),
        ),
        response=Response(
            status=_status(found.response),
            headers=answered,
            body=_body(document, get(entry, "ResponseBody"), answered),
        ),
    )


def _body(document: Document, node: Node | None, headers: tuple[Header, ...]) -> BodyLens | None:
    if isinstance(node, Sequence):
        return _lines(document, node)
    if not isinstance(node, Scalar):
        return None if node is None else JsonText(document.source, node)
    if is_null(node):
        return None
    lens = lens_of(document.source, node)
    content_type = header_value(headers, "content-type")
    return lens if content_type is None or _is_text(content_type) else decoded_by(base64_lens, lens)


def _is_text(content_type: str) -> bool:
    return TEXT.match(content_type) is not None


def _lines(document: Document, node: Sequence) -> BodyLens | None:
    """The lines of a text, or of a multipart body, where a part without content is an empty list."""
    lines = [item for item in node.items if not isinstance(item, Sequence)]
    if any(isinstance(item, Scalar) and item.value.startswith(PART) for item in lines):
        return chunked_lens(document.source, lines, _segment)
    try:
        return chunked_lens(document.source, lines)
    except CassetteError:
        return JsonText(document.source, node)


def _segment(line: Lens[str]) -> Lens[bytes]:
    if not line.text.startswith(PART):
        return Bytes(line)
    return base64_lens(Slice(line, Span(len(PART), len(line.text))))
