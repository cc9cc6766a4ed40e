"""Ruby VCR 2 and later, its YAML and its JSON: https://github.com/vcr/vcr/blob/master/lib/vcr/structs.rb

    ---
    http_interactions:
    - request:
        method: post
        uri: https://api.example.com/v1/chat
        body:
          encoding: UTF-8
          string: '{"stream": true}'
        headers:
          Content-Type:
          - application/json
      response:
        status:
          code: 200
          message: OK
        headers:
          Content-Type:
          - text/event-stream
        body:
          encoding: ASCII-8BIT
          string: !binary |-
            ZGF0YTogeyJuIjogMX0KCg==
      recorded_at: Wed, 12 Nov 2025 10:00:00 GMT
    recorded_with: VCR 6.4.0

Psych writes `!binary` (one bang) for any string that Ruby holds as ASCII-8BIT, so plain text often lies in it.
Betamax and R's vcr borrowed the layout; their `recorded_with` tells them apart, and R's scalar status.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, Sequence, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders.base import first_recorded, interaction, is_beginning, missing, recorded, whole_number

NAME = "Ruby VCR"


FIELDS = frozenset({"method", "uri", "body", "headers"})


def matches(root: Node) -> bool:
    """Whether `http_interactions` is a list, recorded with "VCR x.y.z" or, where that line is gone, with a status
    that is no number, or cut off before the first response."""
    held = get(root, "http_interactions")
    if not isinstance(held, Sequence):
        return is_beginning(root, "http_interactions", FIELDS)
    recorded_with = text_of(get(root, "recorded_with")) or text_of(get(held, 0, "recorded_with"))
    if recorded_with:
        return recorded_with.partition(" ")[0] == "VCR"
    first = first_recorded(root, "http_interactions")
    if first is None:
        return is_beginning(root, "http_interactions", FIELDS)
    return whole_number(get(first.response, "status")) is None


def version(root: Node) -> int | str | None:
    """The version of Ruby VCR that wrote the file; the format has none of its own."""
    return (text_of(get(root, "recorded_with")) or "").partition(" ")[2] or None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(
        interaction(
            document,
            found,
            url="uri",
            status=_status(found.response),
            reason=text_of(get(found.response, "status", "message")) or None,
        )
        for found in recorded(document, "http_interactions")
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "http_interactions", _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status", "code"))
