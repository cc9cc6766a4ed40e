"""Findings: secrets by place, by shape and by value, in every text of a cassette."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from cassette_cli.document.lens import Lens
from cassette_cli.document.text import Span
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.redaction.assignments import Assignments
from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.extras import extras
from cassette_cli.redaction.named import by_place, credentials
from cassette_cli.redaction.placeholders import is_placeholder
from cassette_cli.redaction.rules import DEFAULT, Category, Rule
from cassette_cli.redaction.shapes import Shapes
from cassette_cli.redaction.text import Spot, Text
from cassette_cli.redaction.texts import Reader
from cassette_cli.redaction.values import Secret, Values, worth_keeping

# Long texts without a space are data: what looks like a key in the middle of one is chance.
BLOB = re.compile(r"[A-Za-z0-9+/_=-]{512,}\Z")
# These names stand for many things; whatever else finds the same secret names it better.
VAGUE = frozenset({"token", "api-key", "secret-key", "password", "bearer-token", "cookie", "client-secret", "sk-api-key"})
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
        self.values = Values(tuple(values))
        self._shapes = Shapes(self.rules)
        personal = bool(self.classes & {Category.PERSONAL, Category.ACCOUNT})
        self._assignments = Assignments(personal=personal)

    def knowing(self, findings: Iterable[Finding]) -> "Finder":
        """The same finder, that now looks for the values of findings, too."""
        known = {secret.value: secret for secret in (*self.values.secrets, *secrets(findings))}
        return Finder(self.classes, self.rules, known.values())

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold anything that is looked for."""
        return self._shapes.may_be_in(raw) or self._assignments.may_be_in(raw) or self.values.may_be_in(raw)

    def texts(self, cassette: Cassette, exchanges: Iterable[Exchange]) -> Iterator[Text]:
        """The texts that may hold something."""
        for each in exchanges:
            yield from Reader(self._gate, each.interaction.index).exchange(each)
        yield from extras(cassette)

    def _gate(self, raw: str) -> bool:
        return self.may_be_in(raw) or BASE64_STRING.search(raw) is not None

    def find(self, cassette: Cassette, exchanges: Iterable[Exchange]) -> list[Finding]:
        """The findings in a cassette, in order of place; none of them overlap."""
        found: list[Finding] = []
        for text in self.texts(cassette, exchanges):
            found += self._in_pieces(text) if text.pieces else self.in_text(text)
        return found

    def _in_pieces(self, text: Text) -> list[Finding]:
        """The findings in a text that may be one or several: those that cross pieces, and what else is in a piece."""
        starts = [0, *accumulate(len(piece.value) for piece in text.pieces)]
        crossing = [each for each in self.in_text(text) if bisect_right(starts, each.span.start) <= bisect_left(starts, each.span.end) - 1]
        found = list(crossing)
        for start, piece in zip(starts, text.pieces, strict=False):
            for each in self.in_text(piece):
                begin, end = start + each.span.start, start + each.span.end
                if not any(begin < other.span.end and other.span.start < end for other in crossing):
                    found.append(each)
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
            found.append(Finding(text=text, span=span, rule=secret.id, category=secret.category, value=secret.value if len(held) == len(secret.value) else held))
        return _merged(found) if found else []

    def _spans(self, text: Text) -> Iterator[tuple[Span, str, Category]]:
        for span, place in by_place(text):
            yield span, place.id, place.category
        value = text.before + text.value
        if len(value) > 512 and BLOB.match(value):
            return
        shift = len(text.before)
        for span, rule in self._shapes.matches(value):
            if span.start >= shift and not is_placeholder(value[span.start : span.end]):
                yield Span(span.start - shift, span.end - shift), rule.id, rule.category
        if text.spot in (Spot.FIELD, Spot.QUERY):
            for span, place in self._assignments.matches(text.value):
                yield span, place.id, place.category


# A string that is base64 of a text by its looks, or a data URL.
BASE64_STRING = re.compile(
    r"\"(?:data:(?!image|audio|video|font)[\w./+-]*(?:;[\w=-]+)*;base64,|(?:[CDI-Za-f][A-Za-z0-9+/]{3}){6})"
)


def _merged(found: Sequence[Finding]) -> list[Finding]:
    """Findings of one text in order, those that overlap as one; the name is that of the most telling rule."""
    merged: list[Finding] = []
    for each in sorted(found, key=lambda finding: (finding.span.start, -finding.span.end)):
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
        values = [each.value]
        if each.rule == "basic-credentials":
            values.append(credentials(each.value)[-1])
        for value in values:
            if worth_keeping(value) and not is_placeholder(value):
                yield Secret(value, each.rule, each.category)
