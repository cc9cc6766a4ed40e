"""Findings replaced by placeholders, and proof that nothing else changed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cassette_cli.document.lens import Change, Lens, layers
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Scalar, get
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette, Interaction
from cassette_cli.redaction.find import Finding

# What a placeholder looks like, from what it stands for, its number and the value in its place.
Style = Callable[[str, int, str], str]
NUMBERED = re.compile(r"<([a-z][a-z0-9-]*)-([0-9]+)>|%3C([a-z][a-z0-9-]*)-([0-9]+)%3E")


def named(rule: str, number: int, value: str) -> str:
    """The usual style: `<openai-api-key-1>`."""
    return f"<{rule}-{number}>"


class Placeholders:
    """The placeholders of a run: the same value has the same one in all files, and numbers count the values of a rule.

    What `reserve` has seen in files is not given to another value.
    """

    def __init__(self, style: Style = named) -> None:
        self._style = style
        self._given: dict[str, str] = {}
        self._taken: dict[str, set[int]] = defaultdict(set)
        self._next: dict[str, int] = defaultdict(lambda: 1)

    def reserve(self, text: str) -> None:
        """Take note of the placeholders that a file holds already."""
        for found in NUMBERED.finditer(text):
            self._taken[found[1] or found[3]].add(int(found[2] or found[4]))

    def of(self, finding: Finding) -> str:
        """The placeholder for what was found."""
        if finding.value not in self._given:
            number = self._next[finding.rule]
            while number in self._taken[finding.rule]:
                number += 1
            self._next[finding.rule] = number + 1
            self._given[finding.value] = self._style(finding.rule, number, finding.value)
        return self._given[finding.value]


def changes(cassette: Cassette, exchanges: Sequence[Exchange], findings: Iterable[Finding], placeholders: Placeholders) -> list[Change]:
    """The edits that put placeholders in the place of findings, and keep true what counts the length of a body."""
    made: list[Change] = [(each.lens, Edit(each.span, placeholders.of(each))) for each in findings]
    return [*made, *_lengths(cassette, exchanges, made)]


def _lengths(cassette: Cassette, exchanges: Sequence[Exchange], made: Sequence[Change]) -> Iterator[Change]:
    """The edits of lengths that agreed with a body before, so that they agree after."""
    after = {id(lens): splice(lens.text, edits) for lens, edits in layers(made)}
    for each in exchanges:
        request, response = each.interaction.request, each.interaction.response
        sides = (("request", request, each.request_content), ("response", response, each.content))
        for side, message, content in sides:
            pairs = [
                (_size(lens.text), _size(after[id(lens)]))
                for lens in (message.body, content)
                if lens is not None and id(lens) in after
            ]
            for length in _counts(cassette, each.interaction, side, message.headers):
                new = next((new for old, new in pairs if length.text == str(old) and old != new), None)
                if new is not None:
                    yield length, Edit(Span(0, len(length.text)), str(new))


def _counts(cassette: Cassette, interaction: Interaction, side: str, headers: Iterable[Any]) -> Iterator[Lens[str]]:
    """What says how long a body is: the header, and the field that go-vcr has beside it."""
    for header in headers:
        if header.name.lower() == "content-length":
            yield header.value
    node = get(cassette.document.root, "interactions", interaction.index, side, "content_length")
    if isinstance(node, Scalar):
        yield lens_of(cassette.document.source, node)


def _size(text: str | bytes) -> int:
    return len(text.encode("utf-8", "surrogateescape")) if isinstance(text, str) else len(text)
