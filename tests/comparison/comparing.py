"""Exchanges compared, and changes in short form."""

import json
import random
import string
from typing import Any

from handmade import made

from cassette_cli.comparison import compare
from cassette_cli.comparison.changes import ABSENT, Change, InteractionDiff
from cassette_cli.comparison.compare import Recording
from cassette_cli.comparison.context import Context
from cassette_cli.comparison.settings import Settings
from cassette_cli.conversation import Message, Prompt, Reply, ToolCall
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette

# A change as class, place, old and new value.
Short = tuple[str, str, Any, Any]
GONE = "(absent)"


def short(change: Change) -> Short:
    old, new = (GONE if value is ABSENT else value for value in (change.old, change.new))
    return change.verdict.word, change.where, old, new


def context(**settings: Any) -> Context:
    return Context(Settings(**settings))


def diffs(old: list[Exchange], new: list[Exchange], *, same_recorder: bool = True) -> list[InteractionDiff]:
    return list(compare.compare(old, new, Settings(), same_recorder=same_recorder))


def token(seed: int) -> str:
    """What looks drawn at random: a credential, to those who mask such."""
    return "".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=40))


def between(old: Exchange, new: Exchange) -> list[Short]:
    """The changes of an interaction."""
    (found,) = diffs([old], [new])
    return [short(change) for change in found.changes]


def asking(prompt: Prompt, **fields: Any) -> Exchange:
    return made(prompt=prompt, reply=Reply(), **fields)


def answering(*messages: Message, **fields: Any) -> Exchange:
    """An exchange of one prompt, that is answered so."""
    return made(prompt=Prompt(parameters={}), reply=Reply(messages=messages, **fields))


def recording(cassette: Cassette) -> Recording:
    """A cassette as one side of a comparison."""
    return compare.recording(cassette, map(exchange, cassette.interactions))


def call(name: str, id_: str | None = "c", **arguments: Any) -> ToolCall:
    """A call, its arguments as JSON writes them."""
    return ToolCall(id_, name, arguments, json.dumps(arguments))
