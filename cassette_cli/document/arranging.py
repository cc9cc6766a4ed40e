"""The entries of a collection (interactions, headers) in another order, with some left out or there twice.

Each entry is a stretch of the text, which is moved as it stands, with the comments right above it. In a block
collection of YAML it is whole lines; in a flow collection or in JSON what stands between the commas:

    interactions:
    # the first one      <- these two lines
    - request: ...       <- are one stretch
    - request: ...
"""

import re
from collections.abc import Sequence as Many
from itertools import pairwise

from cassette_cli.document.from_httprr import TAG as HTTPRR
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence, Style
from cassette_cli.document.yaml_flow import PROPERTIES
from cassette_cli.errors import CassetteError

LINE_END = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
COMMENT = re.compile(r"[ \t]*#")
# What introduces an entry of a block collection: a dash, or the question mark of a key told at length.
INDICATOR = re.compile(r"(?:[-?][ \t]*(?:[!&][^\s]*[ \t]*)*)?\Z")
# What may stand between the last entry of a flow collection and its bracket.
BETWEEN = re.compile(r"(?:[\s,]|#[^\r\n]*)*")
BLANK = re.compile(r"[ \t]*\Z")


def arranged(text: str, node: Sequence | Mapping, order: Many[int]) -> Edit[str]:
    """The edit of `text` after which a collection has the entries that `order` names by their numbers, in its order.

    Raises CassetteError where the entries do not stand apart from each other, or the collection has none to begin with.
    """
    if not node.items:
        raise CassetteError("there is nothing in this collection to arrange")
    if node.tag == HTTPRR:
        spans = _entries(node)
        return Edit(Span(spans[0].start, spans[-1].end), "".join(text[slice(*spans[each])] for each in order))
    found = PROPERTIES.match(text, node.span.start)
    start = found.end() if found else node.span.start
    if text[start : start + 1] in ("[", "{"):
        return _in_flow(text, node, start, order)
    return _in_block(text, node, order)


def arranged_documents(text: str, roots: Many[Node], order: Many[int]) -> Edit[str]:
    """The edit of `text` after which a file has the documents that `order` names by their numbers, in its order:
    several of YAML, with `---` between them, or a JSON value a line.

    Raises CassetteError where none would be left.
    """
    if not order:
        raise CassetteError("nothing would be left, and an empty file is no cassette")
    is_json = text[roots[0].span.start] in "[{"
    spans = [root.span if is_json else Span(root.span.start, last_end(root)) for root in roots]
    between = [text[one.end : other.start] for one, other in pairwise(spans)]
    newline = "\r\n" if "\r\n" in between[0] else "\n"
    pieces = [text[slice(*spans[order[0]])]]
    for before, after in pairwise(order):
        usual = ("" if pieces[-1].endswith(("\n", "\r")) else newline) + between[0].lstrip("\r\n")
        pieces += [between[before] if after == before + 1 else usual, text[slice(*spans[after])]]
    if order[-1] == len(roots) - 1:
        pieces.append(text[spans[-1].end :])
    elif not pieces[-1].endswith(("\n", "\r")):
        pieces.append(newline)
    return Edit(Span(spans[0].start, len(text)), "".join(pieces))


def stretches(text: str, node: Sequence | Mapping) -> list[Span]:
    """The lines of each entry of a block collection, comments above them included; they lie side by side.

    Raises CassetteError where an entry shares a line with something before it.
    """
    entries = _entries(node)
    begins = [_line_of(text, entry.start) for entry in entries]
    ends = [_after_line(text, entry.end) for entry in entries]
    starts = [_above(text, begins[0])]
    for end, begin in zip(ends, begins[1:], strict=False):
        if end > begin:
            raise CassetteError("two entries share a line, so they cannot be told apart")
        starts.append(_first_comment(text, end, begin))
    return [Span(*pair) for pair in pairwise([*starts, ends[-1]])]


def _ends(node: Sequence | Mapping) -> list[tuple[Node, Node]]:
    """The first and the last node of each entry."""
    return list(node.items) if isinstance(node, Mapping) else [(item, item) for item in node.items]


def _entries(node: Sequence | Mapping) -> list[Span]:
    """From the first character of each entry to the end of its last leaf."""
    return [Span(first.span.start, max(last_end(first), last_end(last))) for first, last in _ends(node)]


