"""Secrets in a text by their shape: one pass for the leads of all rules, and a rule is tried only where its lead is."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from cassette_cli.document.text import Span
from cassette_cli.redaction.first_look import FirstLook
from cassette_cli.redaction.rules import Rule

# Before a word stands a character that is no letter or digit, or an escape: of JSON and code, of URLs, of terminals.
BOUNDARY = r"[^0-9A-Za-z]"
# A boundary, put before a text to look for a lead at its very beginning.
START = " "
ESCAPE = r"(?:\\(?:[bfnrt]|u00[0-9a-fA-F]{2})|%[0-9a-fA-F]{2}|\[[0-9;]{0,8}m)"
# A lead of a pattern that begins with so long a run of letters and digits at least.
RUN = re.compile(r"\[(?:A-Za-z0-9|0-9a-f)\]\{(\d+)\}")
LONG_RUN = 14
# A pattern that is in no text.
NOTHING = r"[^\x00-\x{10FFFF}]"
ESCAPES = re.compile(r"\\u00([2-7][0-9a-fA-F])")


class Match(NamedTuple):
    """Where a rule fits; the span is that of the secret, without what merely leads to it."""

    span: Span
    rule: Rule


class Shapes:
    """Rules made ready to be looked for."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        bound, free = ([rule for rule in rules if rule.free is free] for free in (False, True))
        self._rules = rules
        self._groups = (bound, free)
        self._look = FirstLook(f"(?:{BOUNDARY}|{ESCAPE})(?:{_plain(bound)})|{_plain(free)}")
        # Found out when a lead is met: there are hundreds, and few of them are in any text.
        self._by_lead: dict[str, Sequence[Rule]] = {}
        self._by_pattern = {
            group: [rule for rule in each if rule.lead_pattern] for group, each in ((0, bound), (1, free))
        }

    @cached_property
    def _leads(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        """What finds the leads: after a boundary, after an escape, anywhere. Made when a text may hold one, because
        that takes as long as to look through a file.

        Leads are looked at, not consumed: the next may begin within this one. Each pattern begins with one set of
        characters, which is what makes the search fast.
        """
        words, anywhere = (
            _alternatives([lead for rule in each for lead in rule.leads], _patterns(each)) for each in self._groups
        )
        return (
            re.compile(f"{BOUNDARY}(?=(?P<lead>{words}))"),
            re.compile(f"{ESCAPE}(?=(?P<lead>{words}))"),
            re.compile(f"(?P<lead>{anywhere})"),
        )

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold a secret, in itself or in a JSON string of it, however it is escaped."""
        if "\\/" in raw:
            raw = raw.replace("\\/", "/")
        if "\\u00" in raw:
            raw = ESCAPES.sub(lambda found: chr(int(found[1], 16)), raw)
        text = START + raw
        return self._look.may_hold(text) and any(leads.search(text) for leads in self._leads)

    def matches(self, text: str) -> Iterator[Match]:
        """The secrets in a text; they may overlap."""
        if not self._look.may_hold(START + text):
            return
        bound, escaped, free = self._leads
        first = bound.match(START + text)
        if first:
            yield from self._tried(text, 0, first["lead"], self._by_pattern[0])
        for group, leads in ((0, bound), (0, escaped), (1, free)):
            for found in leads.finditer(text):
                yield from self._tried(text, found.start("lead"), found["lead"], self._by_pattern[group])

    def _tried(self, text: str, place: int, lead: str, others: Sequence[Rule]) -> Iterator[Match]:
        if lead not in self._by_lead:
            self._by_lead[lead] = _rules_of(lead, self._rules)
        for rule in (*self._by_lead[lead], *others):
            found = rule.compiled.match(text, place)
            if found:
                group = "secret" if "secret" in rule.compiled.groupindex else 0
                if rule.valid(found[group]):
                    yield Match(Span(*found.span(group)), rule)
                    return


def _rules_of(lead: str, rules: Sequence[Rule]) -> list[Rule]:
    """The rules to be tried where a lead stands: its own, and those of longer and shorter leads that begin alike. None
    for what a pattern found that is the lead of no rule."""
    if not any(lead in rule.leads for rule in rules):
        return []
    return [rule for rule in rules if any(each.startswith(lead) or lead.startswith(each) for each in rule.leads)]


def _plain(rules: Sequence[Rule]) -> str:
    """The leads of rules as one pattern without lookaround."""
    words = {re.escape(lead) for rule in rules for lead in rule.leads}
    return "|".join(sorted(words | {rule.lead_pattern for rule in rules if rule.lead_pattern})) or NOTHING


def _patterns(rules: Sequence[Rule]) -> list[str]:
    """The leads that are no words; those that begin with a long run are tried only where one stands."""
    patterns = list(dict.fromkeys(rule.lead_pattern for rule in rules if rule.lead_pattern))
    long = [each for each in patterns if (run := RUN.match(each)) and int(run[1]) >= LONG_RUN]
    if not long:
        return patterns
    return [each for each in patterns if each not in long] + [f"(?=[A-Za-z0-9]{{{LONG_RUN}}})(?:{'|'.join(long)})"]


def _alternatives(words: Sequence[str], patterns: Sequence[str]) -> str:
    """Words, the longest first, and patterns as one pattern that looks at the first characters of all words once."""
    if not words:
        return "|".join(patterns) or "(?!)"
    firsts = sorted({re.escape(word[0]) for word in words})
    seen = f"(?=[{''.join(firsts)}])" if len(firsts) > 1 else ""
    return "|".join([seen + _tree(set(words), 3), *patterns])


def _tree(words: set[str], depth: int) -> str:
    """Words as nested alternatives, by their first characters."""
    if depth == 0 or len(words) == 1 or "" in words:
        return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
    by_first: dict[str, set[str]] = {}
    for word in sorted(words):
        by_first.setdefault(word[0], set()).add(word[1:])
    return f"(?:{'|'.join(re.escape(first) + _tree(rest, depth - 1) for first, rest in by_first.items())})"
