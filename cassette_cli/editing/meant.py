"""The reply that an edit is to give, and whether another reply is that one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from cassette_cli.conversation import Message, Part, Reply, ServerToolCall, Text, ToolCall
from cassette_cli.protocols.base import parse_json


@dataclass(frozen=True, slots=True)
class Meant:
    """What is to be read after an edit. `usage_field` names the one common count that is to change, where the
    provider's own field for it is not known beforehand; `added` is a call that is to be there, too, whatever its id;
    `notes` tell the user what else to know."""

    reply: Reply
    usage_field: str | None = None
    notes: tuple[str, ...] = ()
    added: ToolCall | None = None

    def is_said(self, reply: Reply) -> bool:
        """Whether a reply is the one that is meant."""
        if self.added is not None:
            return any(same_reply(less, self.reply) for less in _less_one(reply, self.added))
        if self.usage_field is None:
            return same_reply(reply, self.reply)
        return same_reply(_less_raw(reply), _less_raw(self.reply))


def _less_one(reply: Reply, call: ToolCall) -> Iterator[Reply]:
    """The reply without one call that is this one, whatever its id."""
    for number, message in enumerate(reply.messages):
        for place, part in enumerate(message.parts):
            if isinstance(part, ToolCall) and (part.name, part.arguments) == (call.name, call.arguments):
                parts = (*message.parts[:place], *message.parts[place + 1 :])
                yield with_message(reply, number, replace(message, parts=parts))


def _less_raw(reply: Reply) -> Reply:
    """The reply without the provider's own object of counts, which some have in a message's `extra`, too."""
    usage = reply.usage
    if usage is None:
        return reply
    messages = tuple(
        replace(message, extra={name: item for name, item in (message.extra or {}).items() if item != usage.raw})
        for message in reply.messages
    )
    return replace(reply, messages=messages, usage=replace(usage, raw=None))


def with_part(reply: Reply, message: int, place: int, part: Part) -> Reply:
    """The reply with another part in a place."""
    old = reply.messages[message]
    parts = (*old.parts[:place], part, *old.parts[place + 1 :])
    return with_message(reply, message, replace(old, parts=parts))


def with_message(reply: Reply, number: int, message: Message) -> Reply:
    """The reply with another message in a place."""
    return replace(reply, messages=(*reply.messages[:number], message, *reply.messages[number + 1 :]))


def same_reply(one: Reply, other: Reply) -> bool:
    """Whether two replies say the same. A text part that says nothing is no part, and of arguments that the provider
    sends as an object the value counts."""
    return replace(one, messages=()) == replace(other, messages=()) and _messages(one) == _messages(other)


Said: TypeAlias = tuple[Message, ...]


def _messages(reply: Reply) -> Said:
    return tuple(
        replace(message, parts=tuple(comparable(part) for part in message.parts if part != Text("")))
        for message in reply.messages
    )


def comparable(part: Part) -> Part:
    """A part to be compared: of a call's arguments the value counts where there is one, not how it is written."""
    if (
        isinstance(part, ToolCall | ServerToolCall)
        and part.arguments is not None
        and parse_json(part.arguments_text)[1]
    ):
        return replace(part, arguments_text="")
    return part
