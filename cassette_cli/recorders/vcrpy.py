"""VCR.py, its YAML and its JSON: https://vcrpy.readthedocs.io, https://github.com/kevin1024/vcrpy/blob/master/vcr/serialize.py

    interactions:
    - request:
        body: '{"stream": true}'
        headers:
          content-type:
          - application/json
        method: POST
        uri: https://api.example.com/v1/chat
      response:
        body:
          string: !!binary |
            H4sIAAAA
        headers:
          content-type:
          - text/event-stream
        status:
          code: 200
          message: OK
    version: 1

For a while its httpx stub wrote responses as `content`, `status_code` and scalar headers
(https://github.com/kevin1024/vcrpy/blob/v4.1.1/vcr/stubs/httpx_stubs.py).
pydantic-ai's serializer keeps JSON bodies as YAML under `parsed_body`, which goes before `body` when it loads them
(https://github.com/pydantic/pydantic-ai/blob/main/tests/json_body_serializer.py).
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.structure import JsonText
from cassette_cli.document.tree import Mapping, Node, Scalar, get, is_null, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction
from cassette_cli.recorders.base import (
    body_lens,
    first_recorded,
    interaction,
    is_beginning,
    is_empty,
    missing,
    recorded,
    version_of,
    whole_number,
)

NAME = "VCR.py"


FIELDS = frozenset({"body", "headers", "method", "parsed_body", "uri"})


def matches(root: Node) -> bool:
    """Whether requests have a method and a `uri`, and responses no number as status (okreplay, cassetter). A file
    that is cut off before the first response has no version yet: that comes last."""
    if is_empty(root):
        return version_of(root) in (None, 1)
    first = first_recorded(root, "interactions")
    if first is None:
        return _is_cut_off(root)
    if get(first.request, "uri") is None or get(first.request, "method") is None:
        return False
    return whole_number(get(first.response, "status")) is None


def _is_cut_off(root: Node) -> bool:
    ours = version_of(root) is None or get(root, "interactions", 0, "request", "uri") is not None
    return ours and is_beginning(root, "interactions", FIELDS)


def version(root: Node) -> int | str | None:
    """1, the only one there is."""
    return version_of(root)


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(
        interaction(
            document,
            found,
            url="uri",
            status=_status(found.response),
            reason=text_of(get(found.response, "status", "message")) or None,
            body=_body,
        )
        for found in recorded(document, "interactions")
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "interactions", _status)


def _status(response: Mapping | None) -> int | None:
    places = (("status", "code"), ("status",), ("status_code",))
    numbers = (whole_number(get(response, *place)) for place in places)
    return next((number for number in numbers if number is not None), None)


def _body(document: Document, side: Mapping | None) -> BodyLens | None:
    parsed = get(side, "parsed_body")
    if parsed is not None and not (isinstance(parsed, Scalar) and is_null(parsed)):
        return JsonText(document.source, parsed)
    body = get(side, "body")
    if body is None:
        return body_lens(document, get(side, "content"))
    return body_lens(document, _bytes_io(body) or body)


def _bytes_io(body: Node) -> Node | None:
    """The content of a pickled file object: `!!python/object/new:_io.BytesIO` with content, position and attributes as
    its `state` (https://docs.python.org/3/library/io.html#io.BytesIO)."""
    return get(body, "state", 0) if body.tag is not None and body.tag.endswith("BytesIO") else None
