"""Noise of a stream, by name: what servers and proxies do to streams and clients stumble over. Opt-in, and after the
reply's texts were cut anew; numbers of events are then those of the new stream.

What changes the reply, or what a client may make of it, is `lossy`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cassette_cli import framing
from cassette_cli.anomalies import Code
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import Frame, Place
from cassette_cli.rechunking import sse_noise
from cassette_cli.rechunking.rules import rules_of

SSE, NDJSON, ARRAY, EVENTSTREAM = "sse", "ndjson", "json_array", "eventstream"
LINES = (SSE, NDJSON)
ANY = (SSE, NDJSON, ARRAY, EVENTSTREAM)
DONE = "[DONE]"


class Stream(NamedTuple):
    """A streamed body, and what it is."""

    body: Any
    framing: str
    protocol: str | None

    def frames(self) -> Sequence[Frame]:
        return framing.named(self.framing).split(self.body)

    def raw(self, frames: Iterable[Frame]) -> list[Any]:
        return [self.body[frame.span.start : frame.span.end] for frame in frames]


# Makes the body with the noise; the number is what follows the colon in its name. None: there is nothing to do here.
Make = Callable[[Stream, int], Any]


class Noise(NamedTuple):
    """`framings` are those that can have it, `brings` the anomalies that it makes. `takes` shows what follows its
    name."""

    name: str
    help: str
    make: Make
    framings: Sequence[str]
    lossy: bool = False
    brings: frozenset[Code] = frozenset()
    takes: str = ""

    @property
    def shown(self) -> str:
        return f"{self.name}:{self.takes}" if self.takes else self.name


class Asked(NamedTuple):
    """A noise as the command line asks for it."""

    noise: Noise
    number: int = 0

    @property
    def spec(self) -> str:
        return f"{self.noise.name}:{self.number}" if self.noise.takes else self.noise.name


def _text(change: Callable[[str], str]) -> Make:
    return lambda stream, _: change(stream.body)


def _line_ends(new: str) -> Make:
    def made(stream: Stream, _: int) -> Any:
        return stream.body.replace("\r\n", "\n").replace("\n", new) if stream.framing == NDJSON else ends(stream.body)

    ends = sse_noise.with_line_ends(new)
    return made


def _blank_lines(stream: Stream, _: int) -> Any:
    if stream.framing == SSE:
        return sse_noise.with_blank_lines(stream.body)
    return stream.body.replace("\n", "\n\n")


def _pings(stream: Stream, _: int) -> Any:
    ping = rules_of(stream.protocol).keepalive
    if ping is None:
        return None
    name, data = ping
    return sse_noise.with_pings(f"event: {name}\ndata: {data}\n\n")(stream.body)


def _without_done(stream: Stream, _: int) -> Any:
    frames = stream.frames()
    if not any(frame.data == DONE for frame in frames):
        return None
    return "".join(stream.raw(frame for frame in frames if frame.data != DONE))


def _cut_off(stream: Stream, number: int) -> Any:
    """The beginning of the body, to the middle of the event's payload."""
    frames = stream.frames()
    start, end = frames[_place(frames, number)].span
    return stream.body[: (start + end) // 2]


def _duplicate(stream: Stream, number: int) -> Any:
    frames = stream.frames()
    place = _place(frames, number)
    before, after = stream.raw(frames[: place + 1]), stream.raw(frames[place + 1 :])
    again = _write(stream, frames, frames[place], frames[place].data or "", last=not after)
    return stream.body[:0].join([*before, again, *after])


def _error(stream: Stream, number: int) -> Any:
    """The stream to the event, and an error in the place of the rest."""
    frames = stream.frames()
    place = _place(frames, number)
    name, data = rules_of(stream.protocol).error
    if stream.framing == SSE:
        end = sse_noise.line_end(stream.body)
        error = "".join(f"{line}{end}" for line in ([f"event: {name}"] if name else []) + [f"data: {data}", ""])
    else:
        error = _write(stream, frames, frames[place], data, last=True)
    return stream.body[:0].join([*stream.raw(frames[: place + 1]), error])


def _write(stream: Stream, frames: Sequence[Frame], like: Frame, data: str, *, last: bool) -> Any:
    return framing.named(stream.framing).writer(stream.body, frames)(like, data, Place(False, last))


def _place(frames: Sequence[Frame], number: int) -> int:
    """Where the event of this number stands among the frames. Raises CassetteError where there is none."""
    places = {frame.number: place for place, frame in enumerate(frames) if frame.number is not None}
    if number not in places:
        raise CassetteError(f"no event {number} here; there are 0 to {len(places) - 1}" if places else "no events here")
    return places[number]


# In the order in which they are made: what comes later finds what came before as part of the stream.
NOISES: list[Noise] = [
    Noise("no-done", "the stream ends without [DONE]", _without_done, [SSE], brings=frozenset({Code.DONE_MISSING})),
    Noise("duplicate", "event N comes twice", _duplicate, ANY, lossy=True, takes="N"),
    Noise("error", "an error of the provider after event N, and nothing more", _error, LINES, lossy=True, takes="N"),
    Noise("cut-off", "the stream breaks off in the middle of event N", _cut_off, ANY, lossy=True, takes="N"),
    Noise("pings", "keep-alive events, where the protocol has them", _pings, [SSE]),
    Noise("comments", "a comment before every event", _text(sse_noise.with_comments), [SSE]),
    Noise("multi-line-data", "JSON payloads on several data lines", _text(sse_noise.with_data_lines), [SSE]),
    Noise("id-lines", "an id line in every event", _text(sse_noise.with_ids), [SSE]),
    Noise("retry-lines", "a retry line at the beginning", _text(sse_noise.with_retry), [SSE]),
    Noise("blank-lines", "more blank lines than needed", _blank_lines, LINES),
    Noise("no-space", "data:x, without the space", _text(sse_noise.without_space), [SSE]),
    Noise("crlf", "lines end with CR LF", _line_ends("\r\n"), LINES),
    Noise("cr", "lines end with CR", _line_ends("\r"), [SSE]),
    Noise("bom", "a byte order mark at the beginning", _text(sse_noise.with_bom), LINES),
    Noise(
        "no-final-newline",
        "nothing behind the last line",
        _text(sse_noise.without_final_newline),
        LINES,
        brings=frozenset({Code.EVENT_NOT_CLOSED}),
    ),
]


def noises(specs: Iterable[str]) -> list[Asked]:
    """The noises that words of the command line ask for, commas between several, in the order in which they are made.
    Raises CassetteError for one that is none."""
    known = {noise.name: noise for noise in NOISES}
    asked = []
    for spec in (part.strip() for each in specs for part in each.split(",")):
        name, colon, number = spec.partition(":")
        if name not in known:
            raise CassetteError(f"no noise {spec!r}; there are {', '.join(noise.shown for noise in NOISES)}")
        if bool(known[name].takes) != (colon != "" and number.isdecimal()):
            raise CassetteError(f"--noise {spec}: write {known[name].shown}")
        asked.append(Asked(known[name], int(number or 0)))
    return sorted(asked, key=lambda each: NOISES.index(each.noise))


def noisy(stream: Stream, asked: Iterable[Asked]) -> tuple[Any, list[str]]:
    """A body with noises, and of those that it cannot have why not. Raises CassetteError for an event that is not
    there."""
    left_out = []
    for noise, number in asked:
        made = noise.make(stream, number) if stream.framing in noise.framings else None
        if made is None:
            whose = stream.protocol if stream.framing in noise.framings else stream.framing
            left_out.append(f"no {noise.name}: {whose} has none")
        else:
            stream = stream._replace(body=made)
    return stream.body, left_out


def brought(asked: Iterable[Asked]) -> Iterator[str]:
    """The anomalies that noises make."""
    for noise, _ in asked:
        yield from noise.brings
