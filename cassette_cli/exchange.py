"""From an interaction as recorded to what was said in it, and from the pieces of a reply back to their places.

down: Interaction > content > frames > events > Prompt and Reading
up:   Delta > JSON string of a payload (> base64 > JSON string ...) > frame > content > body > file
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice

from cassette_cli import framing, protocols
from cassette_cli.anomalies import Code
from cassette_cli.conversation import Anomaly, Channel, Delta, Json, Layer, Prompt, Reading, Reply, Route
from cassette_cli.document import from_json, scalar
from cassette_cli.document.encoding import base64_lens, utf8_lens
from cassette_cli.document.lens import Fixed, Joined, Lens
from cassette_cli.document.tree import Node, Scalar, Style, get, key_at
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import ContentLens, Frame, is_text
from cassette_cli.framing.encoding import Content, content
from cassette_cli.model import BodyLens, Header, Interaction, Request, Response, header_value, header_values
from cassette_cli.protocols.base import Call, Event, Events, Payload, ProtocolModule, parse_json

BOM = "\ufeff"
# The names of notes that are no anomaly: comments, and the fields that the specification of server-sent events has.
KNOWN_NOTES = frozenset({"", "id", "retry"})
# So many lines of an event that clients ignore are shown, each once, and so much of each.
LINES_SHOWN = 5
LINE_SHOWN = 160
# The field with which some servers end a stream that fails; no specification names it.
ERROR_FIELD = "error"
JSON_TYPE = re.compile(r"application/(?:[^/]+\+)?json")


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """An interaction understood.

    `request_content` and `content` are the bodies with content codings undone, None where there is no body; media
    types are in lower case, without parameters. `framing` and `frames` cut the response's content. `protocol`,
    `reading` and `ask` (which reads a request that has JSON) are None for HTTP that no protocol here knows. `faults`
    say why a body that is there cannot be read; it is then None, too.
    """

    interaction: Interaction
    request_content: ContentLens | None
    request_media_type: str | None
    content: ContentLens | None
    media_type: str | None
    framing: str | None
    frames: tuple[Frame, ...]
    streamed: bool
    protocol: str | None
    ask: Callable[[], Prompt] | None = field(compare=False, repr=False)
    reading: Reading | None
    anomalies: tuple[Anomaly, ...]
    faults: tuple[CassetteError, ...] = ()

    @cached_property
    def prompt(self) -> Prompt | None:
        """The request read, when it is first asked for: many do without."""
        return self.ask() if self.ask else None

    @property
    def reply(self) -> Reply | None:
        """The response reconstructed."""
        return self.reading.reply if self.reading else None


def exchange(interaction: Interaction) -> Exchange:
    """An interaction's bodies decoded, cut and read. Nothing in a recording makes it raise."""
    request, response = interaction.request, interaction.response
    faults: list[CassetteError] = []
    asked, answered = _content("request", request, faults), _content("response", response, faults)
    media_type = _media_type(response.headers)
    cut = framing.detect(media_type, answered.lens.text) if answered else None
    frames = tuple(cut.split(answered.lens.text)) if cut and answered else ()
    streamed = cut not in (None, framing.whole)
    events = events_of(frames)
    question, is_json = _json(asked)
    call = _call(interaction, question, events)
    protocol = protocols.detect(call)
    reading = read(protocol, response.status, frames, events, streamed=streamed) if protocol else None
    return Exchange(
        interaction=interaction,
        request_content=asked.lens if asked else None,
        request_media_type=_media_type(request.headers),
        content=answered.lens if answered else None,
        media_type=media_type,
        framing=cut.NAME if cut else None,
        frames=frames,
        streamed=streamed,
        protocol=protocol.NAME if protocol else None,
        ask=partial(_prompt, protocol, call) if protocol and is_json else None,
        reading=reading,
        anomalies=_in_order(
            [
                *_of_request(asked, _media_type(request.headers), is_json=is_json, expected=protocol is not None),
                *_of_body(response.body),
                *(Anomaly(Code.BODY_UNREADABLE.value, None, fault.message) for fault in faults),
                *_of_content("request", asked, streamed=False),
                *_of_content("response", answered, streamed=streamed),
                *_of_frames(frames),
                *_of_events(events, reading),
            ]
        ),
        faults=tuple(faults),
    )


def read(
    protocol: ProtocolModule, status: int | None, frames: Sequence[Frame], events: Sequence[Event], *, streamed: bool
) -> Reading:
    """What a protocol makes of the events of a response, and what their frames and its status add."""
    reading = protocol.read(events, streamed=streamed)
    if not streamed and (status or 0) >= 400:
        reading = _with_error(reading, events)
    return _with_error_field(reading, frames)


def _content(side: str, message: Request | Response, faults: list[CassetteError]) -> Content | None:
    """What a body says, None where there is none, or it is put into `faults` why it cannot be read."""
    body, headers = message.body, message.headers
    if body is None:
        return None
    try:
        return content(body, header_values(headers, "content-encoding"), header_value(headers, "content-type"))
    except CassetteError as error:
        faults.append(CassetteError(f"the {side}'s body cannot be read: {error.message}"))
        return None


