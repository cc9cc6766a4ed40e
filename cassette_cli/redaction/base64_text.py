"""Base64 that stands for a text: files that are sent along, pages of configuration, wrapped events."""

import base64
import re
from collections.abc import Iterator

from cassette_cli.document.text import Span
from cassette_cli.redaction.first_look import FirstLook
from cassette_cli.redaction.pieces import DATA_URL

# The first bytes of a text in ASCII leave few characters for each fourth place: RFC 4648, 4.
TEXT_START = re.compile(r"(?:[CDI-Za-f][A-Za-z0-9+/]{3}){6}[A-Za-z0-9+/\s]*={0,2}\s*\Z")
# The same in the middle of a text. There every fourth place has to be one of those few characters.
WITHIN = re.compile(
    r"(?<![A-Za-z0-9+/_=-])(?:[CDI-Za-f][A-Za-z0-9+/]{3}){6,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/_=-])"
)
# Where a text may hold either.
MAY_BE = re.compile(
    r"[^A-Za-z0-9+/](?:[CDI-Za-f][A-Za-z0-9+/]{3}){6}"
    r"|\"data:(?!image|audio|video|font)[\w./+-]*(?:;[\w=-]+)*;base64,"
)
LOOK = FirstLook(r"[^A-Za-z0-9+/](?:[CDI-Za-f][A-Za-z0-9+/]{3}){6}|\"data:[^,]*;base64,")
# What comes after this is no text, whatever it looks like.
MEDIA = re.compile(r"data:(?:image|audio|video|font)/[\w.+-]*(?:;[\w=-]+)*;base64,\Z")
LONGEST_TYPE = 80
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")


def may_be_in(raw: str) -> bool:
    """Whether a text may hold base64 of a text, in itself or in a JSON string of it."""
    return LOOK.may_hold(raw) and MAY_BE.search(raw) is not None


def decoded(value: str) -> tuple[str, Span] | None:
    """The text that a value stands for in base64, by itself or in a data URL, and where the base64 lies in the value;
    None where it stands for none."""
    if value.startswith("data:"):
        found = DATA_URL.fullmatch(value)
        if not found or found["type"].startswith(("image/", "audio/", "video/", "font/")):
            return None
        span = Span(*found.span("data"))
    elif len(value) >= 24 and TEXT_START.match(value):
        span = Span(0, len(value))
    else:
        return None
    text = _text(value[span.start : span.end])
    return None if text is None else (text, span)


def within(value: str) -> Iterator[tuple[str, Span]]:
    """The texts that stand in base64 in the middle of another text, and where."""
    for found in WITHIN.finditer(value):
        start = found.start()
        text = None if MEDIA.search(value, max(0, start - LONGEST_TYPE), start) else _text(found[0])
        if text is not None:
            yield text, Span(*found.span())


def _text(coded: str) -> str | None:
    try:
        text = base64.b64decode(re.sub(r"\s+", "", coded), validate=True).decode()
    except ValueError:
        return None
    return None if CONTROL.search(text) else text
