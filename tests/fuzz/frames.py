"""Laws of the framings for any bytes: frames tile the body, an edit of a payload changes that payload, and what is
written like frames reads as these frames."""

from base64 import b64decode, b64encode
from functools import partial
from random import Random
from typing import Any

from cassette_cli.document import from_json
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import splice
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.framing import eventstream, json_array, ndjson, sse
from cassette_cli.framing.base import ContentLens, Frame, Framing, Place
from cassette_cli.model import BodyLens

from .drawn import edits_of

# What the numbered frames of a body say.
Events = list[tuple[str | None, str | None]]


def check(framing: Framing, media_type: str, data: bytes, random: Random) -> None:
    """All laws, for a body that may have this framing."""
    binary = framing is eventstream
    source = Source(b64encode(data).decode() if binary else data.decode("utf-8", "replace"))
    body: BodyLens = base64_lens(source) if binary else source
    if not framing.matches(media_type, body.text):
        return
    frames = framing.split(body.text)
    _check_tiles(body, frames)
    events = [frame for frame in frames if frame.data is not None]
    if events:
        _check_edit(framing, source, body, frames, random)
        _check_writer(framing, body.text, frames)


def _check_tiles(body: ContentLens, frames: list[Frame] | Any) -> None:
    ends = [0, *(frame.span.end for frame in frames)]
    assert [frame.span.start for frame in frames] == ends[:-1]
    assert ends[-1] == len(body.text)
    numbers = [frame.number for frame in frames if frame.number is not None]
    assert numbers == list(range(len(numbers)))
    assert all((frame.number is None) == (frame.data is None) for frame in frames)


def _check_edit(framing: Framing, source: Source, body: ContentLens, frames: Any, random: Random) -> None:
    frame = random.choice([frame for frame in frames if frame.data is not None])
    lens = framing.payload(body, frame)
    assert lens.text == frame.data
    edits = edits_of(lens.text, random)
    try:
        after = splice(source.text, lift_all([(lens, edit) for edit in edits]))
    except InternalError:
        raise
    except CassetteError:
        return
    meant = splice(lens.text, edits)
    if _is_event(framing, meant):
        expected = _events(frames)
        expected[frame.number] = (frame.event, meant)
        assert _events(framing.split(b64decode(after) if framing is eventstream else after)) == expected


def _check_writer(framing: Framing, body: str | bytes, frames: Any) -> None:
    write = framing.writer(body, frames)
    last = len(frames) - 1
    written = [
        body[slice(*frame.span)] if frame.data is None else write(frame, frame.data, Place(place == 0, place == last))
        for place, frame in enumerate(frames)
    ]
    assert _events(framing.split(body[:0].join(written))) == _events(frames)  # type: ignore[arg-type]


def _events(frames: Any) -> Events:
    return [(frame.event, frame.data) for frame in frames if frame.number is not None]


def _is_event(framing: Framing, text: str) -> bool:
    """Whether a text can be an event's; in bodies that are JSON around the events it must be what they are."""
    if framing is ndjson:
        return bool(text) and text == text.strip(" \t\r\n") and not text.startswith("\ufeff")
    if framing is json_array:
        try:
            from_json.parse(text)
        except CassetteError:
            return False
        return text.startswith("{") and text.endswith("}")
    return True


TARGETS = {
    "sse": partial(check, sse, sse.MEDIA_TYPE),
    "eventstream": partial(check, eventstream, eventstream.MEDIA_TYPE),
    "ndjson": partial(check, ndjson, "application/x-ndjson"),
    "json_array": partial(check, json_array, "application/json"),
}
