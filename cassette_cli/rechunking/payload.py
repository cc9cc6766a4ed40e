"""The JSON of one event taken apart around the pieces in it, so that it can be written again around others: once, or as
several events of which each has one piece and what belongs to it.

    {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":null}]}

is, around the pieces "He" and "llo",

    {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"He"},"finish_reason":null}]}
    {"id":"1","choices":[{"index":0,"delta":{"content":"llo"},"finish_reason":null}]}

All that is written again keeps its text. See `rules` for what goes where.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping as MappingNode
from cassette_cli.document.tree import Node, Scalar
from cassette_cli.rechunking.logprobs import LOGPROBS, TokenList, lists_in
from cassette_cli.rechunking.rules import QUIET, Path, Rules

Keys: TypeAlias = tuple[str | int, ...]


class Spot(NamedTuple):
    """Where a piece lies, where the event says it once more, and where it says all of the text so far."""

    keys: Keys
    copies: tuple[Keys, ...] = ()
    grown: tuple[Keys, ...] = ()


class SoFar(NamedTuple):
    """All of a text up to the piece of this spot."""

    spot: int


class Copy(NamedTuple):
    """One of the events that an event becomes: the spots of which it has a piece (`held`), those whose first piece that
    is, and those whose last. `first` says that it is the first of these events."""

    held: frozenset[int]
    opens: frozenset[int]
    closes: frozenset[int]
    first: bool


# Text as it is, the number of a spot whose piece goes here as a JSON string, or what else goes here.
Segment: TypeAlias = str | int | SoFar | TokenList


class Static(NamedTuple):
    """What is no piece. `spots` are those in the same object, `position` how many stand before it in the event."""

    route: Keys
    lead: str
    value: str
    is_single: bool
    in_object: bool
    spots: frozenset[int]
    position: int


class Leaf(NamedTuple):
    """A piece, its copy, or the text so far."""

    lead: str
    spot: int
    is_grown: bool


class Tokens(NamedTuple):
    """Log probabilities: text, and the lists of tokens in it."""

    lead: str
    segments: tuple[str | TokenList, ...]
    spots: frozenset[int]


@dataclass(frozen=True, slots=True)
class Inner:
    """An object or list on the way to a piece. `gaps` are the texts before each child and behind the last."""

    lead: str
    children: "tuple[Child, ...]"
    gaps: tuple[str, ...]
    spots: frozenset[int]

    def written(self, rules: Rules, copy: Copy) -> list[Segment]:
        """The segments of what one copy holds of this."""
        out: list[Segment] = []
        for number, child in enumerate(self.children):
            if segments := _written(child, rules, copy):
                out += [self.gaps[number] if out else self.gaps[0], *segments]
        # Nothing but the brackets may be left.
        return [self.lead, *out, self.gaps[-1]] if out else [self.lead, self.gaps[0][:1], self.gaps[-1][-1:]]


Child: TypeAlias = Static | Leaf | Tokens | Inner


def _written(child: Child, rules: Rules, copy: Copy) -> list[Segment]:
    match child:
        case Leaf():
            held = SoFar(child.spot) if child.is_grown else child.spot
            return [child.lead, held] if child.spot in copy.held else []
        case Inner():
            return child.written(rules, copy) if child.spots & copy.held else []
        case Tokens():
            return [child.lead, *child.segments] if child.spots & copy.held else []
        case Static():
            return _static(child, rules, copy)


def _static(child: Static, rules: Rules, copy: Copy) -> list[Segment]:
    whole: list[Segment] = [child.lead, child.value]
    if child.in_object and child.value in QUIET:
        return whole
    path = path_of(child.route)
    if ruled(rules.first, path):
        return whole if min(child.spots) in copy.opens else []
    found, instead = substitute(rules.last, path)
    if found:
        if max(child.spots) in copy.closes:
            return whole
        return [child.lead, instead] if instead is not None else []
    if child.in_object and child.is_single:
        return whole
    here = copy.first if child.position == 0 else child.position - 1 in copy.closes
    return whole if here else []


def path_of(route: Keys) -> Path:
    """The keys of a route without the indexes."""
    return tuple(step for step in route if isinstance(step, str))


def ruled(paths: frozenset[Path], path: Path) -> bool:
    """Whether one of the paths is the end of this one."""
    return any(path[-length:] in paths for length in range(1, min(len(path), 3) + 1))


def substitute(paths: Mapping[Path, str | None], path: Path) -> tuple[bool, str | None]:
    """Whether one of the paths is the end of this one, and what the table says of it."""
    for length in range(min(len(path), 3), 0, -1):
        if path[-length:] in paths:
            return True, paths[path[-length:]]
    return False, None


class _Cutter:
    """Takes a tree apart; `spots` come in the order in which their pieces go out."""

    def __init__(self, text: str, spots: Sequence[Spot]) -> None:
        self.text = text
        self.spots = spots
        numbered = list(enumerate(spots))
        self.grown = {keys for spot in spots for keys in spot.grown}
        self.leaves = {keys: number for number, spot in numbered for keys in (spot.keys, *spot.copies, *spot.grown)}
        self.on_the_way: dict[Keys, set[int]] = {}
        for keys, number in self.leaves.items():
            for length in range(len(keys)):
                self.on_the_way.setdefault(keys[:length], set()).add(number)
        self.position = 0

    def inner(self, node: Node, lead: str, route: Keys) -> Inner:
        children: list[Child] = []
        gaps: list[str] = []
        end = node.span.start
        spots = frozenset(self.on_the_way[route])
        for step, span, value in children_of(node):
            gaps.append(self.text[end : span.start])
            end = span.end
            here = self.text[span.start : value.span.start]
            children.append(self._child((*route, step), here, value, node, spots))
        return Inner(lead, tuple(children), (*gaps, self.text[end : node.span.end]), spots)

    def _child(self, route: Keys, lead: str, value: Node, parent: Node, spots: frozenset[int]) -> Child:
        if route in self.leaves:
            number = self.leaves[route]
            self.position = max(self.position, number + 1)
            return Leaf(lead, number, route in self.grown)
        if route in self.on_the_way:
            return self.inner(value, lead, route)
        if route[-1] == LOGPROBS and (found := lists_in(self.text, value, self._names(spots))):
            return Tokens(lead, found, spots)
        raw = self.text[value.span.start : value.span.end]
        in_object = isinstance(parent, MappingNode)
        return Static(route, lead, raw, isinstance(value, Scalar), in_object, spots, self.position)

    def _names(self, spots: frozenset[int]) -> dict[str, int]:
        """The spots of an object by their last keys; that of the first under "" too."""
        return {"": min(spots), **{str(self.spots[number].keys[-1]): number for number in sorted(spots)[::-1]}}


def taken_apart(text: str, root: Node, spots: Sequence[Spot]) -> Inner:
    """A JSON text around the pieces in it, which all lie where they are said to."""
    return _Cutter(text, spots).inner(root, "", ())


def children_of(node: Node) -> Iterator[tuple[str | int, Span, Node]]:
    """Keys or indexes, the spans of what they stand for (with the key), and the values of an object or list."""
    if isinstance(node, MappingNode):
        for key, value in node.items:
            name: Any = getattr(key, "value", "")
            yield name, Span(key.span.start, value.span.end), value
    elif not isinstance(node, Scalar):
        for place, value in enumerate(node.items):
            yield place, value.span, value


def statics(inner: Inner) -> Iterator[Static]:
    """All that is no piece, however deep."""
    for child in inner.children:
        if isinstance(child, Static):
            yield child
        elif isinstance(child, Inner):
            yield from statics(child)


def token_lists(inner: Inner) -> Iterator[TokenList]:
    """All lists of tokens, however deep."""
    for child in inner.children:
        if isinstance(child, Tokens):
            yield from (segment for segment in child.segments if isinstance(segment, TokenList))
        elif isinstance(child, Inner):
            yield from token_lists(child)
