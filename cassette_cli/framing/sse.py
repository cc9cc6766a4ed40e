"""Server-sent events, as the WHATWG specification parses them (no line end but CR, LF and CRLF; one space after the
colon belongs to the field; only a block with a `data` line dispatches an event).

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

    : OPENROUTER PROCESSING

    event: content_block_delta
    data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Hel"}}

    data: [DONE]

The specification throws away a last block that no blank line ends. A recording keeps what was received, and some
recorders strip the last line end, so such a block is a frame here, with its data and number, and `closed` False.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cassette_cli.document.lens import Change, Lens
from cassette_cli.document.text import Edit, Span, changed, splice
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import ContentLens, Frame, Place, Writer, as_text

NAME = "sse"
MEDIA_TYPE = "text/event-stream"
BOM = "\ufeff"
LINE_END = r"(?>\r\n?|\n)"


def _tokens(char: str, end: str) -> re.Pattern[str]:
    """One token is a usual event with its blank lines (groups: type, data), a line (group: line), or blank lines."""
    event = rf"(?:event: ?+({char}*+){end})?data: ?+({char}*+){end}[\r\n]++"
    return re.compile(rf"{event}|({char}++)(?:{end}|\Z)|[\r\n]++")


TOKENS = _tokens(r"[^\r\n]", LINE_END)
# The same for a body without CR, where the faster `.` does.
TOKENS_LF = _tokens(".", r"\n")
LINE_BREAK = re.compile(LINE_END)
LINE = re.compile(rf"([^\r\n]*+)({LINE_END}|\Z)")
# Before the first field: blank lines, comments, and the indentation that hand-made recordings have.
NOISE = re.compile(r"[ \t\r\n]++|:[^\r\n]*+")
# The fields that the specification names, and `error`, with which some servers end a stream.
FIELD = re.compile(r"(?:data|event|id|retry|error)(?::|[\r\n]|\Z)")
# A line of data. What looks like a data URL (RFC 2397) is none.
DATA_LINE = re.compile(r"(?:\A\ufeff?|[\r\n]) ?data:(?!\w+/)")


def matches(media_type: str | None, body: str | bytes) -> bool:
    """Whether a body begins as an event stream does. Under its own media type a body of comments alone, or of
    nothing, is one too, and one with a line of data anywhere; under any other a line of data is needed."""
    if not isinstance(body, str):
        return False
    start = len(BOM) if body.startswith(BOM) else 0
    while noise := NOISE.match(body, start):
        start = noise.end()
    begins = bool(FIELD.match(body, start))
    if media_type == MEDIA_TYPE and (begins or start == len(body)):
        return True
    return (begins or media_type == MEDIA_TYPE) and bool(DATA_LINE.search(body))


def split(body: str | bytes) -> list[Frame]:
    """The frames of an event stream: one per block, with the blank lines that end it; blank lines before the first
    block are a frame of their own."""
    text = body if isinstance(body, str) else body.decode()
    frames: list[Frame] = []
    fields: list[tuple[str, str]] = []  # of the block that is open
    start = number = 0
    for token in (TOKENS if "\r" in text else TOKENS_LF).finditer(text, 1 if text.startswith(BOM) else 0):
        event, data, line = token.groups()
        if line is not None:
            fields.append(_field(line))
            continue
        end = token.end()
        if data is not None and not fields:
            frame = Frame(Span(start, end), number, data, event or None)
        else:
            fields += [(name, value) for name, value in (("event", event), ("data", data)) if value is not None]
            frame = _frame(Span(start, end), number, fields)
            fields.clear()
        frames.append(frame)
        number += frame.number is not None
        start = end
    if start < len(text):
        frames.append(_frame(Span(start, len(text)), number, fields, ended=False))
    return frames


def _field(line: str) -> tuple[str, str]:
    """A line's name and value; a comment's name is empty."""
    name, _, value = line.partition(":")
    return name, value.removeprefix(" ")


def _frame(span: Span, number: int, fields: Sequence[tuple[str, str]], *, ended: bool = True) -> Frame:
    """The frame of a block. Its last `event` counts, and an `id` with NUL does not."""
    data: list[str] = []
    notes: list[tuple[str, str]] = []
    event = None
    for name, value in fields:
        if name == "data":
            data.append(value)
        elif name == "event":
            event = value or None
        elif name != "id" or "\0" not in value:
            notes.append((name, value))
    closed = ended or not any(name for name, _ in fields)
    if not data:
        return Frame(span, None, None, event, tuple(notes), closed)
    return Frame(span, number, "\n".join(data), event, tuple(notes), closed)


def payload(body: ContentLens, frame: Frame) -> Lens[str]:
    """The lens of an event's data. A newline put into it makes another `data` line, one taken out removes a line.

    Lifting raises CassetteError for a carriage return: no data can hold one.
    """
    return Payload(as_text(body), frame.span, frame.data or "")


class _Line(NamedTuple):
    """A `data` line: its value, where that begins in the joined data and in the body, and the spelling around it."""

    value: str
    offset: int
    start: int
    prefix: str
    end: str

    @property
    def stop(self) -> int:
        """Where the value ends in the body."""
        return self.start + len(self.value)

    def holding(self, value: str) -> str:
        """What follows the prefix in a line that holds another value: a colon or a space may be missing."""
        if self.prefix == "data" and value:
            return ": " + value
        return " " + value if self.prefix == "data:" and value.startswith(" ") else value


@dataclass(frozen=True, slots=True, eq=False)
class Payload:
    """The data of one event: the values of its `data` lines, joined by newlines."""

    outer: Lens[str]
    span: Span
    text: str

    @property
    def depth(self) -> int:
        return self.outer.depth + 1

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        if any("\r" in edit.new for edit in edits):
            raise CassetteError("the data of a server-sent event cannot hold a carriage return")
        body = self.outer.text
        groups = _grouped(edits, list(_data_lines(body, self.span)))
        return [(self.outer, edit) for lines, group in groups for edit in _lifted(body, lines, group)]


def _data_lines(body: str, span: Span) -> Iterator[_Line]:
    offset = 0
    for found in LINE.finditer(body, span.start + (span.start == 0 and body.startswith(BOM)), span.end):
        name, value = _field(found[1])
        if name == "data":
            start = found.end(1) - len(value)
            yield _Line(value, offset, start, body[found.start() : start], found[2])
            offset += len(value) + 1


def _grouped(edits: Sequence[Edit[str]], lines: Sequence[_Line]) -> Iterator[tuple[Sequence[_Line], list[Edit[str]]]]:
    """Runs of lines that edits join, each with its edits."""
    offsets = [line.offset for line in lines]
    groups: list[tuple[int, int, list[Edit[str]]]] = []
    for edit in edits:
        first, last = (bisect_right(offsets, place) - 1 for place in edit.span)
        begin, end, held = groups.pop() if groups and first <= groups[-1][1] else (first, last, [])
        groups.append((begin, max(end, last), held))
        held.append(edit)
    return ((lines[begin : end + 1], held) for begin, end, held in groups)


def _lifted(body: str, lines: Sequence[_Line], edits: Sequence[Edit[str]]) -> Iterator[Edit[str]]:
    """The edits of a run of lines as edits of the body."""
    first, last = lines[0], lines[-1]
    text = "\n".join(line.value for line in lines)
    values = splice(text, [_moved(edit, -first.offset) for edit in edits]).split("\n")
    if len(lines) == len(values) == 1:
        if lead := first.holding(values[0]).removesuffix(values[0]):
            yield Edit(Span(first.start, first.start), lead)
        yield from (_moved(edit, first.start - first.offset) for edit in edits)
        return
    for line, value in zip(lines, values, strict=False):
        yield from (_moved(edit, line.start) for edit in changed(line.value, line.holding(value)))
    for line in lines[len(values) :]:
        yield Edit(Span(_end_of_line_before(body, line), line.stop), "")
    for value in values[len(lines) :]:
        yield Edit(Span(last.stop, last.stop), _line_end(body, last) + last.prefix + last.holding(value))


class _Model(NamedTuple):
    """How an event is spelled: the text before its data, its first line, how lines end, and what follows."""

    head: str
    line: _Line
    line_end: str
    tail: str
    closed: bool


def writer(body: str | bytes, frames: Sequence[Frame]) -> Writer:
    """A block with the lines of its model, `event` and `id` included; only the last one may lack its end."""
    text = body if isinstance(body, str) else body.decode()
    models: dict[Span, _Model] = {}

    def write(frame: Frame, data: str, place: Place) -> str:
        if "\r" in data:
            raise CassetteError("the data of a server-sent event cannot hold a carriage return")
        model = models.get(frame.span)
        if model is None:
            model = models[frame.span] = _model(text, frame)
        values = [model.line.holding(value) for value in data.split("\n")]
        joined = (model.line_end + model.line.prefix).join(values)
        ended = model.tail if model.closed or place.last else model.tail.rstrip("\r\n") + 2 * model.line_end
        return (BOM if place.first and text.startswith(BOM) else "") + model.head + joined + ended

    return write


def _model(body: str, frame: Frame) -> _Model:
    lines = list(_data_lines(body, frame.span))
    first, last = lines[0], lines[-1]
    # Other lines may stand between those of the data.
    stretches = [(one.stop + len(one.end), other.start - len(other.prefix)) for one, other in pairwise(lines)]
    head = body[frame.span.start : first.start - len(first.prefix)].removeprefix(BOM)
    head += "".join(body[begin:end] for begin, end in stretches) + first.prefix
    return _Model(head, first, _line_end(body, first), body[last.stop : frame.span.end], frame.closed)


def _moved(edit: Edit[str], by: int) -> Edit[str]:
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.new)


def _end_of_line_before(body: str, line: _Line) -> int:
    begin = line.start - len(line.prefix)
    return begin - (2 if body.endswith("\r\n", 0, begin) else 1)


def _line_end(body: str, line: _Line) -> str:
    """How a line ends; for one that the body's end cuts off, how the body's first line does."""
    found = LINE_BREAK.search(body)
    return line.end or (found[0] if found else "\n")
