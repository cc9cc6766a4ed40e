"""What a protocol is: it reads a request into a Prompt, and the events of a response, streamed or whole, into a Reply.

Protocol modules work on parsed JSON of any shape: real payloads hold null, objects and lists where the documentation
shows something else, and a reading never raises. `at` and `ReplyBuilder` carry that.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, Protocol, TypeAlias
from urllib.parse import unquote

from cassette_cli.anomalies import Code
from cassette_cli.conversation import (
    Anomaly,
    Channel,
    Delta,
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reading,
    Reasoning,
    Refusal,
    Reply,
    Route,
    ServerToolCall,
    Text,
    ToolCall,
    Unknown,
    Usage,
)
from cassette_cli.model import split_url
from cassette_cli.protocols.shared.events import Event, Events, Payload, numbers
from cassette_cli.protocols.shared.json_values import (
    all_finite,
    at,
    follow,
    int_at,
    json_text,
    list_at,
    parse_json,
    same_json,
    text_at,
    tool_arguments,
    without,
)

# Protocol modules import what they need from here.
__all__ = [
    "AT_END",
    "FIELDS",
    "Call",
    "Event",
    "Events",
    "MessageBuilder",
    "PartBuilder",
    "PartKind",
    "Payload",
    "ProtocolModule",
    "ReplyBuilder",
    "all_finite",
    "at",
    "follow",
    "int_at",
    "json_text",
    "list_at",
    "parse_json",
    "same_json",
    "text_at",
    "tool_arguments",
    "without",
]


# Models in paths, decoded: Bedrock's (an ARN may hold slashes), Google's, Replicate's and Hugging Face's (which bear
# their owner's name), Azure's deployments, Cloudflare's.
MODEL = re.compile(
    r"/model/(.+)/[\w-]+/?$|/models/([^/:]+):\w+$|/models/((?!chat/)[^/]+/[^/]+)(?:/predictions)?/?$"
    r"|/deployments/([^/]+/[^/]+)/predictions/?$|/deployments/([^/]+)/|/ai/run/(.+?)/?$"
)

# https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html
BEDROCK = re.compile(r"/model/.+/(?:invoke|converse)")


@dataclass(frozen=True, slots=True)
class Call:
    """What tells protocols apart: method, URL as recorded ("" where none), the request's JSON (None where there is
    none) and the JSON of the response's first event that has any. `path` is the URL's, without query; all of a URL
    that cannot be split (an open bracket)."""

    method: str
    url: str
    request: Json
    response: Json
    path: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", split_url(self.url).path)

    @property
    def on_bedrock(self) -> bool:
        """Whether AWS Bedrock wraps what other protocols say: there the path decides, not the shape."""
        return BEDROCK.search(self.path) is not None

    @property
    def model(self) -> str | None:
        """The model that the path names, None where it names none."""
        found = MODEL.search(unquote(self.path))
        return found[found.lastindex] if found and found.lastindex else None


class ProtocolModule(Protocol):
    """A module of this folder."""

    NAME: str

    def matches(self, call: Call) -> bool:
        """Whether this protocol is spoken; at most one says yes, by path and shape of the bodies, not by host."""

    def prompt(self, request: Json) -> Prompt:
        """The request's JSON read into messages, tools and parameters."""

    def read(self, events: Sequence[Event], *, streamed: bool) -> Reading:
        """The response read; never raises."""


PartKind = Literal["text", "reasoning", "refusal", "audio", "tool_call", "server_tool_call"]

# The texts that a part of each kind may have, in the words of `conversation.Channel`.
FIELDS: dict[PartKind, tuple[str, ...]] = {
    "text": ("content", "signature"),
    "reasoning": ("content", "signature", "encrypted"),
    "refusal": ("content",),
    "audio": ("transcript",),
    "tool_call": ("arguments_text", "signature"),
    "server_tool_call": ("arguments_text", "signature"),
}


# A piece of one of a part's texts: event, field, text, and its place in the event.
Piece: TypeAlias = tuple[int, str, str, Route | None]


