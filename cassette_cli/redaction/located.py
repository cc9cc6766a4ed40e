"""Where findings lie: line and column in the file, and the events of a stream that hold them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from cassette_cli.document.document import lines_at
from cassette_cli.document.lens import Joined, Source, layers, sourced
from cassette_cli.document.text import Edit, Span
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.rules import Category

EVENT = re.compile(r"response\.events\[(\d+)\]")
CHANNEL = re.compile(r"(?P<copy>copy of )?reply\.messages\[(\d+)\]\.parts\[(\d+)\]\.([^.\[]+)")
# What is put in the place of a finding to see where it comes out; letters and digits, so that no layer escapes it.
MARK = "0Q"
MARKED = re.compile(MARK + r"\d{7}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A finding as it is reported, without the secret. `line` and `column` count from 1; `interaction` from 0, None
    outside of all; `events` are the numbers of those that hold a piece of it, in order; `placeholder` is what stands
    there now, None where nothing was replaced."""

    path: str
    line: int
    column: int
    interaction: int | None
    where: str
    rule: str
    category: Category
    fingerprint: str
    events: tuple[int, ...] = ()
    placeholder: str | None = None


class Place(NamedTuple):
    """A character of a file's text."""

    source: Source
    offset: int


def beginnings(findings: Sequence[Finding]) -> list[Place | None]:
    """Where each finding begins, None for what cannot be edited there.

    All are carried to the file at once, each with a mark for its new text; what a layer packs (gzip, base64) hides the
    mark, and is carried alone.
    """
    marked = {f"{MARK}{number:07}": number for number in range(len(findings))}
    places: dict[int, Place] = {}
    try:
        changes = [(each.lens, Edit(each.span, mark)) for each, mark in zip(findings, marked, strict=True)]
        for source, edit in sourced(changes):
            for found in MARKED.finditer(edit.new):
                places[marked[found[0]]] = Place(source, edit.span.start)
    except CassetteError:
        places.clear()
    return [places[number] if number in places else _alone(each) for number, each in enumerate(findings)]


def _alone(finding: Finding) -> Place | None:
    try:
        changes = sourced([(finding.lens, Edit(finding.span, MARK))])
        return next((Place(source, edit.span.start) for source, edit in changes), None)
    except CassetteError:
        return None


def positions(text: str, places: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Line and column, both from 1, of characters; linear in the text, however many there are."""
    ordered = sorted(set(places))
    found = {}
    for place, line in zip(ordered, lines_at(text, ordered), strict=True):
        # A CR that is not there would be looked for all the way back.
        begin = text.rfind("\n", 0, place)
        found[place] = line, place - max(begin, text.rfind("\r", max(begin, 0), place))
    return found


def events_of(finding: Finding, exchanges: Mapping[int, Exchange]) -> tuple[int, ...]:
    """The numbers of the events that hold a piece of a finding, in order; none where the response is no stream."""
    text = finding.text
    if text.pieces:
        held = [events_of(each, exchanges) for each in _in_pieces(finding)]
        return tuple(dict.fromkeys(number for each in held for number in each))
    if event := EVENT.match(text.prefix):
        return (int(event[1]),)
    found = None if finding.interaction is None else exchanges.get(finding.interaction)
    channel = CHANNEL.match(text.prefix)
    if not channel or found is None or not found.reading or not found.streamed:
        return ()
    deltas = found.reading.copies if channel["copy"] else found.reading.deltas
    numbers = [
        delta.event
        for delta in deltas
        if (str(delta.channel.message), str(delta.channel.part), delta.channel.field) == channel.group(2, 3, 4)
    ]
    return tuple(dict.fromkeys(numbers[place] for place in _pieces(finding) if place < len(numbers)))


def _in_pieces(finding: Finding) -> Iterator[Finding]:
    """What lies in each of the texts that the finding's is joined of, as a finding in that text."""
    start = 0
    for piece in finding.text.pieces:
        end = start + len(piece.value)
        if start < finding.span.end and finding.span.start < end:
            span = Span(max(finding.span.start, start) - start, min(finding.span.end, end) - start)
            yield replace(finding, text=piece, span=span)
        start = end


def _pieces(finding: Finding) -> Iterable[int]:
    """The numbers of the pieces of a channel that a finding lies in."""
    for lens, edits in layers([(finding.lens, Edit(finding.span, ""))]):
        if isinstance(lens, Joined):
            starts = list(accumulate((len(piece.text) for piece in lens.pieces), initial=0))
            return [
                place
                for place, (start, end) in enumerate(pairwise(starts))
                if any(start < edit.span.end and edit.span.start < end for edit in edits)
            ]
    return ()
