"""A JSON array that is sent piece by piece: what Gemini's streamGenerateContent answers without `alt=sse`.

https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent

    [{"candidates": [{"content": {"parts": [{"text": "Hel"}]}}]}
    ,
    {"candidates": [{"content": {"parts": [{"text": "lo"}]}, "finishReason": "STOP"}]}
    ]

Each element is an event. Its frame begins with the bracket or comma before it; what comes after the last element
belongs to the last frame. Any other API's array is one answer, so the shape of the first element decides.
"""

import re
from collections.abc import Sequence
from json import JSONDecoder

from cassette_cli.document.lens import Lens, Slice
from cassette_cli.document.text import Span
from cassette_cli.framing.base import ContentLens, Frame, Place, Writer, as_text

NAME = "json_array"

# What stands before an element, and what may follow the last one.
LEAD = re.compile(r"\ufeff?[ \t\r\n]*+\[?+[ \t\r\n,]*+")
END = re.compile(r"[ \t\r\n]*+\][ \t\r\n]*+\Z")
OBJECTS = re.compile(r"\ufeff?[ \t\r\n]*+\[[ \t\r\n]*+(?=\{)")
# How the first element begins, for a body that ends before that element does.
BEGINNING = re.compile(
    r'\{\s*+"(?:candidates"\s*+:\s*+\[\s*+\{\s*+"content|usageMetadata|promptFeedback)"\s*+:\s*+[\[{]'
)
DECODER = JSONDecoder()
# What Google puts between two elements.
COMMA = "\n,\r\n"


def matches(media_type: str | None, body: str | bytes) -> bool:
    """Whether a body is an array, whole or cut off, whose first element is a piece of a Gemini answer."""
    start = OBJECTS.match(body) if isinstance(body, str) else None
    if start is None or not isinstance(body, str):
        return False
    try:
        first, _ = DECODER.raw_decode(body, start.end())
    except (ValueError, RecursionError):
        return BEGINNING.match(body, start.end()) is not None
    return _is_piece(first)


def _is_piece(value: dict[str, object]) -> bool:
    candidates = value.get("candidates")
    if isinstance(candidates, list) and candidates:
        first = candidates[0]
        return isinstance(first, dict) and ("content" in first or "finishReason" in first)
    return isinstance(value.get("usageMetadata"), dict) or isinstance(value.get("promptFeedback"), dict)


def split(body: str | bytes) -> list[Frame]:
    """A frame per element. An element that is cut off is the last frame, as it stands; the last frame is `closed`
    where the array is."""
    text = body if isinstance(body, str) else body.decode()
    frames: list[Frame] = []
    start = 0
    while start < len(text):
        begin = _lead(text, start)
        try:
            _, end = DECODER.raw_decode(text, begin)
        except (ValueError, RecursionError):
            break
        frames.append(Frame(Span(start, end), len(frames), text[begin:end]))
        start = end
    return _ended(text, start, frames)


def _lead(text: str, start: int) -> int:
    """Where the element begins whose frame begins at `start`."""
    found = LEAD.match(text, start)
    return found.end() if found else start


def _ended(text: str, start: int, frames: list[Frame]) -> list[Frame]:
    """The frames with what is left of the body after the last whole element."""
    begin = _lead(text, start)
    if END.match(text, start):
        frames[-1] = frames[-1]._replace(span=Span(frames[-1].span.start, len(text)))
    elif begin < len(text):
        frames.append(Frame(Span(start, len(text)), len(frames), text[begin:], closed=False))
    else:
        frames[-1] = frames[-1]._replace(span=Span(frames[-1].span.start, len(text)), closed=False)
    return frames


def payload(body: ContentLens, frame: Frame) -> Lens[str]:
    """The element, as it stands in the body."""
    outer = as_text(body)
    begin = _lead(outer.text, frame.span.start)
    return Slice(outer, Span(begin, begin + len(frame.data or "")))


def writer(body: str | bytes, frames: Sequence[Frame]) -> Writer:
    """An element behind the bracket or the comma that its place wants, spelled as those of the body are."""
    text = body if isinstance(body, str) else body.decode()
    opening = text[: _lead(text, 0)]
    comma = text[frames[1].span.start : _lead(text, frames[1].span.start)] if len(frames) > 1 else COMMA
    last = frames[-1]
    closing = text[_lead(text, last.span.start) + len(last.data or "") :]

    def write(frame: Frame, data: str, place: Place) -> str:
        return (opening if place.first else comma) + data + (closing if place.last else "")

    return write
