"""Secrets in running text by the name before them: `API_KEY=...`, `"password": "..."`, `-H 'X-Api-Key: ...'`, `?sig=`.

Prose names passwords and tokens all the time, so what follows such a name has to look like one.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from cassette_cli.document.text import Span
from cassette_cli.redaction.first_look import SPACE, WORD, FirstLook
from cassette_cli.redaction.placeholders import is_placeholder, is_wordy
from cassette_cli.redaction.places import Place, field, query
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.validators import random_looking

# What names have in them. Each begins with a letter or sign of its own: that makes the search fast.
WORDS = (
    r"key(?!word)|token(?!s|iz|[_-]?(?:count|type|usage|limit|id))|secret|passw|passphrase|pwd|authoriz|credential|cookie"
    r"|signature(?!\\?\"|d)|session[_-]?id|jwt|_auth|\?sig|&sig|\?code|&code"
)
PERSONAL_WORDS = (
    r"mail|phone|card|iban|user|_ip|ip(?!\w)|address|account|organi[sz]ation|workspace|project|tenant|crn|identifier"
)
# The rest of the name, what parts it from its value (in raw JSON quotes have backslashes before them), and a value.
REST = (
    r"[\w.-]{0,40}(?:\\{0,4}[\"'])?\s{0,3}(?:=>|:=|[:=]|%3[dD])\s{0,3}"
    r"(?!null|true|false|[\[{])(?=\\{0,4}[\"'`]?[^\s\"]{6})"
)
# The same without lookaround, for a first look: at least as much.
AHEAD = re.compile(r"\(\?!(?:[^()]|\([^()]*\))*\)")
REST_FOR_LOOK = rf"{WORD}*(?:\\*[\"'])?{SPACE}*(?:=>|:=|[:=]|%3[dD]){SPACE}*\\*[\"'`]?[^\s\"]{{6}}"
LONGEST_NAME = 60
BEFORE = re.compile(r"[\w.-]{0,60}\Z")
NAME = re.compile(r"[?&.-]*([\w.-]+)")
# Attributes that pages keep their own data in: https://html.spec.whatwg.org/#embedding-custom-non-visible-data
OF_HTML = "data-"
SCHEME = re.compile(r"(?:Bearer|Basic|Token|Bot|ApiKey|Key)[ +]+", re.IGNORECASE)
QUOTED = re.compile(r"""(\\*["'`])(?P<value>(?:(?!\1|\n).){1,4096}?)\1(?=[\s,;)}\].|&]|\Z)""")
BARE = re.compile(r"[^\s\"<>`]{1,4096}")
IN_QUERY = re.compile(r"[^\s\"'<>`|&#)\]}\\]{1,4096}")
PATH = re.compile(r"[a-z][a-z0-9+.-]*://|/", re.IGNORECASE)
CALL = re.compile(r"([A-Za-z_$][\w.]*)[(\[]")
TRAILING = ".,;:!?)]}'\\"


class Assigned(NamedTuple):
    """A value, and what its name says that it is."""

    span: Span
    place: Place


class Assignments:
    """Names made ready to be looked for; `personal` says whether those of persons and accounts are."""

    def __init__(self, *, personal: bool = False) -> None:
        words = f"{WORDS}|{PERSONAL_WORDS}" if personal else WORDS
        self._words = words
        self._look = FirstLook(rf"(?i)(?:{AHEAD.sub('', words)}){REST_FOR_LOOK}")

    @cached_property
    def _gate(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words}){REST}")

    @cached_property
    def _name(self) -> re.Pattern[str]:
        return re.compile(rf"(?i:{self._words}){REST}")

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold a name and a value, as text or as fields of JSON."""
        return self._look.may_hold(raw) and self._gate.search(raw.lower()) is not None

    def matches(self, text: str) -> Iterator[Assigned]:
        """The values in a text that have such a name and look like what it says."""
        for found in self._name.finditer(text) if self._look.may_hold(text) else ():
            name = _name_around(text, found.start())
            in_query = name is not None and text[max(name.start(1) - 1, 0)] in "?&"
            place = (query(name[1]) if in_query else field(name[1])) if name else None
            if name and place and (place.sure or not name[1].startswith(OF_HTML)):
                span = _value_at(text, found.end(), in_query=in_query)
                if plausible(text[span.start : span.end], place):
                    yield Assigned(span, place)


def _name_around(text: str, word: int) -> re.Match[str] | None:
    """The whole name that a word of it stands in."""
    before = None if text[word] in "?&" else BEFORE.search(text, max(0, word - LONGEST_NAME), word)
    return NAME.match(text, before.start() if before else word)


def _value_at(text: str, start: int, *, in_query: bool) -> Span:
    """The value that begins here: all between quotes, or up to white space; without a scheme such as Bearer."""
    quoted = QUOTED.match(text, start)
    if quoted:
        start = quoted.start("value")
    scheme = SCHEME.match(text, start)
    start = scheme.end() if scheme else start
    if quoted and not any(char.isspace() for char in text[start : quoted.end("value")]):
        return Span(start, quoted.end("value"))
    bare = (IN_QUERY if in_query else BARE).match(text, start)
    return Span(start, start + len(bare[0].rstrip(TRAILING)) if bare else start)


def plausible(value: str, place: Place) -> bool:
    """Whether a value in running text is what its name says: no placeholder, no word, some digits in it."""
    call = CALL.match(value)
    if is_placeholder(value) or is_wordy(call[1] if call else value) or any(char.isspace() for char in value):
        return False
    if place.category is Category.PERSONAL or not place.sure:
        return random_looking(value) and not PATH.match(value)
    letters = any(char.isalpha() for char in value)
    digits = any(char.isdigit() for char in value)
    return letters and len(value) >= (8 if digits else 16)
