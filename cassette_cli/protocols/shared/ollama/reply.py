"""Replies of Ollama's chat and generate, streamed as JSON lines or plain. The last line has `done` and the counts.

https://docs.ollama.com/api/chat, https://docs.ollama.com/api/generate

    {"model":"gemma3","created_at":"...","message":{"role":"assistant","content":"Hello"},"done":false}
    {"model":"gemma3","created_at":"...","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",
     "total_duration":182563491,"prompt_eval_count":15,"eval_count":50}

    {"model":"gemma3","created_at":"...","response":"Hello","done":false}
"""

from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Usage
from cassette_cli.protocols.base import Event, ReplyBuilder, int_at
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.ollama.message import MessageReader, Object

# What the last line counts: tokens, and nanoseconds.
COUNTS = (
    "total_duration",
    "load_duration",
    "prompt_eval_count",
    "prompt_eval_duration",
    "eval_count",
    "eval_duration",
)
# Fields of a line that are read, or that change with every recording (the time).
FIELDS = {"model", "created_at", "message", "done", "done_reason", "error", *COUNTS}
# Fields that hold what a message says in chat: those of a line of generate.
SAID = ("thinking", "response", "images", "image", "tool_calls")
GENERATED = FIELDS - {"message"} | {*SAID}


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    reader.out.use_all(events if streamed else [event for event in events if event.is_json])
    return reader.close()


class ReplyReader:
    """A reply as it grows, line by line."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self.done = False
        self._message: MessageReader | None = None

    def event(self, event: Event) -> None:
        """Take the next line."""
        number, _, _, value, _ = event
        self.last = number
        if not isinstance(value, dict):
            self._not_an_object(event)
            return
        if self.done:
            self.out.report(Code.EVENT_AFTER_END, number, "a line comes after the last one", once=self)
        message = value.get("message")
        if isinstance(message, dict):
            self._now().read(number, message, ("message",))
        elif not self._read_generated(number, value):
            self._without_message(event, value)
            return
        if self.out.model is None and isinstance(value.get("model"), str):
            self.out.model = value["model"]
        if not (isinstance(message, dict) and value.keys() <= FIELDS):
            self._keep_rest(value)
        if value.get("done"):
            self._finish(number, value)
        if value.get("error"):
            self._error(number, value)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        if self.streamed:
            self.out.complete = self.done
            if self._message is None and self.out.error is None:
                self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
            elif not self.done and self.out.error is None:
                self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before a line with done")
        return self.out.build()

    def _not_an_object(self, event: Event) -> None:
        if event.is_json or (self.streamed and event.text.strip()):
            self.out.unknown(event)

    def _now(self) -> MessageReader:
        if self._message is None:
            self._message = MessageReader(self.out, self.out.message())
        return self._message

    def _read_generated(self, number: int, value: Object) -> bool:
        """A line of generate, which has the model's role in no field."""
        if "response" not in value and "done" not in value:
            return False
        message = self._now()
        message.message.role = message.message.role or "assistant"
        message.read(number, {name: value[name] for name in SAID if name in value}, ())
        return True

    def _without_message(self, event: Event, value: Object) -> None:
        if error_of(value):
            self._error(event.number, value)
        else:
            self.out.unknown(event)

    def _keep_rest(self, value: Object) -> None:
        """What a line says beside that (logprobs, the context of generate), whole."""
        said = FIELDS if isinstance(value.get("message"), dict) else GENERATED
        for name, item in value.items():
            if name not in said and item is not None:
                self._now().message.keep(name, item)

    def _finish(self, number: int, value: Object) -> None:
        self.done = True
        counts = {name: value[name] for name in COUNTS if name in value}
        if counts:
            self.out.usage = usage_of(counts)
        message = self._now().message
        reason = value.get("done_reason")
        if isinstance(reason, str) and reason:
            message.finish_reason = reason
        else:
            self.out.report(Code.FINISH_REASON_MISSING, number, "the last line has no done_reason")

    def _error(self, number: int, value: Object) -> None:
        if self.out.error is None:
            self.out.error = error_of(value)
        if self.streamed or self._message:
            self.out.report(Code.ERROR_EVENT, number, "the server reports an error within the reply")


def usage_of(counts: Json) -> Usage:
    """Ollama's counts under common names; a prompt that its cache holds has no count in older versions."""
    return Usage(
        input_tokens=int_at(counts, "prompt_eval_count"), output_tokens=int_at(counts, "eval_count"), raw=counts
    )
