"""Gemini's generateContent and streamGenerateContent: the Gemini API, Vertex AI, and Code Assist, which wraps both
request and response.

https://ai.google.dev/api/generate-content, https://cloud.google.com/vertex-ai/docs/reference/rest

    POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse
    {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}

    data: {"candidates": [{"content": {"parts": [{"text": "Hello"}], "role": "model"}, "finishReason": "STOP"}]}
"""

import re
from dataclasses import replace
from urllib.parse import unquote

from cassette_cli.conversation import Json, Prompt
from cassette_cli.protocols.base import Call, at, text_at, without
from cassette_cli.protocols.shared.google import prompt as read_prompt
from cassette_cli.protocols.shared.google import read

NAME = "google.generate_content"

PATH = re.compile(r":(generateContent|streamGenerateContent)/?$")
# Methods that answer something else about the same contents.
OTHER_METHOD = re.compile(r":[a-zA-Z]+/?$")

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path, or by the shape of the response where the path names no method of Google's."""
    path = unquote(call.path)
    if PATH.search(path):
        return True
    return not OTHER_METHOD.search(path) and _answers(call.response)


def prompt(request: Json) -> Prompt:
    """The request read; Code Assist's has it in its field `request`."""
    inner = at(request, "request")
    if not isinstance(inner, dict):
        return read_prompt(request)
    read = read_prompt(inner)
    model = text_at(request, "model") or read.model
    return replace(read, model=model, parameters={**without(request, ("request", "model")), **read.parameters})


def _answers(response: Json) -> bool:
    response = response[0] if isinstance(response, list) and response else response
    candidate = at(response, "candidates", 0)
    has_content = isinstance(candidate, dict) and ("content" in candidate or "finishReason" in candidate)
    return has_content and ("usageMetadata" in response or "modelVersion" in response)
