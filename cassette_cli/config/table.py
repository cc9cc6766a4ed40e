"""A table of TOML (https://toml.io/en/v1.0.0) whose entries are read by name and type, and whose errors say their line.

The standard library's parser keeps no lines. The line of an entry is looked for when an error names it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from cassette_cli.errors import CassetteError, Where

# A header of a table, `[a.b]` or `[[a.b]]`, and the key at the head of a line.
HEADER = re.compile(r"[ \t]*(\[\[?)([^\]\n]+)\]")
KEY = re.compile(
    r"[ \t]*((?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)(?:[ \t]*\.[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+))*)[ \t]*="
)
PART = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[\w-]+")
KEY = re.compile(rf"[ \t]*((?:{PART.pattern})(?:[ \t]*\.[ \t]*(?:{PART.pattern}))*)[ \t]*=")
PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
KINDS = {str: "a string", bool: "true or false", int: "a number", list: "an array", dict: "a table"}

Route = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and where it lies in which text."""

    path: str
    text: str
    route: Route
    items: dict[str, Any]

    @classmethod
    def empty(cls, path: str) -> "Table":
        """A table that is not there."""
        return cls(path, "", (), {})

    @property
    def names(self) -> Iterable[str]:
        """The names of its entries."""
        return self.items.keys()

    def only(self, *known: str) -> None:
        """Raises CassetteError where an entry has another name than these."""
        for name in self.items:
            if name not in known:
                raise self.error(name, f"unknown setting {shown(self.route, name)}{did_you_mean(name, known)}")

    def string(self, name: str) -> str | None:
        """An entry that is a string that is not empty, None where it is absent."""
        found = self._entry(name, str)
        if found == "":
            raise self.error(name, f"{shown(self.route, name)} is empty")
        return None if found is None else str(found)

    def flag(self, name: str) -> bool | None:
        """An entry that is true or false, None where it is absent."""
        found = self._entry(name, bool)
        return None if found is None else bool(found)

    def number(self, name: str) -> int | None:
        """An entry that is a whole number, None where it is absent."""
        found = self._entry(name, int)
        return None if found is None else int(found)

    def strings(self, name: str) -> tuple[str, ...] | None:
        """An entry that is an array of strings; one string alone is one too."""
        found = self.items.get(name)
        if isinstance(found, str):
            return (found,)
        for each in self._entry(name, list) or ():
            if not isinstance(each, str) or not each:
                raise self.error(name, f"{shown(self.route, name)} must be an array of strings that are not empty")
        return None if found is None else tuple(found)

    def one_of(self, name: str, known: Iterable[str]) -> str | None:
        """An entry that is one of these strings."""
        found = self.string(name)
        return None if found is None else self.known(name, found, known)

    def known(self, name: str, value: str, known: Iterable[str]) -> str:
        """`value`, which an entry gives. Raises CassetteError where it is not one of those known."""
        choices = sorted(known)
        if value not in choices:
            close = did_you_mean(value, choices) or (f"; there are {', '.join(choices)}" if len(choices) < 10 else "")
            raise self.error(name, f"{shown(self.route, name)} has no {value!r}{close}")
        return value

    def table(self, name: str) -> "Table | None":
        """An entry that is a table, None where it is absent."""
        found = self._entry(name, dict)
        return None if found is None else Table(self.path, self.text, (*self.route, name), found)

    def tables(self, name: str) -> Iterator["Table"]:
        """The tables of an array of tables, `[[name]]`; none where it is absent."""
        for place, each in enumerate(self._entry(name, list) or ()):
            if not isinstance(each, dict):
                raise self.error(name, f"{shown(self.route, name)} must be tables: [[{shown(self.route, name)}]]")
            yield Table(self.path, self.text, (*self.route, name, place), each)

    def error(self, name: str | None, message: str) -> CassetteError:
        """An error that names the line of an entry, or, for None, of the table itself."""
        route = self.route if name is None else (*self.route, name)
        return CassetteError(message, Where(self.path, line_of(self.text, route)))

    def _entry(self, name: str, kind: type) -> Any:
        found = self.items.get(name)
        if found is not None and type(found) is not kind:
            raise self.error(name, f"{shown(self.route, name)} must be {KINDS[kind]}, not {_kind_of(found)}")
        return found


def document(path: str, text: str) -> Table:
    """The root table of a file of TOML. Raises CassetteError with path, line and column where it is none."""
    import tomllib  # here, because many runs have no configuration

    try:
        return Table(path, text, (), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = PLACE.search(message)
        at_end = (text.rstrip().count("\n") + 1, None)
        line = (int(place[1]), int(place[2])) if place and place[1] else at_end
        raise CassetteError(f"not TOML: {PLACE.sub('', message)}", Where(path, *line)) from None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message that names something unknown: what may have been meant."""
    close = get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]}?" if close else ""


def shown(route: Route, name: str) -> str:
    """An entry as a user would write it: "redact.rule.id"."""
    return ".".join([*(step for step in route if isinstance(step, str)), name])


def line_of(text: str, route: Route) -> int | None:
    """The line, from 1, where the entry or table at a route begins, or that of the table around it; None where neither
    is seen, as when a table is written inline."""
    found: dict[Route, int] = {}
    counts: dict[Route, int] = {}
    at: Route = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            at = _resolved(_parts(header[2]), counts)
            if header[1] == "[[":
                counts[at] = counts.get(at, -1) + 1
                at = (*at, counts[at])
            found.setdefault(at, number)
        elif key:
            parts = _parts(key[1])
            for end in range(1, len(parts) + 1):
                found.setdefault((*at, *parts[:end]), number)
    for end in range(len(route), 0, -1):
        if route[:end] in found:
            return found[route[:end]]
    return None


def _parts(dotted: str) -> Route:
    return tuple(part.strip("\"'") for part in PART.findall(dotted))


def _resolved(parts: Route, counts: dict[Route, int]) -> Route:
    """The route of a table in the latest of each array of tables that it lies in."""
    route: Route = ()
    for place, part in enumerate(parts):
        route = (*route, part)
        if route in counts and place < len(parts) - 1:
            route = (*route, counts[route])
    return route


def _kind_of(value: object) -> str:
    return next((word for kind, word in KINDS.items() if type(value) is kind), "that")
