"""Cohere's chat, in both versions of its API; the second is streamed as server-sent events, the first as JSON lines.

https://docs.cohere.com/reference/chat, https://docs.cohere.com/v1/reference/chat

    POST /v2/chat
    {"model": "command-a-03-2025", "messages": [{"role": "user", "content": "Hi"}], "stream": true}

    event: content-delta
    data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hello"}}}}

    POST /v1/chat
    {"model": "command-r", "message": "Hi", "stream": true}

    {"is_finished":false,"event_type":"text-generation","text":"Hello"}
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Prompt, Reading
from cassette_cli.protocols.base import Call, Event, at, text_at
from cassette_cli.protocols.cohere_chat import prompt_v1, prompt_v2, reply_v1, reply_v2

NAME = "cohere.chat"

PATH = re.compile(r"/v(1|2)/chat/?$")
# Bedrock wraps the first version, and generate came before it; there the path decides.
OTHERS = re.compile(r"/model/.+/(invoke|converse)|/generate/?$")


def matches(call: Call) -> bool:
    """By the shape of the response; where there is none or only an error, by path and request."""
    if OTHERS.search(call.path):
        return False
    if _answers_v1(call.response) or _answers_v2(call.response):
        return True
    found = PATH.search(call.path)
    if not found or (call.response is not None and text_at(call.response, "message") is None):
        return False
    if found[1] == "1":
        return _asks_v1(call.request)
    return isinstance(at(call.request, "messages"), list)


def prompt(request: Json) -> Prompt:
    """The request read."""
    return prompt_v1.prompt(request) if _asks_v1(request) else prompt_v2.prompt(request)


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    first = next((event.value for event in events if isinstance(event.value, dict)), None)
    is_v1 = _answers_v1(first)
    reader = reply_v1.ReplyReader(streamed=streamed) if is_v1 else reply_v2.ReplyReader(streamed=streamed)
    for event in events:
        reader.event(event)
    # A plain body that is no JSON is no reply, and not for a protocol to judge.
    reader.out.use_all(events if streamed else [event for event in events if event.is_json])
    return reader.close()


def _asks_v1(request: Json) -> bool:
    return text_at(request, "message") is not None and at(request, "messages") is None


def _answers_v1(response: Json) -> bool:
    if text_at(response, "event_type") in reply_v1.READERS:
        return True
    return text_at(response, "text") is not None and text_at(response, "generation_id") is not None


def _answers_v2(response: Json) -> bool:
    if text_at(response, "type") == "message-start":
        return isinstance(at(response, "delta", "message"), dict)
    is_message = text_at(response, "message", "role") == "assistant" and "finish_reason" in response
    return is_message and any(name in response["message"] for name in ("content", "tool_calls", "tool_plan"))
