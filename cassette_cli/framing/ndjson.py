"""JSON lines (NDJSON): one JSON object per line.

https://jsonlines.org, https://github.com/ndjson/ndjson-spec; streams of Ollama (https://docs.ollama.com/api/streaming)
and of Cohere's first chat API, batch files of OpenAI and Anthropic.

    {"model":"gemma3","message":{"role":"assistant","content":"Hel"},"done":false}
    {"model":"gemma3","message":{"role":"assistant","content":"lo"},"done":true,"done_reason":"stop"}

Only LF ends a line; white space around an object, a CR before the LF included, belongs to its frame, and so do blank
lines after it. The last line needs no end, so it is cut off where it is no whole object.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from json import JSONDecoder

from cassette_cli.anomalies import Code
from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.text import Edit, Span, moved
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import ContentLens, Fault, Frame, Place, Writer, as_text

NAME = "ndjson"
MEDIA_TYPES = frozenset(
    {
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-lines",
        "application/stream+json",  # Cohere
        "application/x-json-stream",
    }
)
BOM = "\ufeff"
BLANK = r"[ \t\r\n]"

# A first line (group 1) that is an object by its ends, and how a second begins (group 2). No JSON text has both, as
# after the end of an object no other can begin.
HEAD = re.compile(rf"\ufeff?{BLANK}*+(\{{[^\n]*\}})[ \t\r]*+(?:\n{BLANK}*+(\{{)?|\Z)")
# One object that is cut off in its first line, or no line at all.
BEGUN = re.compile(rf"\ufeff?{BLANK}*+(?:\{{[^\n]*+)?\Z")
# A line with the blank lines behind it (group 1: what is neither white space nor line end), or blank lines alone.
LINE = re.compile(rf"[ \t\r]*+([^\n]*[^ \t\r\n])[ \t\r]*+(?:\n{BLANK}*+|\Z)|{BLANK}++")
DECODER = JSONDecoder()

CUT_OFF: Fault = (Code.EVENT_NOT_CLOSED.value, "the last line is cut off, and clients fail on it or drop it")


def matches(media_type: str | None, body: str | bytes) -> bool:
    """Whether a body is two or more lines that are objects; under a media type of its own one is enough, whole or cut
    off, and so is nothing at all."""
    if not isinstance(body, str):
        return False
    head = HEAD.match(body)
    if head:
        return bool(head[2] or media_type in MEDIA_TYPES) and _is_object(head[1])
    return media_type in MEDIA_TYPES and BEGUN.match(body) is not None


def split(body: str | bytes) -> list[Frame]:
    """A frame per line that is not blank; blank lines before the first are a frame of their own."""
    text = body if isinstance(body, str) else body.decode()
    frames: list[Frame] = []
    start = number = 0
    for line in LINE.finditer(text, 1 if text.startswith(BOM) else 0):
        span = Span(start, line.end())
        start = line.end()
        if line[1] is None:
            frames.append(Frame(span))
        else:
            frames.append(Frame(span, number, line[1]))
            number += 1
    if start < len(text):  # a byte order mark and nothing else
        frames.append(Frame(Span(start, len(text))))
    if frames and _is_cut_off(text, frames[-1]):
        frames[-1] = frames[-1]._replace(closed=False, faults=(CUT_OFF,))
    return frames


def _is_cut_off(text: str, last: Frame) -> bool:
    ended = "\n" in text[last.span.start : last.span.end]
    return last.data is not None and not ended and not _is_object(last.data)


def _is_object(line: str) -> bool:
    try:
        value, end = DECODER.raw_decode(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and end == len(line)


def payload(body: ContentLens, frame: Frame) -> Lens[str]:
    """The lens of an event's line. Lifting raises CassetteError for a line break: no line can hold one."""
    outer, data = as_text(body), frame.data or ""
    begin = outer.text.index(data, frame.span.start)
    return Line(outer, begin, data)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The JSON of one line, without the white space around it."""

    outer: Lens[str]
    start: int
    text: str

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        if any("\n" in edit.new for edit in edits):
            raise CassetteError("a line of JSON lines cannot hold a line break")
        return [(self.outer, edit) for edit in moved(edits, self.start)]


def writer(body: str | bytes, frames: Sequence[Frame]) -> Writer:
    """A line with the white space of its model; only the last one may lack its end."""
    text = body if isinstance(body, str) else body.decode()
    ended = text.find("\n")
    line_end = "\r\n" if text[max(ended - 1, 0) : ended] == "\r" else "\n"
    around: dict[Span, tuple[str, str]] = {}

    def write(frame: Frame, data: str, place: Place) -> str:
        if "\n" in data:
            raise CassetteError("a line of JSON lines cannot hold a line break")
        if frame.span not in around:
            begin = text.index(frame.data or "", frame.span.start)
            before, after = text[frame.span.start : begin], text[begin + len(frame.data or "") : frame.span.end]
            around[frame.span] = before.removeprefix(BOM), after
        before, after = around[frame.span]
        if "\n" not in after and not place.last:
            after += line_end
        return (BOM if place.first and text.startswith(BOM) else "") + before + data + after

    return write
