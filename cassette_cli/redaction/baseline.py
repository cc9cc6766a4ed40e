"""Findings that are let through: by fingerprint and logical place, so that they stay known in a new recording.

    {"schema": "cassette.baseline/1", "salt": "5d1f...", "findings": [
    {"path": "tests/a.yaml", "where": "response.body.$.csrf", "rule": "token", "fingerprint": "9f31..."}
    ]}

A fingerprint is a salted hash of the secret. A salt that is kept may become known, so the hash is a slow one then.
"""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from cassette_cli.errors import CassetteError, Where
from cassette_cli.redaction.settings import Allow

SCHEMA = "cassette.baseline/1"
BYTES = 8
# PBKDF2 (RFC 8018, 5.2): about 2 ms for each secret, and for each guess at one.
ROUNDS = 5_000
NUMBER = re.compile(r"\[\d+\]")


def fresh_salt() -> str:
    """A salt that nobody knows. (What `secrets` imports beside takes longer than many runs.)"""
    return os.urandom(BYTES).hex()


class Fingerprints:
    """Fingerprints under one salt. Where none is given it is that of the run, random and never kept, which is given
    where several processes have to come to the same."""

    def __init__(self, salt: str | None = None, of_run: str | None = None) -> None:
        self.salt = salt
        self._key = (salt or of_run or fresh_salt()).encode("utf-8", "surrogatepass")
        self._known: dict[str, str] = {}

    def of(self, value: str) -> str:
        """The fingerprint of a secret: 16 hexadecimal digits."""
        if value not in self._known:
            import hashlib  # here, because most runs find nothing

            data = value.encode("utf-8", "surrogatepass")
            rounds = ROUNDS if self.salt else 1
            self._known[value] = hashlib.pbkdf2_hmac("sha256", data, self._key, rounds, BYTES).hex()
        return self._known[value]


class Entry(NamedTuple):
    """A finding that is known: the file it was seen in, its logical place, its rule and its fingerprint."""

    path: str
    where: str
    rule: str
    fingerprint: str


def place(where: str) -> str:
    """A logical place without the numbers that change when it is recorded anew: those of events and list items."""
    return NUMBER.sub("[*]", where)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings, and the salt of their fingerprints. A finding is known in any file: its value is, after all."""

    salt: str
    entries: tuple[Entry, ...] = ()
    _known: frozenset[tuple[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", frozenset((each.where, each.fingerprint) for each in self.entries))

    def knows(self, where: str, fingerprint: str) -> bool:
        """Whether a finding is let through."""
        return (place(where), fingerprint) in self._known

    def updated(self, paths: Iterable[str], found: Iterable[Entry]) -> "Baseline":
        """The baseline with what was found in files in the place of what it knew of them."""
        done = frozenset(paths)
        kept = (each for each in self.entries if each.path not in done)
        return Baseline(self.salt, tuple(sorted({*kept, *found})))

    def text(self) -> str:
        """As it is kept: JSON, an entry a line, in order, so that changes can be reviewed and merged."""
        rows = ",\n".join(json.dumps(each._asdict(), ensure_ascii=False) for each in self.entries)
        head = f'{{"schema": "{SCHEMA}", "salt": {json.dumps(self.salt)}, "findings": ['
        return f"{head}\n{rows}\n]}}\n" if rows else f"{head}]}}\n"


def new(salt: str | None) -> Baseline:
    """A baseline that knows nothing yet."""
    return Baseline(salt or fresh_salt())


def parse(path: str, text: str) -> Baseline:
    """The baseline in a file. Raises CassetteError where it is none."""
    try:
        held: Any = json.loads(text)
        if held["schema"] != SCHEMA:
            raise CassetteError(f"not a baseline that this version reads: its schema is not {SCHEMA}", Where(path))
        entries = tuple(Entry(**{name: str(each[name]) for name in Entry._fields}) for each in held["findings"])
        return Baseline(str(held["salt"]), entries)
    except json.JSONDecodeError as error:
        raise CassetteError(f"not a baseline: {error.msg}", Where(path, error.lineno, error.colno)) from None
    except (KeyError, TypeError):
        raise CassetteError("not a baseline: it has no schema, salt and findings", Where(path)) from None


def allowed(rules: Iterable[Allow], *, path: str, where: str, rule: str, fingerprint: str) -> bool:
    """Whether one of these lets a finding through; `path` is relative to where the rules were written."""
    return any(
        each.fingerprint in (None, fingerprint)
        and each.rule in (None, rule)
        and _fits(each.where, where)
        and _fits(each.path, path)
        for each in rules
    )


def _fits(pattern: str | None, text: str) -> bool:
    """Whether a place or path is that of a pattern, where `*` stands for anything and `[0]` for itself."""
    if pattern is None:
        return True
    literal = pattern.replace("[", "[[]")
    return fnmatchcase(text, literal) or fnmatchcase(place(text), literal)
