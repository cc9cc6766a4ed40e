"""What the lists of the catalogue share."""

import re
from collections.abc import Callable

from cassette_cli.redaction.rules import END, Category, Rule
from cassette_cli.redaction.validators import drawn

UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
# Base64 as it stands in a text, or in a URL.
B64 = "(?:[A-Za-z0-9+/]|%2[BbFf])"
PADDING = "(?:=|%3[Dd]){0,2}"
# What stands before the host of a URL, where something does; no path and no white space is passed over.
IN_URL = r"://[^\s/@\"<>`]{1,200}@"
# Where base64 ends.
END64 = "(?![A-Za-z0-9+/=_-])"


def key(
    id: str,
    prefixes: str,
    body: str,
    source: str,
    *,
    valid: Callable[[str], bool] = drawn,
    end: str = END,
    category: Category = Category.CREDENTIALS,
) -> Rule:
    """The rule for a key that begins with one of some prefixes (parted by spaces): its leads are those prefixes, and
    after its body comes nothing that keys are made of."""
    leads = tuple(prefixes.split())
    start = leads[0] if len(leads) == 1 else None
    pattern = re.escape(start) if start else f"(?:{'|'.join(map(re.escape, leads))})"
    # Atomic: a body that is too long is not tried again as a shorter one, which nothing could follow either.
    return Rule(id, f"{pattern}(?>{body}){end}", leads, category=category, valid=valid, source=source)
