"""OpenAI's assistants: runs of a thread, streamed or polled for, and the messages of the thread.

https://platform.openai.com/docs/api-reference/runs, https://platform.openai.com/docs/api-reference/assistants-streaming

    POST /v1/threads/thread_1/runs
    {"assistant_id": "asst_1", "instructions": "Be terse.", "stream": true}

    event: thread.message.delta
    data: {"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"text","text":{...}}]}}

A run is a reply: its messages and the calls of its steps are the parts of one message, in the order in which they come,
and its status is the finish reason. What only makes or lists threads and assistants is HTTP like any other.
"""

import re

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import Call, at, text_at
from cassette_cli.protocols.openai_assistants.prompt import prompt
from cassette_cli.protocols.openai_assistants.reply import read
from cassette_cli.protocols.shared.errors import error_of

NAME = "openai.assistants"

PATH = re.compile(r"/threads(/[^/]+)?/runs(/[^/]+(/submit_tool_outputs)?)?/?$")

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By the object that the response is, or begins with; where there is none or only an error, by path and request."""
    if text_at(call.response, "object") == "thread.run" or _lists_messages(call.response):
        return True
    if not PATH.search(call.path):
        return False
    if call.response is None or error_of(call.response) is not None:
        return any(at(call.request, name) is not None for name in ("assistant_id", "tool_outputs"))
    return text_at(call.response, "object") == "thread"


def _lists_messages(response: Json) -> bool:
    return text_at(response, "object") == "list" and text_at(response, "data", 0, "object") == "thread.message"
