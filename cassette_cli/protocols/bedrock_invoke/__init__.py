"""AWS Bedrock's InvokeModel and InvokeModelWithResponseStream: each model's own format, in the wrapping of Bedrock.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html

    POST /model/anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke-with-response-stream
    {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 512, "messages": [{"role": "user", "content": "Hi"}]}

    chunk  {"bytes": "eyJ0eXBlIjoiY29udGVudF9ibG9ja19kZWx0YSIsImluZGV4IjowLCJkZWx0YSI6ey...", "p": "abcdefghij"}
           {"type": "content_block_delta", "index": 0, "delta": {...

The shape of the first event decides whose format it is. Bedrock adds fields of its own, `amazon-bedrock-...`.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from cassette_cli.conversation import Json, Reading
from cassette_cli.protocols.base import Call, Event, at, list_at, parse_json, text_at, without
from cassette_cli.protocols.bedrock_invoke.completion import read as read_completion
from cassette_cli.protocols.bedrock_invoke.wrapping import unwrapped, wrapped
from cassette_cli.protocols.shared.anthropic import read as read_anthropic
from cassette_cli.protocols.shared.bedrock.encoded import FIELD, text_in
from cassette_cli.protocols.shared.bedrock.native import prompt
from cassette_cli.protocols.shared.chat import read as read_chat
from cassette_cli.protocols.shared.converse import EVENTS
from cassette_cli.protocols.shared.converse import read as read_converse

NAME = "aws.bedrock.invoke"

# A model's name may be an ARN, slashes and all.
PATH = re.compile(r"/model/.+/invoke(-with-response-stream)?/?$")
ANTHROPIC = re.compile(r"message|content_block|ping")

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path; where that is another's (a proxy), by what the first event wraps. An agent's answer may be JSON, too."""
    if PATH.search(unquote(call.path)):
        return True
    inner = text_in(at(call.response, FIELD))
    if inner is None or "/agents/" in call.path or not call.response.keys() <= {FIELD, "p"}:
        return False
    return isinstance(parse_json(inner)[0], dict)


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    inner = unwrapped(events, streamed=streamed)
    first = next((event.value for event in inner.events if isinstance(event.value, dict)), None)
    return wrapped(_reader_of(first)(inner.events, streamed=streamed), inner)


def _reader_of(value: Json) -> Callable[..., Reading]:
    """The reader of the format that a response's first object is of."""
    if ANTHROPIC.match(text_at(value, "type") or ""):
        return read_anthropic
    if at(value, "output", "message") is not None or any(at(value, name) is not None for name in EVENTS):
        return read_converse
    choice = at(value, "choices", 0)
    if isinstance(choice, dict) and ("message" in choice or "delta" in choice):
        return _read_chat
    return read_completion


def _read_chat(events: Sequence[Event], *, streamed: bool) -> Reading:
    return read_chat([event._replace(value=_renamed(event.value)) for event in events], streamed=streamed)


def _renamed(value: Json) -> Json:
    """A response of Mistral's, whose `stop_reason` is everyone else's `finish_reason`."""
    choices = list_at(value, "choices")
    if not any(isinstance(choice, dict) and "stop_reason" in choice for choice in choices):
        return value
    renamed = [
        {**without(choice, ("stop_reason",)), "finish_reason": choice["stop_reason"]}
        if isinstance(choice, dict) and choice.get("stop_reason") and not choice.get("finish_reason")
        else choice
        for choice in choices
    ]
    return {**value, "choices": renamed}
