"""go-vcr, versions 1 and 2 of its YAML: https://github.com/dnaeon/go-vcr/blob/v4/pkg/cassette/cassette.go

    version: 2
    interactions:
        - id: 0
          request:
            proto: HTTP/1.1
            content_length: 17
            host: api.example.com
            body: '{"stream": true}'
            form: {}
            headers:
                Content-Type:
                    - application/json
            url: https://api.example.com/v1/chat
            method: POST
          response:
            content_length: -1
            body: |+
                data: {"n": 1}

            headers:
                Content-Type:
                    - text/event-stream
            status: 200 OK
            code: 200
            duration: 922.565833ms

Version 1 has no `id` and none of the fields that describe the connection. `form` repeats the query and a form body,
parsed; `transfer_encoding` and `trailer` have no place in an Interaction.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction, Request, Response
from cassette_cli.recorders.base import (
    Recorded,
    body_lens,
    first_recorded,
    headers_of,
    is_beginning,
    is_empty,
    lengths_of,
    missing,
    recorded,
    text_lens,
    version_of,
    whole_number,
)

NAME = "go-vcr"

# What an interaction has before its status line (https://github.com/dnaeon/go-vcr/blob/v4/pkg/cassette/cassette.go).
FIELDS = frozenset(
    {"proto", "proto_major", "proto_minor", "transfer_encoding", "trailer", "host", "remote_addr", "request_uri"}
    | {"content_length", "uncompressed", "body", "form", "headers", "url", "method", "status"}
)
STATUS = re.compile(r"([0-9]{3})(?: +(.*))?")

# Go's time.Duration: https://pkg.go.dev/time#Duration.String writes it, https://pkg.go.dev/time#ParseDuration reads it.
NANOSECONDS = {
    "ns": 1,
    "us": 1_000,
    "\u00b5s": 1_000,
    "\u03bcs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}
TERM = re.compile(r"([0-9]{1,18}\.?[0-9]{0,18}|\.[0-9]{1,18})(ns|us|\u00b5s|\u03bcs|ms|s|m|h)")


def matches(root: Node) -> bool:
    """Whether requests have a `url`, and responses a `code` or a whole status line (DVR has a number there). A file
    that is cut off before is known by its version, which comes first."""
    if is_empty(root):
        return version_of(root) == 2
    first = first_recorded(root, "interactions")
    if first and (get(first.response, "code") is not None or " " in (text_of(get(first.response, "status")) or "")):
        return get(first.request, "url") is not None and get(first.request, "uri") is None
    return version_of(root) in (1, 2) and is_beginning(root, "interactions", FIELDS)


def version(root: Node) -> int | str | None:
    """1 or 2."""
    return version_of(root)


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(_interaction(document, found) for found in recorded(document, "interactions"))


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "interactions", lambda response: _status(response)[0])


def _interaction(document: Document, found: Recorded) -> Interaction:
    request, response = found.request, found.response
    status, reason = _status(response)
    return Interaction(
        index=found.index,
        span=found.node.span,
        id=text_of(get(found.node, "id")),
        duration_ms=milliseconds(text_of(get(response, "duration"))),
        request=Request(
            method=text_of(get(request, "method")),
            url=text_lens(document, get(request, "url")),
            headers=headers_of(document, get(request, "headers")),
            body=body_lens(document, get(request, "body")),
            lengths=lengths_of(document, get(request, "content_length")),
        ),
        response=Response(
            status=status,
            reason=reason,
            headers=headers_of(document, get(response, "headers")),
            body=body_lens(document, get(response, "body")),
            lengths=lengths_of(document, get(response, "content_length")),
        ),
    )


def _status(response: Mapping | None) -> tuple[int | None, str | None]:
    """Code and phrase: `code: 200` and `status: 200 OK`, which names the code again."""
    code = whole_number(get(response, "code"))
    line = text_of(get(response, "status"))
    if line is None:
        return code, None
    found = STATUS.fullmatch(line)
    if found is None:
        return code, line or None
    return (int(found[1]) if code is None else code), found[2] or None


def milliseconds(text: str | None) -> float | None:
    """A duration as Go writes it ("1m2.5s", or a bare number of nanoseconds) in milliseconds, as near as a float can
    be; None where the text is no duration."""
    if text is None:
        return None
    sign, unsigned = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    if re.fullmatch("[0-9]{1,18}", unsigned):
        return sign * int(unsigned) / 1_000_000
    terms = TERM.findall(unsigned)
    if not terms or "".join(number + unit for number, unit in terms) != unsigned:
        return None
    nanoseconds = sum((Fraction(number) * NANOSECONDS[unit] for number, unit in terms), Fraction())
    return float(sign * nanoseconds / 1_000_000)
