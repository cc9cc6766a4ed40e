"""Findings of any command as SARIF, and as annotations of GitHub.

- SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
- GitHub: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cassette_cli import __version__
from cassette_cli.conversation import Json
from cassette_cli.errors import CassetteError
from cassette_cli.render.as_json import dumps
from cassette_cli.render.console import safe_line

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# GitHub's words for the levels of SARIF.
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A finding as other programs show it. `level` is a word of SARIF's: error, warning, note. `about` is what SARIF is
    to know of its rule, `where` the logical place, `fingerprints` what stays the same when lines move."""

    path: str
    line: int
    column: int
    rule: str
    level: str
    message: str
    about: Mapping[str, Json] = field(default_factory=dict)
    where: str | None = None
    fingerprints: Mapping[str, str] = field(default_factory=dict)


def sarif(notices: Iterable[Notice], errors: Sequence[CassetteError]) -> Iterator[str]:
    """One run of SARIF."""
    found = list(notices)
    rules = {each.rule: each.about for each in found}
    driver: dict[str, Json] = {
        "name": "cassette",
        "version": __version__,
        "rules": [{"id": rule, **about} for rule, about in sorted(rules.items())],
    }
    notifications: list[Json] = [
        {"level": "error", "message": {"text": error.message}, "locations": _location(*error.where)} for error in errors
    ]
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not errors, "toolExecutionNotifications": notifications}],
        "results": [_result(each) for each in found],
    }
    yield dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}) + "\n"


def github(notices: Iterable[Notice], errors: Sequence[CassetteError]) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    for each in notices:
        place = f"file={_property(each.path)},line={each.line},col={each.column},title={_property(each.rule)}"
        yield f"::{COMMANDS[each.level]} {place}::{_data(each.message)}\n"
    for error in errors:
        path, line, column = error.where
        parts = (("file", path), ("line", line), ("col", column))
        place = ",".join(f"{name}={_property(str(value))}" for name, value in parts if value is not None)
        yield f"::error {place}::{_data(error.message)}\n"


def _result(each: Notice) -> dict[str, Json]:
    location = _location(each.path, each.line, each.column)
    if each.where is not None:
        location[0]["logicalLocations"] = [{"fullyQualifiedName": each.where}]
    result: dict[str, Json] = {
        "ruleId": each.rule,
        "level": each.level,
        "message": {"text": each.message},
        "locations": list(location),
    }
    return result | {"partialFingerprints": dict(each.fingerprints)} if each.fingerprints else result


def _location(path: str | None, line: int | None, column: int | None) -> list[dict[str, Json]]:
    if path is None:
        return []
    physical: dict[str, Json] = {"artifactLocation": {"uri": _uri(path)}}
    if line is not None:
        physical["region"] = {"startLine": line} | ({"startColumn": column} if column is not None else {})
    return [{"physicalLocation": physical}]


def _uri(path: str) -> str:
    """A path as a reference (RFC 3986); the signs that a path may hold and a reference may not are escaped."""
    return "".join(char if char not in ' %?#[]"<>\\^`{|}' and char > " " else f"%{ord(char):02X}" for char in path)


def _data(text: str) -> str:
    return safe_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
