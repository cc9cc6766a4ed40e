"""Replies of Anthropic messages, streamed or plain.

https://docs.anthropic.com/en/docs/build-with-claude/streaming

    {"type": "message_start", "message": {"id": "msg_1", "role": "assistant", "content": [], "usage": {...}, ...}}
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hello"}}
    {"type": "content_block_stop", "index": 0}
    {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 15}}
    {"type": "message_stop"}
"""

from collections.abc import Callable, Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Usage
from cassette_cli.protocols.base import Event, ReplyBuilder, at, int_at, list_at, same_json, text_at, without
from cassette_cli.protocols.shared.anthropic.message import MessageReader, Object
from cassette_cli.protocols.shared.errors import error_of

HEADER = ("id", "type", "role", "model", "content", "stop_reason", "usage")
# Counts that a message_delta may give again with other numbers; the official clients take the later ones.
INPUT_COUNTS = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    reader.out.use_all(events if streamed else [event for event in events if event.is_json])
    return reader.close()


def usage_of(raw: Json) -> Usage:
    """Anthropic's counts under common names; `input_tokens` are those that no cache served, as Anthropic counts."""
    return Usage(
        input_tokens=int_at(raw, "input_tokens"),
        output_tokens=int_at(raw, "output_tokens"),
        reasoning_tokens=int_at(raw, "output_tokens_details", "thinking_tokens"),
        cache_read_input_tokens=int_at(raw, "cache_read_input_tokens"),
        cache_creation_input_tokens=int_at(raw, "cache_creation_input_tokens"),
        raw=raw,
    )


class ReplyReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.message: MessageReader | None = None
        self.last: int | None = None
        self.stopped = False
        self._messages = 0
        self._has_start = False
        self._usage: Object | None = None
        self._usage_deltas: list[Json] = []

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, kind, _, value, _ = event
        self.last = number
        if not isinstance(value, dict):
            self._not_an_object(event)
            return
        kind = value.get("type", kind)
        if not isinstance(kind, str):
            kind = event.type
        if self.stopped and kind not in ("message_start", "ping", "error"):
            self.out.report(Code.EVENT_AFTER_END, number, f"{kind} comes after message_stop", once=self)
        if kind == "content_block_delta":
            self._now(number).delta(number, value)
        elif kind in READERS:
            READERS[kind](self, number, value)
        elif not self.streamed and isinstance(value.get("content"), list):
            self._whole(number, value)
        elif not self.streamed and (error := error_of(value)):
            self.out.error = error
        else:
            self.out.unknown(event)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        if self.message:
            self.message.close(self.last, stopped=self.stopped)
        if self.streamed:
            self.out.complete = self.stopped
            if not self._messages and self.out.error is None:
                self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
            elif not self.stopped and self.out.error is None:
                self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before message_stop")
        self.out.usage = None if self._usage is None else usage_of(self._usage)
        return self.out.build()

    def _not_an_object(self, event: Event) -> None:
        if error := error_of(event.value):
            self._fail(event.number, error)
        elif event.type == "error":
            self._fail(event.number, event.text)
        elif event.is_json or (self.streamed and event.text.strip()):
            self.out.unknown(event)

    def _now(self, number: int) -> MessageReader:
        """The message that grows now; made where the stream did not begin one."""
        if self.message is None:
            self.out.report(Code.MESSAGE_START_MISSING, number, "content comes before any message_start")
            return self._open()
        return self.message

    def _open(self) -> MessageReader:
        self.message = MessageReader(self.out, self.out.message(self._messages), streamed=self.streamed)
        self._messages += 1
        self.stopped = False
        return self.message

    def _start(self, number: int, value: Object) -> None:
        if self.message and (self._has_start or self.message.finished):
            self.out.report(Code.SECOND_MESSAGE_START, number, "a second message_start begins another message")
            self.message.close(number, stopped=True)
            self.message = None
        self._has_start = True
        reader = self.message or self._open()
        message = value.get("message")
        if isinstance(message, dict):
            self._header(number, message, reader)
            for place, block in enumerate(list_at(message, "content")):
                reader.begin(number, block, place, ("message", "content", place), whole=True)
        else:
            self.out.report(Code.MESSAGE_START_MISSING, number, "message_start holds no message")

    def _whole(self, number: int, value: Object) -> None:
        """A plain reply: the message itself."""
        reader = self._open()
        self._header(number, value, reader)
        for place, block in enumerate(list_at(value, "content")):
            reader.begin(number, block, place, ("content", place), whole=True)
        self.stopped = True

    def _header(self, number: int, message: Object, reader: MessageReader) -> None:
        self.out.id = self.out.id or text_at(message, "id")
        self.out.model = self.out.model or text_at(message, "model")
        reader.message.role = text_at(message, "role")
        if message.get("stop_reason") is not None:
            reader.finish(number, message["stop_reason"])
        reader.keep(without(message, HEADER))
        usage = message.get("usage")
        if isinstance(usage, dict) and usage:
            self._usage = usage
            self._usage_deltas = []

    def _block_start(self, number: int, value: Object) -> None:
        self._now(number).start(number, value)

    def _block_stop(self, number: int, value: Object) -> None:
        self._now(number).stop(number, value)

    def _message_delta(self, number: int, value: Object) -> None:
        reader = self._now(number)
        reason = at(value, "delta", "stop_reason")
        if reason is not None:
            reader.finish(number, reason)
        reader.keep(without(value.get("delta"), ("stop_reason",)))
        reader.keep(without(value, ("type", "delta", "usage")))
        usage = value.get("usage")
        if isinstance(usage, dict) and usage:
            self._add_usage(number, usage)

    def _add_usage(self, number: int, usage: Object) -> None:
        """A message_delta overrides the counts that it gives; those it leaves out stay."""
        before = self._usage or {}
        given = {name: count for name, count in usage.items() if count is not None}
        changed = [name for name in INPUT_COUNTS if name in given and before.get(name) not in (None, given[name])]
        if self._usage_deltas:
            same = same_json(self._usage_deltas[-1], usage)
            code = Code.USAGE_REPEATED if same else Code.USAGE_CUMULATIVE
            self.out.report(code, number, "usage comes in more than one message_delta; the last counts", once=self)
        elif changed:
            what = ", ".join(f"{name} {before[name]} -> {given[name]}" for name in changed)
            self.out.report(Code.USAGE_OVERRIDDEN, number, f"message_delta corrects message_start: {what}")
        self._usage_deltas.append(usage)
        self._usage = {**before, **given}

    def _stop(self, number: int, value: Object) -> None:
        reader = self._now(number)
        reader.keep(without(value, ("type",)))
        self.stopped = True

    def _ping(self, number: int, value: Object) -> None:
        """Pings carry nothing."""

    def _error(self, number: int, value: Object) -> None:
        self._fail(number, error_of(value) or value)

    def _fail(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")


READERS: dict[str, Callable[[ReplyReader, int, Object], None]] = {
    "message": ReplyReader._whole,
    "message_start": ReplyReader._start,
    "content_block_start": ReplyReader._block_start,
    "content_block_stop": ReplyReader._block_stop,
    "message_delta": ReplyReader._message_delta,
    "message_stop": ReplyReader._stop,
    "ping": ReplyReader._ping,
    "error": ReplyReader._error,
}
