"""Diffs as a comment for a pull request: a sentence, and each recording folded.

Recorded text stands in code blocks whose fences are longer than any run of backticks in it, so it cannot end them, call
anybody or be HTML; paths are escaped. What does not fit into a comment is cut, and it is said what.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli.comparison.changes import FileDiff, Verdict
from cassette_cli.errors import CassetteError
from cassette_cli.render.console import Policy, printed, safe_line
from cassette_cli.render.diff.as_text import file_lines
from cassette_cli.render.diff.interaction import DiffView
from cassette_cli.render.diff.words import summary_words
from cassette_cli.render.elision import plural
from cassette_cli.render.lines import Line, Style

# What GitHub takes for a comment is 65,536 characters; counted here in bytes, and with room for what others add.
MOST = 64_000
# A single recording takes at most this much of a comment, so that one does not hide the others.
_MOST_OF_ONE = 24_000
# Columns of the code blocks: a comment is about this wide.
_WIDTH = 100
_SIGNS = (("+ ", Style.GOOD), ("- ", Style.BAD))
# What HTML, Markdown or GitHub (mentions, references) would act on.
_ESCAPES = {sign: f"&#{ord(sign)};" for sign in "&<>\"'@`#|*_~[]()!\\"}
_TOO_LONG = re.compile(r"`{3,}")


class _Block(NamedTuple):
    """What one recording takes: the summary of its fold, and its rows."""

    summary: str
    rows: Sequence[str]


def diff_markdown(found: Sequence[FileDiff], errors: Sequence[CassetteError], view: DiffView) -> Iterator[str]:
    """The text of a comment, in pieces; the strongest recordings first, so that what is cut matters least."""
    head = f"**Recordings: {_total(found)}**\n\n"
    yield head
    room = MOST - _size(head) - 400
    for error in list(errors)[:20]:
        note = f"- could not be read: <code>{_escaped(str(error))}</code>\n"
        room -= _size(note)
        yield note
    left_out: list[FileDiff] = []
    differing = [each for each in found if each.verdict is not Verdict.IDENTICAL]
    for each in sorted(differing, key=lambda each: -each.verdict):
        text = _folded(_block(each, view), min(room, _MOST_OF_ONE)) if not left_out else None
        if text is None:
            left_out.append(each)
            continue
        room -= _size(text)
        yield text
    if left_out:
        yield f"\n{plural(len(left_out), 'more recording')} did not fit: {_counts(left_out)}.\n"


def _total(found: Sequence[FileDiff]) -> str:
    if not found:
        return "none to compare"
    return "identical" if all(each.verdict is Verdict.IDENTICAL for each in found) else _counts(found)


def _counts(found: Sequence[FileDiff]) -> str:
    counts = Counter(each.verdict for each in found)
    return ", ".join(f"{counts[verdict]} {verdict.word}" for verdict in sorted(counts, reverse=True))


def _block(found: FileDiff, view: DiffView) -> _Block:
    paths = " → ".join(f"<code>{_escaped(path)}</code>" for path in dict.fromkeys((found.old, found.new)) if path)
    words = summary_words(found)
    lines = list(file_lines(found, view))[1:]
    return _Block(f"<b>{found.verdict.word}</b> {paths}{f' · {_escaped(words)}' if words else ''}", list(_rows(lines)))


def _rows(lines: Sequence[Line]) -> Iterator[str]:
    """Lines as rows of a block that shows additions and removals in colour: there, a sign must come first."""
    how = Policy(colour=False, width=_WIDTH)
    for each in lines:
        rows = printed(each, how)
        if each.pieces and each.pieces[0] in _SIGNS:
            sign = each.pieces[0][0][0]
            yield from (
                f"{sign}{row.replace(sign, ' ', 0 if number else 1)}".rstrip() for number, row in enumerate(rows)
            )
        else:
            yield from (f" {row}".rstrip() for row in rows)


def _folded(block: _Block, room: int) -> str | None:
    """A fold of at most `room` bytes, its last rows cut where it must be; None where nothing of it fits."""
    if not block.rows:
        text = f"- {block.summary}\n"
        return text if _size(text) <= room else None
    ticks = max((len(run) for row in block.rows for run in _TOO_LONG.findall(row)), default=2)
    fence = "`" * (ticks + 1)
    head, tail = f"<details><summary>{block.summary}</summary>\n\n{fence}diff\n", f"{fence}\n\n</details>\n"
    room -= _size(head) + _size(tail) + 80
    kept = 0
    for row in block.rows:
        room -= _size(row) + 1
        if room < 0:
            break
        kept += 1
    if not kept:
        return None
    more = len(block.rows) - kept
    cut = f"… cut here, {plural(more, 'more line')}\n" if more else ""
    return head + "".join(f"{row}\n" for row in block.rows[:kept]) + cut + tail


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in safe_line(text))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
