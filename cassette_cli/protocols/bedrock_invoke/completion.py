"""Replies of models that complete a text, in the formats that Bedrock hands on, and of models that embed or draw.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html

    {"outputText": "Hello", "index": 0, "completionReason": "FINISH", "inputTextTokenCount": 5}     Titan, streamed
    {"inputTextTokenCount": 5, "results": [{"tokenCount": 1, "outputText": "Hello", "completionReason": "FINISH"}]}
    {"generation": "Hello", "prompt_token_count": 5, "generation_token_count": 1, "stop_reason": "stop"}      Llama
    {"outputs": [{"text": "Hello", "stop_reason": "stop"}]}                                                   Mistral
    {"generations": [{"text": "Hello", "finish_reason": "COMPLETE"}]}, {"text": "Hel", "is_finished": false}  Cohere
    {"completions": [{"data": {"text": "Hello"}, "finishReason": {"reason": "endoftext"}}]}                   AI21
    {"completion": "Hello", "stop_reason": "stop_sequence", "stop": "\\n\\nHuman:"}                             Claude 2
    {"choices": [{"text": "Hello", "finish_reason": "stop"}]}                                    imported, DeepSeek

Events of a stream are of the same shapes.
"""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Part, Reading, Route, Unknown, Usage
from cassette_cli.protocols.base import Event, ReplyBuilder, at, int_at, json_text, list_at, text_at, without
from cassette_cli.protocols.bedrock_invoke.outputs import FIELDS, outputs
from cassette_cli.protocols.shared.bedrock.errors import error_of
from cassette_cli.protocols.shared.bedrock.fields import less
from cassette_cli.protocols.shared.chat import usage_of

Object = dict[str, Json]


class Rule(NamedTuple):
    """Where an object has its text, and the reasons why that may end."""

    text: tuple[str, ...]
    reasons: tuple[tuple[str, ...], ...]


# By the field that has a list of completions.
LISTS = {
    "results": Rule(("outputText",), (("completionReason",),)),
    "outputs": Rule(("text",), (("stop_reason",),)),
    "generations": Rule(("text",), (("finish_reason",),)),
    "completions": Rule(("data", "text"), (("finishReason", "reason"),)),
    "choices": Rule(("text",), (("finish_reason",), ("stop_reason",))),
}
# By a field of an object that is one completion, or a piece of it; the last event of Cohere's streams has no text.
FLAT = {
    "outputText": Rule(("outputText",), (("completionReason",),)),
    "generation": Rule(("generation",), (("stop_reason",),)),
    "completion": Rule(("completion",), (("stop_reason",),)),
    "text": Rule(("text",), (("finish_reason",),)),
    "finish_reason": Rule(("text",), (("finish_reason",),)),
}
# Counts of tokens, wherever they are given; `usage` is that of chat completions.
INPUT = ("inputTextTokenCount", "prompt_token_count")
OUTPUT = ("totalOutputTextTokenCount", "tokenCount", "generation_token_count")
COUNTS = (*INPUT, *OUTPUT, "usage")
# What says only which piece of a stream this is.
NOISE = ("index", "is_finished", "event_type")


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = CompletionReader(streamed=streamed)
    for event in events:
        reader.event(event)
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    reader.out.use_all(events if streamed else [event for event in events if event.is_json])
    return reader.close()


