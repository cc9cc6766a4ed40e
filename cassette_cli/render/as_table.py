"""Summaries as a table: one line for each interaction, grouped by cassette, and a line of totals.

#  method  url                                     status  model                  events   in  out       cost  finish
tests/multi_tool.yaml  go-vcr 2
0  POST    openrouter.ai/api/v1/chat/completions  200     qwen/qwen3-235b-a22b        7  273   49  $0.00005  tool_calls

A column that has nothing to say is left out. Where the terminal is narrow, long values are cut and then whole
columns go; what is piped on is never cut.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli.render.console import safe_line
from cassette_cli.render.elision import money, plural
from cassette_cli.render.lines import BLANK, Line, Piece, Style, line
from cassette_cli.render.wrapping import columns, columns_of
from cassette_cli.summary import Summary, Totals

GAP = 2


# Columns of a pipe are not wider than this: a value that is longer shifts its own line, not all the others.
WIDEST = 64


class Column(NamedTuple):
    """`least` is how narrow a column is cut before others go, None for one that is not cut; columns with a high
    `rank` are the first to go, those of rank 0 stay."""

    name: str
    rank: int = 0
    least: int | None = None
    right: bool = False


COLUMNS = [
    Column("#", right=True),
    Column("method", rank=6),
    Column("url", least=16),
    Column("status", rank=1),
    Column("protocol", rank=7, least=16),
    Column("model", rank=2, least=12),
    Column("events", rank=4, right=True),
    Column("in", rank=3, right=True),
    Column("out", rank=3, right=True),
    Column("cost", rank=5, right=True),
    Column("finish", rank=2, least=8),
    # How many, or which.
    Column("anomalies", rank=1, least=3),
    Column("anomalies", least=28),
]


class Group(NamedTuple):
    """What a list shows of one cassette; not the cassette, so that a list of many holds little."""

    path: str
    recorder: str
    version: int | str | None
    rows: Sequence[Summary]


class Layout(NamedTuple):
    """The columns that are shown, by their number, how wide each is, and whether longer values are cut."""

    shown: tuple[int, ...]
    widths: tuple[int, ...]
    cuts: bool


def table_lines(groups: Sequence[Group], totals: Totals, width: int | None, *, codes: bool = False) -> Iterator[Line]:
    """The table within `width` columns; None for as many as it takes. Anomalies are counted, or with `codes` named."""
    cells = [[_cells(row, codes=codes) for row in group.rows] for group in groups]
    layout = fitted([row for rows in cells for row in rows], width)
    if layout.shown:
        yield _row([COLUMNS[each].name for each in layout.shown], layout, [Style.DIM] * len(layout.shown))
    for group, texts in zip(groups, cells, strict=True):
        version = f" {group.version}" if group.version is not None else ""
        yield line(0, (group.path, Style.STRONG), (f"  {group.recorder}{version}", Style.DIM))
        for summary, row in zip(group.rows, texts, strict=True):
            yield _row([row[each] for each in layout.shown], layout, [_style(summary, each) for each in layout.shown])
    if groups:
        yield BLANK
    yield line(0, (" · ".join(_sums(totals)), Style.STRONG))


def _cells(row: Summary, *, codes: bool) -> list[str]:
    usage = row.usage
    counts = Counter(row.anomalies)
    named = (code if count == 1 else f"{code}×{count}" for code, count in counts.items())
    reasons = dict.fromkeys(reason or "?" for reason in row.finish_reasons)
    return [
        safe_line(cell)
        for cell in (
            str(row.index),
            row.method or "",
            row.host + row.path,
            "" if row.status is None else str(row.status),
            row.protocol or "",
            row.model or "",
            "" if row.events is None else f"{row.events:,}",
            "" if usage is None or usage.input_tokens is None else f"{usage.input_tokens:,}",
            "" if usage is None or usage.output_tokens is None else f"{usage.output_tokens:,}",
            "" if usage is None or not usage.cost else money(usage.cost),
            ",".join(reasons),
            f"!{len(row.anomalies)}" if row.anomalies and not codes else "",
            ",".join(named) if codes else "",
        )
    ]


def fitted(rows: Sequence[Sequence[str]], width: int | None) -> Layout:
    """Which columns rows of cells get and how wide: all that hold something, unless that exceeds `width`."""
    used = [max((columns(row[each]) for row in rows), default=0) for each in range(len(COLUMNS))]
    shown = [each for each, widest in enumerate(used) if widest]
    full = {each: max(used[each], columns(COLUMNS[each].name)) for each in shown}
    if width is None:
        return Layout(tuple(shown), tuple(min(full[each], WIDEST) for each in shown), cuts=False)
    while _least(shown, full) > width and any(COLUMNS[each].rank for each in shown):
        shown.remove(max(shown, key=lambda each: (COLUMNS[each].rank, each)))
    room = width - GAP * (len(shown) - 1)
    widths = {each: min(full[each], width) for each in shown}
    if sum(widths.values()) > room:
        # A column's name gives way before a value does.
        widths = {each: min(max(used[each], _minimum(each, full)), width) for each in shown}
    for _ in range(min(sum(widths.values()) - room, sum(widths.values()) - len(shown))):
        # The widest of those that may still be cut gives way first.
        widest = max(shown, key=lambda each: (widths[each] - _minimum(each, full) > 0, widths[each]))
        widths[widest] -= 1
    return Layout(tuple(shown), tuple(widths[each] for each in shown), cuts=True)


def _minimum(each: int, full: dict[int, int]) -> int:
    least = COLUMNS[each].least
    return full[each] if least is None else min(full[each], least)


def _least(shown: Sequence[int], full: dict[int, int]) -> int:
    return sum(_minimum(each, full) for each in shown) + GAP * (len(shown) - 1)


def _row(cells: Sequence[str], layout: Layout, styles: Sequence[Style]) -> Line:
    pieces: list[Piece] = []
    for cell, each, width, style in zip(cells, layout.shown, layout.widths, styles, strict=True):
        text = cut(cell, width) if layout.cuts else cell
        blank = " " * max(width - columns(text), 0)
        gap = " " * GAP if pieces else ""
        right = COLUMNS[each].right
        pieces += [(gap + (blank if right else ""), Style.PLAIN), (text, style), ("" if right else blank, Style.PLAIN)]
    return Line(0, tuple(pieces))


def cut(text: str, width: int) -> str:
    """A text within `width` columns, an ellipsis where the rest was; the end of a path says more than its middle."""
    if columns(text) <= width:
        return text
    if "/" not in text:
        return _head(text, width - 1) + "…"
    tail = _head(text[::-1], width * 2 // 3)[::-1]
    return _head(text, width - 1 - columns(tail)) + "…" + tail


def _head(text: str, width: int) -> str:
    used = 0
    for end, character in enumerate(text):
        used += columns_of(character)
        if used > width:
            return text[:end]
    return text


def _style(summary: Summary, each: int) -> Style:
    name = COLUMNS[each].name
    if name == "status" and summary.status is not None:
        return Style.GOOD if summary.status < 400 else Style.BAD
    return {"#": Style.DIM, "anomalies": Style.CAREFUL, "model": Style.NAME, "protocol": Style.DIM}.get(
        name, Style.PLAIN
    )


def _sums(totals: Totals) -> Iterator[str]:
    yield plural(totals.cassettes, "cassette")
    yield plural(totals.interactions, "interaction")
    if totals.input_tokens is not None:
        yield f"{totals.input_tokens:,} in"
    if totals.output_tokens is not None:
        yield f"{totals.output_tokens:,} out"
    if totals.cost:
        yield money(totals.cost)
