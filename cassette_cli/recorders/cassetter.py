"""cassetter, its YAML and its TOML: https://github.com/Kludex/cassetter/blob/main/SPECIFICATION.md

    version: 1
    interactions:
    - request:
        method: POST
        uri: https://api.example.com/v1/chat
        headers:
          content-type:
          - application/json
        body:
          type: json
          content:
            stream: true
      response:
        status: 200
        headers:
          content-type:
          - text/event-stream
        body:
          type: text
          content: |+
            data: {"n": 1}

      recorded_at: '2026-01-01T00:00:00Z'

A body's type is json, text, binary (hexadecimal digits) or none. In TOML it stands as `body_type` and `body_content`
beside the headers, JSON as its text. `grpc_interactions` and `ws_interactions` stand beside
the interactions and are no HTTP.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import hex_lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.tree import Mapping, Node, Scalar, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction
from cassette_cli.recorders.base import (
    body_lens,
    decoded_by,
    first_recorded,
    interaction,
    missing,
    recorded,
    version_of,
    whole_number,
)

NAME = "cassetter"


def matches(root: Node) -> bool:
    """Whether requests have a method and a `uri`, and responses a number as status; tapes of OkReplay have a tag."""
    first = first_recorded(root, "interactions")
    return (
        first is not None
        and root.tag != "!tape"
        and get(first.request, "uri") is not None
        and get(first.request, "method") is not None
        and get(first.request, "url") is None
        and whole_number(get(first.response, "status")) is not None
    )


def version(root: Node) -> int | str | None:
    """1, the only one there is."""
    return version_of(root)


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions over HTTP."""
    return tuple(
        interaction(document, found, url="uri", status=_status(found.response), body=_body)
        for found in recorded(document, "interactions")
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "interactions", _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status"))


def _body(document: Document, side: Mapping | None) -> BodyLens | None:
    content = get(side, "body", "content") or get(side, "body_content")
    kind = text_of(get(side, "body", "type") or get(side, "body_type"))
    if content is None or kind == "none":
        return None
    if kind == "json" and get(side, "body_type") is None:
        return JsonText(document.source, content)
    if kind == "binary" and isinstance(content, Scalar):
        return decoded_by(hex_lens, lens_of(document.source, content))
    return body_lens(document, content)
