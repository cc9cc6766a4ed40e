"""Replies of chat completions, streamed or plain, in the dialects of OpenAI, Azure, OpenRouter, Groq, DeepSeek, xAI,
vLLM, llama.cpp, Mistral, Perplexity, Cerebras, Hugging Face, Baseten, Together, Fireworks, Writer and others.

https://platform.openai.com/docs/api-reference/chat/streaming

    {"id": "gen-1", "object": "chat.completion.chunk", "model": "m",
     "choices": [{"index": 0, "delta": {"role": "assistant", "content": "Hi"}, "finish_reason": null}]}
    {"id": "gen-1", "object": "chat.completion.chunk", "model": "m", "choices": [], "usage": {"prompt_tokens": 9}}
    [DONE]
"""

from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Reading, Usage
from cassette_cli.protocols.base import Event, MessageBuilder, ReplyBuilder, at, same_json, without
from cassette_cli.protocols.shared.calls import check_calls
from cassette_cli.protocols.shared.chat.copies import Copies
from cassette_cli.protocols.shared.chat.message import MessageReader, Object
from cassette_cli.protocols.shared.chat.usage import adds_up, usage_of
from cassette_cli.protocols.shared.errors import error_of

# Fields of a choice that are read; all others are kept in the message's `extra` (logprobs, filter results ...).
# `text` is what completions have in place of a delta; some servers send both.
CHOICE_FIELDS = {"index", "delta", "message", "finish_reason", "text"}
# Fields of an event that are read, that say nothing of the reply (the kind and time of the event, padding against
# those who measure its length), or both; all others are kept in the first message's `extra` (the filter results of
# Azure's prompts, times and costs).
FIELDS = {"id", "object", "created", "model", "choices", "usage", "error", "obfuscation", "p"}
# Fields of a response that Perplexity repeats, growing, in every event; the last of each counts.
SOURCES = ("citations", "search_results")


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
        self._messages: dict[int, MessageReader] = {}
        self._copies: dict[int, Copies] = {}
        self._usages: list[tuple[int, Json]] = []
        self._rest = MessageBuilder()

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, kind, _, value, _ = event
        out = self.out
        self.last = number
        if self.done:
            out.report(Code.EVENT_AFTER_END, number, "an event comes after [DONE]", once=self)
        if not isinstance(value, dict):
            self._not_an_object(event)
            return
        if value.get("id") != out.id or value.get("model") != out.model:
            self._identify(number, value)
        choices = value.get("choices")
        if isinstance(choices, list):
            for place, choice in enumerate(choices):
                self._choice(number, choice, place)
            if not value.keys() <= FIELDS:
                self._keep_rest(value)
        else:
            self._without_choices(event, value)
        if value.get("usage") or "x_groq" in value:
            self._usage(number, value)
        if value.get("error") or kind == "error":
            self._error(number, error_of(value) or value)
        if self.streamed and value.get("object") != "chat.completion.chunk":
            self._object(number, value.get("object"))

    def close(self) -> Reading:
        """The reading, with what only the end shows."""
        for index, reader in sorted(self._messages.items()):
            self._close_message(index, reader)
        for _, message in self.out.messages()[:1]:
            message.extra = self._rest.extra | message.extra
        if self.streamed:
            self._check_end()
        self.out.usage = self._usage_of_all()
        return self.out.build()

    def _not_an_object(self, event: Event) -> None:
        if event.text.strip() == "[DONE]":
            self.done = True
        elif event.type == "error":
            self._error(event.number, event.text)
        elif error := error_of(event.value):
            self._error(event.number, error)
        elif event.is_json or (self.streamed and event.text.strip()):
            self.out.unknown(event)

    def _identify(self, number: int, value: Object) -> None:
        """Azure's first event has neither id nor model; Groq's agents change the id within one reply."""
        id_, model = value.get("id"), value.get("model")
        if model and isinstance(model, str) and self.out.model is None:
            self.out.model = model
        if not isinstance(id_, str):
            return
        if not id_:
            self.out.report(Code.RESPONSE_ID_LATE, number, "the event has an empty response id", once=self)
        elif self.out.id is None:
            self.out.id = id_
        elif id_ != self.out.id:
            self.out.report(Code.RESPONSE_ID_CHANGED, number, f"the response id changes to {id_}", once=self)

    def _choice(self, number: int, choice: Json, place: int) -> None:
        if not isinstance(choice, dict):
            self.out.report(Code.CHOICES_NULL, number, f"entry {place} of choices is no object")
            return
        index = choice.get("index")
        if not isinstance(index, int):
            self.out.report(Code.INDEX_MISSING, number, f"entry {place} of choices has no index", once=place)
            index = place
        reader = self._messages.get(index) or self._open(index)
        delta = choice.get("delta")
        if self.streamed and isinstance(delta, dict):
            reader.read(number, delta, ("choices", place, "delta"))
            reader.has_delta = True
            if "message" in choice:
                self._copy(number, index, place, choice["message"])
        else:
            self._whole(number, choice, index, place, reader)
        if choice.get("finish_reason"):
            reader.finish(number, choice["finish_reason"])
        for name, item in choice.items():
            if item is not None and name not in CHOICE_FIELDS:
                self._choice_field(number, reader, name, item)

    def _open(self, index: int) -> MessageReader:
        self._messages[index] = MessageReader(self.out, self.out.message(index), streamed=self.streamed)
        return self._messages[index]

    def _choice_field(self, number: int, reader: MessageReader, name: str, item: Json) -> None:
        if name == "error":  # OpenRouter: https://openrouter.ai/docs/api-reference/errors
            self._error(number, item)
        else:
            reader.message.keep(name, item)

    def _whole(self, number: int, choice: Object, index: int, place: int, reader: MessageReader) -> None:
        """A choice of a plain reply, or one without delta: its `message` is read, unless deltas have said all that
        before."""
        for name in ("message", "delta"):
            found = choice.get(name)
            if isinstance(found, dict):
                if reader.has_delta:
                    self._copy(number, index, place, found)
                else:
                    reader.read(number, found, ("choices", place, name))
                return
        self.out.report(Code.DELTA_NULL, number, "a choice has neither delta nor message", once=index)

    def _copy(self, number: int, index: int, place: int, message: Json) -> None:
        """Writer sends each delta twice, Perplexity all of them so far."""
        self._copies.setdefault(index, Copies()).add(number, place, message)
        self.out.report(
            Code.MESSAGE_BESIDE_DELTA, number, "a choice bears its text in message beside delta", once=index
        )

    def _without_choices(self, event: Event, value: Object) -> None:
        if "choices" in value or str(value.get("object")).startswith("chat.completion"):
            self.out.report(Code.CHOICES_NULL, event.number, "the event has no list of choices")
        elif value.get("error") or event.type == "error" or value.get("usage"):
            return
        elif not self.streamed and (error := error_of(value)):
            self.out.error = error
        else:
            self.out.unknown(event)

    def _usage(self, number: int, value: Object) -> None:
        raw = value.get("usage")
        if not isinstance(raw, dict):
            raw = at(value, "x_groq", "usage")
        if raw and isinstance(raw, dict):
            self._usages.append((number, raw))
        if error := at(value, "x_groq", "error"):
            self._error(number, error)

    def _error(self, number: int, error: Json) -> None:
        if self.out.error is None:
            self.out.error = error
        if self.streamed or self._messages:
            self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")

    def _keep_rest(self, value: Object) -> None:
        for name, item in value.items():
            if name in SOURCES and item:
                self._rest.extra[name] = item
            elif name == "x_groq":
                self._rest.keep(name, without(item, ("usage", "error")))
            elif name not in FIELDS and item is not None:
                self._rest.keep(name, item)

    def _object(self, number: int, name: Json) -> None:
        """Perplexity streams `chat.completion` and `chat.completion.done`, which SDKs skip; Azure's first is empty."""
        if name:
            self.out.report(Code.OBJECT_UNEXPECTED, number, f"an event of the stream calls itself {name}", once=self)

    def _close_message(self, index: int, reader: MessageReader) -> None:
        reader.close()
        if index in self._copies:
            self._copies[index].settle(reader.message)
        which = f"choice {index}"
        if reader.message.role is None:
            self.out.report(Code.ROLE_MISSING, self.last, f"{which} has no role")
        cut_off = self.streamed and not self.done
        if not reader.finished and not cut_off and self.out.error is None:
            self.out.report(Code.FINISH_REASON_MISSING, self.last, f"{which} has no finish reason")
        check_calls(self.out, [call.part for call in reader.calls.calls], streamed=self.streamed)

    def _check_end(self) -> None:
        """A stream is whole after [DONE]; servers that never send it end with the finish reasons of all choices."""
        finished = bool(self._messages) and all(reader.finished for reader in self._messages.values())
        self.out.complete = self.done or (finished and self.out.error is None)
        if not self._messages and self.out.error is None:
            self.out.report(Code.STREAM_EMPTY, self.last, "the stream brought no message")
        elif self.done or self.out.error is not None:
            return
        elif not finished:
            self.out.report(Code.STREAM_CUT_OFF, self.last, "the stream ends before the reply does")
        elif not self._copies:
            self.out.report(Code.DONE_MISSING, self.last, "the stream ends without [DONE]")

    def _usage_of_all(self) -> Usage | None:
        """The last usage counts; several are named."""
        if not self._usages:
            return None
        number, last = self._usages[-1]
        if len(self._usages) > 1:
            changed = any(not same_json(raw, last) for _, raw in self._usages)
            code = Code.USAGE_CUMULATIVE if changed else Code.USAGE_REPEATED
            how = "with other numbers" if changed else "the same each time"
            self.out.report(code, self._usages[1][0], f"usage comes {len(self._usages)} times, {how}; the last counts")
        usage = usage_of(last)
        if not adds_up(usage):
            self.out.report(Code.USAGE_INCONSISTENT, number, "total tokens are not the sum of input and output")
        return usage
