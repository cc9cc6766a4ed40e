"""What stands in the place of a secret: `<openai-api-key-1>`, one word for all, or a text of the same shape.

None of them is taken for a secret by a second run: `placeholders` says what is none.
"""

import base64
import re
from collections.abc import Mapping

from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.placeholders import is_placeholder
from cassette_cli.redaction.replace import Style, named

FIXED = "REDACTED"
# Shorter runs of x would not be taken for a placeholder.
LEAST_FILLED = 4
LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def fixed(rule: str, number: int, value: str) -> str:
    """One word for all secrets."""
    return FIXED


def shape(rule: str, number: int, value: str) -> str:
    """A text that clients take for a value of its kind: `sk-proj-xxxx...x1`, of the same length and with the
    same signs. Of the value itself it keeps only the prefix that all of its kind have."""
    match rule:
        case "email":
            return f"user{number}@example.com"
        case "ip":
            return f"2001:db8::{number:x}" if ":" in value else f"192.0.2.{number % 256}"
        case "card-number" | "phone":
            return re.sub(r"\d", "0", value)
        case "basic-credentials":
            return base64.b64encode(f"user:xxxx{number}".encode()).decode()
    start = _prefix(rule, value)
    return value[:start] + _filled(value[start:], str(number))


STYLES: Mapping[str, Style] = {"typed": named, "fixed": fixed, "shape": shape}


def _prefix(rule: str, value: str) -> int:
    """How many characters at the start of a value say its kind, by the rule's leads."""
    leads = (lead for each in RULES if each.id == rule for lead in each.leads)
    return max((len(lead) for lead in leads if value.startswith(lead)), default=0)


def _filled(value: str, number: str) -> str:
    places = [found.start() for found in LETTER_OR_DIGIT.finditer(value)]
    if len(places) < LEAST_FILLED + len(number):
        return "x" * LEAST_FILLED + number
    filled = list(value)
    letter = "X" if value.isupper() else "x"
    for place in places:
        filled[place] = letter
    for place, digit in zip(places[-len(number) :], number, strict=True):
        filled[place] = digit
    text = "".join(filled)
    # Signs may part the letters into runs that are too short to be seen.
    return text if is_placeholder(text) else "x" * (len(text) - len(number)) + number
