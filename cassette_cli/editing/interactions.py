"""Interactions of a cassette dropped, kept, moved, copied and renumbered: their own text is cut and put elsewhere.

go-vcr numbers its interactions (`id: 0`, `id: 1` ...; https://github.com/dnaeon/go-vcr/blob/v4/pkg/cassette/cassette.go);
where the numbers were running ones they are so afterwards.
"""

from collections.abc import Iterator, Sequence

from cassette_cli.document.arranging import arranged, arranged_documents
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Change
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Style, get
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.errors import CassetteError, InternalError, Where
from cassette_cli.model import Cassette
from cassette_cli.proof import prove, prove_rebuilt, said


def rearranged(cassette: Cassette, order: Sequence[int]) -> Cassette:
    """The cassette with the interactions that `order` names, in its order, each the text that it was; running numbers
    run again. The text is unwritten.

    Raises CassetteError where the file's layout does not allow that, InternalError where the proof fails.
    """
    if list(order) == list(range(len(cassette.interactions))):
        return cassette
    runs = _ids(cassette) == [str(place) for place in range(len(cassette.interactions))]
    try:
        edit = _arranged(cassette, order)
    except CassetteError as error:
        raise error.at(cassette.path) from None
    meant = [said(cassette.interactions[place]) for place in order]
    try:
        again = prove_rebuilt(cassette, [edit], meant)
    except InternalError:
        is_empty = not any(each.url and each.status for each in meant)
        if not is_empty and not _has_aliases(cassette.document):
            raise
        aliases = "interactions share texts by YAML aliases, so they cannot be taken apart"
        nothing = f"without whole interactions nothing would tell that this is a cassette of {cassette.recorder}"
        raise CassetteError(nothing if is_empty else aliases, Where(cassette.path)) from None
    return renumbered(again) if runs else again


def _arranged(cassette: Cassette, order: Sequence[int]) -> Edit[str]:
    document = cassette.document
    if len(document.roots) > 1 and [root.span for root in document.roots] == [
        interaction.span for interaction in cassette.interactions
    ]:
        return arranged_documents(document.text, document.roots, order)
    if any(isinstance(node, Scalar) and node.style is Style.TOML for node in _nodes(document)):
        raise CassetteError("interactions of a TOML file cannot be rearranged")
    return arranged(document.text, holder(cassette), order)


def renumbered(cassette: Cassette) -> Cassette:
    """The cassette with running numbers as ids, counted from 0. Raises CassetteError where interactions have no ids."""
    scalars = [get(node, "id") for node in holder(cassette).items] if cassette.interactions else []
    changes: list[Change] = []
    for place, scalar in enumerate(scalars):
        if not isinstance(scalar, Scalar):
            raise CassetteError(f"interaction {place} has no id: {cassette.recorder} does not number them").at(
                cassette.path
            )
        lens = lens_of(cassette.document.source, scalar)
        if lens.text != str(place):
            changes.append((lens, Edit(Span(0, len(lens.text)), str(place))))
    return prove(cassette, changes)


def holder(cassette: Cassette) -> SequenceNode:
    """The collection that holds the interactions. Raises CassetteError where they are not in one."""
    spans = [interaction.span for interaction in cassette.interactions]
    sides = (get(cassette.document.root, side) for side in ("requests", "responses"))
    if all(isinstance(side, SequenceNode) for side in sides):
        raise CassetteError("requests and responses stand in a list each").at(cassette.path)
    for node in _sequences(cassette.document):
        if spans and [item.span for item in node.items] == spans:
            return node
    raise CassetteError("the interactions do not stand in one list").at(cassette.path)


def _ids(cassette: Cassette) -> list[str | None]:
    return [interaction.id for interaction in cassette.interactions]


def _nodes(document: Document) -> Iterator[Node]:
    waiting: list[Node] = list(document.roots)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Mapping):
            waiting.extend(each for pair in node.items for each in pair)
        elif isinstance(node, SequenceNode):
            waiting.extend(node.items)


def _sequences(document: Document) -> Iterator[SequenceNode]:
    return (node for node in _nodes(document) if isinstance(node, SequenceNode))


def _has_aliases(document: Document) -> bool:
    return any(isinstance(node, Scalar) and node.shared for node in _nodes(document))
