"""Replies of Gemini, streamed or plain.

https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse

    {"candidates": [{"content": {"parts": [{"text": "Hello"}], "role": "model"}, "finishReason": "STOP", "index": 0}],
     "usageMetadata": {...}, "modelVersion": "gemini-2.5-flash", "responseId": "..."}

Every event of a stream has this shape. Nothing marks the end but the finish reasons of all candidates.
"""

from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Route
from cassette_cli.protocols.base import Event, MessageBuilder, ReplyBuilder, json_text, list_at, same_json
from cassette_cli.protocols.shared.google.calls import Object
from cassette_cli.protocols.shared.google.parts import PartsReader
from cassette_cli.protocols.shared.google.usage import adds_up, fallen, usage_of

# Fields of a response that are read or change with every recording; a response without any of them is none.
FIELDS = {"candidates", "promptFeedback", "usageMetadata", "modelVersion", "responseId", "createTime", "modelStatus"}
# Fields of a candidate that are read; all others are kept in the message's `extra` (grounding, log probabilities ...).
CANDIDATE_FIELDS = {"content", "finishReason", "index"}
# A part that often comes last, or after the finish reason, and says nothing.
EMPTY_TEXT = {"text": ""}
# What Code Assist puts around requests and responses:
# https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/code_assist/converter.ts
WRAPPER = "response"


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    reader.out.use_all(events)
    return reader.close()


class CandidateReader:
    """A candidate as it grows, event by event."""

    def __init__(self, out: ReplyBuilder, index: int) -> None:
        self.out, self.index = out, index
        self.message: MessageBuilder = out.message(index)
        self.parts = PartsReader(out, self.message)
        self.finished = False
        self._kept: Object = {}

    def read(self, event: int, candidate: Object, route: Route) -> None:
        """Take a candidate of an event, or what this event brings of it."""
        content = candidate.get("content")
        if isinstance(content, dict):
            self._content(event, content, (*route, "content"))
        elif content is not None:
            self.message.keep("content", content)
        if candidate.get("finishReason"):
            self._finish(event, candidate["finishReason"])
        if not candidate.keys() <= CANDIDATE_FIELDS:
            self._keep(candidate)

    def close(self, event: int | None, *, cut_off: bool) -> None:
        """Name what only the end shows."""
        self.parts.calls.close()
        if self.message.role is None and self.parts.count:
            self.out.report(Code.ROLE_MISSING, event, f"candidate {self.index} has no role")
        if not self.finished and not cut_off and self.out.error is None:
            self.out.report(Code.FINISH_REASON_MISSING, event, f"candidate {self.index} has no finish reason")

    def _content(self, event: int, content: Object, route: Route) -> None:
        role = content.get("role")
        if role and isinstance(role, str):
            self.message.role = role
        parts = content.get("parts")
        if not isinstance(parts, list):
            if parts is not None:
                self.parts.read(event, parts, (*route, "parts"))
            return
        for place, part in enumerate(parts):
            if self.finished and part != EMPTY_TEXT:
                self.out.report(
                    Code.CONTENT_AFTER_FINISH, event, "content comes after the finish reason", once=self.index
                )
            self.parts.read(event, part, (*route, "parts", place))

    def _finish(self, event: int, reason: Json) -> None:
        """Take the finish reason, a word or the number of one; the last counts."""
        reason = reason if isinstance(reason, str) else json_text(reason)
        if self.finished:
            before = self.message.finish_reason
            self.out.report(
                Code.FINISH_REASON_REPEATED,
                event,
                f"the finish reason {reason} comes after {before}",
                once=self.index,
            )
        self.finished = True
        self.message.finish_reason = reason

    def _keep(self, candidate: Object) -> None:
        """Keep what has no name here, once where an event says the same again. Each event rates all content so far:
        the last ratings count."""
        for name, item in candidate.items():
            if item is None or name in CANDIDATE_FIELDS:
                continue
            if name == "safetyRatings":
                self.message.extra[name] = item
            elif name not in self._kept or not same_json(self._kept[name], item):
                self._kept[name] = item
                self._annotate(item) if name == "citationMetadata" else self.message.keep(name, item)

    def _annotate(self, citations: Json) -> None:
        """Citations belong to the text; the Gemini API and Vertex AI have a name of their own for them."""
        sources = list_at(citations, "citationSources") or list_at(citations, "citations")
        if self.parts.text and sources:
            self.parts.text.annotations.extend(sources)
        else:
            self.message.keep("citationMetadata", citations)


class ReplyReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self.blocked = False
        self._candidates: dict[int, CandidateReader] = {}
        self._usages: list[Object] = []

    def event(self, event: Event) -> None:
        """Take the next event."""
        value = event.value
        self.last = event.number
        if isinstance(value, dict):
            self._response(event, value, ())
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            # A stream's array that nothing has cut.
            for place, item in enumerate(value):
                self._response(event, item, (place,))
        elif event.text.strip():
            self.out.unknown(event)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        finished = bool(self._candidates) and all(reader.finished for reader in self._candidates.values())
        cut_off = self.streamed and not finished
        for _, reader in sorted(self._candidates.items()):
            reader.close(self.last, cut_off=cut_off)
        self._check_end(cut_off=cut_off)
        if self._usages:
            self._use(self._usages[-1])
        return self.out.build()

    def _response(self, event: Event, value: Object, route: Route) -> None:
        number = event.number
        inner = value.get(WRAPPER)
        if isinstance(inner, dict) and "candidates" not in value:
            value, route = inner, (*route, WRAPPER)
        if value.get("responseId") != self.out.id or value.get("modelVersion") != self.out.model:
            self._identify(number, value)
        candidates = value.get("candidates")
        if isinstance(candidates, list):
            for place, candidate in enumerate(candidates):
                self._candidate(number, candidate, place, (*route, "candidates", place))
        elif candidates is not None:
            self.out.report(Code.CHOICES_NULL, number, "candidates is no list")
        usage = value.get("usageMetadata")
        if usage and isinstance(usage, dict):
            self._usages.append(usage)
        if value.get("promptFeedback"):
            self._feedback(number, value["promptFeedback"])
        if value.get("error") or event.type == "error":
            self._fail(number, value.get("error") or value)
        elif candidates is None and value.keys().isdisjoint(FIELDS):
            self.out.unknown(event)

    def _identify(self, number: int, value: Object) -> None:
        id_, model = value.get("responseId"), value.get("modelVersion")
        if model and isinstance(model, str) and self.out.model is None:
            self.out.model = model
        if not id_ or not isinstance(id_, str):
            return
        if self.out.id is None:
            self.out.id = id_
        elif id_ != self.out.id:
            self.out.report(Code.RESPONSE_ID_CHANGED, number, f"the response id changes to {id_}", once=self)

    def _candidate(self, number: int, candidate: Json, place: int, route: Route) -> None:
        if not isinstance(candidate, dict):
            self.out.report(Code.CHOICES_NULL, number, f"entry {place} of candidates is no object")
            return
        # Google leaves out what is zero.
        index = candidate.get("index")
        index = index if isinstance(index, int) else place
        reader = self._candidates.get(index)
        if reader is None:
            reader = self._candidates[index] = CandidateReader(self.out, index)
        reader.read(number, candidate, route)

    def _feedback(self, number: int, feedback: Json) -> None:
        """A prompt that is refused has no candidates, and no error either."""
        reason = feedback.get("blockReason") if isinstance(feedback, dict) else None
        if not reason:
            self.out.message().keep("promptFeedback", feedback)
            return
        self.blocked = True
        self.out.error = self.out.error or {"promptFeedback": feedback}
        self.out.report(Code.PROMPT_BLOCKED, number, f"the prompt is refused ({reason}): there is no candidate")

    def _fail(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed or self._candidates:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")

    def _check_end(self, *, cut_off: bool) -> None:
        out = self.out
        out.complete = not self.streamed or self.blocked or (not cut_off and out.error is None)
        if out.error is not None:
            return
        if not self._candidates and self.streamed:
            out.report(Code.STREAM_EMPTY, self.last, "the stream brought no candidate")
        elif not self._candidates and self._usages:
            out.report(Code.CHOICES_NULL, self.last, "the response has no candidates")
        elif cut_off:
            out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before all candidates have a finish reason")

    def _use(self, last: Object) -> None:
        """The last usage counts."""
        self.out.usage = usage_of(last)
        if falls := fallen(self._usages):
            self.out.report(Code.USAGE_OVERRIDDEN, self.last, f"counts fall from event to event: {', '.join(falls)}")
        if not adds_up(last):
            self.out.report(Code.USAGE_INCONSISTENT, self.last, "total tokens are not the sum of what is counted")
