"""The diff of recordings as people read it: a title line for each file that differs, what changed below it, a total."""

from collections import Counter
from collections.abc import Iterable, Iterator

from cassette_cli.comparison.changes import FileDiff, Verdict
from cassette_cli.comparison.volatile import FIELDS, HEADERS, OTHER_HEADER, OTHERS
from cassette_cli.render.diff.interaction import DiffView, interaction_diff_lines
from cassette_cli.render.diff.words import STYLES, summary_words
from cassette_cli.render.elision import plural
from cassette_cli.render.lines import BLANK, Line, Piece, Style, apart, line


def file_lines(found: FileDiff, view: DiffView) -> Iterator[Line]:
    """A file: its title, which sums it up, and its interactions; nothing for one that is the same."""
    if found.verdict is Verdict.IDENTICAL:
        return
    yield title_line(found)
    if found.verdict is Verdict.COSMETIC and not (view.explain or view.chunks):
        return
    yield from apart(interaction_diff_lines(each, view) for each in found.interactions if is_shown(found, each.verdict))
    if view.explain:
        for change in found.changes:
            yield line(0, (f"{change.where}  ", Style.NAME), (change.reason or "", Style.DIM))


def is_shown(found: FileDiff, verdict: Verdict) -> bool:
    """Beside stronger changes, interactions that differ in nothing that matters are not."""
    return verdict > Verdict.COSMETIC or found.verdict is Verdict.COSMETIC


def title_line(found: FileDiff) -> Line:
    """`behaviour  a.yaml → b.yaml  1 of 2 interactions · text, usage`."""
    paths = [path for path in dict.fromkeys((found.old, found.new)) if path is not None]
    name: list[Piece] = [(" → ".join(paths), Style.STRONG)]
    words = summary_words(found)
    about: Piece = (f"  {words} " if words else " ", Style.DIM)
    return Line(0, ((f"{found.verdict.word}  ", STYLES[found.verdict]), *name, about), hang=2, rule=True)


def total_line(verdicts: Iterable[Verdict]) -> Line:
    """`3 recordings: 1 behaviour, 2 wording, 24 identical`; of one recording that is the same, that."""
    counts = Counter(verdicts)
    if counts.total() == 1 and counts[Verdict.IDENTICAL]:
        return line(0, ("identical", Style.DIM))
    facts: list[Piece] = [(f"{plural(counts.total(), 'recording')}: ", Style.STRONG)]
    shown = [verdict for verdict in sorted(Verdict, reverse=True) if counts[verdict]]
    for number, verdict in enumerate(shown):
        facts += [(", " if number else "", Style.PLAIN), (f"{counts[verdict]:,} {verdict.word}", STYLES[verdict])]
    return line(0, *facts)


def rule_lines() -> Iterator[Line]:
    """All that is known to change without meaning, or with less than its place would say, and why."""
    yield line(0, ("Fields of replies that have no name of their own", Style.STRONG))
    for field in FIELDS:
        yield _rule(_listed(field.names), field.verdict.word, field.reason, field.of)
    yield BLANK
    yield line(0, ("Headers", Style.STRONG))
    for header in HEADERS:
        yield _rule(_listed(header.names), Verdict.COSMETIC.word, header.reason, None)
    yield _rule("all others but those that ask or mean something", Verdict.COSMETIC.word, OTHER_HEADER, None)
    yield BLANK
    yield line(0, ("And", Style.STRONG))
    for noise in OTHERS:
        yield _rule(noise.what, Verdict.COSMETIC.word, noise.reason, noise.of)


def _listed(names: str) -> str:
    return ", ".join(names.split())


def _rule(names: str, verdict: str, reason: str, of: str | None) -> Line:
    about = f"  {verdict}: {reason}" + (f" ({of})" if of else "")
    return line(2, (names, Style.NAME), (about, Style.DIM), hang=2)
