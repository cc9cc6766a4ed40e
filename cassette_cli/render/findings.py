"""Findings of `cassette redact` as text, JSON, SARIF and annotations of GitHub. None of them holds a secret."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cassette_cli.conversation import Json
from cassette_cli.errors import CassetteError
from cassette_cli.redaction.located import Located
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.console import safe_line
from cassette_cli.render.notices import Notice, github, sarif

REDACT = "cassette.redact/1"

Format = Callable[[Iterable[Located], Sequence[CassetteError]], Iterator[str]]


def as_text(found: Iterable[Located], errors: Sequence[CassetteError]) -> Iterator[str]:
    """A line each: `path:line:column: interaction 0: request.headers.authorization: openai-api-key 5f2d...`, and
    what stands there now."""
    for each in found:
        where = f"interaction {each.interaction}: " if each.interaction is not None else ""
        events = f" (events {_ranges(each.events)})" if len(each.events) > 1 else ""
        now = f" -> {each.placeholder}" if each.placeholder is not None else ""
        line = (
            f"{each.path}:{each.line}:{each.column}: {where}{each.where}{events}: {each.rule} {each.fingerprint}{now}"
        )
        yield safe_line(line) + "\n"


def as_json(found: Iterable[Located], errors: Sequence[CassetteError]) -> Iterator[str]:
    """One document of cassette.redact/1. `errors` is read last."""
    yield f'{{"schema": "{REDACT}", "findings": ['
    for number, each in enumerate(found):
        yield (",\n" if number else "\n") + dumps(_finding(each))
    yield f'\n],\n"errors": {dumps([error_json(error) for error in errors])}}}\n'


def as_sarif(found: Iterable[Located], errors: Sequence[CassetteError]) -> Iterator[str]:
    """One run of SARIF."""
    return sarif(map(_notice, found), errors)


def as_github(found: Iterable[Located], errors: Sequence[CassetteError]) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    return github(map(_notice, found), errors)


FORMATS: Mapping[str, Format] = {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}


def _finding(each: Located) -> dict[str, Json]:
    return {
        "path": each.path,
        "line": each.line,
        "column": each.column,
        "interaction": each.interaction,
        "where": each.where,
        "rule": each.rule,
        "fingerprint": each.fingerprint,
        "events": list(each.events),
    }


def _notice(each: Located) -> Notice:
    return Notice(
        path=each.path,
        line=each.line,
        column=each.column,
        rule=each.rule,
        level="error",
        message=_message(each),
        about={"properties": {"tags": [each.category.value]}},
        where=each.where,
        fingerprints={"secret/v1": each.fingerprint},
    )


def _message(each: Located) -> str:
    inside = f"interaction {each.interaction}, {each.where}" if each.interaction is not None else each.where
    if each.placeholder is not None:
        return f"{each.rule} in {inside} was replaced"
    return f"{each.rule} in {inside}"


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, those that follow each other as one: "3-5, 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
