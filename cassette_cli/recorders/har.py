"""HAR 1.2, of browsers, proxies and Polly.js, in JSON or YAML: http://www.softwareishard.com/blog/har-12-spec/

    {"log": {"version": "1.2", "creator": {"name": "Polly.JS", "version": "6.0.6"}, "entries": [{
        "startedDateTime": "2025-11-12T10:00:00.000Z", "time": 921,
        "request": {
            "method": "POST", "url": "https://api.example.com/v1/chat",
            "headers": [{"name": "content-type", "value": "application/json"}],
            "postData": {"mimeType": "application/json", "text": "{\\"stream\\": true}"}, "bodySize": 16},
        "response": {
            "status": 200, "statusText": "OK",
            "headers": [{"name": "content-type", "value": "text/event-stream"}],
            "content": {"mimeType": "text/event-stream", "text": "data: {\\"n\\": 1}\\n\\n", "size": 17},
            "bodySize": 17}}]}}

`content.encoding` says base64. Polly.js keeps a body under a content coding as the JSON text of a list of chunks
(https://github.com/Netflix/pollyjs/blob/master/packages/@pollyjs/adapter-node-http/src/index.js), in base64 or, before
version 6, in hexadecimal digits under `_isBinary`. `textJSON`, a request's JSON as YAML, is of Sourcegraph's persister
(https://github.com/sourcegraph/cody/blob/main/vscode/src/testutils/CodyPersister.ts). `cookies` and `queryString`
repeat headers and URL, parsed; they have no place in an Interaction.
"""

from collections.abc import Callable, Iterator

from cassette_cli.document import from_json
from cassette_cli.document.document import Document
from cassette_cli.document.encoding import base64_lens, hex_lens
from cassette_cli.document.lens import Lens
from cassette_cli.document.structure import JsonText
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, get, is_null, text_of
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Interaction, Request, Response
from cassette_cli.recorders.base import (
    Recorded,
    body_lens,
    chunked_lens,
    decoded_by,
    fields_lens,
    lacking,
    lengths_of,
    listed_headers,
    recorded,
    text_lens,
    whole_number,
)

NAME = "HAR"


def matches(root: Node) -> bool:
    """Whether there is a log of entries."""
    return isinstance(get(root, "log", "entries"), Sequence)


def version(root: Node) -> int | str | None:
    """ "1.2"; None where the log names none."""
    return text_of(get(root, "log", "version"))


def interactions(document: Document) -> tuple[Interaction, ...]:
    """The interactions."""
    return tuple(_interaction(document, found) for found in recorded(document, "log", "entries"))


def faults(document: Document) -> Iterator[CassetteError]:
    """Interactions that lack a side or a status."""
    return lacking(document, recorded(document, "log", "entries"), _status)


def _status(response: Mapping | None) -> int | None:
    return whole_number(get(response, "status"))


def _interaction(document: Document, found: Recorded) -> Interaction:
    request, response = found.request, found.response
    content = get(response, "content")
    return Interaction(
        index=found.index,
        span=found.node.span,
        id=text_of(get(found.node, "_id")),
        duration_ms=_milliseconds(text_of(get(found.node, "time"))),
        recorded_at=text_of(get(found.node, "startedDateTime")),
        request=Request(
            method=text_of(get(request, "method")),
            url=text_lens(document, get(request, "url")),
            headers=listed_headers(document, get(request, "headers")),
            body=_posted(document, get(request, "postData")),
            lengths=lengths_of(document, get(request, "bodySize")),
        ),
        response=Response(
            status=_status(response),
            reason=text_of(get(response, "statusText")) or None,
            headers=listed_headers(document, get(response, "headers")),
            body=_text(document, content),
            lengths=lengths_of(document, get(response, "bodySize"), get(content, "size")),
        ),
    )


def _milliseconds(text: str | None) -> float | None:
    try:
        return None if text is None else max(float(text), 0.0)
    except ValueError:
        return None


def _posted(document: Document, data: Node | None) -> BodyLens | None:
    """What was sent: text, the JSON in its place, or a form, parsed."""
    parsed = get(data, "textJSON")
    if parsed is not None:
        return JsonText(document.source, parsed)
    return _text(document, data) or fields_lens(document, get(data, "params"))


def _text(document: Document, holder: Node | None) -> BodyLens | None:
    """The body under `text`, with what stands beside it that says how it is coded."""
    node = get(holder, "text")
    if not isinstance(node, Scalar) or is_null(node):
        return body_lens(document, node)
    lens = text_lens(document, node)
    decode = _coding(holder)
    if lens is None or decode is None:
        return lens
    if lens.text.startswith("["):
        return decoded_by(lambda text: _chunks(text, decode), lens)
    return decoded_by(decode, lens)


def _coding(holder: Node | None) -> Callable[[Lens[str]], Lens[bytes]] | None:
    encoding = (text_of(get(holder, "encoding")) or "").lower()
    if encoding == "base64":
        return base64_lens
    return hex_lens if encoding == "hex" or text_of(get(holder, "_isBinary")) == "true" else None


def _chunks(text: Lens[str], decode: Callable[[Lens[str]], Lens[bytes]]) -> BodyLens:
    """The body in a JSON text of a list of its chunks. Raises CassetteError where it is no such text."""
    root = from_json.parse(text.text)
    body = chunked_lens(text, root.items, decode) if isinstance(root, Sequence) else None
    if body is None:
        raise CassetteError("no chunk")
    return body
