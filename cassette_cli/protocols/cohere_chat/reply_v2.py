"""Replies of Cohere's chat, version 2.

https://docs.cohere.com/docs/streaming, https://docs.cohere.com/docs/tool-use-streaming

    {"type": "message-start", "id": "dd27", "delta": {"message": {"role": "assistant", "content": [], ...}}}
    {"type": "content-start", "index": 0, "delta": {"message": {"content": {"type": "thinking", "thinking": ""}}}}
    {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"thinking": "Hm"}}}}
    {"type": "content-end", "index": 0}
    {"type": "tool-plan-delta", "delta": {"message": {"tool_plan": "I will add."}}}
    {"type": "tool-call-start", "index": 0, "delta": {"message": {"tool_calls": {"id": "add_1", "type": "function",
                                                      "function": {"name": "add", "arguments": ""}}}}}
    {"type": "tool-call-delta", "index": 0, "delta": {"message": {"tool_calls": {"function": {"arguments": "{"}}}}}
    {"type": "citation-start", "index": 0, "delta": {"message": {"citations": {"start": 3, "end": 8, ...}}}}
    {"type": "message-end", "delta": {"finish_reason": "TOOL_CALL", "usage": {...}}}
    [DONE]

The tool plan is reasoning: newer models send the same words as a thinking block.
"""

from collections.abc import Callable

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading
from cassette_cli.protocols.base import Event, ReplyBuilder, at, same_json, text_at, without
from cassette_cli.protocols.cohere_chat import message_v2
from cassette_cli.protocols.cohere_chat.message_v2 import MESSAGE, MessageReader, Object
from cassette_cli.protocols.shared.cohere import usage_of
from cassette_cli.protocols.shared.errors import error_of

# Of a plain reply; all others are kept.
FIELDS = ("id", "message", "finish_reason", "usage")


class ReplyReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self.ended = False
        self._message: MessageReader | None = None
        self._messages = 0

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, _, _, value, _ = event
        self.last = number
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            self._without_type(event)
            return
        if self.ended and kind != "message-start":
            self.out.report(Code.EVENT_AFTER_END, number, f"{kind} comes after message-end", once=self)
        read = message_v2.READERS.get(kind)
        if read:
            read(self._message or self._now(number), number, value)
        elif kind in READERS:
            READERS[kind](self, number, value)
        else:
            self.out.unknown(event)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        if self._message:
            self._message.close(self.last, ended=self.ended, failed=self.out.error is not None)
        if self.streamed:
            self.out.complete = self.ended
            if self._message is None and self.out.error is None:
                self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
            elif not self.ended and self.out.error is None:
                self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before message-end")
        return self.out.build()

    def _without_type(self, event: Event) -> None:
        """A plain reply, an error, [DONE], or something unknown."""
        number, value = event.number, event.value
        if isinstance(at(value, "message"), dict):
            self._whole(number, value)
        elif error := error_of(value):
            self._fail(number, error)
        elif event.is_json or (self.streamed and event.text.strip() not in ("", "[DONE]")):
            self.out.unknown(event)

    def _fail(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed or self._message:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")

    def _now(self, number: int) -> MessageReader:
        """The message that grows now; made where the stream did not begin one."""
        if self._message is None:
            self.out.report(Code.MESSAGE_START_MISSING, number, "content comes before any message-start")
            return self._open()
        return self._message

    def _open(self) -> MessageReader:
        self._message = MessageReader(self.out, self.out.message(self._messages), streamed=self.streamed)
        self._messages += 1
        return self._message

    def _start(self, number: int, value: Object) -> None:
        if self._message:
            self.out.report(Code.SECOND_MESSAGE_START, number, "a second message begins in the same reply")
            self._message.close(number, ended=self.ended, failed=False)
        self.ended = False
        self.out.id = self.out.id or text_at(value, "id")
        self._open().whole(number, at(value, *MESSAGE), MESSAGE)

    def _whole(self, number: int, value: Object) -> None:
        """A plain reply."""
        self.out.id = text_at(value, "id")
        reader = self._open()
        reader.whole(number, value["message"], ("message",))
        self._end_with(number, reader, value)
        for name, item in without(value, FIELDS).items():
            if item is not None:
                reader.message.keep(name, item)

    def _end(self, number: int, value: Object) -> None:
        delta = value.get("delta")
        self._end_with(number, self._now(number), delta)
        self.ended = True
        if error := at(delta, "error"):
            self._fail(number, error_of({"error": error}))

    def _end_with(self, number: int, reader: MessageReader, value: Json) -> None:
        """Take finish reason and usage; where they come again, the last that say something count."""
        message, before = reader.message, self.out.usage
        if reason := text_at(value, "finish_reason"):
            if message.finish_reason:
                what = f"the finish reason {reason} comes after {message.finish_reason}"
                self.out.report(Code.FINISH_REASON_REPEATED, number, what, once=message)
            message.finish_reason = reason
        if usage := at(value, "usage"):
            if before:
                code = Code.USAGE_REPEATED if same_json(before.raw, usage) else Code.USAGE_CUMULATIVE
                self.out.report(code, number, "usage comes more than once; the last counts", once=message)
            self.out.usage = usage_of(usage)


# Events of the reply; those of its message are in message_v2.
READERS: dict[str, Callable[[ReplyReader, int, Object], None]] = {
    "message-start": ReplyReader._start,
    "message-end": ReplyReader._end,
}
