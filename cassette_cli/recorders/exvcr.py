"""ExVCR, of Elixir: https://github.com/parroty/exvcr/blob/master/lib/exvcr/json.ex

    [
      {
        "request": {
          "body": "{\\"stream\\": true}",
          "headers": {"Content-Type": "application/json"},
          "method": "post",
          "options": [],
          "request_body": "",
          "url": "https://api.example.com/v1/chat"
        },
        "response": {
          "binary": false,
          "body": "data: {\\"n\\": 1}\\n\\n",
          "headers": {"Content-Type": "text/event-stream"},
          "status_code": 200,
          "type": "ok"
        }
      }
    ]

httpc's adapter keeps a list as `status_code`: the version of HTTP, the code and its phrase. A response that is no text
(`binary`) is base64 of what Erlang writes for it: https://www.erlang.org/doc/apps/erts/erl_ext_dist.html#binary_ext
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, moved, splice
from cassette_cli.document.tree import Mapping, Node, Scalar, elements, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction
from cassette_cli.recorders.base import body_lens, decoded_by, first_whole, interaction, lacking, recorded, whole_number

NAME = "ExVCR"
# Version 131 of the format, and the tag of a binary, whose size follows in four bytes.
BINARY = b"\x83m"
SIZE = Span(len(BINARY), len(BINARY) + 4)


def matches(root: Node) -> bool:
    """Whether there is a list of interactions whose responses have a `status_code`, and a `type` unless they were
    written by hand."""
    first = first_whole(elements(root))
    if first is None or get(first.request, "url") is None or get(first.response, "status_code") is None:
        return False
    return get(first.response, "type") is not None or get(first.request, "headers") is None


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
            reason=text_of(get(found.response, "status_code", 2)),
            body=_body,
        )
        for found in recorded(document)
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return lacking(document, recorded(document), _status)


def _status(response: Mapping | None) -> int | None:
    number = whole_number(get(response, "status_code"))
    return whole_number(get(response, "status_code", 1)) if number is None else number


def _body(document: Document, side: Mapping | None) -> BodyLens | None:
    """The body of a response; of a request, too, where ibrowse's adapter puts it under `body` and hackney's under
    `request_body`."""
    body = get(side, "body")
    if isinstance(body, Scalar) and text_of(get(side, "binary")) == "true":
        return decoded_by(_term, lens_of(document.source, body))
    sent = get(side, "request_body")
    return body_lens(document, sent if text_of(sent) and not text_of(body) else body)


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """The bytes in an external term of Erlang, whose size stands before them."""

    outer: Lens[bytes]

    @property
    def text(self) -> bytes:
        return self.outer.text[SIZE.end :]

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[bytes]]) -> Sequence[Change]:
        size = len(splice(self.text, edits))
        changes: list[Change] = [(self.outer, edit) for edit in moved(edits, SIZE.end)]
        if size != len(self.text):
            changes.append((self.outer, Edit(SIZE, size.to_bytes(4, "big"))))
        return changes


def _term(lens: Lens[str]) -> Lens[bytes]:
    term = base64_lens(lens)
    data = term.text
    if not data.startswith(BINARY) or int.from_bytes(data[SIZE.start : SIZE.end], "big") != len(data) - SIZE.end:
        raise CassetteError("no binary of Erlang's")
    return Term(term)
