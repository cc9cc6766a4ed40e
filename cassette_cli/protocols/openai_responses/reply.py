"""Replies of the Responses API, streamed or plain: a plain one is what the last event of a stream holds.

https://platform.openai.com/docs/api-reference/responses-streaming

    {"type": "response.created", "sequence_number": 0, "response": {"id": "resp_1", "status": "in_progress", ...}}
    {"type": "response.output_item.added", "output_index": 0, "item": {"id": "msg_1", "type": "message", ...}}
    {"type": "response.output_text.delta", "output_index": 0, "item_id": "msg_1", "content_index": 0, "delta": "Hi"}
    {"type": "response.output_item.done", "output_index": 0, "item": {"id": "msg_1", "content": [...], ...}}
    {"type": "response.completed", "response": {"id": "resp_1", "status": "completed", "output": [...], "usage": {...}}}

The reply is one message with the parts of all items, in the order of the output; its finish reason is the response's
status.
"""

from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Route
from cassette_cli.protocols.base import Event, ReplyBuilder, list_at, same_json, text_at
from cassette_cli.protocols.openai_responses.events import DELTAS, EventReader
from cassette_cli.protocols.openai_responses.items import EMPTY, Object
from cassette_cli.protocols.openai_responses.output import OutputReader
from cassette_cli.protocols.openai_responses.usage import usage_of
from cassette_cli.protocols.shared.chat.usage import adds_up
from cassette_cli.protocols.shared.errors import error_of

BEGUN = ("response.created", "response.queued", "response.in_progress")
ENDED = ("response.completed", "response.incomplete", "response.failed")
# What a stream may begin with, besides its own beginning.
BEFORE_ALL = ("error", "keepalive")
# Fields of a response that are read, or that only repeat what the request asked for; all others are kept in `extra`.
HEADER = frozenset(
    (
        *("id", "object", "created_at", "completed_at", "status", "model", "output", "output_text", "usage", "error"),
        *("background", "billing", "conversation", "frequency_penalty", "instructions", "max_output_tokens"),
        *("max_tool_calls", "metadata", "parallel_tool_calls", "presence_penalty", "previous_response_id", "prompt"),
        *("prompt_cache_key", "prompt_cache_retention", "reasoning", "safety_identifier", "service_tier", "store"),
        *("temperature", "text", "tool_choice", "tools", "top_logprobs", "top_p", "truncation", "user"),
    )
)


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    reader.out.use_all(events)
    return reader.close()


class ReplyReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.output = OutputReader(self.out, streamed=streamed)
        self.events = EventReader(self.out, self.output)
        self.streamed = streamed
        self.last: int | None = None
        self.ended = False
        self._is_created = False
        # Between the first event and the last.
        self._is_under_way = False
        self._next_number = -1
        self._usage: tuple[int, Object] | None = None

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, name, _, value, _ = event
        self.last = number
        if not isinstance(value, dict):
            self._not_an_object(event)
            return
        kind = value.get("type")
        if not isinstance(kind, str):
            kind = name or ""
        sequence = value.get("sequence_number")
        if sequence == self._next_number:
            self._next_number += 1
        elif isinstance(sequence, int):
            self._check_sequence(number, sequence)
        if not self._is_under_way:
            self._check_place(number, kind)
        about = DELTAS.get(kind)
        if about is not None:
            known = self.events.delta(number, kind, about, value)
        else:
            known = self.events.read(number, kind, value) or self._read(number, kind, value)
        if not known:
            self.out.unknown(event)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        self.output.close(self.last, ended=self.ended)
        if self.output.items:
            self.out.message().role = "assistant"
        if self.streamed:
            self._check_end()
        if self._usage is not None:
            number, raw = self._usage
            self.out.usage = usage_of(raw)
            if not adds_up(self.out.usage):
                self.out.report(Code.USAGE_INCONSISTENT, number, "total tokens are not the sum of input and output")
        return self.out.build()

    def _read(self, number: int, kind: str, value: Object) -> bool:
        """Take an event about the response as a whole, or a plain response; False for one that is not known."""
        response = value.get("response")
        if kind in BEGUN or kind in ENDED:
            self._response(number, kind, response if isinstance(response, dict) else {})
        elif kind == "keepalive":
            message = "keepalive is in no documentation, and some clients end the stream over it"
            self.out.report(Code.UNKNOWN_EVENT, number, message)
        elif kind == "error":
            self._fail(number, error_of(value) or value)
        elif text_at(value, "object") in ("response", "response.compaction"):
            self._plain(number, value)
        elif text_at(value, "object") == "response.input_tokens":
            self._usage = (number, value)
        elif not kind and (error := error_of(value)):
            self._fail(number, error)
        else:
            return False
        return True

    def _not_an_object(self, event: Event) -> None:
        if error := error_of(event.value):
            self._fail(event.number, error)
        elif event.type == "error":
            self._fail(event.number, event.text)
        elif event.text.strip():
            self.out.unknown(event)

    def _check_sequence(self, number: int, sequence: int) -> None:
        if self._next_number >= 0:
            code = Code.SEQUENCE_GAP if sequence > self._next_number else Code.SEQUENCE_REPEATED
            message = f"the sequence number is {sequence} where {self._next_number} is next"
            self.out.report(code, number, message, once=self)
        self._next_number = sequence + 1

    def _check_place(self, number: int, kind: str) -> None:
        """Whether an event may stand before all others, or behind the end."""
        if self.ended:
            self.out.report(Code.EVENT_AFTER_END, number, f"{kind} comes after the end of the response", once=self)
        elif self.streamed and kind and kind not in BEFORE_ALL:
            self._is_under_way = True
            if kind != "response.created":
                self.out.report(Code.MESSAGE_START_MISSING, number, f"the stream begins with {kind}")

    def _response(self, number: int, kind: str, response: Object) -> None:
        if kind == "response.created":
            if self._is_created:
                self.out.report(Code.SECOND_MESSAGE_START, number, "a second response.created", once=self)
            self._is_created = True
        self._identify(number, response)
        if kind in ENDED:
            self._finish(number, response, ("response",))

    def _plain(self, number: int, response: Object) -> None:
        """A response that is no event: all there is of a plain reply, out of place in a stream."""
        if self.streamed:
            self.out.report(Code.OBJECT_UNEXPECTED, number, "an event of the stream is a response, not an event")
        self._identify(number, response)
        if "output" in response or "status" in response:
            self._finish(number, response, ())

    def _identify(self, number: int, response: Object) -> None:
        id_, model, usage = text_at(response, "id"), text_at(response, "model"), response.get("usage")
        if self.out.id is None:
            self.out.id = id_
        elif id_ and id_ != self.out.id:
            self.out.report(Code.RESPONSE_ID_CHANGED, number, f"the response id changes to {id_}", once=self)
        self.out.model = model or self.out.model
        if isinstance(usage, dict) and usage:
            if self._usage and not same_json(self._usage[1], usage):
                self.out.report(Code.USAGE_OVERRIDDEN, number, "usage comes with other numbers; the last counts")
            self._usage = (number, usage)

    def _finish(self, number: int, response: Object, route: Route) -> None:
        """Take the response as it is at its end."""
        status, message = text_at(response, "status"), self.out.message()
        message.role = "assistant"
        if self.ended:
            self.out.report(Code.FINISH_REASON_REPEATED, number, f"the response ends again, {status}", once=self)
        elif status is None and text_at(response, "object") != "response.compaction":
            self.out.report(Code.FINISH_REASON_MISSING, number, "the response ends without a status")
        self.ended = True
        self._is_under_way = False
        message.finish_reason = status or message.finish_reason
        self.output.final(number, list_at(response, "output"), (*route, "output"))
        for name, item in response.items():
            if name not in HEADER and item not in EMPTY:
                message.extra[name] = item
        if response.get("error"):
            self._fail(number, response["error"])

    def _fail(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")

    def _check_end(self) -> None:
        self.out.complete = self.ended
        if self.ended or self.out.error is not None:
            return
        if self.out.messages():
            self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before the response does")
        else:
            self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