class PartBuilder:
    """A part of a reply that grows event by event. `fields` are those of the part that come whole (id, name ...),
    `began` is the event that opened it. `copies` are pieces that an event says twice, `echoes` places that hold a
    text whole once more; both as in `conversation.Reading`."""

    def __init__(self, kind: PartKind) -> None:
        self.kind = kind
        self.began: int | None = None
        self.fields: dict[str, Json] = {}
        self.annotations: list[Json] = []
        self.pieces: list[Piece] = []
        self.copies: list[Piece] = []
        self.echoes: list[Piece] = []
        self.arguments: Json = None

    def add(self, event: int, field: str, text: str, route: Route | None) -> None:
        """Append a piece of one of the part's texts, which FIELDS names."""
        self.pieces.append((event, field, text, route))

    def joined(self, field: str) -> str:
        """All pieces of one of the part's texts so far."""
        return "".join([text for _, name, text, _ in self.pieces if name == field])

    def build(self) -> Part:
        """The part as it stands."""
        signature = self.joined("signature") or None
        if self.kind == "text":
            return Text(self.joined("content"), tuple(self.annotations), signature)
        if self.kind == "refusal":
            return Refusal(self.joined("content"))
        if self.kind == "reasoning":
            return Reasoning(self.joined("content"), signature, self.joined("encrypted") or None)
        if self.kind == "audio":
            return Media("audio", **self.fields, transcript=self.joined("transcript") or None)
        text = self.joined("arguments_text")
        id_, name = self.fields.get("id"), self.fields.get("name")
        arguments = tool_arguments(text) if self.arguments is None else self.arguments
        if self.kind == "tool_call":
            return ToolCall(id_, name, arguments, text, signature)
        return ServerToolCall(id_, name, arguments, text, self.fields.get("kind"), signature)


# The order of parts that belong behind all others.
AT_END = (1 << 30,)


class MessageBuilder:
    """A message of a reply that grows event by event."""

    def __init__(self) -> None:
        self.role: str | None = None
        self.finish_reason: str | None = None
        self.extra: dict[str, Json] = {}
        self._parts: dict[Hashable, tuple[tuple[int, ...], PartBuilder | Part]] = {}

    def part(self, key: Hashable, kind: PartKind, order: tuple[int, ...] = ()) -> PartBuilder:
        """The part of this key, made where it is not there yet (or is of another kind). Parts are sorted by
        `order`, those with the same order by when they came."""
        found = self._parts.get(key)
        if found and isinstance(found[1], PartBuilder) and found[1].kind == kind:
            return found[1]
        builder = PartBuilder(kind)
        self._parts[key if found is None else (key, kind, len(self._parts))] = (order, builder)
        return builder

    def put(self, key: Hashable, part: Part, order: tuple[int, ...] = ()) -> None:
        """A part that came whole (media, a server tool's result, something unknown)."""
        self._parts[key] = (order, part)

    def keep(self, name: str, value: Json) -> None:
        """Keep a field that has no name here in `extra`. Over several events lists grow, objects merge, and other
        values become a list where they change: nothing is lost."""
        self.extra[name] = _kept(self.extra.get(name), value)

    def parts(self) -> list[PartBuilder | Part]:
        """The parts, grown or whole, in their order."""
        return [part for _, part in sorted(self._parts.values(), key=itemgetter(0))]


def _kept(old: Json, new: Json, depth: int = 3) -> Json:
    """`old` (a value made here, or None) with `new` kept beside it. Copies what it takes over, so that no payload
    is ever changed, and grows its own lists in place, so that a long stream costs no more than its length. What
    lies deeper than `depth` is taken as it is."""
    if depth and isinstance(new, dict) and (old is None or isinstance(old, dict)):
        merged = {} if old is None else old
        for name, item in new.items():
            merged[name] = _kept(merged.get(name), item, depth - 1)
        return merged
    if old is None:
        return list(new) if isinstance(new, list) else new
    if not isinstance(old, list):
        if same_json(old, new):
            return old
        old = [old]
    if isinstance(new, list):
        old.extend(new)
    elif not old or not same_json(old[-1], new):
        old.append(new)
    return old


