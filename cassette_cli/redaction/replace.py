"""Findings replaced by placeholders, and proof that nothing else changed."""

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from cassette_cli.document.lens import Change, Joined, Lens, layers
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.exchange import Exchange
from cassette_cli.lengths import lengths
from cassette_cli.model import size_of
from cassette_cli.redaction.find import Finding

# What a placeholder looks like, from what it stands for, its number and the value in its place.
Style = Callable[[str, int, str], str]
# A placeholder of the usual style: its rule and its number.
Numbered = tuple[str, int]
# What Bedrock fills messages up with.
FILLER = string.ascii_letters + string.digits
NUMBERED = re.compile(r"<([a-z][a-z0-9-]*)-([0-9]+)>|%3C([a-z][a-z0-9-]*)-([0-9]+)%3E")


def named(rule: str, number: int, value: str) -> str:
    """The usual style: `<openai-api-key-1>`."""
    return f"<{rule}-{number}>"


def numbered(text: str) -> frozenset[Numbered]:
    """The placeholders of the usual style in a text."""
    return frozenset((found[1] or found[3], int(found[2] or found[4])) for found in NUMBERED.finditer(text))


class Placeholders:
    """The placeholders of a run: the same value has the same one in all files, and numbers count the values of a rule.

    What `reserve` has seen in files is not given to another value.
    """

    def __init__(self, style: Style = named) -> None:
        self._style = style
        self._given: dict[str, str] = {}
        self._taken: dict[str, set[int]] = defaultdict(set)
        self._next: dict[str, int] = defaultdict(lambda: 1)

    def reserve(self, taken: Iterable[Numbered]) -> None:
        """Take note of the placeholders that a file holds already."""
        for rule, number in taken:
            self._taken[rule].add(number)

    def of(self, finding: Finding) -> str:
        """The placeholder for what was found."""
        if finding.value not in self._given:
            number = self._next[finding.rule]
            while number in self._taken[finding.rule]:
                number += 1
            self._next[finding.rule] = number + 1
            self._given[finding.value] = self._style(finding.rule, number, finding.value)
        return self._given[finding.value]


def changes(exchanges: Sequence[Exchange], findings: Sequence[Finding], placeholders: Placeholders) -> list[Change]:
    """The edits that put placeholders in the place of findings, and keep true what counts the length of a body."""
    made = [change for each in findings for change in _edits(each, placeholders.of(each))]
    made += _padding(findings, made)
    return [*made, *lengths(exchanges, made)]


def _edits(finding: Finding, new: str) -> Iterator[Change]:
    """The edits of one finding. In messages of fixed length each piece gives way to as much of the new text."""
    lens, (start, end) = finding.lens, finding.span
    inside = [place for place in _starts(lens) if start < place < end] if finding.text.frames else []
    for begin, stop in pairwise([start, *inside, end]):
        last = stop == end
        yield lens, Edit(Span(begin, stop), new if last else new[: stop - begin])
        new = new[stop - begin :]


def _starts(lens: Lens[str]) -> Sequence[int]:
    """Where the pieces of a channel begin."""
    return list(accumulate(len(piece.text) for piece in lens.pieces)) if isinstance(lens, Joined) else []


def _padding(findings: Iterable[Finding], made: Sequence[Change]) -> Iterator[Change]:
    """The edits of what fills messages up, so that they stay as long as they are where that can be: then only lines
    that hold a changed message change."""
    frames = {id(frame.padding): frame for each in findings if each.text.frames for frame in each.text.frames()}
    if not frames:
        return
    after = {id(lens): splice(lens.text, edits) for lens, edits in layers(made)}
    for payload, padding in frames.values():
        more = size_of(payload.text) - size_of(after.get(id(payload), payload.text))
        filled = len(padding.text) + more
        if more > 0:
            yield padding, Edit(Span(len(padding.text), len(padding.text)), (FILLER * (more // len(FILLER) + 1))[:more])
        elif more < 0 <= filled:
            yield padding, Edit(Span(filled, len(padding.text)), "")
