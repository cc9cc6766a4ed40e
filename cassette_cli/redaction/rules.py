"""What a rule is: one kind of secret, how it is recognised in a text, and what stands in its place.

Rules are data (catalogue.py has them, one line each). A rule is tried only where one of its leads stands, so that a
thousand rules cost little more than one: all leads of all rules are one pattern, which runs once over each text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Category(Enum):
    """The classes of findings that can be switched on and off."""

    CREDENTIALS = "credentials"
    COOKIES = "cookies"
    PERSONAL = "personal"
    ACCOUNT = "account"
    NOISE = "noise"


# What is redacted unless something else is said.
DEFAULT = frozenset({Category.CREDENTIALS, Category.COOKIES})


def always(_: str) -> bool:
    """The validator of a rule whose pattern says all."""
    return True


@dataclass(frozen=True)
class Rule:
    """One kind of secret.

    `id` is its name in reports, and the word in its placeholder: "openai-api-key" gives `<openai-api-key-1>`.
    `leads` are what every match begins with, case and all: no lead, no match. A lead is taken where a word begins
    (after anything but a letter or digit, or after an escape); `free` leads are taken anywhere. `lead_pattern` is a
    lead that is no literal. `pattern` is matched at the lead; its group `secret`, where it has one, is what is
    replaced, else the whole match. What stands before a match must be no letter, digit, `_` or `-` but that of an
    escape, unless `loose`. What comes after is the pattern's own business (`END` is usual). `valid` says whether a
    text that matches is one: a checksum, enough entropy. `source` says where its facts come from.
    """

    id: str
    pattern: str
    leads: tuple[str, ...] = ()
    lead_pattern: str | None = None
    category: Category = Category.CREDENTIALS
    valid: Callable[[str], bool] = always
    free: bool = False
    loose: bool = False
    source: str = ""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern with what must stand before it; made when it is first tried, for most runs try few rules."""
        before = "" if self.loose or self.free else BEGINNING
        return re.compile(before + self.pattern)


# Where a key begins: after no character that keys are made of, unless an escape ends there (\\n, \\u0022, %3D, ESC[0m).
BEGINNING = (
    r"(?:(?<![A-Za-z0-9_-])|(?<=\\[bfnrt])|(?<=\\u00[0-9a-fA-F]{2})|(?<=%[0-9a-fA-F]{2})"
    r"|(?<=\[m)|(?<=\[[0-9]m)|(?<=[;\[][0-9]{2}m))"
)
# Where a key ends: no character follows that keys are made of.
END = r"(?![A-Za-z0-9_-])"
