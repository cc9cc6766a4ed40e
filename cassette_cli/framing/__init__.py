"""The framings that are known, and which of them a body has."""

from cassette_cli.framing import eventstream, json_array, ndjson, sse, whole
from cassette_cli.framing.base import Framing

# Most specific first. The last takes any body.
FRAMINGS: list[Framing] = [eventstream, sse, ndjson, json_array, whole]


def detect(media_type: str | None, body: str | bytes) -> Framing:
    """The framing of a body whose content codings are undone; `media_type` as Framing.matches wants it."""
    return next((framing for framing in FRAMINGS if framing.matches(media_type, body)), whole)


def named(name: str) -> Framing:
    """The framing of this name. Raises KeyError where there is none."""
    return {framing.NAME: framing for framing in FRAMINGS}[name]
