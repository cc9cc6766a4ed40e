"""What many reports add up to, as a table for people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .law_runs import Report, by_law

# So many faults of each law and so many errors are printed.
MOST = 20
# So many laws of files are named for the time that they took.
LONGEST = 5


def lines(reports: Sequence[Report], seconds: float) -> Iterator[str]:
    """The table: recordings by recorder, laws, anomalies, what could not be read, the sum."""
    yield from _recorders(reports)
    yield ""
    yield from _aligned(
        [("law", "files", "held of", "faults", "seconds")],
        ((law, each.files, each.held, each.faults, f"{each.seconds:.1f}") for law, each in by_law(reports)),
    )
    counts: Counter[str] = sum((report.anomalies for report in reports), Counter())
    if counts:
        yield ""
        yield from _aligned([("anomaly", "count")], counts.most_common())
    yield ""
    longest = sorted(
        ((each.seconds, each.law, report.path) for report in reports for each in report.tried), reverse=True
    )
    yield from _aligned(
        [("longest", "seconds")], ((f"{law}: {path}", f"{time:.1f}") for time, law, path in longest[:LONGEST])
    )
    errors = [report.error for report in reports if report.error]
    faults = [fault for report in reports for fault in report.faults]
    for title, found in (("cannot be read", errors), ("FAULTS", faults)):
        if found:
            yield f"\n{title}: {len(found)}"
            yield from (f"  {each}" for each in found[:MOST])
            yield from [f"  and {len(found) - MOST} more"] if len(found) > MOST else []
    changed = sum(report.changed for report in reports)
    yield f"\nbytes changed by an empty edit: {changed}\nfaults: {len(faults)}\ntime: {seconds:.0f} s"


def _recorders(reports: Iterable[Report]) -> Iterator[str]:
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for each in reports:
        if each.recorder:
            numbers = (1, each.interactions, each.streams, each.events, each.size)
            for name in (each.recorder, "all"):
                sums[name] = [one + other for one, other in zip(sums[name], numbers, strict=True)]
    rows = sorted(sums.items(), key=lambda item: (item[0] == "all", -item[1][0], item[0]))
    yield from _aligned(
        [("recorder", "files", "interactions", "streams", "events", "bytes")], ((a, *b) for a, b in rows)
    )


def _aligned(*parts: Iterable[Sequence[object]]) -> Iterator[str]:
    """Rows with their columns below each other: the first to the left, the others to the right."""
    rows = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for part in parts for row in part]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells])
