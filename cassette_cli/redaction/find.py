"""Findings: secrets by place, by shape and by value, in every text of a cassette."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Self
from urllib.parse import unquote

from cassette_cli.document.lens import Lens
from cassette_cli.document.text import Span
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.redaction import places
from cassette_cli.redaction.assignments import Assignments
from cassette_cli.redaction.base64_text import MAY_BE
from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.extras import extras
from cassette_cli.redaction.named import by_place
from cassette_cli.redaction.named import credentials as credentials_of
from cassette_cli.redaction.placeholders import is_placeholder
from cassette_cli.redaction.rules import DEFAULT, Category, Rule
from cassette_cli.redaction.shapes import Shapes
from cassette_cli.redaction.text import Spot, Text
from cassette_cli.redaction.texts import Reader
from cassette_cli.redaction.values import Secret, Seen, Values, worth_keeping

# Long texts without a space are data: what looks like a key in the middle of one is chance.
BLOB = re.compile(r"[A-Za-z0-9+/_=-]{512,}\Z")
# These names stand for many things; whatever else finds the same secret names it better.
VAGUE = frozenset(
    {"token", "api-key", "secret-key", "password", "bearer-token", "cookie", "client-secret", "sk-api-key"}
)
NOT_BY_VALUE = frozenset({"user", "account-id", "session-id", "upload-id", "rate-limit", "request-id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A secret in one place. `rule` names what it is, `value` is what must go; `interaction` is None for what lies
    outside of all."""

    text: Text = field(repr=False)
    span: Span
    rule: str
    category: Category
    value: str = field(repr=False)

    @property
    def where(self) -> str:
        """The logical place."""
        return self.text.where

    @property
    def interaction(self) -> int | None:
        """The number of the interaction, from 0."""
        return self.text.interaction

    @property
    def lens(self) -> Lens[str]:
        """The lens that `span` counts in."""
        return self.text.lens


