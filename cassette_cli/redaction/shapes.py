"""Secrets in a text by their shape: one pass for the leads of all rules, and a rule is tried only where its lead is."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli.document.text import Span
from cassette_cli.redaction.rules import Rule

# Before a word stands a character that is no letter or digit; in raw JSON it may be the letter of an escape.
BOUNDARY = r"[^0-9A-Za-z]"
ESCAPED = r"(?:(?<=\\)[bfnrt])?"
ESCAPES = re.compile(r"\\u00([2-7][0-9a-fA-F])")


class Match(NamedTuple):
    """Where a rule fits; the span is that of the secret, without what merely leads to it."""

    span: Span
    rule: Rule


class Shapes:
    """Rules made ready to be looked for."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        literal = sorted({lead for rule in rules if not rule.free for lead in rule.leads}, key=len, reverse=True)
        free = sorted({lead for rule in rules if rule.free for lead in rule.leads}, key=len, reverse=True)
        patterns = list(dict.fromkeys(rule.lead_pattern for rule in rules if rule.lead_pattern))
        bounded = "|".join([_alternatives(literal), *patterns]) or "(?!)"
        anywhere = "|".join(map(re.escape, free)) or "(?!)"
        self._first = re.compile(f"(?:{bounded})")
        self._leads = re.compile(f"{BOUNDARY}(?P<bound>{bounded})|(?P<free>{anywhere})")
        self._gate = re.compile(f"{BOUNDARY}{ESCAPED}(?:{bounded})|{anywhere}")
        self._by_lead = {lead: _rules_of(lead, rules) for lead in (*literal, *free)}
        self._by_pattern = [rule for rule in rules if rule.lead_pattern]

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold a secret, in itself or in a JSON string of it, however it is escaped."""
        if "\\u00" in raw:
            raw = ESCAPES.sub(lambda found: chr(int(found[1], 16)), raw)
        return bool(self._gate.search(raw) or self._first.match(raw))

    def matches(self, text: str) -> Iterator[Match]:
        """The secrets in a text; they may overlap."""
        first = self._first.match(text)
        if first:
            yield from self._tried(text, 0, first[0])
        for found in self._leads.finditer(text):
            group = "bound" if found["bound"] is not None else "free"
            yield from self._tried(text, found.start(group), found[group])

    def _tried(self, text: str, place: int, lead: str) -> Iterator[Match]:
        for rule in self._by_lead.get(lead, self._by_pattern):
            found = rule.compiled.match(text, place)
            if found:
                group = "secret" if "secret" in rule.compiled.groupindex else 0
                if rule.valid(found[group]):
                    yield Match(Span(*found.span(group)), rule)
                    return


def _rules_of(lead: str, rules: Sequence[Rule]) -> list[Rule]:
    """The rules to be tried where a lead stands: its own, and those of longer and shorter leads that begin alike."""
    return [rule for rule in rules if any(each.startswith(lead) or lead.startswith(each) for each in rule.leads)]


def _alternatives(words: Sequence[str]) -> str:
    """Words as one pattern that looks at each first character once."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in group)})" for first, group in by_first.items()
    )
