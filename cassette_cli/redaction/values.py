"""Secrets known by their value: one that was found once is that secret in every text of the run, however encoded.

Texts are decoded before they are looked at (texts.py), so few forms are left: the value as it is, percent-encoded in a
URL within a text, and escaped in a JSON text within one. Each form is looked for by its longest run of letters and
digits, so that a thousand secrets cost no more than one.
"""

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, quote_plus
from zlib import crc32

from cassette_cli.document.text import Span
from cassette_cli.redaction.rules import Category

# Shorter values stand for too much else.
SHORTEST = 8
# A value of this length means itself wherever it stands; a shorter one must stand alone.
LONG = 20
LETTERS = re.compile(r"[A-Za-z0-9]+")
# Long runs, and the escapes of JSON and of URLs, whose letters belong to no run.
RUNS = re.compile(r"\\u[0-9a-fA-F]{4}|\\[bfnrt]|%[0-9a-fA-F]{2}|[A-Za-z0-9]{8,}")
LEAST_RUN = 8


class Secret(NamedTuple):
    """A value that must not be there; never shown."""

    value: str
    id: str
    category: Category

    def __repr__(self) -> str:
        return f"Secret({self.id})"


class Hit(NamedTuple):
    """Where a form of a secret stands."""

    span: Span
    secret: Secret


class _Form(NamedTuple):
    """A way in which a text holds a secret, and where in it its longest run begins."""

    text: str
    run: int
    secret: Secret


class Seen:
    """What texts were looked at, in little room: whether a secret that is learnt later may have been in one of them.

    Four bytes for each different run of letters and digits, so it may err, but only to say that one may be there.
    """

    def __init__(self) -> None:
        self._runs: set[str] = set()
        self._sums = array("I")

    def add(self, text: str) -> None:
        """Take note of a text, as it stands or as raw JSON."""
        self._runs.update(RUNS.findall(text))

    def pack(self) -> "Seen":
        """The same in a twentieth of the room; nothing can be added any more."""
        self._sums = array("I", _sums(self._runs))
        self._runs = set()
        return self

    @property
    def sums(self) -> Set[int]:
        """Checksums of the runs; not Python's hashes, because other processes have to come to the same."""
        return set(self._sums or _sums(self._runs))


def _sums(runs: Iterable[str]) -> Iterable[int]:
    return map(crc32, map(str.encode, runs))


@dataclass(frozen=True, slots=True)
class Values:
    """Secrets to be looked for by value. `plus` makes more of them; the first name of a value counts.

    `by_run` holds their forms by the longest run of each, `short` those that have none that is long.
    """

    by_value: Mapping[str, Secret] = field(default_factory=dict, repr=False)
    by_run: Mapping[str, tuple[_Form, ...]] = field(default_factory=dict, repr=False)
    short: tuple[_Form, ...] = field(default=(), repr=False)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The secrets, in the order in which they came."""
        return tuple(self.by_value.values())

    def plus(self, secrets: Iterable[Secret]) -> "Values":
        """These secrets and more."""
        new = {each.value: each for each in secrets if each.value not in self.by_value}
        if not new:
            return self
        by_run = dict(self.by_run)
        short = list(self.short)
        for form in (form for secret in new.values() for form in _forms(secret)):
            run = LETTERS.match(form.text, form.run)
            if run and len(run[0]) >= LEAST_RUN:
                by_run[run[0]] = (*by_run.get(run[0], ()), form)
            else:
                short.append(form)
        return Values({**self.by_value, **new}, by_run, tuple(short))

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold one, in itself or in a JSON string of it."""
        if not self.by_value:
            return False
        return not self.by_run.keys().isdisjoint(RUNS.findall(raw)) or any(form.text in raw for form in self.short)

    def matches(self, text: str) -> Iterator[Hit]:
        """The secrets in a text."""
        for found in RUNS.finditer(text) if self.by_run else ():
            for form in self.by_run.get(found[0], ()):
                start = found.start() - form.run
                if start >= 0 and text.startswith(form.text, start):
                    yield from _hit(text, start, form)
        for form in self.short:
            start = text.find(form.text)
            while start >= 0:
                yield from _hit(text, start, form)
                start = text.find(form.text, start + 1)


class Sought:
    """Secrets by what `Seen` keeps of texts."""

    def __init__(self, values: Values) -> None:
        # Those without a long run may be anywhere.
        self._anywhere = {form.secret for form in values.short}
        self._by_sum: dict[int, set[Secret]] = defaultdict(set)
        for each, forms in zip(_sums(values.by_run), values.by_run.values(), strict=True):
            self._by_sum[each].update(form.secret for form in forms)

    def maybe_in(self, seen: Seen) -> set[Secret]:
        """The secrets that may have been in one of the texts."""
        return self._anywhere.union(*(self._by_sum[each] for each in self._by_sum.keys() & seen.sums))


def _hit(text: str, start: int, form: _Form) -> Iterator[Hit]:
    span = Span(start, start + len(form.text))
    if len(form.text) >= LONG or _stands_alone(text, span):
        yield Hit(span, form.secret)


def worth_keeping(value: str) -> bool:
    """Whether a value is so much its own that it is the same secret wherever it stands."""
    return len(value) >= SHORTEST and any(char.isdigit() for char in value) and len(set(value)) > 4


def _forms(secret: Secret) -> Iterator[_Form]:
    value = secret.value
    encoded = (quote(value, safe="", errors="surrogateescape"), quote_plus(value, errors="surrogateescape"))
    for text in {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], *encoded}:
        run = max(RUNS.finditer(text), key=lambda each: len(each[0]), default=None)
        yield _Form(text, run.start() if run else 0, secret)


def _stands_alone(text: str, span: Span) -> bool:
    return not text[span.start - 1 : span.start].isalnum() and not text[span.end : span.end + 1].isalnum()
