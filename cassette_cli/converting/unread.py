"""What a recorder writes beside what was on the wire: fields that no other recorder has a place for.

A field is carried where a text that the recorder reads of it lies in it; what is read without one (a status, a time)
is known by its name, and so is what only repeats something that is carried.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cassette_cli.converting.base import Loss
from cassette_cli.document.lens import Source
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Ways, entries, inside, is_null
from cassette_cli.model import Cassette, Interaction, Request, Response

# Read as plain values.
READ = frozenset(
    {
        "method", "RequestMethod", "status", "code", "message", "reason", "statusText", "statusCode", "StatusCode",
        "status_code", "id", "_id", "recorded_at", "startedDateTime", "duration", "time", "name", "version",
        "recorded_with", "recorded",
    }
)  # fmt: skip
# Says how a body is written, or repeats headers, URL or body.
REPEATED = frozenset(
    {
        "_fromType", "_isBinary", "_order", "bodyFileName", "bodySize", "body_encoding", "body_type",
        "content_length", "cookies", "encoding", "form", "headersSize", "host", "mimeType", "params", "proto_major",
        "proto_minor", "queryString", "redirectURL", "request_size", "responseIsBinary", "response_size", "size",
        "timings", "type",
    }
)  # fmt: skip
# Files are deep where something is a mapping of mappings; names say enough.
DEEPEST = 2


def unread(cassette: Cassette) -> Iterator[Loss]:
    """Fields that are not carried, by name, with the interactions that have them."""
    root = cassette.document.root
    if root is None:
        return
    ways = Ways(root)
    found: dict[str, list[int]] = defaultdict(list)
    for interaction in cassette.interactions:
        way = [node for node in ways.to(interaction.span) if node.span == interaction.span]
        spans = sorted(_spans(interaction, cassette.document.source))
        for name in dict.fromkeys(_fields(way[0], spans)) if way else ():
            found[name].append(interaction.index)
    for name, where in found.items():
        yield Loss("field", name, tuple(where))


def _fields(interaction: Node, spans: list[Span]) -> Iterator[str]:
    """The names of fields that hold something and are not carried. What an alias names again is looked at once."""
    waiting: list[tuple[Node, tuple[str, ...]]] = [(interaction, ())]
    seen = set()
    while waiting:
        node, route = waiting.pop()
        if id(node) in seen or (route and _is_carried(node, spans)):
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            if route and not is_null(node):
                yield ".".join(route)
        elif isinstance(node, Mapping):
            named = [(key.value if isinstance(key, Scalar) else "?", value) for key, value in entries(node)]
            known = READ | REPEATED
            waiting += [(value, (*route, name)[:DEEPEST]) for name, value in reversed(named) if name not in known]
        else:
            waiting += [(item, route) for item in reversed(inside(node))]


def _is_carried(node: Node, spans: list[Span]) -> bool:
    """Whether a text lies around a node, or, behind a tag, in it."""
    after = bisect_right(spans, (node.span.start, float("inf")))
    if after and node.span.end <= spans[after - 1].end:
        return True
    return isinstance(node, Scalar) and after < len(spans) and spans[after].end <= node.span.end


def _spans(interaction: Interaction, source: Source) -> Iterator[Span]:
    for side in (interaction.request, interaction.response):
        yield from _of_side(side, source)


def _of_side(side: Request | Response, source: Source) -> Iterator[Span]:
    lenses: list[Any] = [each.value for each in side.headers]
    lenses += [side.body, *side.lengths]
    if isinstance(side, Request):
        lenses.append(side.url)
    for lens in lenses:
        yield from _places(lens, source)


def _places(lens: Any, source: Source) -> Iterator[Span]:
    """Where a text lies in the file, piece by piece."""
    waiting = [lens]
    while waiting:
        each = waiting.pop()
        outer = getattr(each, "outer", None)
        if outer is source:
            place = getattr(each, "span", None) or getattr(getattr(each, "node", None), "span", None)
            if place is not None:
                yield place
        elif outer is not None:
            waiting.append(outer)
        waiting.extend(getattr(each, "pieces", ()))
