"""Replies of interactions, streamed or plain: https://ai.google.dev/gemini-api/docs/interactions/streaming

    {"event_type": "interaction.created", "interaction": {"id": "v1_1", "model": "m", "status": "in_progress"}}
    {"event_type": "step.start", "index": 0, "step": {"type": "model_output"}}
    {"event_type": "step.delta", "index": 0, "delta": {"type": "text", "text": "Hello"}}
    {"event_type": "step.stop", "index": 0}
    {"event_type": "interaction.completed", "interaction": {"status": "completed", "usage": {...}, ...}}
    [DONE]

A plain reply is the interaction itself, with its `steps`. Its status is the finish reason.
"""

from collections.abc import Callable, Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Usage
from cassette_cli.protocols.base import Event, ReplyBuilder, int_at, list_at, text_at
from cassette_cli.protocols.google_interactions.steps import Object, StepsReader
from cassette_cli.protocols.shared.errors import error_of

# A status that ends nothing.
GOING_ON = "in_progress"


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    reader.out.use_all(events)
    return reader.close()


def usage_of(raw: Json) -> Usage:
    """Google's counts under common names: https://ai.google.dev/api/interactions-api#Resource:Interaction.Usage"""
    return Usage(
        input_tokens=int_at(raw, "total_input_tokens"),
        output_tokens=int_at(raw, "total_output_tokens"),
        total_tokens=int_at(raw, "total_tokens"),
        reasoning_tokens=int_at(raw, "total_thought_tokens"),
        cache_read_input_tokens=int_at(raw, "total_cached_tokens"),
        raw=raw,
    )


class ReplyReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.steps = StepsReader(self.out, "model")
        self.streamed = streamed
        self.last: int | None = None
        self.status: str | None = None
        self.completed = False
        self._count = 0

    def event(self, event: Event) -> None:
        """Take the next event."""
        value = event.value
        self.last = event.number
        if not isinstance(value, dict):
            if event.text.strip() not in ("", "[DONE]"):
                self.out.unknown(event)
            return
        kind = text_at(value, "event_type") or event.type
        if kind in READERS:
            READERS[kind](self, event.number, value)
        elif not self.streamed and (text_at(value, "status") or list_at(value, "steps") or list_at(value, "outputs")):
            self._interaction(event.number, value, ())
            self.completed = True
        elif error := error_of(value):
            self._fail(event.number, error)
        else:
            self.out.unknown(event)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        out = self.out
        self.steps.close(streamed=self.streamed)
        if self.status is not None and (self.completed or self.status != GOING_ON):
            self.steps.say("model").finish_reason = self.status
        elif self.completed and out.error is None:
            out.report(Code.FINISH_REASON_MISSING, self.last, "the interaction has no status")
        if self.streamed:
            out.complete = self.completed
            if not self.completed and out.error is None:
                empty = not self.steps.messages
                code = Code.STREAM_EMPTY if empty else Code.STREAM_CUT_OFF
                out.report(code, self.last, "the stream ends before interaction.completed")
        return out.build()

    def _created(self, number: int, value: Object) -> None:
        self._interaction(number, value.get("interaction"), ("interaction",))

    def _completed(self, number: int, value: Object) -> None:
        self._created(number, value)
        self.completed = True

    def _interaction(self, number: int, value: Json, route: tuple[str, ...]) -> None:
        """An interaction; steps that it holds are read unless events have brought them."""
        if not isinstance(value, dict):
            return
        self.out.id = text_at(value, "id") or self.out.id
        self.out.model = text_at(value, "model") or text_at(value, "agent") or self.out.model
        self._state(number, value)
        for name in ("steps", "outputs"):
            for place, step in enumerate(list_at(value, name) if not self._count else ()):
                self.steps.start(number, None, step, (*route, name, place))
        if error := value.get("error") or value.get("errors"):
            self._fail(number, error)

    def _state(self, number: int, value: Object) -> None:
        self.status = text_at(value, "status") or self.status
        usage = value.get("usage")
        if usage and isinstance(usage, dict):
            self.out.usage = usage_of(usage)

    def _start(self, number: int, value: Object) -> None:
        self._count += 1
        name = "step" if "step" in value else "content"
        self.steps.start(number, value.get("index"), value.get(name), (name,))

    def _delta(self, number: int, value: Object) -> None:
        self._count += 1
        self.steps.delta(number, value.get("index"), value.get("delta"), ("delta",))

    def _stop(self, number: int, value: Object) -> None:
        self.steps.stop(number, value.get("index"))

    def _error(self, number: int, value: Object) -> None:
        self._fail(number, error_of(value) or value)

    def _fail(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")


READERS: dict[str | None, Callable[[ReplyReader, int, Object], None]] = {
    "interaction.created": ReplyReader._created,
    "interaction.start": ReplyReader._created,
    "interaction.status_update": ReplyReader._state,
    "interaction.completed": ReplyReader._completed,
    "interaction.complete": ReplyReader._completed,
    "step.start": ReplyReader._start,
    "content.start": ReplyReader._start,
    "step.delta": ReplyReader._delta,
    "content.delta": ReplyReader._delta,
    "step.stop": ReplyReader._stop,
    "content.stop": ReplyReader._stop,
    "error": ReplyReader._error,
}
