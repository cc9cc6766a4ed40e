"""What the words mean that `cassette` says: codes of checks and anomalies, verdicts of `diff`, rules of `redact`.

The texts are those of the documentation (docs/anomalies.md, checks.md and diff.md), which are read here, not repeated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from cassette_cli import shipped
from cassette_cli.anomalies import Code
from cassette_cli.checks.registry import CHECKS
from cassette_cli.comparison.changes import Verdict
from cassette_cli.errors import CassetteError
from cassette_cli.redaction.listing import Listed, found_by, rules

# A section of a page is about a code; a cell of a table is about a verdict.
SECTION = re.compile(r"^### `(?P<code>[^`]+)`\n(?P<text>(?:(?!#).*\n)*)", re.MULTILINE)
# What a check's section begins with: its level, and whether `--fix` mends it.
LEVEL = re.compile(r"\A\*[^*]*\*\s*")
ROW = re.compile(r"^\| `(?P<word>[a-z]+)` \| (?P<text>.*) \|$", re.MULTILINE)
LINK = re.compile(r"\[([^]]+)\]\([^)]+\)")


class Kind(StrEnum):
    """What a word is."""

    ANOMALY = "anomaly"
    CHECK = "check"
    VERDICT = "verdict"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A word explained. `level` is that of a check, `category` the class of a rule. `text` is Markdown, its paragraphs
    parted by blank lines; code stands in backticks, and links are plain."""

    code: str
    kind: Kind
    summary: str
    text: str
    level: str | None = None
    category: str | None = None


def explanations() -> list[Explanation]:
    """All words that can be explained, kind by kind."""
    return [*_checks(), *_verdicts(), *map(_rule, rules())]


def explained(word: str, every: list[Explanation]) -> list[Explanation]:
    """What a word means; more than one thing where a rule has the name of a verdict, say.

    Raises CassetteError for a word that means nothing here, with what was meant.
    """
    found = [each for each in every if each.code == word.lower()]
    if not found:
        close = get_close_matches(word.lower(), [each.code for each in every], n=1)
        hint = f"did you mean {close[0]}?" if close else "`cassette explain` lists all codes"
        raise CassetteError(f"nothing is named {word!r}; {hint}")
    return found


def _checks() -> Iterator[Explanation]:
    """Anomalies, which are checks, too, and then what is only a check."""
    anomalies = {code.value: code.summary for code in Code}
    texts = {**_sections("checks"), **_sections("anomalies")}
    summaries = {**anomalies, **{code: each.summary for code, each in CHECKS.items() if code not in anomalies}}
    for code, summary in summaries.items():
        yield Explanation(
            code=code,
            kind=Kind.ANOMALY if code in anomalies else Kind.CHECK,
            summary=summary,
            text=texts[code],
            level=CHECKS[code].level.value,
        )


def _verdicts() -> Iterator[Explanation]:
    texts = {row["word"]: row["text"] for row in ROW.finditer(shipped.documentation("diff"))}
    for verdict in Verdict:
        weaker = [each.word for each in Verdict if each < verdict]
        summary = f"stronger than {weaker[-1]}" if weaker else "the weakest"
        yield Explanation(code=verdict.word, kind=Kind.VERDICT, summary=summary, text=_plain(texts[verdict.word]))


def _rule(rule: Listed) -> Explanation:
    class_ = rule.category.value
    default = "unless you say otherwise" if rule.default else f"with --class {class_}"
    sources = f"\n\nSource: {'; '.join(rule.sources)}" if rule.sources else ""
    return Explanation(
        code=rule.id,
        kind=Kind.RULE,
        summary=f"class {class_}, looked for {default}",
        text=f"Found by: {'; '.join(found_by(rule))}.{sources}",
        category=class_,
    )


def _sections(page: str) -> dict[str, str]:
    """The sections of a page, by the code that each is about."""
    return {
        found["code"]: _plain(LEVEL.sub("", found["text"].strip()))
        for found in SECTION.finditer(shipped.documentation(page))
    }


def _plain(text: str) -> str:
    """A text with each paragraph on one line, and without the targets of its links."""
    return "\n\n".join(" ".join(part.split()) for part in LINK.sub(r"\1", text).split("\n\n"))
