"""OpenAI's completions, the API before chat, and all who speak it: Azure, vLLM, Together, Fireworks, Writer and others.

https://platform.openai.com/docs/api-reference/completions, https://dev.writer.com/api-reference/completion-api

    POST /v1/completions
    {"model": "gpt-3.5-turbo-instruct", "prompt": "Say", "max_tokens": 3, "stream": true}

    data: {"id": "cmpl-1", "object": "text_completion", "choices": [{"text": "Hel", "index": 0, "finish_reason": null}]}
    data: [DONE]

    data: {"value": "Hel"}        Writer, whose streams have no end

A request may have several prompts, as strings or tokens: each is a message, and has as many completions as asked for.
"""

import re
from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Prompt, Reading
from cassette_cli.protocols.base import Call, Event, at, list_at, text_at, without
from cassette_cli.protocols.shared.chat import usage_of
from cassette_cli.protocols.shared.completion import Completion
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of

NAME = "openai.completions"

PATH = re.compile(r"(?<!/chat)/completions/?$")
# Fields of a choice that are read; all others are kept.
FIELDS = {"index", "text", "finish_reason", "delta"}


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    if call.on_bedrock:
        return False
    response = call.response
    if _is_completion(response):
        return True
    if at(call.request, "prompt") is None or not PATH.search(call.path):
        return False
    return response is None or text_at(response, "value") is not None or error_of(response) is not None


def _is_completion(response: Json) -> bool:
    choices = list_at(response, "choices")
    if at(response, "object") == "text_completion" and isinstance(at(response, "choices"), list):
        return True
    return bool(choices) and all(
        text_at(choice, "text") is not None and "message" not in choice and "delta" not in choice for choice in choices
    )


def prompt(request: Json) -> Prompt:
    """The request read."""
    read = [name for name in ("model", "prompt") if at(request, name)]
    return Prompt(
        model=text_at(request, "model"),
        messages=messages_of(at(request, "prompt")),
        parameters=without(request, read),
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = _Reader(streamed=streamed)
    for event in events:
        reader.event(event)
    return reader.close(events)


class _Reader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.reply = Completion(streamed=streamed)
        self.out = self.reply.out
        self.done = False
        self._is_writers = False

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, _, _, value, _ = event
        self.reply.last = number
        if self.done:
            self.out.report(Code.EVENT_AFTER_END, number, "an event comes after [DONE]", once=self)
        if not isinstance(value, dict):
            self._not_an_object(event)
            return
        if self.out.id is None or self.out.model is None:
            self.out.id = self.out.id or text_at(value, "id")
            self.out.model = self.out.model or text_at(value, "model")
        choices = value.get("choices")
        if isinstance(choices, list):
            for place, choice in enumerate(choices):
                self._choice(number, choice, place)
        elif isinstance(value.get("value"), str):
            self._is_writers = True
            self.reply.write(number, value["value"], ("value",))
        elif not value.get("usage") and not error_of(value):
            self.out.unknown(event)
        if usage := value.get("usage"):
            self.reply.count(number, usage)
        if value.get("error") or (choices is None and error_of(value)):
            self.reply.fail(number, error_of(value))

    def close(self, events: Sequence[Event]) -> Reading:
        """The reading, with what only the end shows."""
        finished = self.reply.finished
        if self.reply.streamed and finished and not self.done and self.out.error is None:
            self.out.report(Code.DONE_MISSING, self.reply.last, "the stream ends without [DONE]")
        ended = self.done or self._is_writers or (finished and self.out.error is None)
        return self.reply.close(events, ended=ended, usage_of=usage_of, gives_reasons=not self._is_writers)

    def _not_an_object(self, event: Event) -> None:
        if event.text.strip() == "[DONE]":
            self.done = True
        elif event.is_json or (self.reply.streamed and event.text.strip()):
            self.out.unknown(event)

    def _choice(self, number: int, choice: Json, place: int) -> None:
        if not isinstance(choice, dict):
            self.out.report(Code.CHOICES_NULL, number, f"entry {place} of choices is no object")
            return
        index = choice.get("index")
        if not isinstance(index, int):
            self.out.report(Code.INDEX_MISSING, number, f"entry {place} of choices has no index", once=place)
            index = place
        text = choice.get("text")
        if isinstance(text, str):
            self.reply.write(number, text, ("choices", place, "text"), index)
        elif isinstance(at(choice, "delta", "content"), str):  # as some servers end, or send all
            self.reply.write(number, choice["delta"]["content"], ("choices", place, "delta", "content"), index)
        message = self.reply.message(index)
        for name, item in choice.items():
            if item is not None and name not in FIELDS:
                message.keep(name, item)
        if choice.get("finish_reason"):
            self.reply.finish(number, choice["finish_reason"], index)
