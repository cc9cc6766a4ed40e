"""Anthropic's count of a prompt's tokens.

https://docs.anthropic.com/en/api/messages-count-tokens

    POST /v1/messages/count_tokens
    {"model": "claude-sonnet-4-20250514", "messages": [{"role": "user", "content": "Hi"}]}

    {"input_tokens": 8}

The count is the reply's usage: a total, as nothing is read or written.
"""

import re
from collections.abc import Sequence

from cassette_cli.conversation import Json, Reading, Usage
from cassette_cli.protocols.base import Call, Event, int_at
from cassette_cli.protocols.shared.anthropic import prompt
from cassette_cli.protocols.shared.whole import Item, read_whole

NAME = "anthropic.count_tokens"

PATH = re.compile(r"/messages/count_tokens/?$")

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path."""
    return bool(PATH.search(call.path)) and call.method.upper() in ("POST", "")


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    return read_whole(events, _items, _usage, "counts", streamed=streamed)


def _items(value: Json) -> list[Item] | None:
    return None if int_at(value, "input_tokens") is None else []


def _usage(value: Json) -> Usage:
    return Usage(total_tokens=int_at(value, "input_tokens"), raw=value)
