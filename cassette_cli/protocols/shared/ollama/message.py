"""One message of Ollama's chat: of a request, of a plain reply, or a piece of one.

https://docs.ollama.com/api/chat, and ToolCall, Message in https://github.com/ollama/ollama/blob/main/api/types.go

    {"role": "assistant", "content": "", "thinking": "Hm",
     "tool_calls": [{"id": "call_1", "function": {"index": 0, "name": "add", "arguments": {"a": 2, "b": 3}}}]}
    {"role": "user", "content": "What is it?", "images": ["iVBORw0KGgo..."]}
"""

from collections.abc import Callable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Media, Route, Unknown
from cassette_cli.protocols.base import MessageBuilder, PartBuilder, ReplyBuilder, json_text, text_at, without
from cassette_cli.protocols.shared.media import of_base64

# Parts stand in this order, whatever came first.
REASONING, TEXT, MEDIA, CALLS = (0,), (1,), (2,), (3,)
# Of a call; `index` counts the calls of a message, which their order says already.
CALL_FIELDS, FUNCTION_FIELDS = ("id", "type", "function"), ("index", "name", "arguments")

Object: TypeAlias = dict[str, Json]


def images_of(images: Json) -> list[Media | Unknown]:
    """Images as parts; an image is base64 without a media type."""
    entries = images if isinstance(images, list) else [images]
    return [of_base64("image", entry) if isinstance(entry, str) else Unknown("image", entry) for entry in entries]


class MessageReader:
    """A message as it grows, piece by piece. Every piece names its role, and calls come whole."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder) -> None:
        self.out, self.message = out, message
        self._text: PartBuilder | None = None
        self._thought: PartBuilder | None = None
        self._calls = 0

    def read(self, event: int, value: Object, route: Route) -> None:
        """Take a message, or a piece of one, that lies at `route` of the event's payload."""
        role = self.message.role
        for name, item in value.items():
            if item and (name != "role" or item != role):
                READERS.get(name, MessageReader._other)(self, event, item, (*route, name))

    def _role(self, event: int, role: Json, route: Route) -> None:
        if not isinstance(role, str):
            self.message.keep("role", role)
        elif self.message.role is None:
            self.message.role = role

    def _write(self, event: int, text: Json, route: Route) -> None:
        if not isinstance(text, str):
            self.message.keep(str(route[-1]), text)
            return
        if self._text is None:
            self._text = self.message.part("text", "text", TEXT)
        self._text.pieces.append((event, "content", text, route))

    def _think(self, event: int, text: Json, route: Route) -> None:
        if not isinstance(text, str):
            self.message.keep("thinking", text)
            return
        if self._thought is None:
            self._thought = self.message.part("reasoning", "reasoning", REASONING)
        self._thought.pieces.append((event, "content", text, route))

    def _see(self, event: int, images: Json, route: Route) -> None:
        for place, image in enumerate(images_of(images)):
            self.message.put(("image", route, event, place), image, MEDIA)

    def _call(self, event: int, calls: Json, route: Route) -> None:
        if not isinstance(calls, list):
            self.message.keep("tool_calls", calls)
            return
        for place, call in enumerate(calls):
            if not isinstance(call, dict):
                self.message.keep("tool_calls", [call])
                continue
            function = call.get("function")
            part = self._open(event, call, function)
            arguments = function.get("arguments") if isinstance(function, dict) else None
            if isinstance(arguments, str):  # as Ollama's imitators send them
                if arguments:
                    part.add(event, "arguments_text", arguments, (*route, place, "function", "arguments"))
            elif arguments is not None:
                part.arguments = arguments
                part.add(event, "arguments_text", json_text(arguments), None)

    def _open(self, event: int, call: Object, function: Json) -> PartBuilder:
        part = self.message.part(("tool_call", self._calls), "tool_call", CALLS)
        part.began = event
        part.fields = {"id": text_at(call, "id") or None, "name": text_at(function, "name")}
        if part.fields["name"] is None:
            self.out.report(Code.NAME_MISSING, event, "a call names no function")
        rest = without(call, CALL_FIELDS) | without(function, FUNCTION_FIELDS)
        if rest:
            self.message.keep("tool_calls", {str(self._calls): rest})
        self._calls += 1
        return part

    def _other(self, event: int, item: Json, route: Route) -> None:
        self.message.keep(str(route[-1]), item)


# `response` is what generate calls its text.
READERS: dict[str, Callable[[MessageReader, int, Json, Route], None]] = {
    "role": MessageReader._role,
    "content": MessageReader._write,
    "response": MessageReader._write,
    "thinking": MessageReader._think,
    "images": MessageReader._see,
    "image": MessageReader._see,
    "tool_calls": MessageReader._call,
}
