"""Alibaba's DashScope: Qwen and others by its own API.

https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope

    POST /api/v1/services/aigc/text-generation/generation
    {"model": "qwen-max", "input": {"messages": [{"role": "user", "content": "Hi"}]},
     "parameters": {"result_format": "message", "incremental_output": true}}

    id:1
    event:result
    :HTTP_STATUS/200
    data:{"output":{"choices":[{"message":{"content":"Hello","role":"assistant"},"finish_reason":"null"}]},
          "usage":{"total_tokens":15,"output_tokens":1,"input_tokens":14},"request_id":"280f"}

With `result_format: text` the answer is `{"output": {"text": "Hello", "finish_reason": "stop"}}`. Unless the client
asks for `incremental_output`, each event has all of the text so far, and only the last one is read. The reason "null"
means that there is more. Every event has usage, which grows; the last one counts.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Prompt, Reading, Usage
from cassette_cli.protocols.base import Call, Event, ReplyBuilder, at, int_at, list_at, text_at, without
from cassette_cli.protocols.shared import chat
from cassette_cli.protocols.shared.calls import check_calls
from cassette_cli.protocols.shared.chat.message import TEXT, MessageReader
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of

NAME = "dashscope.generation"

PATH = re.compile(r"/services/aigc/(text|multimodal)-generation/generation/?$")
# The reason of a piece that is not the last.
NOT_YET = "null"


def matches(call: Call) -> bool:
    """By path, together with the input that the request has or the output of the response."""
    output = at(call.response, "output")
    answers = list_at(output, "choices") or text_at(output, "text") is not None
    return bool(PATH.search(call.path)) and (bool(answers) or isinstance(at(call.request, "input"), dict))


def prompt(request: Json) -> Prompt:
    """The request read: a conversation, or a text. What `input` and `parameters` have beside it are parameters."""
    given, settings = at(request, "input"), at(request, "parameters")
    read = chat.prompt({"messages": list_at(given, "messages"), "tools": list_at(settings, "tools")})
    text = text_at(given, "prompt")
    return Prompt(
        model=text_at(request, "model"),
        messages=(*read.messages, *messages_of(text)),
        tools=read.tools,
        parameters={
            **without(request, ("model", "input", "parameters")),
            **without(given, ("messages", *(["prompt"] if text else []))),
            **without(settings, ("tools",) if list_at(settings, "tools") else ()),
        },
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = _Reader(streamed=streamed)
    is_whole = not streamed or _repeats(events)
    last = events[-1].number if events else None
    for event in events:
        reader.event(event, is_whole=is_whole, is_last=event.number == last)
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    reader.out.use_all(events if streamed else [event for event in events if event.is_json])
    return reader.close(last)


def _repeats(events: Sequence[Event]) -> bool:
    """Whether each event begins with all that the event before it says."""
    said = [_said(event.value) for event in events]
    return len(said) > 1 and bool(said[-1]) and all(text.startswith(before) for before, text in pairwise(said))


def _said(value: Json) -> str:
    message = at(value, "output", "choices", 0, "message")
    calls = [text_at(call, "function", "arguments") for call in list_at(message, "tool_calls")]
    texts = [
        text_at(message, "reasoning_content"),
        text_at(message, "content"),
        text_at(value, "output", "text"),
        *calls,
    ]
    return "".join(text for text in texts if text)


class _Reader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.out = ReplyBuilder()
        self.streamed = streamed
        self._messages: dict[int, MessageReader] = {}

    def event(self, event: Event, *, is_whole: bool, is_last: bool) -> None:
        """Take the next event; where each has the whole reply so far, the last one is read."""
        number, value = event.number, event.value
        output = at(value, "output")
        self.out.id = text_at(value, "request_id") or self.out.id
        if usage := at(value, "usage"):
            self.out.usage = _usage(usage)
        if isinstance(output, dict):
            if is_last or not is_whole:
                self._output(number, output, is_whole=is_whole)
        elif error := (error_of(value) or (at(value, "code") and value)):
            self.out.error = error
            if self.streamed:
                self.out.report(Code.ERROR_EVENT, number, "the provider reports an error within the reply")
        elif event.is_json or (self.streamed and event.text.strip()):
            self.out.unknown(event)

    def close(self, last: int | None) -> Reading:
        """The reading, with what only the end shows."""
        finished = bool(self._messages) and all(reader.finished for reader in self._messages.values())
        for reader in self._messages.values():
            reader.close()
            check_calls(self.out, [call.part for call in reader.calls.calls], streamed=self.streamed)
        if self.streamed:
            self.out.complete = finished
        if self.out.error is None and not finished:
            self._name_what_is_missing(last)
        return self.out.build()

    def _name_what_is_missing(self, last: int | None) -> None:
        if not self.streamed and self._messages:
            self.out.report(Code.FINISH_REASON_MISSING, last, "the message has no finish reason")
        elif self._messages:
            self.out.report(Code.STREAM_CUT_OFF, last, "the stream ends before the reply does")
        elif self.streamed:
            self.out.report(Code.STREAM_EMPTY, last, "the stream brought no message")

    def _output(self, number: int, output: dict[str, Json], *, is_whole: bool) -> None:
        choices = list_at(output, "choices")
        for place, choice in enumerate(choices):
            index = int_at(choice, "index")
            reader = self._reader(place if index is None else index, is_whole=is_whole)
            message = at(choice, "message")
            reader.message.role = text_at(message, "role") or reader.message.role
            reader.read(number, without(message, ("role",)), ("output", "choices", place, "message"))
            self._finish(reader, number, at(choice, "finish_reason"))
        if not choices:
            reader = self._reader(0, is_whole=is_whole)
            reader.message.role = "assistant"
            if text := text_at(output, "text"):
                reader.message.part("text", "text", TEXT).add(number, "content", text, ("output", "text"))
            self._finish(reader, number, output.get("finish_reason"))

    def _reader(self, index: int, *, is_whole: bool) -> MessageReader:
        if index not in self._messages:
            self._messages[index] = MessageReader(self.out, self.out.message(index), streamed=not is_whole)
        return self._messages[index]

    def _finish(self, reader: MessageReader, number: int, reason: Json) -> None:
        if reason and reason != NOT_YET:
            reader.finish(number, reason)


def _usage(raw: Json) -> Usage:
    return Usage(
        input_tokens=int_at(raw, "input_tokens"),
        output_tokens=int_at(raw, "output_tokens"),
        total_tokens=int_at(raw, "total_tokens"),
        reasoning_tokens=int_at(raw, "output_tokens_details", "reasoning_tokens"),
        cache_read_input_tokens=int_at(raw, "prompt_tokens_details", "cached_tokens"),
        raw=raw,
    )
