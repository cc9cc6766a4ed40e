"""Gemini's Interactions API, which is to follow generateContent.

https://ai.google.dev/gemini-api/docs/interactions

    POST /v1beta/interactions
    {"model": "gemini-3-flash-preview", "input": "Hi", "stream": true}

    event: step.delta
    data: {"index": 1, "delta": {"text": "Hello", "type": "text"}, "event_type": "step.delta"}
"""

import re

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import Call, at, text_at
from cassette_cli.protocols.google_interactions.prompt import prompt
from cassette_cli.protocols.google_interactions.reply import read

NAME = "google.interactions"

PATH = re.compile(r"/interactions/?$")

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By the shape of the response, or by path and request where that is an error."""
    asks = at(call.request, "input") is not None and bool(at(call.request, "model") or at(call.request, "agent"))
    return _answers(call.response) or (bool(PATH.search(call.path)) and asks)


def _answers(response: Json) -> bool:
    event = text_at(response, "event_type") or ""
    return text_at(response, "object") == "interaction" or event.startswith("interaction.")
