"""Where problems lie in the file, and how they are reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cassette_cli.checks.base import Problem
from cassette_cli.checks.settings import Level
from cassette_cli.document.lens import Lens, Source, lift_all, place_of
from cassette_cli.document.text import Edit, Span
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.redaction.located import positions


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A problem as it is reported. `line` and `column` count from 1, `interaction` and `event` from 0; None where it is
    about the whole file, or no event. `fixable`: whether `--fix` mends it."""

    path: str
    line: int
    column: int
    code: str
    level: Level
    message: str
    interaction: int | None
    event: int | None
    fixable: bool


def located(cassette: Cassette, found: Sequence[tuple[Problem, Level]]) -> list[Finding]:
    """Problems of a cassette and their levels as findings, in order of place."""
    starts = {each.index: each.span.start for each in cassette.interactions}
    places = [_offset(problem, starts, cassette.document.source) for problem, _ in found]
    lines = positions(cassette.document.text, places)
    findings = [
        Finding(
            path=cassette.path,
            line=lines[place][0],
            column=lines[place][1],
            code=problem.code,
            level=level,
            message=problem.message,
            interaction=problem.interaction,
            event=problem.event,
            fixable=problem.fix is not None,
        )
        for (problem, level), place in zip(found, places, strict=True)
    ]
    return sorted(findings, key=lambda each: (each.line, each.column, each.code))


def _offset(problem: Problem, starts: dict[int, int], source: Source) -> int:
    found = None if problem.place is None else offset_of(problem.place, source, problem.start)
    return starts.get(problem.interaction or 0, 0) if found is None and problem.interaction is not None else found or 0


def offset_of(lens: Lens[Any], source: Source, start: int = 0) -> int | None:
    """Where in a file a place of a text is, None where it does not lie there. Of what is packed, where that begins."""
    mark: Any = b"0" if isinstance(lens.text, bytes) else "0"
    try:
        return next((edit.span.start for edit in lift_all([(lens, Edit(Span(start, start), mark))], source)), None)
    except CassetteError:
        place = place_of(lens, source)
        return None if place is None else place.start
