"""Replies of Converse, streamed or plain, and of Nova's own format, whose events bear their type as a member.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
https://docs.aws.amazon.com/nova/latest/userguide/using-invoke-api.html

    messageStart       {"role": "assistant", "p": "abcdef"}        Nova: {"messageStart": {"role": "assistant"}}
    contentBlockDelta  {"contentBlockIndex": 0, "delta": {"text": "Hello"}, "p": "abcd"}
    contentBlockStop   {"contentBlockIndex": 0, "p": "ab"}
    messageStop        {"stopReason": "end_turn", "p": "abcdefgh"}
    metadata           {"usage": {"inputTokens": 9, "outputTokens": 1, "totalTokens": 10}, "metrics": {...}, "p": "abc"}

`p` is padding that hides how long the rest is.
"""

from collections.abc import Callable, Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Route, Usage
from cassette_cli.protocols.base import Event, ReplyBuilder, at, int_at, same_json, text_at, without
from cassette_cli.protocols.shared.bedrock.errors import error_of, exception_of
from cassette_cli.protocols.shared.converse.message import MessageReader
from cassette_cli.protocols.shared.converse.parts import Object

PADDING = "p"


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    reader.out.use_all(events if streamed else [event for event in events if event.is_json])
    return reader.close()


def usage_of(raw: Json) -> Usage:
    """AWS's counts under common names; `input_tokens` are those that no cache served, as AWS counts."""

    def cached(name: str) -> int | None:
        found = int_at(raw, name)
        return int_at(raw, name.replace("Tokens", "TokenCount")) if found is None else found

    return Usage(
        input_tokens=int_at(raw, "inputTokens"),
        output_tokens=int_at(raw, "outputTokens"),
        total_tokens=int_at(raw, "totalTokens"),
        cache_read_input_tokens=cached("cacheReadInputTokens"),
        cache_creation_input_tokens=cached("cacheWriteInputTokens"),
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
        # Nova's own events have no type of their own, and every piece of text is a block.
        self.is_nova = False
        self._messages = 0
        self._has_start = False
        self._has_end = False
        self._usage: Json = None

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, kind, _, value, _ = event
        self.last = number
        route: Route = ()
        reader = READERS.get(kind) if kind is not None else None
        if reader is None and self.streamed and isinstance(value, dict):
            kind = next((name for name in READERS if isinstance(value.get(name), dict)), None)
            if kind is not None:
                reader, route, value, self.is_nova = READERS[kind], (kind,), value[kind], True
        if reader is None or not isinstance(value, dict):
            self._other(event)
            return
        if self._has_end:
            self.out.report(Code.EVENT_AFTER_END, number, f"{kind} comes after the metadata", once=self)
        reader(self, number, value, route)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        if self.message:
            self.message.close(self.last, stopped=self.stopped)
        if self.streamed:
            self._check_end()
        self.out.usage = None if self._usage is None else usage_of(self._usage)
        return self.out.build()

    def _check_end(self) -> None:
        has_end = self.stopped and (self._has_end or self.is_nova)
        self.out.complete = has_end and self.out.error is None
        if self.out.error is not None or has_end:
            return
        if not self._messages:
            self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
        else:
            end = "the metadata, which has the usage" if self.stopped else "messageStop"
            self.out.report(Code.STREAM_CUT_OFF, self.last, f"the stream ends before {end}")

    def _other(self, event: Event) -> None:
        """A plain reply, an error, or something unknown."""
        value = event.value
        content = at(value, "output", "message", "content")
        if not self.streamed and isinstance(content, list):
            self._whole(event.number, value)
        elif not self.streamed:
            self.out.error = error_of(value)
            if self.out.error is None and event.is_json:
                self.out.unknown(event)
        elif error := exception_of(event) or error_of(value):
            self.out.error = self.out.error or error
            if event.text:
                self.out.report(Code.ERROR_EVENT, event.number, "the service reports an error within the reply")
        else:
            self.out.unknown(event)

    def _whole(self, number: int, value: Object) -> None:
        """A plain reply: a message, why it ended, and what it cost."""
        message = value["output"]["message"]
        reader = self._open()
        reader.message.role = text_at(message, "role")
        reader.whole(number, message["content"], ("output", "message", "content"))
        if value.get("stopReason") is not None:
            reader.finish(number, value["stopReason"])
        self._usage = value.get("usage")
        reader.keep(without(value, ("output", "stopReason", "usage")))
        self.stopped = True

    def _now(self, number: int) -> MessageReader:
        """The message that grows now; made where the stream did not begin one."""
        if self.message is None:
            self.out.report(Code.MESSAGE_START_MISSING, number, "content comes before any messageStart")
            return self._open()
        return self.message

    def _open(self) -> MessageReader:
        message = self.out.message(self._messages)
        self.message = MessageReader(self.out, message, streamed=self.streamed, joins_texts=self.is_nova)
        self._messages += 1
        self.stopped = False
        return self.message

    def _start(self, number: int, value: Object, route: Route) -> None:
        if self.message and (self._has_start or self.message.finished):
            self.out.report(Code.SECOND_MESSAGE_START, number, "a second messageStart begins another message")
            self.message.close(number, stopped=self.stopped)
            self.message = None
        self._has_start = True
        reader = self.message or self._open()
        reader.message.role = text_at(value, "role")
        reader.keep(without(value, ("role", PADDING)))

    def _block_start(self, number: int, value: Object, route: Route) -> None:
        self._now(number).start(number, value)

    def _block_delta(self, number: int, value: Object, route: Route) -> None:
        self._now(number).delta(number, value, route)

    def _block_stop(self, number: int, value: Object, route: Route) -> None:
        self._now(number).stop(number, value)

    def _stop(self, number: int, value: Object, route: Route) -> None:
        reader = self._now(number)
        if value.get("stopReason") is not None:
            reader.finish(number, value["stopReason"])
        reader.keep(without(value, ("stopReason", PADDING)))
        self.stopped = True

    def _metadata(self, number: int, value: Object, route: Route) -> None:
        usage = value.get("usage")
        if usage and self._usage:
            same = same_json(usage, self._usage)
            code = Code.USAGE_REPEATED if same else Code.USAGE_CUMULATIVE
            self.out.report(code, number, "usage comes more than once; the last counts", once=self)
        self._usage = usage or self._usage
        self._has_end = True
        self._now(number).keep(without(value, ("usage", PADDING)))


READERS: dict[str, Callable[[ReplyReader, int, Object, Route], None]] = {
    "messageStart": ReplyReader._start,
    "contentBlockStart": ReplyReader._block_start,
    "contentBlockDelta": ReplyReader._block_delta,
    "contentBlockStop": ReplyReader._block_stop,
    "messageStop": ReplyReader._stop,
    "metadata": ReplyReader._metadata,
}
EVENTS = tuple(READERS)
