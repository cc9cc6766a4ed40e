"""WireMock, its stub mappings: https://wiremock.org/docs/record-playback/, https://wiremock.org/docs/stubbing/

    mappings/v1_chat-1a2b.json                               __files/v1_chat-1a2b.txt

    {                                                        data: {"n": 1}
      "id" : "c7c5ac50-6a46-347a-8b65-c24b3b014ec5",
      "request" : {
        "url" : "/v1/chat",
        "method" : "POST",
        "headers" : {"Content-Type" : {"equalTo" : "application/json"}},
        "bodyPatterns" : [ {"equalToJson" : "{\\"stream\\": true}"} ]
      },
      "response" : {
        "status" : 200,
        "bodyFileName" : "v1_chat-1a2b.txt",
        "headers" : {"Content-Type" : "text/event-stream"}
      }
    }

What a request is to be equal to is what was sent. A body lies in the mapping (`body`, `jsonBody`, `base64Body`) or in a
file below the folder `__files` beside `mappings`. `{"mappings": [...]}` is several in one file.
"""

from collections.abc import Iterator

from cassette_cli.document.document import Document
from cassette_cli.document.encoding import Bytes, base64_lens
from cassette_cli.document.lens import Lens, Slice
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, elements, entries, get, is_null, text_of
from cassette_cli.errors import CassetteError, Where
from cassette_cli.model import BodyLens, Header, Interaction, Request, Response
from cassette_cli.recorders.base import (
    Recorded,
    decoded_by,
    lacking,
    listed_headers,
    names_of,
    sides,
    text_lens,
    whole_number,
)

NAME = "WireMock"
# The folder of bodies, beside that of mappings.
FOLDER = "__files"
FILE_NAME = "bodyFileName"
URLS = ("url", "urlPath", "urlPattern", "urlPathPattern", "urlPathTemplate")
BODIES = frozenset({"body", "jsonBody", "base64Body", FILE_NAME})
# What a server answers where the mapping names no status.
USUAL_STATUS = 200


def matches(root: Node) -> bool:
    """Whether the root is one mapping or has a list of them: how a request is matched, and a response that has a number
    as status, or a body."""
    return _is_mapping(next(iter(_nodes(root)), root))


def _is_mapping(node: Node) -> bool:
    request, response = get(node, "request"), get(node, "response")
    if not isinstance(response, Mapping) or not any(get(request, name) is not None for name in URLS):
        return False
    status = get(response, "status")
    if status is None or (isinstance(status, Scalar) and is_null(status)):
        return bool(names_of(response) & BODIES)
    return whole_number(status) is not None


def _nodes(root: Node | None) -> tuple[Node, ...]:
    held = get(root, "mappings")
    if isinstance(held, Sequence):
        return held.items
    return () if root is None else (root,)


def version(root: Node) -> int | str | None:
    """None: the format has no version."""
    return None


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The mappings as interactions."""
    return tuple(_interaction(document, found) for found in sides(_nodes(document.root)))


def companions(document: Document) -> Iterator[str]:
    """The names of the files below `FOLDER` that bodies lie in."""
    for node in _nodes(document.root):
        name = text_of(get(node, "response", FILE_NAME))
        if name:
            yield name


def faults(document: Document) -> Iterator[CassetteError]:
    """Mappings that lack a side, or the file that their body lies in."""
    yield from lacking(document, sides(_nodes(document.root)), _status)
    for found in sides(_nodes(document.root)):
        name = get(found.response, FILE_NAME)
        if isinstance(name, Scalar) and name.value and name.value not in document.companions:
            where = Where(None, *document.position(name.span.start))
            lack = f"interaction {found.index} has its body in {FOLDER}/{name.value}, which cannot be read"
            yield CassetteError(lack, where)


def _status(response: Mapping | None) -> int | None:
    status = get(response, "status")
    return USUAL_STATUS if text_of(status) is None else whole_number(status)


def _interaction(document: Document, found: Recorded) -> Interaction:
    request, response = found.request, found.response
    return Interaction(
        index=found.index,
        span=found.node.span,
        id=text_of(get(found.node, "id")) or text_of(get(found.node, "uuid")),
        request=Request(
            method=text_of(get(request, "method")),
            url=next((lens for name in URLS if (lens := text_lens(document, get(request, name)))), None),
            headers=tuple(_equal_headers(document, get(request, "headers"))),
            body=_equal_body(document, get(request, "bodyPatterns")),
        ),
        response=Response(
            status=_status(response),
            reason=text_of(get(response, "statusMessage")) or None,
            headers=listed_headers(document, get(response, "headers")),
            body=_body(document, response),
        ),
    )


def _equal_headers(document: Document, node: Node | None) -> Iterator[Header]:
    for name, pattern in entries(node):
        value = text_lens(document, get(pattern, "equalTo"))
        if isinstance(name, Scalar) and value is not None:
            yield Header(name.value, value)


def _equal_body(document: Document, patterns: Node | None) -> BodyLens | None:
    """The first thing that a body is to be equal to."""
    for pattern in elements(patterns):
        for name in ("equalToJson", "equalTo", "equalToXml", "binaryEqualTo"):
            node = get(pattern, name)
            if isinstance(node, Mapping | Sequence):
                return JsonText(document.source, node)
            if isinstance(node, Scalar) and not is_null(node):
                lens = lens_of(document.source, node)
                return decoded_by(base64_lens, lens) if name == "binaryEqualTo" else lens
    return None


def _body(document: Document, response: Mapping | None) -> BodyLens | None:
    name = text_of(get(response, FILE_NAME))
    if name:
        return _file(document, name)
    parsed = get(response, "jsonBody")
    if parsed is not None:
        return JsonText(document.source, parsed)
    coded = get(response, "base64Body")
    if isinstance(coded, Scalar) and not is_null(coded):
        return decoded_by(base64_lens, lens_of(document.source, coded))
    return text_lens(document, get(response, "body"))


def _file(document: Document, name: str) -> BodyLens | None:
    """A body in another file: all of its text, or its bytes where these are no text."""
    companion = document.companions.get(name)
    if companion is None:
        return None
    whole: Lens[str] = Slice(companion.source, Span(0, len(companion.source.text)))
    try:
        whole.text.encode()
    except UnicodeEncodeError:
        return Bytes(whole)
    return whole
