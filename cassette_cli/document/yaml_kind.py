"""What an unquoted YAML scalar means: text, or a number, truth value, null or date.

The union of YAML 1.1 (PyYAML), the 1.2 core schema (go-yaml) and what Ruby's Psych makes of it: what one of them would
not read as text is not text here. https://yaml.org/type/, YAML 1.2.2, section 10.3, and Psych's scalar_scanner.rb
(https://github.com/ruby/psych), which ignores case, takes commas in numbers and reads `:name` as a symbol.
"""

import re
from typing import Literal

Kind = Literal["text", "null", "bool", "int", "float", "time", "merge", "symbol"]

NUMBERS: frozenset[Kind] = frozenset({"int", "float"})
PATTERNS: list[tuple[Kind, re.Pattern[str]]] = [
    ("null", re.compile(r"(?:~|null|)\Z", re.IGNORECASE)),
    ("bool", re.compile(r"(?:y|n|yes|no|true|false|on|off)\Z", re.IGNORECASE)),
    (
        "int",
        re.compile(r"[-+]?(?:0b[01_,]+|0o?[0-7_,]+|[0-9][0-9_,]*|0x[0-9a-fA-F_,]+|[0-9][0-9_]*(?::[0-5]?[0-9])+)\Z"),
    ),
    (
        "float",
        re.compile(
            r"[-+]?(?:[0-9][0-9_,]*\.[0-9_]*|\.[0-9_]+|[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z"
            r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*\Z|[-+]?\.inf\Z|\.nan\Z",
            re.IGNORECASE,
        ),
    ),
    (
        "time",
        re.compile(
            r"-?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
            r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?)?)?\Z"
        ),
    ),
    ("merge", re.compile(r"(?:<<|=)\Z")),
    ("symbol", re.compile(r":.")),
]


# No text that begins with another character is anything but text; most are settled by this one look.
FIRST = frozenset("0123456789+-.:~<=yYnNtTfFoO")


def kind_of(text: str) -> Kind:
    """What a plain scalar of this text means to at least one of the YAML versions in use."""
    if text and text[0] not in FIRST:
        return "text"
    return next((kind for kind, pattern in PATTERNS if pattern.match(text)), "text")


def same_kind(kind: Kind, other: Kind) -> bool:
    """Whether two kinds are one to a reader: a whole number may become a fraction."""
    return kind == other or {kind, other} <= NUMBERS