def last_end(node: Node) -> int:
    """Where the last leaf of a node ends; a block collection's own span reaches to what comes after it."""
    return _last_leaf(node).span.end


def _last_leaf(node: Node) -> Node:
    while not isinstance(node, Scalar) and node.items:
        node = node.items[-1][1] if isinstance(node, Mapping) else node.items[-1]
    return node


def _takes_line_end(text: str, node: Node) -> bool:
    """Whether a line end behind a node belongs to its last text: a block scalar whose header has no `-`."""
    leaf = _last_leaf(node)
    if not isinstance(leaf, Scalar) or leaf.style not in (Style.LITERAL, Style.FOLDED):
        return False
    header = LINE_END.match(text, leaf.span.start)
    return header is None or "-" not in header[0]


def _in_block(text: str, node: Sequence | Mapping, order: Many[int]) -> Edit[str]:
    spans = stretches(text, node)
    whole = Span(spans[0].start, spans[-1].end)
    if not order:
        return _emptied(text, node, whole)
    lines = [text[slice(*spans[each])] for each in order]
    newline = "\r\n" if "\r\n" in text[slice(*whole)] else "\n"
    if (
        len(node.items) - 1 in order[:-1]
        and not text[: whole.end].endswith(("\n", "\r"))
        and _takes_line_end(text, node)
    ):
        raise CassetteError(
            "the last text ends without a line end, and would have one elsewhere (is the file cut off?)"
        )
    ended = [
        line if line.endswith(("\n", "\r")) or at == len(lines) - 1 else line + newline for at, line in enumerate(lines)
    ]
    return Edit(whole, "".join(ended))


def _emptied(text: str, node: Sequence | Mapping, whole: Span) -> Edit[str]:
    """A block collection without entries has to be written as a flow collection, behind its key."""
    before = text[: whole.start].rstrip()
    empty = "{}" if isinstance(node, Mapping) else "[]"
    if not before.endswith(":"):
        raise CassetteError("nothing would be left, and nothing here can stand for that")
    newline = "\r\n" if text[: whole.end].endswith("\r\n") else "\n"
    return Edit(Span(len(before), whole.end), f" {empty}{newline if text[: whole.end].endswith(newline) else ''}")


def _in_flow(text: str, node: Sequence | Mapping, start: int, order: Many[int]) -> Edit[str]:
    spans = [Span(first.span.start, last.span.end) for first, last in _ends(node)]
    inside = Span(start + 1, _closing(text, spans[-1].end))
    if not order:
        return Edit(inside, "")
    lead, trail = text[inside.start : spans[0].start], text[spans[-1].end : inside.end]
    between = [text[one.end : other.start] for one, other in pairwise(spans)]
    usual = between[0] if between else "," + lead
    pieces = [text[slice(*spans[order[0]])]]
    for before, after in pairwise(order):
        pieces += [between[before] if after == before + 1 else usual, text[slice(*spans[after])]]
    return Edit(inside, lead + "".join(pieces) + trail)


def _closing(text: str, end: int) -> int:
    """Where the bracket stands that closes a flow collection, whose last entry ends here."""
    found = BETWEEN.match(text, end)
    return found.end() if found else end


def _line_of(text: str, start: int) -> int:
    """Where the line begins on which an entry starts, its dash included."""
    begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    before = INDICATOR.search(text, begin, start)
    head = before.start() if before else start
    if BLANK.match(text, begin, head):
        return begin
    raise CassetteError("an entry begins in the middle of a line, so it cannot be moved")


def _after_line(text: str, end: int) -> int:
    """Where the line ends on which something ends; a block scalar ends where its last line does."""
    if end > 0 and text[end - 1] in "\r\n":
        return end
    found = LINE_END.match(text, end)
    return found.end() if found else end


def _above(text: str, begin: int) -> int:
    """Where the comments begin that stand right above a line."""
    while begin:
        before = max(text.rfind("\n", 0, begin - 1), text.rfind("\r", 0, begin - 1)) + 1
        if not COMMENT.match(text, before):
            break
        begin = before
    return begin


def _first_comment(text: str, start: int, end: int) -> int:
    """Where the first comment begins between two entries; blank lines before it belong to what they follow."""
    while start < end and not COMMENT.match(text, start):
        start = _after_line(text, start) if text[start] not in "\r\n" else _after_break(text, start)
    return min(start, end)


def _after_break(text: str, start: int) -> int:
    return start + (2 if text.startswith("\r\n", start) else 1)
