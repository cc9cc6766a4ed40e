"""YAML text to trees with places, by libyaml's events (those of ruamel.yaml's own parser where libyaml is missing, or
refuses what YAML 1.2 allows, as `{uri: http://x/}`).

Events, not nodes: nothing is constructed or resolved, so no tag can fail or run code, and aliases stay references,
so an alias bomb costs nothing. Spans count characters of the text that was given.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.main import CParser  # type: ignore[attr-defined]  # None without libyaml; asked for nowhere else

from cassette_cli.document.document import position
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style
from cassette_cli.document.yaml_flow import BREAKS, PROPERTIES
from cassette_cli.errors import CassetteError, Where

STYLES = {
    None: Style.PLAIN,
    "": Style.PLAIN,
    "'": Style.SINGLE,
    '"': Style.DOUBLE,
    "|": Style.LITERAL,
    ">": Style.FOLDED,
}
BOM = "\ufeff"
# Both parsers look at every flow collection that is open for each token, so the time grows with the depth, and with its
# square where nothing else is in the text: libyaml takes 4 seconds for 32,000 brackets, the other 30 for 8,000.
# Recordings stay below 60.
DEEPEST = 1000
DEEPEST_FOR_PURE = 100
# libyaml ends plain text at any colon in a flow collection; YAML 1.2.2 (7.3.3) and other parsers at one before a blank.
FLOW_COLON = "found unexpected ':'"
# Characters of a text that is then read by the parser written in Python, which takes 10 to 30 times as long.
LONGEST_FOR_PURE = 250_000
# What no YAML text holds (YAML 1.1, section 5.1), lone surrogates among it.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def parse(text: str, *, pure: bool = False) -> tuple[Node, ...]:
    """One node per document that has content. `pure` takes the parser written in Python at once, to prove both equal;
    else that one reads what libyaml refuses for a colon, if the text is not too long for it.

    Raises CassetteError with line and column where the text is no YAML, or nested too deeply.
    """
    try:
        return _roots(text, pure, DEEPEST)
    except MarkedYAMLError as error:
        if not pure and error.problem == FLOW_COLON and len(text) <= LONGEST_FOR_PURE:
            with suppress(YAMLError, UnicodeEncodeError, CassetteError):
                return _roots(text, True, DEEPEST_FOR_PURE)
        mark = error.problem_mark or error.context_mark
        raise CassetteError(f"not YAML: {error.problem or error.context}", mark and _where(text, mark)) from None
    except (YAMLError, UnicodeEncodeError) as error:
        raise _forbidden(error, text) from None


def _roots(text: str, pure: bool, deepest: int) -> tuple[Node, ...]:
    builder = _built(text, pure, deepest, frozenset())
    if builder.aliased:
        builder = _built(text, pure, deepest, frozenset(builder.aliased))
    return tuple(builder.roots)


def _built(text: str, pure: bool, deepest: int, shared_anchors: frozenset[str]) -> "_Builder":
    builder = _Builder(text, deepest, shared_anchors)
    # libyaml does not count a byte order mark, so neither parser gets to see it.
    builder.run(_events(text.lstrip(BOM), pure))
    return builder


def _events(text: str, pure: bool) -> Iterable[Any]:
    """The events of a text. libyaml is asked for them one by one: around it `YAML` makes a class per text, and
    `YAML.parse` a generator, which together take as long again."""
    by_hand = pure or CParser is None
    events: Iterable[Any] = YAML(typ="safe", pure=True).parse(text) if by_hand else iter(CParser(text).get_event, None)
    return events


def _before(text: str) -> int:
    """How many characters of a text its marks do not count."""
    return len(text) - len(text.lstrip(BOM))


def _where(text: str, mark: Any) -> Where:
    return Where(None, *position(text, mark.index + _before(text)))


def _forbidden(error: Exception, text: str) -> CassetteError:
    """The parsers count characters that they refuse in bytes, or from the start of a chunk: look for it again."""
    found = FORBIDDEN.search(text)
    if found is None:
        return CassetteError(f"not YAML: {error}")
    where = Where(None, *position(text, found.start()))
    return CassetteError(f"not YAML: character U+{ord(found[0]):04X} is not allowed", where)


class _Open:
    """A collection whose end has not come yet. `column` is that of the innermost block collection here."""

    __slots__ = ("children", "column", "event", "in_flow", "in_key", "is_mapping", "shared")

    def __init__(self, event: Any, column: int, *, in_flow: bool, in_key: bool, shared: bool) -> None:
        self.event = event
        self.children: list[Node] = []
        self.column = column
        self.in_flow = in_flow
        self.in_key = in_key
        self.is_mapping = event.__class__ is MappingStartEvent
        self.shared = shared

    @property
    def at_key(self) -> bool:
        """Whether the next child is a key, or belongs to one."""
        return self.in_key or (self.is_mapping and len(self.children) % 2 == 0)


class _Builder:
    def __init__(self, text: str, deepest: int, shared_anchors: frozenset[str]) -> None:
        self.aliased: set[str] = set()
        self._text = text
        self._deepest = deepest
        self._before = _before(text)
        self._shared_anchors = shared_anchors
        # What the anchors of this document name; None for a collection that is still open.
        self._anchors: dict[str, Node | None] = {}
        # The stream itself is the outermost one.
        self._open = [_Open(None, -1, in_flow=False, in_key=False, shared=False)]

    @property
    def roots(self) -> list[Node]:
        return self._open[0].children

    def run(self, events: Iterable[Any]) -> None:
        """Take all events. Scalars are not handed on to a method of their own: most events are theirs."""
        before, shared_anchors, open_ = self._before, self._shared_anchors, self._open
        # What Scalar() and Span() do, less the call of a function.
        new = tuple.__new__
        for event in events:
            kind = event.__class__
            if kind is ScalarEvent:
                around, anchor = open_[-1], event.anchor
                plain, quoted = event.implicit
                span = new(Span, (event.start_mark.index + before, event.end_mark.index + before))
                tag = None if plain or quoted else str(event.tag)
                shared = around.shared or anchor in shared_anchors
                limits = around.column, shared, around.in_flow, around.at_key
                node = new(Scalar, (event.value, span, STYLES[event.style], tag, *limits))
                around.children.append(node)
                if anchor is not None:
                    self._anchors[anchor] = node
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end(event)
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                self._anchors.clear()

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        self._open[-1].children.append(node)

    def _start(self, event: Any) -> None:
        around = self._open[-1]
        if len(self._open) > self._deepest:
            message = f"collections are nested more than {self._deepest:,} deep"
            raise CassetteError(message, _where(self._text, event.start_mark))
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        column = around.column if event.flow_style else self._column(event)
        shared = around.shared or event.anchor in self._shared_anchors
        self._open.append(_Open(event, column, in_flow=bool(event.flow_style), in_key=around.at_key, shared=shared))

    def _column(self, event: Any) -> int:
        """The column of a block collection. With a tag or an anchor the mark is there, and the collection below it."""
        if event.tag is None and event.anchor is None:
            return int(event.start_mark.column)
        found = PROPERTIES.match(self._text, event.start_mark.index + self._before)
        before = found[0] if found else ""
        return len(before) - 1 - max(before.rfind(char) for char in BREAKS)

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        span = Span(done.event.start_mark.index + self._before, event.end_mark.index + self._before)
        tag = None if done.event.tag is None else str(done.event.tag)
        if done.is_mapping:
            pairs = tuple(zip(done.children[::2], done.children[1::2], strict=True))
            self._add(Mapping(pairs, span, tag), done.event.anchor)
        else:
            self._add(Sequence(tuple(done.children), span, tag), done.event.anchor)

    def _alias(self, event: Any) -> None:
        node = self._anchors.get(event.anchor)
        if node is None:
            fault = "lies inside what it names" if event.anchor in self._anchors else "names nothing"
            raise CassetteError(f"alias *{event.anchor} {fault}", _where(self._text, event.start_mark))
        self.aliased.add(event.anchor)
        self._add(node, None)
