"""Noise of server-sent events: other spellings of the same stream, each a function from text to text.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation says that none of them
changes what is dispatched.
"""

import re
from collections.abc import Callable

from cassette_cli.framing import sse
from cassette_cli.framing.base import Frame

COMMENT = ": keep-alive"
RETRY = "retry: 3000"
# A ping comes after the first event, and then after so many.
PING_EVERY = 4
# The space after the colon, where leaving it out leaves the value as it is.
SPACE = re.compile(r"((?:\A\ufeff?|[\r\n])[A-Za-z]+:) (?! )")


def line_end(text: str) -> str:
    """How the lines of a stream end; CRLF, LF or CR."""
    found = sse.LINE_BREAK.search(text)
    return found[0] if found else "\n"


def with_line_ends(new: str) -> Callable[[str], str]:
    """Every line ends so."""
    return lambda text: sse.LINE_BREAK.sub(new, text)


def without_space(text: str) -> str:
    """`data:x` for `data: x`."""
    return SPACE.sub(r"\1", text)


def with_comments(text: str) -> str:
    """A comment before every event."""
    end = line_end(text)
    return _each(text, lambda raw, frame: f"{COMMENT}{end}{end}{raw}" if frame.number is not None else raw)


def with_blank_lines(text: str) -> str:
    """A blank line before the first event, and one more after each."""
    end = line_end(text)
    return _bom_first(text, end) + _each(_without_bom(text), lambda raw, frame: raw + end if frame.closed else raw)


def with_data_lines(text: str) -> str:
    """The payload of an event that is a JSON object on three lines: its braces stand alone."""
    end = line_end(text)

    def broken(raw: str, frame: Frame) -> str:
        data = frame.data or ""
        if not (data.startswith("{") and data.endswith("}") and "\n" not in data and raw.count(data) == 1):
            return raw
        prefix = "data: "
        return raw.replace(data, f"{{{end}{prefix}{data[1:-1]}{end}{prefix}}}")

    return _each(text, broken)


def with_ids(text: str) -> str:
    """An `id` line in every event that has none."""
    end = line_end(text)

    def marked(raw: str, frame: Frame) -> str:
        has_id = frame.number is None or any(name == "id" for name, _ in frame.notes)
        return raw if has_id else f"id: {frame.number}{end}{raw}"

    return _bom_first(text, "") + _each(_without_bom(text), marked)


def with_retry(text: str) -> str:
    """The time after which to connect again, at the beginning."""
    end = line_end(text)
    return _bom_first(text, f"{RETRY}{end}{end}") + _without_bom(text)


def with_bom(text: str) -> str:
    """A byte order mark at the beginning, which belongs to nothing."""
    return sse.BOM + _without_bom(text)


def without_final_newline(text: str) -> str:
    """No line end behind the last line."""
    return text.rstrip("\r\n")


def with_pings(ping: str) -> Callable[[str], str]:
    """A keep-alive event after the first event and then after every few; `ping` is a block, lines ended by LF."""

    def pinged(text: str) -> str:
        block = ping.replace("\n", line_end(text))

        def after(raw: str, frame: Frame) -> str:
            return raw + block if frame.closed and frame.number is not None and frame.number % PING_EVERY == 0 else raw

        return _each(text, after)

    return pinged


def _each(text: str, change: Callable[[str, Frame], str]) -> str:
    return "".join(change(text[frame.span.start : frame.span.end], frame) for frame in sse.split(text))


def _without_bom(text: str) -> str:
    return text.removeprefix(sse.BOM)


def _bom_first(text: str, lead: str) -> str:
    return (sse.BOM if text.startswith(sse.BOM) else "") + lead
