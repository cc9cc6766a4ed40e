"""The proxy of Datadog's test agent: https://github.com/DataDog/dd-apm-test-agent/blob/master/ddapm_test_agent/vcr_proxy.py

    {
      "request": {
        "method": "POST",
        "url": "https://api.example.com/v1/chat",
        "headers": {"Content-Type": "application/json"},
        "body": "{\\"stream\\": true}"
      },
      "response": {
        "status": {"code": 200, "message": "OK"},
        "headers": {"Content-Type": "application/vnd.amazon.eventstream"},
        "body": "base64:AAACJQ=="
      }
    }

One file per interaction; a body that is no text is base64 behind that word.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Lens, Slice
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction
from cassette_cli.recorders.base import body_lens, decoded_by, interaction, lacking, sides, whole_number

NAME = "dd-apm-test-agent"
PREFIX = "base64:"


def matches(root: Node) -> bool:
    """Whether the root is one interaction, whose status is a mapping."""
    request = get(root, "request")
    return (
        text_of(get(request, "method")) is not None
        and text_of(get(request, "url")) is not None
        and isinstance(get(root, "response", "status"), Mapping)
    )


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The one interaction."""
    return tuple(
        interaction(
            document,
            found,
            url="url",
            status=_status(found.response),
            reason=text_of(get(found.response, "status", "message")) or None,
            body=_body,
        )
        for found in sides(document.roots[:1])
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """An interaction that lacks its status."""
    return lacking(document, sides(document.roots[:1]), _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status", "code"))


def _body(document: Document, side: Mapping | None) -> BodyLens | None:
    body = get(side, "body")
    if isinstance(body, Scalar) and body.value.startswith(PREFIX):
        return decoded_by(_prefixed, lens_of(document.source, body))
    return body_lens(document, body)


def _prefixed(lens: Lens[str]) -> Lens[bytes]:
    return base64_lens(Slice(lens, Span(len(PREFIX), len(lens.text))))
