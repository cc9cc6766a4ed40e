"""Findings of `cassette check` as text, JSON, SARIF and annotations of GitHub, and how many there are of each code."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cassette_cli.checks.located import Finding
from cassette_cli.checks.registry import CHECKS
from cassette_cli.checks.settings import Level
from cassette_cli.conversation import Json
from cassette_cli.errors import CassetteError
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.lines import Line, Style, line
from cassette_cli.render.notices import Notice, github, sarif

CHECK = "cassette.check/1"
STYLES = {Level.ERROR: Style.BAD, Level.WARNING: Style.CAREFUL, Level.NOTE: Style.DIM}

Format = Callable[[Iterable[Finding], Sequence[CassetteError]], Iterator[str]]


def text_lines(found: Iterable[Finding]) -> Iterator[Line]:
    """A line each: `path:line:column: warning: interaction 0: what is wrong [code]`, with a star where --fix mends
    it."""
    for each in found:
        star = " [*]" if each.fixable else ""
        yield line(
            0,
            (f"{each.path}:{each.line}:{each.column}: ", Style.PLAIN),
            (f"{each.level}: ", STYLES[each.level]),
            (_message(each), Style.PLAIN),
            (f" [{each.code}]{star}", Style.DIM),
        )


def statistics_lines(found: Iterable[Finding]) -> Iterator[Line]:
    """How many findings there are of each code, the most frequent first."""
    held = list(found)
    counts = Counter((each.code, each.level) for each in held)
    fixable = {each.code for each in held if each.fixable}
    wide = max((len(f"{count:,}") for count in counts.values()), default=0)
    widest = max((len(code) for code, _ in counts), default=0)
    for (code, level), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        star = "[*]" if code in fixable else "   "
        yield line(
            0,
            f"{count:>{wide},}  ",
            (f"{level:7}", STYLES[level]),
            f"  {code:{widest}}  {star}  {CHECKS[code].summary}",
        )


def list_lines() -> Iterator[Line]:
    """All checks, each with its own level."""
    widest = max(map(len, CHECKS))
    for code, check in CHECKS.items():
        yield line(0, f"{code:{widest}}  ", (f"{check.level:7}", STYLES[check.level]), f"  {check.summary}")


def as_json(found: Iterable[Finding], errors: Sequence[CassetteError]) -> Iterator[str]:
    """One document of cassette.check/1. `errors` is read last."""
    yield f'{{"schema": "{CHECK}", "findings": ['
    for number, each in enumerate(found):
        yield (",\n" if number else "\n") + dumps(_finding(each))
    yield f'\n],\n"errors": {dumps([error_json(error) for error in errors])}}}\n'


def as_sarif(found: Iterable[Finding], errors: Sequence[CassetteError]) -> Iterator[str]:
    """One run of SARIF."""
    return sarif(map(_notice, found), errors)


def as_github(found: Iterable[Finding], errors: Sequence[CassetteError]) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    return github(map(_notice, found), errors)


# For programs; text is printed line by line.
FORMATS: Mapping[str, Format] = {"json": as_json, "sarif": as_sarif, "github": as_github}


def _finding(each: Finding) -> dict[str, Json]:
    return {
        "path": each.path,
        "line": each.line,
        "column": each.column,
        "interaction": each.interaction,
        "event": each.event,
        "code": each.code,
        "level": each.level.value,
        "message": each.message,
        "fixable": each.fixable,
    }


def _notice(each: Finding) -> Notice:
    return Notice(
        path=each.path,
        line=each.line,
        column=each.column,
        rule=each.code,
        level=each.level.value,
        message=_message(each),
        about={"shortDescription": {"text": CHECKS[each.code].summary}},
    )


def _message(each: Finding) -> str:
    place = "" if each.interaction is None else f"interaction {each.interaction}: "
    if each.event is not None:
        place = f"interaction {each.interaction}, event {each.event}: "
    return place + each.message
