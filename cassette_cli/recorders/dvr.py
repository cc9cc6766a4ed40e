"""DVR, of Swift: https://github.com/venmo/DVR/blob/master/Sources/DVR/Interaction.swift

    {
      "name" : "chat",
      "interactions" : [
        {
          "recorded_at" : 1447461776.193247,
          "request" : {
            "method" : "POST",
            "url" : "https:\\/\\/api.example.com\\/v1\\/chat",
            "headers" : {"Content-Type" : "application\\/json"},
            "body" : {"stream" : true}
          },
          "response" : {
            "status" : 200,
            "url" : "https:\\/\\/api.example.com\\/v1\\/chat",
            "headers" : {"Content-Type" : "text\\/event-stream"},
            "body" : "data: {\\"n\\": 1}\\n\\n"
          }
        }
      ]
    }

The type of a body says how it is kept: text as it is, JSON parsed, all else in base64.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.tree import Mapping, Node, Scalar, get, is_null, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction
from cassette_cli.recorders.base import (
    body_lens,
    decoded_by,
    first_recorded,
    interaction,
    missing,
    recorded,
    whole_number,
)

NAME = "DVR"


def matches(root: Node) -> bool:
    """Whether requests have a `url`, and responses a number as status and no `code`."""
    first = first_recorded(root, "interactions")
    return (
        first is not None
        and get(first.request, "url") is not None
        and get(first.request, "uri") is None
        and whole_number(get(first.response, "status")) is not None
        and get(first.response, "code") is None
    )


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(
        interaction(
            document,
            found,
            url="url",
            status=_status(found.response),
            body=_body,
            decisive={"content-type": _is_text},
        )
        for found in recorded(document, "interactions")
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "interactions", _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status"))


def _body(document: Document, side: Mapping | None) -> BodyLens | None:
    body = get(side, "body")
    content_type = text_of(get(side, "headers", "Content-Type")) or ""
    if not isinstance(body, Scalar) or is_null(body) or _is_text(content_type):
        return body_lens(document, body)
    return decoded_by(base64_lens, lens_of(document.source, body))


def _is_text(content_type: str) -> bool:
    return content_type.startswith(("text/", "application/json"))
