"""YAML text to trees with places, by libyaml's events (the pure Python parser where libyaml is missing).

Events, not nodes: nothing is constructed or resolved, so no tag can fail or run code, and aliases stay references,
so an alias bomb costs nothing. Spans count characters of the text that was given.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style
from cassette_cli.errors import CassetteError, Where

STYLES = {
    None: Style.PLAIN,
    "": Style.PLAIN,
    "'": Style.SINGLE,
    '"': Style.DOUBLE,
    "|": Style.LITERAL,
    ">": Style.FOLDED,
}


def parse(text: str, *, pure: bool = False) -> tuple[Node, ...]:
    """One node per document that has content. `pure` takes the parser written in Python, to prove both equal.

    Raises CassetteError with line and column where the text is no YAML.
    """
    try:
        builder = _Builder(frozenset())
        builder.run(_events(text, pure))
        if builder.aliased:
            builder = _Builder(frozenset(builder.aliased))
            builder.run(_events(text, pure))
    except YAMLError as error:
        raise _told(error, text) from None
    return tuple(builder.roots)


def _events(text: str, pure: bool) -> Iterator[Event]:
    events: Iterator[Event] = YAML(typ="safe", pure=pure).parse(text)
    return events


def _told(error: YAMLError, text: str) -> CassetteError:
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        where = Where(None, mark.line + 1, mark.column + 1) if mark else Where()
        return CassetteError(f"not YAML: {error.problem or error.context}", where)
    before = text[: getattr(error, "position", 0)]
    where = Where(None, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return CassetteError(f"not YAML: {getattr(error, 'reason', error)}", where)


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("anchor", "children", "column", "event", "shared")

    def __init__(self, event: Any, column: int | None, shared: bool) -> None:
        self.event = event
        self.children: list[Node] = []
        self.column = column
        self.anchor: str | None = event.anchor
        self.shared = shared


class _Builder:
    def __init__(self, shared_anchors: frozenset[str]) -> None:
        self.roots: list[Node] = []
        self.aliased: set[str] = set()
        self._shared_anchors = shared_anchors
        self._anchors: dict[str, Node] = {}
        self._open: list[_Open] = []

    def run(self, events: Iterable[Any]) -> None:
        for event in events:
            kind = event.__class__
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end(event)
            elif kind is AliasEvent:
                self._alias(event)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        (self._open[-1].children if self._open else self.roots).append(node)

    def _indent(self, event: Any) -> int:
        """The column of the block collection around a node that starts with `event`."""
        if not self._open:
            return -1
        parent = self._open[-1]
        if parent.column is None:
            # The start of a tagged collection is its tag; its first child stands at the column that counts.
            parent.column = event.start_mark.column
        return parent.column

    def _shared(self, anchor: str | None) -> bool:
        return anchor in self._shared_anchors or bool(self._open and self._open[-1].shared)

    def _scalar(self, event: Any) -> None:
        tag = None if event.implicit[0] or event.implicit[1] else event.tag
        span = Span(event.start_mark.index, event.end_mark.index)
        style = STYLES[event.style]
        shared = self._shared(event.anchor)
        self._add(Scalar(event.value, span, style, _tag(tag), self._indent(event), shared), event.anchor)

    def _start(self, event: Any) -> None:
        outside = self._indent(event)
        if event.flow_style:
            column: int | None = outside
        else:
            column = event.start_mark.column if event.tag is None and event.anchor is None else None
        self._open.append(_Open(event, column, self._shared(event.anchor)))

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        span = Span(done.event.start_mark.index, event.end_mark.index)
        tag = _tag(done.event.tag)
        if done.event.__class__ is SequenceStartEvent:
            self._add(Sequence(tuple(done.children), span, tag), done.anchor)
        else:
            pairs = tuple(zip(done.children[::2], done.children[1::2], strict=True))
            self._add(Mapping(pairs, span, tag), done.anchor)

    def _alias(self, event: Any) -> None:
        where = Where(None, event.start_mark.line + 1, event.start_mark.column + 1)
        if any(collection.anchor == event.anchor for collection in self._open):
            raise CassetteError(f"alias *{event.anchor} lies inside what it names", where)
        if event.anchor not in self._anchors:
            raise CassetteError(f"alias *{event.anchor} names nothing", where)
        self.aliased.add(event.anchor)
        self._indent(event)
        self._add(self._anchors[event.anchor], None)


def _tag(tag: Any) -> str | None:
    return None if tag is None else str(tag)
