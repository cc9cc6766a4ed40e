"""Cloudflare's Workers AI: text generation by its own API.

https://developers.cloudflare.com/workers-ai/get-started/rest-api/

    POST /client/v4/accounts/1/ai/run/@cf/meta/llama-3.2-3b-instruct
    {"messages": [{"role": "user", "content": "Hi"}], "stream": true}

    data: {"response": "Hel", "p": "abcdef"}
    data: {"tool_calls": [{"index": 0, "id": "c1", "type": "function", "function": {"name": "f", "arguments": "{"}}]}
    data: {"response": "", "usage": {"prompt_tokens": 19, "completion_tokens": 3, "total_tokens": 22}}
    data: [DONE]

    {"result": {"response": "Hello", "tool_calls": [{"name": "f", "arguments": {}}], "usage": {...}}, "success": true}

`p` is padding. Nothing says why a text ends.
"""

import re
from collections.abc import Sequence

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Prompt, Reading, Route
from cassette_cli.protocols.base import Call, Event, at, json_text, text_at, without
from cassette_cli.protocols.shared import chat
from cassette_cli.protocols.shared.chat.tool_calls import CallsReader
from cassette_cli.protocols.shared.completion import Completion
from cassette_cli.protocols.shared.errors import error_of
from cassette_cli.protocols.shared.inputs import messages_of

NAME = "cloudflare.workers_ai"

PATH = re.compile(r"/ai/run/.")
CALLS = (1,)
# Of an event, or the result; all others are kept.
FIELDS = ("response", "tool_calls", "usage", "p")


def matches(call: Call) -> bool:
    """By path, together with the conversation or prompt that the request has, or text in the response."""
    if not PATH.search(call.path):
        return False
    result = at(call.response, "result")
    if isinstance(result, dict):
        return "response" in result
    if isinstance(at(call.request, "messages"), list) or text_at(call.request, "prompt") is not None:
        return at(call.response, "choices") is None
    return text_at(call.response, "response") is not None


def prompt(request: Json) -> Prompt:
    """The request read: a conversation, or a text."""
    text = text_at(request, "prompt")
    read = chat.prompt(without(request, ("prompt",)) if text else request)
    return Prompt(
        model=read.model,
        messages=(*messages_of(text), *read.messages),
        tools=read.tools,
        parameters=read.parameters,
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    reader = _Reader(streamed=streamed)
    for event in events:
        reader.event(event)
    return reader.reply.close(events, ended=reader.done, usage_of=chat.usage_of, gives_reasons=False)


class _Reader:
    """A reply as it grows, event by event."""

    def __init__(self, *, streamed: bool) -> None:
        self.reply = Completion(streamed=streamed)
        self.done = False
        self._calls: CallsReader | None = None

    def event(self, event: Event) -> None:
        """Take the next event."""
        number, value = event.number, event.value
        self.reply.last = number
        result = at(value, "result")
        if self.done:
            self.reply.out.report(Code.EVENT_AFTER_END, number, "an event comes after [DONE]", once=self)
        if isinstance(result, dict):
            self._result(number, result, ("result",))
        elif error := (error_of(value) or at(value, "errors")):
            self.reply.fail(number, error)
        elif isinstance(value, dict) and self.reply.streamed:
            self._result(number, value, ())
        elif event.text.strip() == "[DONE]":
            self.done = True
        elif event.is_json or (self.reply.streamed and event.text.strip()):
            self.reply.out.unknown(event)

    def _result(self, number: int, value: dict[str, Json], route: Route) -> None:
        """A piece of the reply, or all of it; one that says nothing comes before the last."""
        response, calls = value.get("response"), value.get("tool_calls")
        if isinstance(response, str):
            self.reply.write(number, response, (*route, "response"))
        elif response is not None:  # numbers where a text is one, objects where JSON is asked for
            self.reply.write(number, json_text(response), None)
        if calls:
            self._take(number, calls, (*route, "tool_calls"))
        if value.get("usage"):
            self.reply.count(number, value["usage"])
        for name, item in without(value, FIELDS).items():
            if item is not None:
                self.reply.message().keep(name, item)

    def _take(self, number: int, calls: Json, route: Route) -> None:
        """Calls as in chat completions, or in the API's own form, whole and without ids."""
        if at(calls, 0, "name") is None:
            if self._calls is None:
                self._calls = CallsReader(self.reply.out, self.reply.message(), streamed=self.reply.streamed)
            self._calls.read(number, calls, route)
            return
        for place, call in enumerate(calls):
            part = self.reply.message().part(("call", number, place), "tool_call", CALLS)
            part.began = number
            part.fields["name"] = text_at(call, "name")
            arguments = at(call, "arguments")
            if isinstance(arguments, str):
                part.add(number, "arguments_text", arguments, (*route, place, "arguments"))
            elif arguments is not None:
                part.arguments = arguments
                part.add(number, "arguments_text", json_text(arguments), None)
