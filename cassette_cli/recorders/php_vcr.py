"""PHP-VCR, its YAML and its JSON: https://github.com/php-vcr/php-vcr/blob/master/src/VCR/Response.php

    -
        request:
            method: POST
            url: 'https://api.example.com/v1/chat'
            headers:
                Content-Type: application/json
            body: '{"stream": true}'
        response:
            status:
                http_version: '1.1'
                code: '200'
                message: OK
            headers:
                Content-Type: text/event-stream
            body: "data: {\\"n\\": 1}\\n\\n"

Old versions kept the code alone as `status`. A body is base64 where the response says `Content-Transfer-Encoding:
binary` or has the type of a gzip file.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.tree import Mapping, Node, Scalar, elements, get, is_null, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction
from cassette_cli.recorders.base import body_lens, decoded_by, first_whole, interaction, lacking, recorded, whole_number

NAME = "PHP-VCR"
TYPE, ENCODING = "Content-Type", "Content-Transfer-Encoding"


def matches(root: Node) -> bool:
    """Whether there is a list of interactions, whose requests have a method and a URL, and responses a status."""
    first = first_whole(elements(root))
    return (
        first is not None
        and get(first.request, "method") is not None
        and get(first.request, "url") is not None
        and _status(first.response) is not None
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
            reason=text_of(get(found.response, "status", "message")) or None,
            body=_body,
            decisive={TYPE.lower(): _is_gzip, ENCODING.lower(): _is_binary},
        )
        for found in recorded(document)
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return lacking(document, recorded(document), _status)


def _status(response: Mapping | None) -> int | None:
    number = whole_number(get(response, "status"))
    return whole_number(get(response, "status", "code")) if number is None else number


def _body(document: Document, side: Mapping | None) -> BodyLens | None:
    body = get(side, "body")
    headers = get(side, "headers")
    coded = _is_gzip(text_of(get(headers, TYPE)) or "") or _is_binary(text_of(get(headers, ENCODING)) or "")
    if isinstance(body, Scalar) and not is_null(body) and coded:
        return decoded_by(base64_lens, lens_of(document.source, body))
    return body_lens(document, body)


def _is_gzip(content_type: str) -> bool:
    return "application/x-gzip" in content_type


def _is_binary(transfer_encoding: str) -> bool:
    return transfer_encoding == "binary"
