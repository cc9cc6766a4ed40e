"""The message that a run makes: text of the thread's messages, and calls of its steps.

https://platform.openai.com/docs/api-reference/messages/object, https://platform.openai.com/docs/api-reference/run-steps

    {"index": 0, "type": "text", "text": {"value": "Hel", "annotations": []}}
    {"index": 0, "id": "call_1", "type": "code_interpreter", "code_interpreter": {"input": "1+1", "outputs": []}}
    {"index": 1, "id": "call_2", "type": "function", "function": {"name": "add", "arguments": "{}"}}
"""

from collections.abc import Hashable

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Media, Route, ServerToolCallResponse, Unknown
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    PartKind,
    ReplyBuilder,
    at,
    int_at,
    list_at,
    text_at,
)
from cassette_cli.protocols.shared.media import of_url

# Where the text of a part of a message lies, by the part's type.
TEXTS: dict[str, tuple[PartKind, tuple[str, ...]]] = {
    "text": ("text", ("text", "value")),
    "refusal": ("refusal", ("refusal",)),
}
# Where the input of a call lies, and what the call gives, by its type; the client runs functions.
INPUTS = {"function": ("function", "arguments"), "code_interpreter": ("code_interpreter", "input")}
OUTPUTS = {"code_interpreter": "outputs", "file_search": "results"}
# Texts of a part as the reply names them.
FIELDS = {"text": "content", "refusal": "content", "tool_call": "arguments_text", "server_tool_call": "arguments_text"}


class MessageReader:
    """A message as it grows. Its pieces are told apart by the id of the message or step that they belong to, and
    their index in it."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder) -> None:
        self.out, self.message = out, message
        self._parts: dict[Hashable, PartBuilder] = {}
        self._places: dict[Hashable, int] = {}
        self._calls: dict[str, PartBuilder] = {}
        self._again: list[tuple[PartBuilder, int, str, Route]] = []
        self._outputs: dict[Hashable, list[Json]] = {}

    def content(self, event: int, id_: Json, content: Json, route: Route, *, whole: bool) -> None:
        """Take the content of a message, or pieces of it, that lies at `route` of the event's payload."""
        for place, item in enumerate(content if isinstance(content, list) else []):
            kind = text_at(item, "type") or ""
            key = _key("content", id_, item, place)
            if kind not in TEXTS:
                if key not in self._places:
                    self.message.put(key, _media(kind, item), (self._place(key),))
                continue
            part_kind, where = TEXTS[kind]
            part = self._part(key, part_kind, event)
            self._say(part, event, at(item, *where), (*route, place, *where), whole=whole)
            if not (whole and part.annotations):
                part.annotations.extend(list_at(item, "text", "annotations"))

    def calls(self, event: int, id_: Json, calls: Json, route: Route, *, whole: bool) -> None:
        """Take the calls of a step, or pieces of them; calls of functions come once more where they are required."""
        for place, call in enumerate(calls if isinstance(calls, list) else []):
            kind = text_at(call, "type") or ""
            key = _key("call", id_, call, place)
            part = self._call(key, event, call, kind)
            if name := text_at(call, "function", "name") if kind == "function" else kind:
                part.fields["name"] = name
            if kind in INPUTS:
                where = INPUTS[kind]
                self._say(part, event, at(call, *where), (*route, place, *where), whole=whole)
            found = list_at(call, kind, OUTPUTS.get(kind, "output"))
            self._outputs[key] = found if whole and found else [*self._outputs.get(key, ()), *found]

    def close(self) -> None:
        """Settle what came whole against what came in pieces, and what calls gave."""
        texts = {part: part.joined(FIELDS[part.kind]) for part, _, _, _ in self._again}
        for part, event, text, route in self._again:
            if text == texts[part]:
                part.echoes.append((event, FIELDS[part.kind], text, route))
            else:
                self.out.report(Code.DONE_DISAGREES, event, "what comes whole is not what came in pieces", once=part)
        for key, part in self._parts.items():
            if part.kind == "server_tool_call":
                self._close_call(key, part)

    def _close_call(self, key: Hashable, part: PartBuilder) -> None:
        """Code is no JSON, and a search has no input here."""
        kind = part.fields["kind"]
        part.arguments = part.joined("arguments_text") if kind in INPUTS else {}
        if found := self._outputs.get(key):
            response = ServerToolCallResponse(part.fields.get("id"), found, kind)
            self.message.put(("result", key), response, (self._places[key], 1))

    def _say(self, part: PartBuilder, event: int, text: Json, route: Route, *, whole: bool) -> None:
        if not isinstance(text, str) or not text:
            return
        if whole and part.pieces:
            self._again.append((part, event, text, route))
        else:
            part.add(event, FIELDS[part.kind], text, route)

    def _part(self, key: Hashable, kind: PartKind, event: int) -> PartBuilder:
        part = self._parts.get(key)
        if part is None or part.kind != kind:
            part = self._parts[key] = self.message.part((key, kind), kind, (self._place(key),))
            part.began = event
        return part

    def _call(self, key: Hashable, event: int, call: Json, kind: str) -> PartBuilder:
        id_ = text_at(call, "id") or None
        part = self._calls.get(id_) if id_ and key not in self._parts else None
        if part is None:
            part = self._part(key, "tool_call" if kind == "function" else "server_tool_call", event)
        part.fields["kind"] = kind
        if id_:
            part.fields["id"] = id_
            self._calls[id_] = part
        return part

    def _place(self, key: Hashable) -> int:
        """Parts stand in the order in which they begin."""
        return self._places.setdefault(key, len(self._places))


def _key(kind: str, id_: Json, item: Json, place: int) -> Hashable:
    index = int_at(item, "index")
    return kind, id_ if isinstance(id_, str) else None, place if index is None else index


def _media(kind: str, item: Json) -> Media | Unknown:
    url, file_id = text_at(item, "image_url", "url"), text_at(item, "image_file", "file_id")
    if kind == "image_url" and url is not None:
        return of_url("image", url)
    if kind == "image_file" and file_id is not None:
        return Media("image", uri=file_id)
    return Unknown(kind or None, item)
