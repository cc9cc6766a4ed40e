"""What a recording holds beside URL, headers and bodies: fields of a recorder's own that repeat values of these.

go-vcr keeps `form:`, the query and the form body parsed; others keep tags, curl commands, the host.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from cassette_cli.document.lens import Joined, Lens
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, is_null
from cassette_cli.model import Cassette, Interaction
from cassette_cli.redaction.text import Spot, Text


def extras(cassette: Cassette) -> Iterator[Text]:
    """The scalars that no text of an interaction lies in, each under the name of the nearest key."""
    if cassette.recorder == "httprr":  # its scalars are whole messages
        return
    ends, bodies = _taken(cassette)
    starts = [each.span.start for each in cassette.interactions]
    waiting: list[tuple[Node, str, str | None]] = [(root, "document", None) for root in cassette.document.roots]
    while waiting:
        node, where, name = waiting.pop()
        if isinstance(node, Mapping):
            if id(node) not in bodies:
                waiting += [
                    (held, f"{where}.{key.value}", key.value)
                    for key, held in reversed(node.items)
                    if isinstance(key, Scalar)
                ]
        elif isinstance(node, Sequence):
            if id(node) not in bodies:
                waiting += [(held, f"{where}[{place}]", name) for place, held in reversed(list(enumerate(node.items)))]
        elif node.span.end not in ends and len(node.value) >= 4 and not node.shared and not is_null(node):
            yield _text(cassette, node, where, name, starts)


def _text(cassette: Cassette, scalar: Scalar, where: str, name: str | None, starts: list[int]) -> Text:
    lens = lens_of(cassette.document.source, scalar)
    index = bisect_left(starts, scalar.span.start + 1) - 1
    return Text(
        scalar.value,
        lambda: lens,
        where,
        spot=Spot.QUERY if ".form." in where else Spot.FIELD,
        name=name,
        interaction=index if index >= 0 else None,
    )


def _taken(cassette: Cassette) -> tuple[set[int], set[int]]:
    """Where the scalars end that texts of interactions lie in, and the structures that bodies are read from."""
    ends: set[int] = set()
    bodies: set[int] = set()
    waiting: list[Any] = [lens for each in cassette.interactions for lens in _lenses(each) if lens is not None]
    while waiting:
        lens = waiting.pop()
        if isinstance(lens, JsonText):
            bodies.add(id(lens.node))
        elif isinstance(lens, Joined):
            waiting += lens.pieces
        elif lens.depth > 1:
            waiting.append(lens.outer)
        elif lens.depth and lens.outer is cassette.document.source:
            ends.add(lens.span.end)
    return ends, bodies


def _lenses(interaction: Interaction) -> Iterator[Lens[Any] | None]:
    request, response = interaction.request, interaction.response
    yield request.url
    yield request.body
    yield response.body
    for header in (*request.headers, *response.headers):
        yield header.value
