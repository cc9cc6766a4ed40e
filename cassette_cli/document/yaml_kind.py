"""What an unquoted YAML scalar means: text, or a number, truth value, null or date.

The union of YAML 1.1 (PyYAML, Psych, libyaml's users) and the 1.2 core schema (go-yaml): what either would not read as
text is not text here. https://yaml.org/type/ and YAML 1.2.2, section 10.3.
"""

import re
from typing import Literal

Kind = Literal["text", "null", "bool", "int", "float", "time", "merge"]

PATTERNS: list[tuple[Kind, re.Pattern[str]]] = [
    ("null", re.compile(r"(?:~|null|Null|NULL|)\Z")),
    (
        "bool",
        re.compile(r"(?:y|Y|n|N|(?:yes|no|true|false|on|off)|(?:Yes|No|True|False|On|Off|YES|NO|TRUE|FALSE|ON|OFF))\Z"),
    ),
    ("int", re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)\Z")),
    (
        "float",
        re.compile(
            r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z"
            r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*\Z|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
        ),
    ),
    ("time", re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt \t]+\d\d?:\d\d:\d\d(?:\.\d*)?[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?)?)?\Z")),
    ("merge", re.compile(r"(?:<<|=)\Z")),
]


# No text that begins with another character is anything but text; most are settled by this one look.
FIRST = frozenset("0123456789+-.~<=yYnNtTfFoO")


def kind_of(text: str) -> Kind:
    """What a plain scalar of this text means to at least one of the YAML versions in use."""
    if text and text[0] not in FIRST:
        return "text"
    return next((kind for kind, pattern in PATTERNS if pattern.match(text)), "text")