class Finder:
    """What is looked for: rules of some classes, and secrets known by value (from the environment, from other files).

    `values` are found in any class; `classes` switches all else.
    """

    def __init__(
        self,
        classes: Iterable[Category] = DEFAULT,
        rules: Sequence[Rule] = RULES,
        values: Iterable[Secret] = (),
    ) -> None:
        self.classes = frozenset(classes)
        self.rules = tuple(rule for rule in rules if rule.category in self.classes)
        self.values = Values().plus(values)
        self._shapes = Shapes(self.rules)
        personal = bool(self.classes & {Category.PERSONAL, Category.ACCOUNT})
        self._assignments = Assignments(personal=personal)

    def knowing(self, findings: Iterable[Finding]) -> Self:
        """The same finder, that now looks for the values of findings, too."""
        return self.with_values(secrets(findings))

    def with_values(self, values: Iterable[Secret]) -> Self:
        """The same finder, that now looks for these, too; what it knew keeps its name."""
        more = self.values.plus(values)
        if more is self.values:
            return self
        other = copy(self)
        other.values = more
        return other

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold anything that is looked for."""
        return self._shapes.may_be_in(raw) or self._assignments.may_be_in(raw) or self.values.may_be_in(raw)

    def is_of_interest(self, header: str) -> bool:
        """Whether what lies under a header of this name (in lower case) is looked for, whatever it is."""
        place = places.header(header)
        return place is not None and place.category in self.classes

    def texts(self, cassette: Cassette, exchanges: Iterable[Exchange], seen: Seen | None = None) -> Iterator[Text]:
        """The texts that may hold something. `seen` takes note of all that were looked at."""

        def gate(raw: str) -> bool:
            if seen is not None:
                seen.add(raw)
            return self.may_be_in(raw) or MAY_BE.search(raw) is not None

        for each in exchanges:
            yield from Reader(gate, each.interaction.index, self.is_of_interest).exchange(each)
        yield from extras(cassette)

    def find(self, cassette: Cassette, exchanges: Iterable[Exchange], seen: Seen | None = None) -> list[Finding]:
        """The findings in a cassette, in order of place; none of them overlap. `seen` takes note of what was looked at,
        so that a cassette need not be read again for a secret that is learnt later and cannot be in it."""
        found: list[Finding] = []
        for text in self.texts(cassette, exchanges, seen):
            found += self.in_all_of(text)
            if seen is not None:
                for value in _values(text):
                    seen.add(value)
        return found

    def in_all_of(self, text: Text) -> list[Finding]:
        """The findings in a text, in its pieces where these may be texts by themselves, and in what is coded in it."""
        found = self.in_text(text)
        if text.pieces:
            starts = [0, *accumulate(len(piece.value) for piece in text.pieces)]
            found = [each for each in found if _crosses(each.span, starts)]
            taken = _Taken(each.span for each in found)
            for start, piece in zip(starts, text.pieces, strict=False):
                found += [each for each in self.in_all_of(piece) if not taken.overlap(each.span, start)]
        elif text.inside:
            taken = _Taken(each.span for each in found)
            for span, inner in text.inside:
                if not taken.overlap(span):
                    found += [each for one in inner for each in self.in_all_of(one)]
        return found

    def in_text(self, text: Text) -> list[Finding]:
        """The findings in a text, in order; where several overlap, the widest."""
        found = [
            Finding(text=text, span=span, rule=rule, category=category, value=text.value[span.start : span.end])
            for span, rule, category in self._spans(text)
            if category in self.classes
        ]
        for span, secret in self.values.matches(text.value):
            held = text.value[span.start : span.end]
            found.append(Finding(text=text, span=span, rule=secret.id, category=secret.category, value=held))
        return _merged(found) if found else []

    def _spans(self, text: Text) -> Iterator[tuple[Span, str, Category]]:
        placed = list(by_place(text))
        for span, place in placed:
            yield span, place.id, place.category
        value = text.before + text.value
        if len(value) > 512 and BLOB.match(value):
            return
        shift = len(text.before)
        # What its name says to be the address of a server is nobody's.
        is_noise = any(place.category is Category.NOISE for _, place in placed)
        for span, rule in self._shapes.matches(value):
            if is_noise and rule.category is Category.PERSONAL:
                continue
            if span.start >= shift and not is_placeholder(value[span.start : span.end]):
                yield Span(span.start - shift, span.end - shift), rule.id, rule.category
        if text.spot in (Spot.FIELD, Spot.QUERY):
            for span, place in self._assignments.matches(text.value):
                yield span, place.id, place.category


def _values(text: Text) -> Iterator[str]:
    """What a text says, and what the texts in it and its pieces do."""
    yield text.value
    for inner in (text.pieces, *(held for _, held in text.inside)):
        for each in inner:
            yield from _values(each)


def _crosses(span: Span, starts: Sequence[int]) -> bool:
    return bisect_right(starts, span.start) < bisect_left(starts, span.end)


class _Taken:
    """Spans that are taken, in order: however many they are, it costs little to ask whether another overlaps one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        # How far those up to each reach: they may overlap each other.
        self._ends = list(accumulate((span.end for span in ordered), max))

    def overlap(self, span: Span, start: int = 0) -> bool:
        """Whether one of them overlaps a span that is counted from `start`."""
        before = bisect_left(self._starts, start + span.end)
        return before > 0 and self._ends[before - 1] > start + span.start


def _merged(found: Sequence[Finding]) -> list[Finding]:
    """Findings of one text in order, those that overlap as one; the name is that of the most telling rule."""
    credentials = _Taken(each.span for each in found if each.category is Category.CREDENTIALS)
    # `password@host` in a URL is no e-mail address.
    kept = [each for each in found if each.category is not Category.PERSONAL or not credentials.overlap(each.span)]
    merged: list[Finding] = []
    for each in sorted(kept, key=lambda finding: (finding.span.start, -finding.span.end)):
        if merged and each.span.start < merged[-1].span.end:
            merged[-1] = _one(merged[-1], each)
        else:
            merged.append(each)
    return merged


def _one(first: Finding, second: Finding) -> Finding:
    """Two findings that overlap, as one."""
    span = Span(first.span.start, max(first.span.end, second.span.end))
    same = 2 * len(second.value) > span.end - span.start
    named = second if first.rule in VAGUE and second.rule not in VAGUE and same else first
    value = first.text.value[span.start : span.end]
    return Finding(text=first.text, span=span, rule=named.rule, category=named.category, value=value)


def secrets(findings: Iterable[Finding]) -> Iterator[Secret]:
    """The values of findings that are worth looking for everywhere; the password within Basic credentials, too."""
    for each in findings:
        if each.rule in NOT_BY_VALUE:
            continue
        values = [each.value, unquote(each.value)] if "%" in each.value else [each.value]
        if each.rule == "basic-credentials":
            values.append(credentials_of(each.value)[-1])
        for value in values:
            if worth_keeping(value) and not is_placeholder(value):
                yield Secret(value, each.rule, each.category)
