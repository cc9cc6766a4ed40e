"""Replies of Cohere's chat, version 1. The last line of a stream says all of it once more.

https://docs.cohere.com/v1/docs/streaming, https://docs.cohere.com/v1/reference/chat-stream

    {"is_finished":false,"event_type":"stream-start","generation_id":"a7cd"}
    {"is_finished":false,"event_type":"text-generation","text":"Hel"}
    {"is_finished":false,"event_type":"tool-calls-chunk","tool_call_delta":{"index":0,"name":"add"}}
    {"is_finished":false,"event_type":"tool-calls-chunk","tool_call_delta":{"index":0,"parameters":"{\\"a\\""}}
    {"is_finished":false,"event_type":"tool-calls-generation","tool_calls":[{"name":"add","parameters":{"a":2}}]}
    {"is_finished":false,"event_type":"citation-generation","citations":[{"start":0,"end":3,"text":"Hel",...}]}
    {"is_finished":true,"event_type":"stream-end","finish_reason":"COMPLETE","response":{"text":"Hello",
     "generation_id":"a7cd","chat_history":[...],"meta":{"tokens":{...},"billed_units":{...}}}}

A plain reply is what the last line has as `response`.
"""

from collections.abc import Callable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Route
from cassette_cli.protocols.base import (
    Event,
    MessageBuilder,
    PartBuilder,
    Piece,
    ReplyBuilder,
    at,
    int_at,
    json_text,
    list_at,
    parse_json,
    same_json,
    text_at,
)
from cassette_cli.protocols.shared.cohere import usage_of
from cassette_cli.protocols.shared.errors import error_of

TEXT, CALLS = (0,), (1,)
# What a reply says of its search, kept as it is.
SEARCH = ("search_queries", "search_results", "documents", "is_search_required")
# Fields of a whole reply that are read, or that repeat the request.
FIELDS = {"text", "generation_id", "response_id", "chat_history", "tool_calls", "citations", "finish_reason", "meta"}

Object: TypeAlias = dict[str, Json]


class ReplyReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self.ended = False
        self._text: PartBuilder | None = None
        self._calls: list[PartBuilder] = []
        self._text_again: list[Piece] = []
        self._calls_again: tuple[int | None, list[Json]] = (None, [])
        self._cited = False

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, _, _, value, _ = event
        self.last = number
        kind = text_at(value, "event_type")
        read = READERS.get(kind) if kind else None
        if self.ended:
            self.out.report(Code.EVENT_AFTER_END, number, "an event comes after stream-end", once=self)
        if read:
            read(self, number, value)
        elif kind is None and text_at(value, "text") is not None:
            self._whole(number, value, ())
        elif kind is None and (error := error_of(value)):
            self._fail(number, error)
        elif event.is_json or (self.streamed and event.text.strip()):
            self.out.unknown(event)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        self._compare()
        if self.streamed:
            self.out.complete = self.ended
            if not self.out.messages() and self.out.error is None:
                self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
            elif not self.ended and self.out.error is None:
                self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before stream-end")
        return self.out.build()

    def _now(self) -> MessageBuilder:
        message = self.out.message()
        message.role = "assistant"
        return message

    def _fail(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed or self.out.messages():
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")

    def _start(self, number: int, value: Object) -> None:
        self.out.id = text_at(value, "generation_id")
        self._now()

    def _write(self, number: int, value: Object) -> None:
        self._say(number, value.get("text"), ("text",))

    def _say(self, number: int, text: Json, route: Route) -> None:
        if not isinstance(text, str):
            if text is not None:
                self._now().keep("text", text)
        elif text:
            if self._text is None:
                self._text = self._now().part("text", "text", TEXT)
            self._text.pieces.append((number, "content", text, route))

    def _call_piece(self, number: int, value: Object) -> None:
        """A piece of the text before the calls, or of a call."""
        self._say(number, value.get("text"), ("text",))
        delta = value.get("tool_call_delta")
        if not isinstance(delta, dict):
            return
        self._say(number, delta.get("text"), ("tool_call_delta", "text"))
        index = int_at(delta, "index")
        if index is None:
            self.out.report(Code.INDEX_MISSING, number, "a call has no index", once=self)
            index = max(len(self._calls) - 1, 0)
        part = self._calls[index] if index < len(self._calls) else self._open(number)
        if name := text_at(delta, "name"):
            part.fields["name"] = name
        text = delta.get("parameters")
        if isinstance(text, str) and text:
            part.add(number, "arguments_text", text, ("tool_call_delta", "parameters"))
        elif text:
            part.add(number, "arguments_text", json_text(text), None)

    def _open(self, number: int) -> PartBuilder:
        part = self._now().part(("tool_call", len(self._calls)), "tool_call", CALLS)
        part.began = number
        self._calls.append(part)
        return part

    def _calls_whole(self, number: int, value: Object) -> None:
        self._all_calls(number, list_at(value, "tool_calls"))
        self._all_text(number, value.get("text"), ("text",))

    def _all_calls(self, number: int, calls: list[Json]) -> None:
        """All calls for the first time, or once more."""
        if self._calls:
            self._calls_again = (number, calls)
            return
        for call in calls:
            part = self._open(number)
            part.fields["name"] = text_at(call, "name")
            part.arguments = at(call, "parameters")
            if part.arguments is not None:
                part.add(number, "arguments_text", json_text(part.arguments), None)

    def _all_text(self, number: int, text: Json, route: Route) -> None:
        """All of the text for the first time, or once more."""
        if self._text is None:
            self._say(number, text, route)
        elif isinstance(text, str):
            self._text_again.append((number, "content", text, route))

    def _compare(self) -> None:
        """What came whole with what came in pieces: once, at the end."""
        text = self._text.joined("content") if self._text else ""
        for piece in self._text_again:
            if self._text and piece[2] == text:
                self._text.echoes.append(piece)
            else:
                self.out.report(
                    Code.DONE_DISAGREES, piece[0], "the text is not the one that came in pieces", once="text"
                )
        number, calls = self._calls_again
        meant = [(part.fields.get("name"), parse_json(part.joined("arguments_text"))[0]) for part in self._calls]
        if calls and not same_json(meant, [(text_at(call, "name"), at(call, "parameters")) for call in calls]):
            self.out.report(Code.DONE_DISAGREES, number, "the calls are not those that came in pieces", once="calls")

    def _cite(self, number: int, value: Object) -> None:
        if self._text is None:
            self._now().keep("citations", list_at(value, "citations"))
        else:
            self._text.annotations.extend(list_at(value, "citations"))
        self._cited = True

    def _search(self, number: int, value: Object) -> None:
        for name in SEARCH:
            if value.get(name):
                self._now().keep(name, value[name])

    def _debug(self, number: int, value: Object) -> None:
        self._now().keep("debug", [value.get("prompt")])

    def _end(self, number: int, value: Object) -> None:
        self.ended = True
        message = self._now()
        response = value.get("response")
        if isinstance(response, dict):
            self._whole(number, response, ("response",))
        message.finish_reason = text_at(value, "finish_reason") or message.finish_reason
        if message.finish_reason is None:
            self.out.report(Code.FINISH_REASON_MISSING, number, "the message has no finish reason")
        if error := value.get("error"):
            self._fail(number, error_of({"error": error}))

    def _whole(self, number: int, reply: Object, route: Route) -> None:
        """A plain reply, or the one with which a stream ends."""
        message = self._now()
        self._all_text(number, reply.get("text"), (*route, "text"))
        self._all_calls(number, list_at(reply, "tool_calls"))
        self._history(number, list_at(reply, "chat_history"), (*route, "chat_history"))
        if not self._cited and reply.get("citations"):
            self._cite(number, reply)
        self.out.id = self.out.id or text_at(reply, "generation_id")
        message.finish_reason = text_at(reply, "finish_reason") or None
        if reply.get("meta"):
            self.out.usage = usage_of(reply["meta"])
        for name, item in reply.items():
            if name not in FIELDS and item is not None and name not in message.extra:
                message.keep(name, item)

    def _history(self, number: int, history: list[Json], route: Route) -> None:
        """The conversation, of which only the reply is new."""
        place = len(history) - 1
        if text_at(history, place, "role") == "CHATBOT" and self._text:
            self._all_text(number, at(history, place, "message"), (*route, place, "message"))


READERS: dict[str, Callable[[ReplyReader, int, Object], None]] = {
    "stream-start": ReplyReader._start,
    "text-generation": ReplyReader._write,
    "tool-calls-chunk": ReplyReader._call_piece,
    "tool-calls-generation": ReplyReader._calls_whole,
    "citation-generation": ReplyReader._cite,
    "search-queries-generation": ReplyReader._search,
    "search-results": ReplyReader._search,
    "debug": ReplyReader._debug,
    "stream-end": ReplyReader._end,
}