class ReplyBuilder:
    """Collects what the events of one response bring, and closes with a Reading whose deltas, joined by channel,
    are the texts of its reply by construction."""

    def __init__(self) -> None:
        self.id: str | None = None
        self.model: str | None = None
        self.usage: Usage | None = None
        self.error: Json = None
        self.complete = True
        self._messages: dict[int, MessageBuilder] = {}
        self._anomalies: list[Anomaly] = []
        self._said: set[tuple[Code, Hashable]] = set()
        self._used: set[int] = set()

    def use(self, event: int) -> None:
        """Say that an event was understood: it brought something, or is known to carry nothing."""
        self._used.add(event)

    def use_all(self, events: Iterable[Event]) -> None:
        """Say it of many: a reader that names every event it does not understand may say it of all."""
        self._used.update(numbers(events))

    def report(self, code: Code, event: int | None, message: str, *, once: Hashable = None) -> None:
        """Name something that clients stumble over; with `once`, only the first time for that code and key."""
        if once is not None:
            if (code, once) in self._said:
                return
            self._said.add((code, once))
        self._anomalies.append(Anomaly(code.value, event, message))

    def unknown(self, event: Event) -> None:
        """Keep an event that no rule covers, whole, as a part at the end of the first message, and name it: its
        payload is no JSON, or JSON that the protocol does not know. [DONE], which gateways add, says nothing."""
        if event.text.strip() == "[DONE]":
            self.report(Code.DONE_UNEXPECTED, event.number, "[DONE] is no event of this protocol, nor is it JSON")
            return
        if event.is_json:
            kind = event.type or text_at(event.value, "type") or text_at(event.value, "object")
            self.report(Code.UNKNOWN_EVENT, event.number, f"the protocol has no such event: {kind or 'unnamed'}")
        else:
            kind = event.type
            self.report(Code.DATA_NOT_JSON, event.number, "the event's data is not JSON")
        data = event.value if event.is_json else event.text
        self.message().put(("event", event.number), Unknown(kind, data), AT_END)

    def message(self, index: int = 0) -> MessageBuilder:
        """The message of this index (choice, candidate), made where it is not there yet."""
        return self._messages.setdefault(index, MessageBuilder())

    def messages(self) -> list[tuple[int, MessageBuilder]]:
        """All messages so far, by index."""
        return sorted(self._messages.items())

    def build(self) -> Reading:
        """The reading as it stands; names arguments that do not parse."""
        messages: list[Message] = []
        deltas: list[Delta] = []
        copies: list[Delta] = []
        echoes: list[Delta] = []
        for place, (_, message) in enumerate(self.messages()):
            parts = []
            for number, part in enumerate(message.parts()):
                parts.append(self._close(part))
                if isinstance(part, PartBuilder):
                    channels = {field: Channel(place, number, field) for field in FIELDS[part.kind]}
                    deltas += _deltas(part.pieces, channels)
                    copies += _deltas(part.copies, channels)
                    echoes += _deltas(part.echoes, channels)
            messages.append(Message(message.role, tuple(parts), message.finish_reason, message.extra or None))
        return Reading(
            reply=Reply(
                id=self.id,
                model=self.model,
                messages=tuple(messages),
                usage=self.usage,
                error=self.error,
                complete=self.complete,
            ),
            deltas=tuple(sorted(deltas, key=itemgetter(0))),
            echoes=tuple(sorted(echoes, key=itemgetter(0))),
            copies=tuple(sorted(copies, key=itemgetter(0))),
            anomalies=tuple(sorted(self._anomalies, key=lambda found: (found.event is None, found.event or 0))),
            used=frozenset(self._used),
        )

    def _close(self, part: PartBuilder | Part) -> Part:
        if not isinstance(part, PartBuilder):
            return part
        built = part.build()
        if isinstance(built, ToolCall | ServerToolCall) and built.arguments is None:
            last = part.pieces[-1][0] if part.pieces else None
            if parse_json(built.arguments_text) != (None, True):
                self.report(Code.ARGUMENTS_NOT_JSON, last, f"the arguments of {built.name} are not JSON")
        return built


def _deltas(pieces: Iterable[Piece], channels: dict[str, Channel]) -> list[Delta]:
    return [Delta(event, channels[field], text, route) for event, field, text, route in pieces]
