"""Secrets known by their value: one that was found once is that secret in every text of the run, however encoded."""

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from cassette_cli.document.text import Span
from cassette_cli.redaction.rules import Category

# Shorter values stand for too much else.
SHORTEST = 8
# A value of this length means itself wherever it stands; a shorter one must stand alone.
LONG = 20
RUN = re.compile(r"[A-Za-z0-9]+")
STEM = 12
BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]*={0,2}")


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


@dataclass(frozen=True, slots=True)
class Values:
    """Secrets to be looked for by value, in every form that a text may hold them in."""

    secrets: tuple[Secret, ...] = field(repr=False)
    _forms: "dict[str, tuple[Secret, bool]]" = field(init=False, repr=False)
    _stems: re.Pattern[str] = field(init=False, repr=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        forms = {form: (secret, coded) for secret in self.secrets for form, coded in _forms(secret.value)}
        stems = {max(RUN.findall(form), key=len, default="")[:STEM] for form in forms}
        object.__setattr__(self, "_forms", forms)
        object.__setattr__(self, "_stems", re.compile(_trie(stem for stem in stems if len(stem) >= 4)))
        object.__setattr__(self, "_pattern", re.compile(_trie(forms)))

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold one, in itself or in a JSON string of it."""
        return bool(self.secrets) and self._stems.search(raw) is not None

    def matches(self, text: str) -> Iterator[Hit]:
        """The secrets in a text."""
        if not self.secrets:
            return
        for found in self._pattern.finditer(text):
            secret, coded = self._forms[found[0]]
            span = Span(*found.span())
            if coded:
                yield Hit(_run_around(text, span), secret)
            elif len(found[0]) >= LONG or _stands_alone(text, span):
                yield Hit(span, secret)


def worth_keeping(value: str) -> bool:
    """Whether a value is so much its own that it is the same secret wherever it stands."""
    return len(value) >= SHORTEST and any(char.isdigit() for char in value) and len(set(value)) > 4


def _forms(value: str) -> Iterator[tuple[str, bool]]:
    """The ways in which a text holds a value, and whether it is base64, which is replaced with all around it."""
    plain = {value, quote(value, safe=""), quote(value), quote_plus(value), json.dumps(value)[1:-1]}
    for form in plain:
        yield form, False
    data = value.encode("utf-8", "surrogateescape")
    for shift in range(3) if len(data) >= 12 else ():
        coded = base64.b64encode(b"\0" * shift + data).decode()
        # The characters at either end depend on what stands beside the value.
        start = (0, 2, 3)[shift]
        stop = (shift + len(data)) // 3 * 4
        yield coded[start:stop], True


def _run_around(text: str, span: Span) -> Span:
    """All of the base64 that a stretch of it lies in."""
    start = span.start
    while start and (text[start - 1].isalnum() or text[start - 1] in "+/_-") and text[start - 1].isascii():
        start -= 1
    found = BASE64_RUN.match(text, start)
    return Span(start, max(found.end() if found else span.end, span.end))


def _stands_alone(text: str, span: Span) -> bool:
    return not text[span.start - 1 : span.start].isalnum() and not text[span.end : span.end + 1].isalnum()


def _trie(words: Iterable[str]) -> str:
    """A pattern for many words that looks at each character of a text about twice, the longest word first."""
    groups: dict[str, dict[str, list[str]]] = {}
    for word in sorted(set(words), key=len, reverse=True):
        if word:
            groups.setdefault(word[0], {}).setdefault(word[1:3], []).append(word[3:])
    if not groups:
        return "(?!)"
    return "|".join(
        re.escape(first)
        + "(?:"
        + "|".join(f"{re.escape(next_)}(?:{'|'.join(map(re.escape, rests))})" for next_, rests in seconds.items())
        + ")"
        for first, seconds in groups.items()
    )
