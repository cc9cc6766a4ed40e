"""Replies of OpenAI's assistants: a run, streamed or as it stands when asked for, and the messages of a thread.

https://platform.openai.com/docs/api-reference/assistants-streaming/events

    event: thread.run.created
    data: {"id": "run_1", "object": "thread.run", "status": "queued", "model": "m"}
    event: thread.run.step.delta
    data: {"id": "step_1", "object": "thread.run.step.delta", "delta": {"step_details": {"tool_calls": [...]}}}
    event: thread.message.delta
    data: {"id": "msg_1", "object": "thread.message.delta", "delta": {"content": [...]}}
    event: thread.message.completed
    data: {"id": "msg_1", "object": "thread.message", "content": [...]}
    event: thread.run.requires_action
    data: {"object": "thread.run", "status": "requires_action", "required_action": {"submit_tool_outputs": {...}}}
    event: thread.run.completed
    data: {"object": "thread.run", "status": "completed", "usage": {...}}
    event: done
    data: [DONE]

The payload's `object` says what it is; of the type of an event only `error` is needed.
"""

from collections.abc import Callable, Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading
from cassette_cli.protocols.base import Event, ReplyBuilder, at, list_at, text_at
from cassette_cli.protocols.openai_assistants.run import MessageReader
from cassette_cli.protocols.shared.chat import usage_of
from cassette_cli.protocols.shared.errors import error_of

Object = dict[str, Json]
# The states in which a stream may end.
ENDS = ("completed", "requires_action", "incomplete", "failed", "cancelled", "expired")
REQUIRED = ("required_action", "submit_tool_outputs", "tool_calls")


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    reader.out.use_all(events if streamed else [event for event in events if event.is_json])
    return reader.close()


class ReplyReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self.done = False
        self._readers: list[MessageReader] = []

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, value = event.number, event.value
        self.last = number
        kind = text_at(value, "object")
        if self.done:
            self.out.report(Code.EVENT_AFTER_END, number, "an event comes after [DONE]", once=self)
        if event.type == "error":
            self._fail(number, error_of(value) or value or event.text)
        elif kind in READERS:
            READERS[kind](self, number, value)
        elif error := error_of(value):
            self._fail(number, error)
        elif event.text.strip() == "[DONE]":
            self.done = True
        elif event.is_json or (self.streamed and event.text.strip()):
            self.out.unknown(event)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        for reader in self._readers:
            reader.close()
        if self.streamed:
            self._check_end()
        return self.out.build()

    def _check_end(self) -> None:
        finished = bool(self._readers) and self._readers[0].message.finish_reason in ENDS
        self.out.complete = self.done or (finished and self.out.error is None)
        if self.out.error is not None:
            return
        if not self._readers:
            self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
        elif not self.out.complete:
            self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before the run does")
        elif not self.done:
            self.out.report(Code.DONE_MISSING, self.last, "the stream ends without [DONE]")

    def _fail(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")

    def _now(self) -> MessageReader:
        return self._readers[0] if self._readers else self._open("assistant")

    def _open(self, role: str | None) -> MessageReader:
        reader = MessageReader(self.out, self.out.message(len(self._readers)))
        reader.message.role = role
        self._readers.append(reader)
        return reader

    def _run(self, number: int, value: Object) -> None:
        reader = self._now()
        self.out.id, self.out.model = text_at(value, "id"), text_at(value, "model")
        reader.message.finish_reason = text_at(value, "status")
        reader.calls(number, value.get("id"), at(value, *REQUIRED), REQUIRED, whole=True)
        if usage := value.get("usage"):
            self.out.usage = usage_of(usage)
        if error := value.get("last_error"):
            self._fail(number, error)
        if value.get("incomplete_details"):
            reader.message.extra["incomplete_details"] = value["incomplete_details"]

    def _step(self, number: int, value: Object) -> None:
        """A step of which a delta or the end tells more; its beginning has no calls yet."""
        calls = at(value, "step_details", "tool_calls")
        self._now().calls(number, value.get("id"), calls, ("step_details", "tool_calls"), whole=True)

    def _step_delta(self, number: int, value: Object) -> None:
        route = ("delta", "step_details", "tool_calls")
        self._now().calls(number, value.get("id"), at(value, *route), route, whole=False)

    def _message(self, number: int, value: Object) -> None:
        self._now().content(number, value.get("id"), value.get("content"), ("content",), whole=True)

    def _message_delta(self, number: int, value: Object) -> None:
        route = ("delta", "content")
        self._now().content(number, value.get("id"), at(value, *route), route, whole=False)

    def _list(self, number: int, value: Object) -> None:
        """The messages of a thread, which nothing streams."""
        for place, message in enumerate(list_at(value, "data")):
            reader = self._open(text_at(message, "role"))
            reader.content(number, at(message, "id"), at(message, "content"), ("data", place, "content"), whole=True)

    def _nothing(self, number: int, value: Object) -> None:
        """A thread, which a run may make first."""


READERS: dict[str | None, Callable[[ReplyReader, int, Object], None]] = {
    "thread": ReplyReader._nothing,
    "thread.run": ReplyReader._run,
    "thread.run.step": ReplyReader._step,
    "thread.run.step.delta": ReplyReader._step_delta,
    "thread.message": ReplyReader._message,
    "thread.message.delta": ReplyReader._message_delta,
    "list": ReplyReader._list,
}
