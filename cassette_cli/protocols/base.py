"""What a protocol is: it reads a request into a Prompt, and the events of a response, streamed or whole, into a Reply.

Protocol modules work on parsed JSON of any shape: real payloads hold null, objects and lists where the documentation
shows something else, and a reading never raises. `at` and `ReplyBuilder` carry that.
"""

import json
from collections.abc import Hashable, Iterable, Sequence
from typing import Literal, NamedTuple, Protocol
from urllib.parse import urlsplit

from cassette_cli.anomalies import Code
from cassette_cli.conversation import (
    Anomaly,
    Channel,
    Delta,
    Json,
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
    Usage,
)


class Event(NamedTuple):
    """One event of a response, its payload parsed. A response that is not streamed is a single event.

    `value` is the payload's JSON value; where the payload is not JSON `is_json` is False and `value` is None.
    """

    number: int
    type: str | None
    text: str
    value: Json
    is_json: bool


class Call(NamedTuple):
    """What tells protocols apart: method, URL as recorded ("" where none), the request's JSON (None where there is
    none) and the JSON of the response's first event that has any."""

    method: str
    url: str
    request: Json
    response: Json

    @property
    def path(self) -> str:
        """The URL's path, without query."""
        return urlsplit(self.url).path


class ProtocolModule(Protocol):
    """A module of this folder."""

    NAME: str

    def matches(self, call: Call) -> bool:
        """Whether this protocol is spoken; at most one says yes, by path and shape of the bodies, not by host."""

    def prompt(self, request: Json) -> Prompt:
        """The request's JSON read into messages, tools and parameters."""

    def read(self, events: Sequence[Event], *, streamed: bool) -> Reading:
        """The response read; never raises."""


def at(value: Json, *route: str | int) -> Json:
    """What lies at a route of keys and indexes of a JSON value, None where the shape is another."""
    for step in route:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and -len(value) <= step < len(value) else None
    return value


def text_at(value: Json, *route: str | int) -> str | None:
    """The string at a route, None for anything else."""
    found = at(value, *route)
    return found if isinstance(found, str) else None


def int_at(value: Json, *route: str | int) -> int | None:
    """The whole number at a route, None for anything else (true and false are no numbers)."""
    found = at(value, *route)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def list_at(value: Json, *route: str | int) -> list[Json]:
    """The list at a route, an empty one for anything else."""
    found = at(value, *route)
    return found if isinstance(found, list) else []


def without(value: Json, names: Iterable[str]) -> dict[str, Json]:
    """An object less some of its fields; an empty one for anything that is no object."""
    dropped = set(names)
    return {key: item for key, item in value.items() if key not in dropped} if isinstance(value, dict) else {}


def parse_json(text: str) -> tuple[Json, bool]:
    """A JSON text's value, and whether it is JSON at all. Never raises."""
    try:
        return json.loads(text), True
    except (ValueError, RecursionError):
        return None, False


def tool_arguments(text: str) -> Json:
    """The JSON value of a call's argument text; {} for no text, None where it does not parse."""
    return parse_json(text)[0] if text.strip() else {}


PartKind = Literal["text", "reasoning", "refusal", "tool_call", "server_tool_call"]


class PartBuilder:
    """A part of a reply that grows event by event. `fields` are those of the part that come whole (id, name ...)."""

    def __init__(self, kind: PartKind) -> None:
        self.kind = kind
        self.fields: dict[str, Json] = {}
        self.annotations: list[Json] = []
        self.pieces: list[tuple[int, str, str, Route | None]] = []
        self.arguments: Json = None

    def add(self, event: int, field: str, text: str, route: Route | None) -> None:
        """Append a piece of one of the part's texts: "content", "arguments_text", "signature" or "encrypted"."""
        self.pieces.append((event, field, text, route))

    def joined(self, field: str) -> str:
        """All pieces of one of the part's texts so far."""
        return "".join(text for _, name, text, _ in self.pieces if name == field)

    def build(self) -> Part:
        """The part as it stands."""
        if self.kind == "text":
            return Text(self.joined("content"), tuple(self.annotations))
        if self.kind == "refusal":
            return Refusal(self.joined("content"))
        if self.kind == "reasoning":
            texts = {name: self.joined(name) or None for name in ("signature", "encrypted")}
            return Reasoning(self.joined("content"), **texts)
        text = self.joined("arguments_text")
        id_, name = self.fields.get("id"), self.fields.get("name")
        arguments = tool_arguments(text) if self.arguments is None else self.arguments
        if self.kind == "tool_call":
            return ToolCall(id_, name, arguments, text)
        return ServerToolCall(id_, name, arguments, text, self.fields.get("kind"))


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

    def parts(self) -> list[PartBuilder | Part]:
        """The parts, grown or whole, in their order."""
        return [part for _, part in sorted(self._parts.values(), key=lambda entry: entry[0])]


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
        self._used: set[int] = set()

    def use(self, event: int) -> None:
        """Say that an event was understood: it brought something, or is known to carry nothing."""
        self._used.add(event)

    def report(self, code: Code, event: int | None, message: str) -> None:
        """Name something that clients stumble over."""
        self._anomalies.append(Anomaly(code.value, event, message))

    def message(self, index: int = 0) -> MessageBuilder:
        """The message of this index (choice, candidate), made where it is not there yet."""
        return self._messages.setdefault(index, MessageBuilder())

    def messages(self) -> list[tuple[int, MessageBuilder]]:
        """All messages so far, by index."""
        return sorted(self._messages.items())

    def build(self) -> Reading:
        """The reading as it stands; names arguments that do not parse."""
        messages, deltas = [], []
        for place, (_, message) in enumerate(self.messages()):
            parts = []
            for number, part in enumerate(message.parts()):
                parts.append(self._close(part))
                if isinstance(part, PartBuilder):
                    deltas += [
                        Delta(event, Channel(place, number, field), text, route)
                        for event, field, text, route in part.pieces
                    ]
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
            deltas=tuple(sorted(deltas, key=lambda delta: delta.event)),
            anomalies=tuple(
                sorted(self._anomalies, key=lambda found: (found.event is None, found.event or 0))
            ),
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