def _media_type(headers: Sequence[Header]) -> str | None:
    value = header_value(headers, "content-type")
    return (value.partition(";")[0].strip().lower() or None) if value else None


def events_of(frames: Sequence[Frame]) -> Events:
    """The events of frames."""
    return Events(
        Payload(frame.number, frame.event, frame.data)
        for frame in frames
        if frame.number is not None and frame.data is not None
    )


def _json(asked: Content | None) -> tuple[Json, bool]:
    return parse_json(asked.lens.text.removeprefix(BOM)) if asked and is_text(asked.lens) else (None, False)


def _call(interaction: Interaction, question: Json, events: Sequence[Event]) -> Call:
    request = interaction.request
    first = next((event.value for event in events if event.is_json), None)
    return Call(request.method or "", request.url.text if request.url else "", question, first)


def _prompt(protocol: ProtocolModule, call: Call) -> Prompt:
    """The request read; a model that only the URL names is its model, too."""
    prompt = protocol.prompt(call.request)
    return prompt if prompt.model is not None else replace(prompt, model=call.model)


def _with_error(reading: Reading, events: Sequence[Event]) -> Reading:
    """A failed response that is a page or a line of text: that text is the error, unless the protocol has one."""
    for event in events:
        if not event.is_json and event.text.strip() and reading.reply.error is None:
            reply = replace(reading.reply, error=event.text)
            return replace(reading, reply=reply, used=reading.used | {event.number})
    return reading


def _with_error_field(reading: Reading, frames: Sequence[Frame]) -> Reading:
    """What a field named `error` says is the error, unless the protocol has one."""
    texts = (value for frame in frames for name, value in frame.notes if name == ERROR_FIELD)
    text = next(texts, None)
    if text is None or reading.reply.error is not None:
        return reading
    value, is_json = parse_json(text)
    return replace(reading, reply=replace(reading.reply, error=value if is_json else text))


def _of_request(asked: Content | None, media_type: str | None, *, is_json: bool, expected: bool) -> Iterator[Anomaly]:
    says_json = bool(JSON_TYPE.fullmatch(media_type)) if media_type else expected
    if says_json and asked and asked.lens.text.strip() and not is_json:
        yield Anomaly(Code.REQUEST_NOT_JSON.value, None, "the request's body is not JSON")


def _of_body(body: BodyLens | None) -> Iterator[Anomaly]:
    if body is not None and scalar.has_lost_line_ends(body):
        yield Anomaly(
            Code.LINE_ENDS_LOST.value, None, "the file keeps the body with CRLF, which any parser reads as LF"
        )


def _of_content(side: str, found: Content | None, *, streamed: bool) -> Iterator[Anomaly]:
    if found and not found.complete:
        code = Code.STREAM_CUT_OFF if streamed else Code.BODY_CUT_OFF
        codings = ", ".join(found.codings)
        yield Anomaly(code.value, None, f"the {codings} data of the {side}'s body is cut off or broken")


def _of_frames(frames: Sequence[Frame]) -> Iterator[Anomaly]:
    """What is wrong with the frames as such, whatever the protocol."""
    before = "before the first event"
    for frame in frames:
        where = before if frame.number is None else f"in event {frame.number}"
        yield from (Anomaly(code, frame.number, message) for code, message in frame.faults)
        ignored = dict.fromkeys(note for note in frame.notes if not _is_known(note[0]))
        if ignored:
            shown = " | ".join(_line(*note) for note in islice(ignored, LINES_SHOWN))
            shown += f" | … {len(ignored) - LINES_SHOWN:,} more" if len(ignored) > LINES_SHOWN else ""
            message = f"clients ignore what stands {where}: {shown}"
            yield Anomaly(Code.UNKNOWN_FIELD.value, frame.number, message)
        if not frame.closed and not frame.faults:
            message = "the stream ends before this event does, so clients that keep to the specification drop it"
            yield Anomaly(Code.EVENT_NOT_CLOSED.value, frame.number, message)
        if frame.number is not None:
            before = f"after event {frame.number}"


def _line(name: str, value: str) -> str:
    line = f"{name}: {value}" if value else name
    return line if len(line) <= LINE_SHOWN else f"{line[:LINE_SHOWN]}…"


def _is_known(note: str) -> bool:
    """Whether a note is no anomaly; headers of AWS event streams begin with a colon, which no name of a line does."""
    return note in KNOWN_NOTES or note.startswith(":")


def _of_events(events: Events, reading: Reading | None) -> Iterator[Anomaly]:
    """The protocol's anomalies, and the events that it made nothing of."""
    if reading is None:
        return
    yield from reading.anomalies
    known = reading.used.union(anomaly.event for anomaly in reading.anomalies if anomaly.event is not None)
    for event in events.others(known):
        if event.is_json:
            yield Anomaly(Code.UNKNOWN_EVENT.value, event.number, "the protocol has no such event")
        else:
            yield Anomaly(Code.DATA_NOT_JSON.value, event.number, "the event's data is not JSON")


