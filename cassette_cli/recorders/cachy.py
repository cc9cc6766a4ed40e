"""cachy, which keeps what SDKs were answered, one JSON object per line: https://github.com/AnswerDotAI/cachy

    {"key": "2901a2a6", "response": "{\\"id\\": \\"msg_1\\"}", "headers": {}, "status_code": 200, "binary": false}

The key is a hash of the request, which is not kept. A response that is `binary` is base64.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.tree import Node, Scalar, get, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction, Request, Response
from cassette_cli.recorders.base import body_lens, decoded_by, listed_headers, names_of, whole_number

NAME = "cachy"
NEEDED = {"key", "response"}
POSSIBLE = NEEDED | {"headers", "status_code", "binary"}


def matches(root: Node) -> bool:
    """Whether the first line has a key and a response, and nothing else."""
    return NEEDED <= names_of(root) <= POSSIBLE and isinstance(get(root, "response"), Scalar)


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The responses, one of each line."""
    return tuple(
        Interaction(
            index=index,
            span=node.span,
            id=text_of(get(node, "key")),
            request=Request(method=None, url=None),
            response=Response(
                status=whole_number(get(node, "status_code")),
                headers=listed_headers(document, get(node, "headers")),
                body=_body(document, node),
            ),
        )
        for index, node in enumerate(document.roots)
    )


def faults(document: Document) -> Iterator[CassetteError]:
    """None: what a line lacks, old versions did not write."""
    return iter(())


def _body(document: Document, node: Node) -> BodyLens | None:
    held = get(node, "response")
    if isinstance(held, Scalar) and text_of(get(node, "binary")) == "true":
        return decoded_by(base64_lens, lens_of(document.source, held))
    return body_lens(document, held)
