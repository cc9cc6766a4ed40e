"""Entries of mappings and items of sequences taken out of a text: their lines in block style, with a comma in flow
style and in JSON.

    headers:                                headers:
      Cf-Ray:               without           Date:
      - 8f2a-FRA            Cf-Ray            - Mon, 01 Jan 2025
      Date:
      - Mon, 01 Jan 2025

A collection that loses all that it holds is written `{}` or `[]`. Blank lines that follow what goes away go with it:
they would become part of a block scalar that stands before. A comment stays, unless it stands in a line that goes.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from cassette_cli.document.document import Document
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Mapping, Node, Scalar
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.document.yaml_flow import PROPERTIES
from cassette_cli.errors import CassetteError

# What may follow on the last line of what goes, and the blank lines behind it.
REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
BLANKS = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
# What stands between two items of a block sequence, up to the next dash.
BETWEEN = re.compile(r"(?:[ \t\r\n]|(?<![^ \t\r\n])#[^\r\n]*)*")
BREAKS = ("\n", "\r")
Collected = Mapping | SequenceNode


class _Child(NamedTuple):
    """An entry or item: where it begins (its dash or question mark included) and where its last text ends."""

    span: Span
    gone: bool


def removal(document: Document, gone: Collection[Node]) -> list[Edit[str]]:
    """The edits of the file's text that take nodes out, in order of place: items of sequences, and of mappings the
    entries whose keys are among `gone`. Nodes count by identity, and nothing in one of them may be named again.

    Raises CassetteError where an alias stands in the way, or a comment would get lost.
    """
    wanted = {id(node) for node in gone}
    if not wanted:
        return []
    edits: list[Edit[str]] = []
    # What aliases name is there many times, and looked at once.
    seen: set[int] = set()
    waiting: list[Node] = list(document.roots)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        heads = [key for key, _ in node.items] if isinstance(node, Mapping) else node.items
        if any(id(head) in wanted for head in heads):
            edits += _edits(document.text, node, wanted)
        waiting += [each for each, head in zip(_values(node), heads, strict=True) if id(head) not in wanted]
    return sorted(edits, key=lambda edit: edit.span)


def _values(node: Collected) -> list[Node]:
    return [value for _, value in node.items] if isinstance(node, Mapping) else list(node.items)


def _edits(text: str, node: Collected, wanted: set[int]) -> Iterator[Edit[str]]:
    start = PROPERTIES.match(text, node.span.start, node.span.end).end()  # type: ignore[union-attr]  # it may match nothing
    flow = text[start : start + 1] in ("{", "[")
    children = list(_children(text, node, wanted, start, flow=flow))
    if all(child.gone for child in children):
        yield _emptied(text, node, start, children[-1].span.end, flow=flow)
        return
    place = 0
    for is_gone, members in groupby(children, lambda child: child.gone):
        run = list(members)
        place += len(run)
        if is_gone:
            before = children[place - len(run) - 1] if place > len(run) else None
            after = children[place] if place < len(children) else None
            yield from (_from_flow if flow else _from_block)(text, run, before, after)


def _children(text: str, node: Collected, wanted: set[int], place: int, *, flow: bool) -> Iterator[_Child]:
    if isinstance(node, Mapping):
        for key, value in node.items:
            end = _end(text, value, after=_end(text, key, after=place))
            yield _Child(Span(_question(text, key.span.start), end), _is_gone(key, wanted, (key, value)))
            place = end
        return
    for item in node.items:
        start = item.span.start
        if not flow:
            start = BETWEEN.match(text, place).end()  # type: ignore[union-attr]  # it matches nothing, too
            if text[start : start + 1] != "-":
                raise CassetteError("an item of a list has an unusual form and cannot be taken out")
        place = _end(text, item, after=place)
        yield _Child(Span(start, place), _is_gone(item, wanted, (item,)))


def _is_gone(head: Node, wanted: set[int], nodes: Sequence[Node]) -> bool:
    """Whether an entry goes. Raises CassetteError where an alias elsewhere names something in it."""
    if id(head) not in wanted:
        return False
    waiting = list(nodes)
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            if node.shared:
                raise CassetteError("what an alias names cannot be taken out")
        elif id(node) not in seen:
            seen.add(id(node))
            waiting += [each for pair in node.items for each in pair] if isinstance(node, Mapping) else node.items
    return True


def _end(text: str, node: Node, *, after: int) -> int:
    """Where the last text of a node ends; the span of a block collection reaches up to what follows it.

    Raises CassetteError where an alias stands for the node: what it names lies elsewhere.
    """
    while True:
        if node.span.start < after:
            raise CassetteError("an alias stands where something would be taken out")
        if isinstance(node, Scalar) or not node.items:
            return node.span.end
        start = PROPERTIES.match(text, node.span.start, node.span.end).end()  # type: ignore[union-attr]  # as above
        if text[start : start + 1] in ("{", "["):
            return node.span.end
        after = node.span.start
        node = _values(node)[-1]


def _question(text: str, start: int) -> int:
    """Where an entry begins: at its key, or at the question mark before it."""
    begin = _line_start(text, start)
    before = text[begin:start].rstrip()
    return begin + len(before) - 1 if before.endswith("?") else start


def _line_start(text: str, place: int) -> int:
    # Few texts have a CR; looked for all the way back, it would take the square of their length.
    begin = text.rfind("\n", 0, place) + 1
    return max(text.rfind("\r", begin, place) + 1, begin)


def _line_end(text: str, end: int) -> int:
    """Where the line that a place lies in ends, its break included, and the blank lines behind it."""
    if not text.endswith(BREAKS, 0, end):
        rest = REST.match(text, end)
        if rest is None:
            raise CassetteError("what stands behind it on its line cannot be taken out")
        end = rest.end()
    return BLANKS.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing, too


def _from_block(text: str, run: list[_Child], before: _Child | None, after: _Child | None) -> Iterator[Edit[str]]:
    for place, child in enumerate(run):
        begin = _line_start(text, child.span.start)
        if not text[begin : child.span.start].strip(" "):
            yield Edit(Span(begin, _line_end(text, child.span.end)), "")
        elif place == 0 and before is None and after is not None:
            # It stands behind the dash of an item or the like, and what follows takes its place there.
            yield Edit(Span(child.span.start, _without_comment(text, run[-1].span.end, after.span.start)), "")
            return
        else:
            raise CassetteError("an entry shares its line with another and cannot be taken out")


def _from_flow(text: str, run: list[_Child], before: _Child | None, after: _Child | None) -> Iterator[Edit[str]]:
    first, last = run[0].span, run[-1].span
    if after is not None:
        yield Edit(Span(first.start, _without_comment(text, last.end, after.span.start)), "")
    elif before is not None:
        _without_comment(text, before.span.end, first.start)
        yield Edit(Span(before.span.end, last.end), "")


def _without_comment(text: str, start: int, end: int) -> int:
    """`end`. Raises CassetteError where a comment stands between."""
    if "#" in text[start:end]:
        raise CassetteError("a comment stands between what goes and what stays")
    return end


def _emptied(text: str, node: Collected, start: int, end: int, *, flow: bool) -> Edit[str]:
    """The edit that leaves nothing in a collection."""
    empty = "{}" if isinstance(node, Mapping) else "[]"
    if flow:
        return Edit(Span(start, node.span.end), empty)
    newline = "\r\n" if text.endswith("\r\n", 0, end) else "\n" if text.endswith(BREAKS, 0, end) else ""
    before = start
    while before and text[before - 1].isspace():
        before -= 1
    if not before or not any(char in text[before:start] for char in BREAKS):
        return Edit(Span(start, end), empty + newline)
    if text[_line_start(text, before) : before].lstrip().startswith("#"):
        raise CassetteError("a comment stands before what goes")
    return Edit(Span(before, end), f" {empty}{newline}")