def _in_order(anomalies: Sequence[Anomaly]) -> tuple[Anomaly, ...]:
    """By event, those of the whole response last; otherwise as they came."""
    return tuple(sorted(anomalies, key=lambda anomaly: (anomaly.event is None, anomaly.event or 0)))


class Strings:
    """The strings of a JSON text, each by its route. Lenses are made when asked for, and kept: a place has one lens,
    so that all edits of it meet there."""

    def __init__(self, text: Lens[str]) -> None:
        self._roots: dict[Route, Node] = {}
        self._lenses: dict[Route, Lens[str] | None] = {(): text}

    def lens_at(self, route: Route) -> Lens[str] | None:
        """The lens of the string at a route, None where none lies there; of the text itself for an empty route.

        Raises CassetteError where a text that the route leads into is not what its layer says.
        """
        if route not in self._lenses:
            self._lenses[route] = self._found(route)
        return self._lenses[route]

    def value_at(self, route: Route) -> tuple[Lens[str], Node] | None:
        """The JSON text that a route leads into, and the node of the value there, of any kind; None where none is.

        Raises CassetteError as `lens_at` does.
        """
        names = route[-1:] == (Layer.KEY,)
        base, keys = _last_text(route[:-1] if names else route)
        text = self.lens_at(base)
        if text is None:
            return None
        if base not in self._roots:
            self._roots[base] = from_json.parse(text.text)
        node = (key_at if names else get)(self._roots[base], *keys)
        return None if node is None else (text, node)

    def _found(self, route: Route) -> Lens[str] | None:
        if route[-1] is Layer.BASE64:
            outer = self.lens_at(route[:-1])
            return None if outer is None else utf8_lens(base64_lens(outer))
        found = self.value_at(route)
        if found is None:
            return None
        text, node = found
        return scalar.lens_of(text, node) if isinstance(node, Scalar) and node.style is Style.JSON_STRING else None


class Places:
    """Where the pieces of an exchange's reply lie, in one set of lenses. Make one of these per exchange and run of
    edits."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._frames = {frame.number: frame for frame in exchange.frames if frame.data is not None}
        self._payloads: dict[int, Strings] = {}
        self._channels: dict[Channel, list[Delta]] = defaultdict(list)
        for delta in exchange.reading.deltas if exchange.reading else ():
            self._channels[delta.channel].append(delta)

    def channels(self) -> Sequence[Channel]:
        """The channels of the reply, in the order in which they begin."""
        return list(self._channels)

    def payload(self, event: int) -> Lens[str] | None:
        """The lens of an event's payload, None where no event of this number has one."""
        return self.lens_at(event, ())

    def lens_of(self, delta: Delta) -> Lens[str] | None:
        """The lens of a piece, None where the payload does not hold it as a text of its own."""
        if delta.route is None:
            return None
        found = self.lens_at(delta.event, delta.route)
        if not delta.route and found is not None and found.text != delta.text:
            found = self.lens_at(delta.event, (Layer.JSON,))
        # A protocol may read a number, or make a text up: neither is a text that can be edited.
        return found if found is not None and found.text == delta.text else None

    def lens_at(self, event: int, route: Route) -> Lens[str] | None:
        """The lens of the text at a route of an event's payload, None where no string lies there."""
        strings = self._strings(event)
        return strings.lens_at(route) if strings else None

    def value_at(self, event: int, route: Route) -> tuple[Lens[str], Node] | None:
        """The JSON text that a route of an event's payload leads into, and the node of the value there."""
        strings = self._strings(event)
        return strings.value_at(route) if strings else None

    def _strings(self, event: int) -> Strings | None:
        if event not in self._payloads:
            content, frame, name = self._exchange.content, self._frames.get(event), self._exchange.framing
            if content is None or frame is None or name is None:
                return None
            self._payloads[event] = Strings(framing.named(name).payload(content, frame))
        return self._payloads[event]

    def deltas(self, channel: Channel) -> Sequence[Delta]:
        """The pieces of a channel, in order."""
        return self._channels.get(channel, ())

    def channel(self, channel: Channel) -> Joined[str]:
        """The lens of a channel's whole text; a piece that has no place of its own refuses edits."""
        pieces = ((self.lens_of(delta), delta.text) for delta in self.deltas(channel))
        return Joined(tuple(Fixed(text) if lens is None else lens for lens, text in pieces))


def _last_text(route: Route) -> tuple[Route, list[str | int]]:
    """The route of the JSON text that the last keys of a route lead through, and those keys."""
    keys: list[str | int] = []
    for place in reversed(range(len(route))):
        step = route[place]
        if isinstance(step, Layer):
            return route[:place], keys[::-1]
        keys.append(step)
    return (), keys[::-1]
