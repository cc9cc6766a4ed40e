"""The tool calls of a reply: which one is meant, its arguments and its name set."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from json import dumps
from typing import NamedTuple

from cassette_cli.conversation import Channel, Json, Reply, ToolCall
from cassette_cli.document.lens import Change
from cassette_cli.document.text import Edit, moved, splice
from cassette_cli.editing.asked import SetArgument, SetToolName
from cassette_cli.editing.channels import with_text
from cassette_cli.editing.json_edits import set_at
from cassette_cli.editing.meant import Meant, same_reply, with_part
from cassette_cli.editing.trial import Place, Trial, same_value, tried
from cassette_cli.errors import CassetteError
from cassette_cli.protocols.base import at, follow, parse_json

# The fields that providers have a call's arguments in, beside its name or a level above it.
ARGUMENTS = ("arguments", "args", "input", "parameters", "partialArgs", "rawArgs")
NAMES = ("name", "tool_name", "toolName")
IDS = ("id", "call_id", "toolUseId", "tool_call_id")


class Called(NamedTuple):
    """A call of a reply, by the numbers of its message and part."""

    message: int
    part: int
    call: ToolCall


def calls_of(reply: Reply) -> list[Called]:
    """The calls that the client is to run, in order."""
    return [
        Called(number, place, part)
        for number, message in enumerate(reply.messages)
        for place, part in enumerate(message.parts)
        if isinstance(part, ToolCall)
    ]


def named(reply: Reply, which: str | None) -> Called:
    """The one call that a name, an id or a number names; the only one for None.

    Raises CassetteError where there is none, or more than one.
    """
    calls = calls_of(reply)
    found = calls if which is None else [each for each in calls if which in (each.call.name, each.call.id)]
    if not found and which and which.isdecimal() and int(which) < len(calls):
        found = [calls[int(which)]]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{number} {each.call.name} ({each.call.id})" for number, each in enumerate(calls)) or "none"
    if not found:
        raise CassetteError(
            f"the reply has no tool call {which}; it has {there}" if which else "the reply has no tool call"
        )
    raise CassetteError(f"the reply has {len(found)} such calls, name one by its number or id: {there}")


def with_argument(trial: Trial, asked: SetArgument) -> tuple[list[Change], Meant]:
    """The changes after which a call has another argument, and the reply that is meant.

    Raises CassetteError where there is no such call or path.
    """
    message, part, call = named(trial.reply, asked.call)
    new_value, is_json = parse_json(_set(call.arguments_text, asked))
    if not is_json or not (isinstance(new_value, dict) or not asked.path):
        raise CassetteError(f"the arguments of {call.name} are no JSON object")
    channel = Channel(message, part, "arguments_text")
    deltas = trial.places.deltas(channel)
    if deltas and all(delta.route is not None for delta in deltas):
        text = _set(call.arguments_text, asked)
        meant = replace(call, arguments_text=text, arguments=new_value)
        return with_text(trial, channel, text), Meant(with_part(trial.reply, message, part, meant))
    meant = replace(call, arguments=new_value, arguments_text=_compact(new_value))
    wanted = with_part(trial.reply, message, part, meant)
    for place in trial.values(ARGUMENTS, same_value(call.arguments)):
        changes = _inside(trial, place, asked)
        if same_reply(trial.after(changes), wanted):
            return changes, Meant(wanted)
    raise CassetteError(f"the arguments of {call.name} lie in no one place that could be edited")


def _compact(value: Json) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set(text: str, asked: SetArgument) -> str:
    """The arguments with a value set. No text stands for no arguments."""
    held = text if text.strip() else "{}"
    if not asked.path:
        return asked.value
    try:
        return splice(held, [set_at(held, asked.path, asked.value)])
    except CassetteError as error:
        raise CassetteError(f"arguments of {asked.call}: {error.message}") from None


def _inside(trial: Trial, place: Place, asked: SetArgument) -> list[Change]:
    """The changes that set an argument in an object at a place."""
    found = trial.places.value_at(*place)
    assert found is not None
    outer, node = found
    if not asked.path:
        return [(outer, Edit(node.span, asked.value))]
    edits = [set_at(outer.text[slice(*node.span)], asked.path, asked.value)]
    return [(outer, edit) for edit in moved(edits, node.span.start)]


def with_name(trial: Trial, asked: SetToolName) -> tuple[list[Change], Meant]:
    """The changes after which a call has another name, and the reply that is meant."""
    message, part, call = named(trial.reply, asked.call)
    if call.name is None:
        raise CassetteError("this call has no name that could be changed")
    wanted = with_part(trial.reply, message, part, replace(call, name=asked.name))
    value = dumps(asked.name, ensure_ascii=False)
    candidates = [place for place in trial.values(NAMES, same_value(call.name)) if _is_call(trial, place)]
    found = tried(trial, candidates, value, lambda reply: same_reply(reply, wanted))
    idle = [place for place in found.idle if _may_be(trial, place, call, calls_of(trial.reply))]
    said_of_it = [place for place in candidates if _may_be(trial, place, call, calls_of(trial.reply))]
    for places in ([*found.deciding, *idle], found.deciding, said_of_it):
        changes = [trial.set(place, value) for place in places]
        if places and same_reply(trial.after(changes), wanted):
            return changes, Meant(wanted)
    raise CassetteError(f"the name of {call.name} lies in no one place that could be edited")


def _around(trial: Trial, place: Place) -> Iterator[Json]:
    """The objects around a value, nearest first, up to two."""
    event = next(event for event in trial.events if event.number == place.event)
    for up in (1, 2, 3):
        if len(place.route) >= up:
            yield follow(event.value, place.route[:-up])


def _is_call(trial: Trial, place: Place) -> bool:
    """Whether a name is that of a call, and not of a tool that is offered."""
    if "tools" in place.names or "tool_choice" in place.names:
        return False
    event = next(event for event in trial.events if event.number == place.event)
    around = follow(event.value, place.route[:-1])
    kind = str(at(around, "type") or "")
    return any(name in around for name in (*ARGUMENTS, *IDS)) or "tool" in kind or "function" in kind


def _may_be(trial: Trial, place: Place, call: ToolCall, calls: Sequence[Called]) -> bool:
    """Whether a name that decides nothing is said of this call: by the id beside it, or for want of another call."""
    ids = [
        found
        for around in _around(trial, place)
        if isinstance(around, dict)
        for name in IDS
        if (found := around.get(name))
    ]
    if call.id in ids:
        return True
    if any(other.call.id in ids for other in calls if other.call.id):
        return False
    return sum(1 for other in calls if other.call.name == call.name) == 1
