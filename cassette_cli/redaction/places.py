"""Secrets known by their place: what headers, query parameters and fields hold, by their names.

As important as the names that count are those that do not: `token` is a piece of text to a model, and `max_tokens` a
number.
"""

import re
from functools import lru_cache

from cassette_cli.header_classes import RATE_LIMITS
from cassette_cli.redaction import place_names
from cassette_cli.redaction.place_names import OPAQUE, RATE_LIMIT, REQUEST_ID, TOKEN, Place

__all__ = ["BY_NAME", "OPAQUE", "Place", "field", "header", "query"]

HEADERS = {name: place for place, names in place_names.HEADERS for name in names}
QUERY = {name: place for place, names in place_names.QUERY for name in names}
FIELDS = [(re.compile(rf"(?:{ends})\d{{0,2}}\Z"), place) for place, ends in place_names.FIELDS]
NEVER = re.compile("|".join(place_names.NEVER))
# Everything that is known by its name.
BY_NAME = [*HEADERS.values(), *QUERY.values(), *(place for _, place in FIELDS), RATE_LIMIT]

# Headers that no list has, by how their names end.
HEADER_END = re.compile(
    r"(?:^|-)(?:api-?key|access-?key|secret|password|passwd|(?:auth|access|api|session|bearer|security)-?token)\Z"
)
# Headers that number a request.
REQUEST_END = re.compile(r"(?:^|-)(?:req(?:uest)?|trace|correlation|invocation|inference)-?id\Z")
SIGNS = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=4096)
def header(name: str) -> Place | None:
    """What a header holds, by its name."""
    low = name.lower()
    found = HEADERS.get(low)
    if found is None and RATE_LIMITS.search(low):
        return RATE_LIMIT
    if found is None and REQUEST_END.search(low):
        return REQUEST_ID
    return TOKEN if found is None and HEADER_END.search(low) else found


@lru_cache(maxsize=4096)
def field(name: str) -> Place | None:
    """What a field of JSON, of a form or of a line of text holds, by its name."""
    low = SIGNS.sub("", name.lower())
    if NEVER.search(low):
        return None
    return next((place for ends, place in FIELDS if ends.search(low)), None)


@lru_cache(maxsize=4096)
def query(name: str) -> Place | None:
    """What a parameter of a URL holds, by its name."""
    return QUERY.get(SIGNS.sub("", name.lower())) or field(name)
