"""Findings of `cassette redact` as text, JSON, SARIF and annotations of GitHub. None of them holds a secret.

- SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
- GitHub: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cassette_cli import __version__
from cassette_cli.conversation import Json
from cassette_cli.errors import CassetteError
from cassette_cli.redaction.located import Located
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.console import safe_line

REDACT = "cassette.redact/1"
SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

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
    results = list(found)
    rules = {each.rule: each for each in results}
    driver: dict[str, Json] = {
        "name": "cassette",
        "version": __version__,
        "rules": [{"id": rule, "properties": {"tags": [each.category.value]}} for rule, each in sorted(rules.items())],
    }
    notifications: list[Json] = [
        {"level": "error", "message": {"text": error.message}, "locations": _location(*error.where)} for error in errors
    ]
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not errors, "toolExecutionNotifications": notifications}],
        "results": [_result(each) for each in results],
    }
    yield dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}) + "\n"


def as_github(found: Iterable[Located], errors: Sequence[CassetteError]) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    for each in found:
        place = f"file={_property(each.path)},line={each.line},col={each.column},title={_property(each.rule)}"
        yield f"::error {place}::{_data(_message(each))}\n"
    for error in errors:
        path, line, column = error.where
        parts = (("file", path), ("line", line), ("col", column))
        place = ",".join(f"{name}={_property(str(value))}" for name, value in parts if value is not None)
        yield f"::error {place}::{_data(error.message)}\n"


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


def _result(each: Located) -> dict[str, Json]:
    location = _location(each.path, each.line, each.column)
    location[0]["logicalLocations"] = [{"fullyQualifiedName": each.where}]
    return {
        "ruleId": each.rule,
        "level": "error",
        "message": {"text": _message(each)},
        "locations": list(location),
        "partialFingerprints": {"secret/v1": each.fingerprint},
    }


def _location(path: str | None, line: int | None, column: int | None) -> list[dict[str, Json]]:
    if path is None:
        return []
    physical: dict[str, Json] = {"artifactLocation": {"uri": _uri(path)}}
    if line is not None:
        physical["region"] = {"startLine": line} | ({"startColumn": column} if column is not None else {})
    return [{"physicalLocation": physical}]


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


def _uri(path: str) -> str:
    """A path as a reference (RFC 3986); the signs that a path may hold and a reference may not are escaped."""
    return "".join(char if char not in ' %?#[]"<>\\^`{|}' and char > " " else f"%{ord(char):02X}" for char in path)


def _data(text: str) -> str:
    return safe_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
