"""One line for each recording that differs: its class, how many interactions, and how many changes of what."""

from collections import Counter
from collections.abc import Iterator

from cassette_cli.comparison.changes import FileDiff, Verdict
from cassette_cli.render.diff.words import STYLES
from cassette_cli.render.lines import Line, Style, line

_WIDTH = max(len(verdict.word) for verdict in Verdict)


def stat_line(found: FileDiff) -> Line:
    """`behaviour  a.yaml  2 changed, 1 added: text 1, tool_calls 2, usage 4`."""
    name = " → ".join(path for path in dict.fromkeys((found.old, found.new)) if path is not None)
    verdict = found.verdict
    facts = [f"{count} {what}" for what, count in _interactions(found) if count]
    counts = Counter(change.part.value for each in found.interactions for change in each.changes)
    counts.update(change.part.value for change in found.changes)
    changes = ", ".join(f"{part} {count}" for part, count in sorted(counts.items()))
    said = ": ".join(filter(None, (", ".join(facts), changes)))
    return line(
        0,
        (f"{verdict.word:<{_WIDTH}}  ", STYLES[verdict]),
        (name, Style.STRONG),
        (f"  {said}", Style.DIM),
        hang=_WIDTH + 2,
    )


def _interactions(found: FileDiff) -> Iterator[tuple[str, int]]:
    whole = [each for each in found.interactions if each.old is None or each.new is None]
    changed = [each for each in found.interactions if each.old and each.new and each.verdict]
    yield "changed", len(changed)
    yield "added", sum(each.old is None for each in whole)
    yield "removed", sum(each.new is None for each in whole)
