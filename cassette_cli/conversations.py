"""What of a request is new: agents send the whole conversation with every request, and a reader has seen most of it.

Each turn is laid along a tree of all turns before it, part by part; as far as the way is already there it is known.
Replies are in the tree too, so a reply that the next request sends back is known. Parts are compared by what they
say: without ids, signatures, reasoning (often not sent back) and outer white space, and without regard to how they
are grouped into messages.
"""

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    Refusal,
    Reply,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)

# How clients send back reasoning to models that take it as text.
_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)


class Turn(NamedTuple):
    """A request and its reply; either is None where the interaction has none that a protocol can read."""

    prompt: Prompt | None
    reply: Reply | None


class Known(NamedTuple):
    """How many messages at the head of a prompt were there before, and the latest turn (counted from 0) that had
    them: of a prompt sent again the turn that sent it. 0 and None for a conversation that begins here. `but` names the
    fields beside what these messages say that differ from that turn's prompt: clients move their `cache_control`."""

    messages: int = 0
    since: int | None = None
    but: tuple[str, ...] = ()


class Conversations:
    """All ways that the turns so far have taken; a place is a number, 0 the beginning. What is kept of a turn is what
    it says and no turn said there before."""

    def __init__(self) -> None:
        self._next: dict[tuple[int, Hashable], int] = {}
        self._latest: list[int] = [0]
        self._ends: dict[int, int] = {}
        # Of each turn what its prompt's messages bear, by the place where they end.
        self._fields: list[Fields] = []

    def add(self, turn: Turn) -> Known:
        """Lay the next turn along the tree; what was there of its prompt. Linear in the size of the turn."""
        number = len(self._fields)
        place, found, seen = 0, Known(), True
        ends: list[int] = []
        self._fields.append(defaultdict(set))
        for count, message in enumerate(turn.prompt.messages if turn.prompt else (), start=1):
            since = found.since
            for step in _steps(message, message.role):
                seen = seen and (place, step) in self._next
                place = self._go(place, step)
                since = self._latest[place]
                self._latest[place] = number
            self._fields[number][place].update(_fields(message.extra))
            if seen and place:
                found = Known(count, since)
                ends.append(place)
        if turn.prompt and found.messages and found.messages == len(turn.prompt.messages):
            found = found._replace(since=self._ends.get(place, found.since))
        self._ends[place] = number
        for message in turn.reply.messages if turn.reply else ():
            end = place
            for step in _steps(message, "assistant"):
                end = self._go(end, step)
                self._latest[end] = number
        return found if found.since is None else found._replace(but=self._differing(found.since, number, ends))

    def _differing(self, before: int, now: int, ends: Iterable[int]) -> tuple[str, ...]:
        """The names of what two prompts bear otherwise at some places. What was a reply then is in no prompt."""
        old, new = self._fields[before], self._fields[now]
        return tuple(sorted({field.name for end in ends if end in old for field in old[end] ^ new[end]}))

    def _go(self, place: int, step: Hashable) -> int:
        """The place after a step, made where no turn has been there."""
        after = self._next.get((place, step))
        if after is None:
            after = self._next[place, step] = len(self._latest)
            self._latest.append(0)
        return after


class Field(NamedTuple):
    """A field of a message that has no name in `Message`, in it or in a part of it."""

    route: tuple[str, ...]
    name: str
    value: str


Fields: TypeAlias = defaultdict[int, set[Field]]


def _fields(extra: dict[str, Json] | None, route: tuple[str, ...] = ()) -> Iterator[Field]:
    """The fields of a message's `extra` that say something; those of its parts stand there under the part's number."""
    for name, value in (extra or {}).items():
        if isinstance(value, dict) and value and (name.isdigit() or all(key.isdigit() for key in value)):
            yield from _fields(value, (*route, name))
        elif value not in (None, "", [], {}):
            yield Field(route, name, _canonical(value))


def _steps(message: Message, role: str | None) -> Iterator[Hashable]:
    speaker = "assistant" if role == "model" else role
    for part in message.parts:
        what = said(part)
        if what is not None:
            # Providers disagree on the role of a tool's result: "tool", "user", "function".
            yield what if isinstance(part, ToolCallResponse) else (speaker, what)


def said(part: Part) -> Hashable:
    """What a part says, None for a part that says nothing or that clients do not always send back."""
    match part:
        case Text(content) | Refusal(content):
            return _THINKING.sub("", content).strip() or None
        case Reasoning():
            return None
        case ToolCall(_, name, arguments, text) | ServerToolCall(_, name, arguments, text):
            return "call", name, text.strip() if arguments is None else _canonical(arguments)
        case ToolCallResponse(_, response):
            return "result", response.strip() if isinstance(response, str) else tuple(map(said, response))
        case ServerToolCallResponse(_, response):
            return "server result", _canonical(response)
        case Media(modality, media_type, size, uri):
            return modality, media_type, size, uri
        case Unknown(kind, data):
            return kind, _canonical(data)


def _canonical(value: Json) -> str:
    """One text for equal JSON values."""
    return json.dumps(value, sort_keys=True)
