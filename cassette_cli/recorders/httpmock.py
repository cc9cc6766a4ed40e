"""httpmock, of Rust: https://github.com/alexliesenfeld/httpmock/blob/master/src/common/data.rs, `StaticMockDefinition`

    when:
      path: /v1/chat
      method: POST
      query_param:
      - name: key
        value: abc
      header:
      - name: content-type
        value: application/json
      body: '{"stream": true}'
    then:
      status: 200
      header:
      - name: content-type
        value: text/event-stream
      body: |+
        data: {"n": 1}

    ---
    when: ...

A file has one YAML document per interaction. A recording of a proxy says no host; parameters are kept decoded. Bytes
are base64 under `body_base64`, or under `body` where `body_encoding: base64` stands beside it. `delay` counts
milliseconds.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Fixed, Joined, Lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.tree import Mapping, Node, Scalar, get, is_null, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction, Request, Response
from cassette_cli.recorders.base import (
    Recorded,
    body_lens,
    decoded_by,
    fields_lens,
    lacking,
    listed_headers,
    names_of,
    sides,
    text_lens,
    whole_number,
)

NAME = "httpmock"


def matches(root: Node) -> bool:
    """Whether the first document says `when` something, and nothing but what is `then`."""
    return isinstance(get(root, "when"), Mapping) and names_of(root) <= {"when", "then"}


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions, one of each YAML document."""
    return tuple(_interaction(document, found) for found in _found(document))


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return lacking(document, _found(document), _status)


def _found(document: Document) -> Iterator[Recorded]:
    return sides(document.roots, "when", "then")


def _status(then: Mapping | None) -> int | None:
    return whole_number(get(then, "status"))


def _interaction(document: Document, found: Recorded) -> Interaction:
    when, then = found.request, found.response
    return Interaction(
        index=found.index,
        span=found.node.span,
        duration_ms=whole_number(get(then, "delay")),
        request=Request(
            method=text_of(get(when, "method")),
            url=_url(document, when),
            headers=listed_headers(document, get(when, "header")),
            body=_body(document, when) or fields_lens(document, get(when, "form_urlencoded_tuple")),
        ),
        response=Response(
            status=_status(then),
            headers=listed_headers(document, get(then, "header")),
            body=_body(document, then),
        ),
    )


def _url(document: Document, when: Mapping | None) -> Lens[str] | None:
    """Path and parameters, and what comes before them where it is there."""
    path, query = text_lens(document, get(when, "path")), fields_lens(document, get(when, "query_param"))
    if path is None:
        return None
    host = text_lens(document, get(when, "host"))
    pieces: list[Lens[str]] = []
    if host is not None:
        pieces += [text_lens(document, get(when, "scheme")) or Fixed("http"), Fixed("://"), host]
    pieces += [path] if query is None else [path, Fixed("?"), *query.pieces]
    return pieces[0] if len(pieces) == 1 else Joined(tuple(pieces))


def _body(document: Document, side: Mapping | None) -> BodyLens | None:
    coded = get(side, "body_base64")
    if coded is None and text_of(get(side, "body_encoding")) == "base64":
        coded = get(side, "body")
    if isinstance(coded, Scalar) and not is_null(coded):
        return decoded_by(base64_lens, lens_of(document.source, coded))
    parsed = get(side, "json_body")
    return body_lens(document, get(side, "body")) if parsed is None else JsonText(document.source, parsed)
