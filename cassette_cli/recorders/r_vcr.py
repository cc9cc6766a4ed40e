"""vcr, of R, its YAML and its JSON: https://github.com/ropensci/vcr/blob/main/R/serialize-interaction.R

    http_interactions:
    - request:
        method: POST
        uri: https://api.example.com/v1/chat
        body:
          string: '{"stream": true}'
      response:
        status: 200
        headers:
          content-type: text/event-stream
        body:
          string: 'data: {"n": 1}'
      recorded_at: 2026-08-02 17:43:56
    recorded_with: VCR-vcr/2.0.0

Before version 2 the status was a mapping with `status_code` and `reason`, and each interaction named the recorder:
`recorded_with: vcr/1.2.0, webmockr/0.9.0`. A form with files is kept parsed, under `fields`.
"""

import re
from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, Sequence, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders.base import first_recorded, interaction, missing, recorded, whole_number

NAME = "R vcr"
RECORDED_WITH = re.compile(r"(?:VCR-)?vcr/([^,\s]+)")


def matches(root: Node) -> bool:
    """Whether it was recorded with R's vcr or, where that line is gone, with a status that is a number."""
    if not isinstance(get(root, "http_interactions"), Sequence):
        return False
    recorded_with = _recorded_with(root)
    if recorded_with:
        return RECORDED_WITH.match(recorded_with) is not None
    first = first_recorded(root, "http_interactions")
    return first is not None and whole_number(get(first.response, "status")) is not None


def version(root: Node) -> int | str | None:
    """The version of vcr that wrote the file; the format has none of its own."""
    found = RECORDED_WITH.match(_recorded_with(root) or "")
    return found[1] if found else None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(
        interaction(
            document,
            found,
            url="uri",
            status=_status(found.response),
            reason=text_of(get(found.response, "status", "reason")) or None,
        )
        for found in recorded(document, "http_interactions")
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return missing(document, "http_interactions", _status)


def _recorded_with(root: Node) -> str | None:
    return text_of(get(root, "recorded_with")) or text_of(get(root, "http_interactions", 0, "recorded_with"))


def _status(response: Mapping | None) -> int | None:
    number = whole_number(get(response, "status"))
    return whole_number(get(response, "status", "status_code")) if number is None else number
