"""Words explained, and the rules of `redact`, as text and as JSON."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from cassette_cli.explanations import Explanation, Kind
from cassette_cli.redaction.listing import Listed, found_by
from cassette_cli.render.as_json import dumps
from cassette_cli.render.elision import plural
from cassette_cli.render.lines import BLANK, Line, Piece, Style, line

EXPLAIN = "cassette.explain/1"
RULES = "cassette.rules/1"
# So many of a rule's names are listed; `explain` has them all.
NAMES_SHOWN = 3
CODE = re.compile(r"`([^`]+)`")

# What the lists are named; rules have a command of their own.
TITLES = {
    Kind.ANOMALY: "Anomalies, which `show` names and `check` finds",
    Kind.CHECK: "Other checks of `check`",
    Kind.VERDICT: "Verdicts of `diff`, the weakest first",
}


def explanation_lines(each: Explanation) -> Iterator[Line]:
    """A word, what it is, and the paragraphs that explain it."""
    level = f", {each.level} of `check`" if each.level else ""
    yield line(0, (each.code, Style.STRONG), (f"  {each.kind.value}{level}", Style.DIM))
    yield Line(2, tuple(_pieces(each.summary)))
    for paragraph in each.text.split("\n\n"):
        yield BLANK
        yield Line(2, tuple(_pieces(paragraph)))


def list_lines(every: Iterable[Explanation]) -> Iterator[Line]:
    """All words but rules, a line each."""
    listed = [each for each in every if each.kind in TITLES]
    width = max(len(each.code) for each in listed) + 2
    for kind, held in groupby(listed, attrgetter("kind")):
        yield Line(0, tuple((text, Style.STRONG) for text, _ in _pieces(TITLES[kind])))
        for each in held:
            level = f" ({each.level})" if each.level else ""
            row = ((f"{each.code:<{width}}", Style.NAME), *_pieces(each.summary), (level, Style.DIM))
            yield Line(2, row, hang=width)
        yield BLANK
    yield line(0, "`cassette explain CODE` tells more; `cassette rules` lists the rules of `redact`.")


def rule_lines(rules: Sequence[Listed]) -> Iterator[Line]:
    """Rules by class, a line each."""
    width = max((len(rule.id) for rule in rules), default=0) + 2
    for number, (category, held) in enumerate(groupby(rules, attrgetter("category"))):
        several = list(held)
        if number:
            yield BLANK
        default = "looked for by default" if several[0].default else f"with --class {category.value}"
        yield line(0, (category.value, Style.STRONG), (f"  {plural(len(several), 'rule')}, {default}", Style.DIM))
        for rule in several:
            yield line(2, (f"{rule.id:<{width}}", Style.NAME), "; ".join(found_by(rule, NAMES_SHOWN)), hang=width)


def explain_document(found: Iterable[Explanation]) -> str:
    """One document of cassette.explain/1."""
    shown = [
        {
            "code": each.code,
            "kind": each.kind.value,
            "summary": each.summary,
            "level": each.level,
            "class": each.category,
            "text": each.text,
        }
        for each in found
    ]
    return _document(EXPLAIN, "explanations", shown)


def rules_document(rules: Iterable[Listed]) -> str:
    """One document of cassette.rules/1."""
    shown = [
        {
            "rule": each.id,
            "class": each.category.value,
            "default": each.default,
            "by_shape": each.by_shape,
            "prefixes": each.prefixes,
            "after": each.after,
            "headers": each.headers,
            "query": each.query,
            "fields": each.fields,
            "sources": each.sources,
        }
        for each in rules
    ]
    return _document(RULES, "rules", shown)


def _document(schema: str, name: str, items: Iterable[object]) -> str:
    rows = ",\n".join(map(dumps, items))
    return f'{{"schema": "{schema}", "{name}": [\n{rows}\n],\n"errors": []}}\n'


def _pieces(text: str) -> Iterator[Piece]:
    """A text with what stands in backticks set apart by its style."""
    for number, part in enumerate(CODE.split(text)):
        if part:
            yield part, Style.NAME if number % 2 else Style.PLAIN
