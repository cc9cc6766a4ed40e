"""AWS Bedrock's CountTokens, which takes a request of Converse or of InvokeModel.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html

    POST /model/anthropic.claude-haiku-4-5-20251001-v1%3A0/count-tokens
    {"input": {"converse": {"messages": [...]}}} or {"input": {"invokeModel": {"body": "<base64 of a JSON text>"}}}

    {"inputTokens": 375}
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from cassette_cli.conversation import Json, Prompt, Reading, Usage
from cassette_cli.protocols.base import Call, Event, ReplyBuilder, at, int_at, parse_json, without
from cassette_cli.protocols.shared.bedrock.encoded import text_in
from cassette_cli.protocols.shared.bedrock.errors import error_of
from cassette_cli.protocols.shared.bedrock.native import prompt as native_prompt
from cassette_cli.protocols.shared.converse import prompt as converse_prompt

NAME = "aws.bedrock.count_tokens"

PATH = re.compile(r"/model/.+/count-tokens/?$")


def matches(call: Call) -> bool:
    """By path."""
    return PATH.search(unquote(call.path)) is not None


def prompt(request: Json) -> Prompt:
    """The request whose tokens are to be counted."""
    converse = at(request, "input", "converse")
    if isinstance(converse, dict):
        return converse_prompt(converse)
    body = text_in(at(request, "input", "invokeModel", "body"))
    return Prompt(parameters=without(request, ())) if body is None else native_prompt(parse_json(body)[0])


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    out = ReplyBuilder()
    for event in events:
        out.use(event.number)
        value = event.value
        if int_at(value, "inputTokens") is not None:
            out.usage = Usage(input_tokens=int_at(value, "inputTokens"), raw=value)
        elif error := error_of(value):
            out.error = error
        elif event.text.strip():
            out.unknown(event)
    return out.build()
