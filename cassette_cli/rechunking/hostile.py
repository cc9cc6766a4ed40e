"""The cuts that break stream parsers: first an empty piece, then one boundary after the other where something is still
open, white space for itself, and empty pieces in between."""

import re
from collections.abc import Iterator

# Where a character of a JSON text is spelled by several: \n, and \u0041, of which two may be one letter (a surrogate
# pair). The boundaries are behind the backslash, in the middle of the digits, and between the two halves.
ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
NUMBER = re.compile(r"-?[0-9][0-9.eE+-]+")
KEY = re.compile(r'"([^"\\]{2,})"\s*:')
# What belongs to the character before it: combining marks, variation selectors, skin tones, joiners with what follows.
MARK = re.compile(r"[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.?")
SPACE = re.compile(r"\s+")
# Text goes on in pieces of so many characters where nothing is in the way.
LONGEST = 24
# An empty piece follows so many others.
EMPTY_AFTER = 6


def hostile(text: str, *, is_json: bool) -> list[str]:
    """The pieces of a text, empty ones among them."""
    places = sorted({place for place in _boundaries(text, is_json=is_json) if 0 < place < len(text)})
    pieces = [""]
    start = 0
    for end in [*places, len(text)]:
        for begin in range(start, end, LONGEST):
            pieces.append(text[begin : min(begin + LONGEST, end)])
            if len(pieces) % EMPTY_AFTER == 0:
                pieces.append("")
        start = end
    return pieces if pieces[-1] else [*pieces[:-1]] if len(pieces) > 1 else pieces


def _boundaries(text: str, *, is_json: bool) -> Iterator[int]:
    for space in SPACE.finditer(text):
        yield from space.span()
        if text.startswith("\r\n", space.start()):
            yield space.start() + 1
    for mark in MARK.finditer(text):
        yield from range(mark.start(), mark.end())
    for number in NUMBER.finditer(text):
        yield number.start() + 1
        yield number.end() - 1
    if is_json:
        for escape in ESCAPE.finditer(text):
            start, end = escape.span()
            yield from (start + 1, end, *((start + 2, start + 4) if end - start > 2 else ()))
        for key in KEY.finditer(text):
            start, end = key.span(1)
            yield (start + end) // 2
