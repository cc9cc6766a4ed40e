"""The events of a streamed response as a list that can be changed: left out, put in, given another payload, and the
edits of the body that this comes to."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from cassette_cli import framing
from cassette_cli.document.lens import Change
from cassette_cli.document.text import Edit, Span, changed, moved
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import Frame, Place


class Made(NamedTuple):
    """An event that the recording does not have so: spelled like a recorded one, with another payload."""

    like: Frame
    data: str


# What a stream may consist of: recorded frames as they stand (events, comments, blank lines) and events like them.
Item: TypeAlias = Frame | Made


def rewritten(exchange: Exchange, items: Sequence[Item]) -> list[Change]:
    """The edits that make the response's frames read as `items` say, one for each run of frames that differ; all text
    of frames that stay where they are stays. `items` may hold any of the exchange's frames, in any order.

    Raises CassetteError where the framing cannot hold a payload, and where nothing would be left.
    """
    content = exchange.content
    if content is None or exchange.framing is None:
        raise CassetteError("there is no response body whose events could change")
    if not items and exchange.frames:
        raise CassetteError("a stream cannot be left without any event")
    return [(content, edit) for edit in _edits(content.text, exchange.frames, exchange.framing, items)]


def _edits(body: Any, frames: Sequence[Frame], name: str, items: Sequence[Item]) -> Iterator[Edit[Any]]:
    write = framing.named(name).writer(body, frames)
    done = 0
    new: list[Any] = []
    for number, item in enumerate(items):
        place = Place(number == 0, number == len(items) - 1)
        if isinstance(item, Frame):
            start, end = item.span
            if done <= start and (item.data is None or place == Place(start == 0, end == len(body))):
                yield from _edit(body, Span(done, start), new)
                done, new = end, []
                continue
            new.append(body[start:end] if item.data is None else write(item, item.data, place))
        else:
            new.append(write(item.like, item.data, place))
    yield from _edit(body, Span(done, len(body)), new)


def _edit(body: Any, span: Span, new: Sequence[Any]) -> Sequence[Edit[Any]]:
    """What turns a stretch of the body into new frames."""
    before = body[span.start : span.end]
    return moved(changed(before, before[:0].join(new)), span.start)