class CompletionReader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self.last: int | None = None
        self._finished: dict[int, bool] = {}
        self._counts: Object = {}

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, value = event.number, event.value
        self.last = number
        if not isinstance(value, dict):
            if event.is_json or (self.streamed and event.text.strip()):
                self.out.unknown(event)
            return
        self._count(value)
        rest = self._outputs(number, self._calls(number, self._completions(number, value)))
        error = at(value, "error") or error_of(value) if rest == value else None
        if error is not None:
            self._fail(event, error)
        elif rest == value and without(value, COUNTS):
            self.out.unknown(event)
        else:
            self._keep_rest(rest)

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        self.out.usage = _usage_of(self._counts)
        finished = bool(self._finished) and all(self._finished.values())
        if self.streamed:
            self.out.complete = finished and self.out.error is None
        if self.out.error is None and not finished:
            self._check_end()
        return self.out.build()

    def _check_end(self) -> None:
        if self._finished and not self.streamed:
            self.out.report(Code.FINISH_REASON_MISSING, self.last, "a completion has no finish reason")
        elif self._finished:
            self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before the reply does")
        elif self.streamed:
            self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")

    def _completions(self, number: int, value: Object) -> Object:
        """Take an object's completions; what it says beside them is left."""
        name = next((name for name in LISTS if isinstance(value.get(name), list)), None)
        if name is not None:
            for place, item in enumerate(value[name]):
                index = int_at(item, "index")
                self._item(number, LISTS[name], item, place if index is None else index, (name, place))
            return without(value, (name,))
        rule = next((FLAT[name] for name in FLAT if isinstance(value.get(name), str)), None)
        if rule is None:
            return value
        self._completion(number, rule, value, int_at(value, "index") or 0, ())
        return _rest(rule, value)

    def _item(self, number: int, rule: Rule, item: Json, index: int, route: Route) -> None:
        """One of a list of completions, or something else that is ranked or chosen."""
        if text_at(item, *rule.text) is None and not any(at(item, *where) for where in rule.reasons):
            kind = "rerank" if at(item, "relevance_score") is not None else None
            self._put(number, route, Unknown(kind, item))
            return
        self._count(item)
        self._completion(number, rule, item, index, route)
        self._keep(index, without(_rest(rule, item), (*COUNTS, *NOISE)))

    def _completion(self, number: int, rule: Rule, item: Json, index: int, route: Route) -> None:
        message = self.out.message(index)
        part = message.part("text", "text")
        if text := text_at(item, *rule.text):
            if self._finished.get(index):
                self.out.report(Code.CONTENT_AFTER_FINISH, number, "text comes after the finish reason", once=index)
            part.pieces.append((number, "content", text, (*route, *rule.text)))
        self._finished.setdefault(index, False)
        for where in rule.reasons:
            reason = at(item, *where)
            if reason is not None:
                message.finish_reason = reason if isinstance(reason, str) else json_text(reason)
                self._finished[index] = True

    def _calls(self, number: int, value: Object) -> Object:
        """Take Command R's calls, which come whole: {"tool_calls": [{"name": "add", "parameters": {"a": 2}}]}"""
        calls = value.get("tool_calls")
        for place, call in enumerate(list_at(calls)):
            part = self.out.message().part(("call", number, place), "tool_call")
            part.fields = {"id": text_at(call, "id"), "name": text_at(call, "name")}
            part.arguments = at(call, "parameters")
            part.add(number, "arguments_text", json_text(part.arguments), None)
        return without(value, ("tool_calls",)) if isinstance(calls, list) else value

    def _outputs(self, number: int, value: Object) -> Object:
        """Take an object's vectors and images; what it says beside them is left."""
        for place, (part, rest) in enumerate(outputs(value)):
            self._put(number, place, part)
            if rest:
                self._keep(0, {"parts": {str(place): rest}})
        return without(value, [name for name in FIELDS if isinstance(value.get(name), list | dict)])

    def _put(self, number: int, key: Hashable, part: Part) -> None:
        """Something that came whole; such a reply gives no reason why it ends."""
        self.out.message().put((number, key), part)
        self._finished[0] = True

    def _keep_rest(self, rest: Object) -> None:
        """Keep what a response says of itself."""
        id_, model = text_at(rest, "id"), text_at(rest, "model")
        self.out.id, self.out.model = self.out.id or id_, self.out.model or model
        named = [name for name, value in (("id", id_), ("model", model)) if value is not None]
        self._keep(0, without(rest, (*named, *COUNTS, *NOISE)))

    def _keep(self, index: int, fields: Object) -> None:
        for name, item in fields.items():
            if item is not None:
                self.out.message(index).keep(name, item)

    def _count(self, value: Json) -> None:
        """Counts come in any event, and the last of each counts."""
        for name in COUNTS:
            count = at(value, name)
            if count is not None:
                self._counts[name] = count

    def _fail(self, event: Event, error: Json) -> None:
        self.out.error = self.out.error or error
        if self.streamed and event.text:
            self.out.report(Code.ERROR_EVENT, event.number, "the service reports an error within the reply")


def _rest(rule: Rule, item: Json) -> Object:
    """What a completion says beside its text and why it ends."""
    rest = less(item, *rule.text)
    for where in rule.reasons:
        rest = less(rest, *where)
    return rest


def _usage_of(counts: Object) -> Usage | None:
    """The provider's counts under common names, None where it gave none."""
    if isinstance(counts.get("usage"), dict):
        return usage_of(counts["usage"])
    if not counts:
        return None
    read, written = (
        next((found for name in names if (found := int_at(counts, name)) is not None), None)
        for names in (INPUT, OUTPUT)
    )
    return Usage(input_tokens=read, output_tokens=written, raw=counts)
