"""Headers taken out of a recording: where each stands in the file, and what goes with it.

Cf-Ray:                      an entry of a mapping, or one value of several
- 8f2a-FRA

{"name": "cf-ray", ...}      an item of a list (HAR and its kin)

"cf-ray", "8f2a-FRA", ...    a name and its value in turn, or in a list of two (nock)

Cf-Ray: 8f2a-FRA             a line of a message (httprr)
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cassette_cli.document.lens import Change, Slice, place_of
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Ways
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette, Header
from cassette_cli.proof import Plan, Reshaping

# What lists of objects call the text of a header.
VALUE = "value"


class _Site(NamedTuple):
    """What goes with a header: an entry's key or an item, and the list that it is one value of, where there is one."""

    head: Node
    values: SequenceNode | None
    value: Node


def removal(cassette: Cassette, headers: Iterable[Header]) -> Plan:
    """How to take headers out of a cassette.

    Raises CassetteError for one that cannot be taken out.
    """
    changes: list[Change] = []
    sites: list[_Site] = []
    gone: list[Header] = []
    ways = [Ways(root) for root in cassette.document.roots]
    for header in headers:
        gone.append(header)
        if isinstance(header.value, Slice):
            changes.append(_line(header.value))
        else:
            sites += _sites(header, place_of(header.value, cassette.document.source), ways)
    values = tuple(header.value for header in gone)
    return Plan(changes, Reshaping(gone=tuple(_nodes(sites)), headers=values))


def can_go(cassette: Cassette, header: Header) -> bool:
    """Whether a header stands in the file by itself."""
    return place_of(header.value, cassette.document.source) is not None


def _line(value: Slice) -> Change:
    """The line of a message that holds a header; the lines that go on with it are not read as part of it."""
    text = value.outer.text
    end = text.find("\n", value.span.end)
    return value.outer, Edit(Span(text.rfind("\n", 0, value.span.start) + 1, len(text) if end < 0 else end + 1), "")


def _sites(header: Header, span: Span | None, ways: Iterable[Ways]) -> list[_Site]:
    way = next((found for each in ways if span and (found := each.to(span))), [])
    if len(way) < 2 or not isinstance(way[-1], Scalar):
        raise CassetteError(f"the header {header.name} cannot be taken out: it has no place of its own")
    values, value = way[-2], way[-1]
    if not isinstance(values, SequenceNode):
        return [_Site(_head(header, way), None, value)]
    name = _name_before(header, values, value)
    if name is None:
        return [_Site(_head(header, way[:-1]), values, value)]
    if len(values.items) == 2 and isinstance(way[-3], SequenceNode):
        return [_Site(values, None, value)]
    return [_Site(node, None, node) for node in (name, value)]


def _name_before(header: Header, values: SequenceNode, value: Node) -> Node | None:
    """The name of a header, where it stands before its value in one list with it."""
    place = next(place for place, item in enumerate(values.items) if item is value)
    before = values.items[place - 1] if place % 2 else None
    named = isinstance(before, Scalar) and before.value.lower() == header.name.lower()
    return before if named else None


def _head(header: Header, way: Sequence[Node]) -> Node:
    """The key of the entry whose value ends a way, or the object of a list that this is the value of."""
    mapping = way[-2] if len(way) > 1 else None
    if not isinstance(mapping, Mapping):
        raise CassetteError(f"the header {header.name} cannot be taken out: it stands in no mapping")
    key = next(key for key, value in mapping.items if value is way[-1])
    is_object = isinstance(key, Scalar) and key.value == VALUE and header.name.lower() != VALUE
    return mapping if is_object and len(way) > 2 and isinstance(way[-3], SequenceNode) else key


def _nodes(sites: Sequence[_Site]) -> Iterable[Node]:
    """The nodes that go: of a list of values those that are named, or its whole entry where all are."""
    going: dict[int, set[int]] = {}
    for site in sites:
        going.setdefault(id(site.head), set()).add(id(site.value))
    found: dict[int, Node] = {}
    for site in sites:
        is_whole = site.values is None or all(id(item) in going[id(site.head)] for item in site.values.items)
        node = site.head if is_whole else site.value
        found[id(node)] = node
    return found.values()
