"""Changes asked for, made one after the other, each proven: the reply read from the new text is the one that was meant,
and every other text of the file is what it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cassette_cli.conversation import Channel, Message, Part, Reasoning, Refusal, Text
from cassette_cli.document.lens import Change
from cassette_cli.editing.adding import with_call
from cassette_cli.editing.asked import (
    AddToolCall,
    Asked,
    Kind,
    SetArgument,
    SetFinishReason,
    SetHeader,
    SetStatus,
    SetText,
    SetToolName,
    SetUsage,
)
from cassette_cli.editing.calls import with_argument, with_name
from cassette_cli.editing.channels import with_text
from cassette_cli.editing.counts import with_finish_reason, with_usage
from cassette_cli.editing.headers import with_header
from cassette_cli.editing.meant import Meant, with_message
from cassette_cli.editing.status import with_status
from cassette_cli.editing.trial import Trial
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import exchange
from cassette_cli.lengths import lengths
from cassette_cli.model import Cassette
from cassette_cli.proof import prove

PARTS: dict[Kind, type[Part]] = {"text": Text, "reasoning": Reasoning, "refusal": Refusal}
# What clients hold against the text beside it.
SCORES = ("logprobs", "avgLogprobs", "logprobsResult", "top_logprobs")


@dataclass(frozen=True, slots=True)
class Edited:
    """A cassette, still unwritten, with what to know about it."""

    cassette: Cassette
    notes: tuple[str, ...] = ()


def edited(cassette: Cassette, index: int, asked: Sequence[Asked]) -> Edited:
    """The cassette whose interaction says what is asked for.

    Raises CassetteError where the recording has no place for something, InternalError where a proof fails.
    """
    notes: list[str] = []
    for each in asked:
        try:
            cassette, more = _made(cassette, index, each)
        except CassetteError as error:
            raise type(error)(f"interaction {index}: {error.message}", error.where).at(cassette.path) from None
        notes += more
    return Edited(cassette, tuple(dict.fromkeys(notes)))


def _made(cassette: Cassette, index: int, asked: Asked) -> tuple[Cassette, Sequence[str]]:
    match asked:
        case SetStatus(code):
            return with_status(cassette, index, code), ()
        case SetHeader(name, value):
            return with_header(cassette, index, "response", name, value), ()
    found = exchange(cassette.interactions[index])
    if found.reply is None:
        raise CassetteError("this is plain HTTP or a protocol that is not known, so there is no reply to edit")
    trial = Trial(found)
    changes, meant = PLANS[type(asked)](trial, asked)
    if not meant.is_said(trial.after(changes)):
        raise CassetteError("this protocol says that in more places than can be edited alike")
    changes = [*changes, *lengths([found], changes)]
    again = prove(cassette, changes, with_companions=True)
    reply = exchange(again.interactions[index]).reply
    if reply is None or not meant.is_said(reply):
        raise InternalError("the reply would not read as meant; the file was left alone")
    return again, meant.notes


def _with_texts(trial: Trial, asked: SetText) -> tuple[list[Change], Meant]:
    """The changes after which a message's parts of one kind say a new text. Where there are several, those that the
    new text begins or ends with stay, and the first of the others takes what is left."""
    if asked.message >= len(trial.reply.messages):
        raise CassetteError(f"the reply has no message {asked.message}: it has {len(trial.reply.messages)}")
    message = trial.reply.messages[asked.message]
    kind = PARTS[asked.kind]
    places = [place for place, part in enumerate(message.parts) if isinstance(part, kind)]
    if asked.part is not None:
        places = [place for place in places if place == asked.part]
    if not places:
        raise CassetteError(f"the reply has no {asked.kind} that could be changed{_instead(message)}")
    olds = [_content(message.parts[place]) for place in places]
    changes: list[Change] = []
    parts = list(message.parts)
    for place, old, new in zip(places, olds, _shared(olds, asked.text), strict=True):
        if old != new:
            changes += with_text(trial, Channel(asked.message, place, "content"), new)
            parts[place] = _with_content(parts[place], new)
    meant = with_message(trial.reply, asked.message, replace(message, parts=tuple(parts)))
    return changes, Meant(meant, notes=tuple(_notes(message, parts, changes)))


def _instead(message: Message) -> str:
    kinds = ", ".join(dict.fromkeys(type(part).__name__.lower() for part in message.parts))
    return f": it consists of {kinds}" if kinds else ": it is empty"


def _content(part: Part) -> str:
    return part.content if isinstance(part, Text | Reasoning | Refusal) else ""


def _with_content(part: Any, content: str) -> Part:
    return replace(part, content=content)  # type: ignore[no-any-return]  # a part stays what it is


def _shared(olds: Sequence[str], new: str) -> list[str]:
    """A text shared out among parts that have texts."""
    first, last = 0, len(olds)
    while first < last - 1 and new.startswith(olds[first]):
        new = new[len(olds[first]) :]
        first += 1
    behind: list[str] = []
    while last > first + 1 and olds[last - 1] and new.endswith(olds[last - 1]):
        last -= 1
        behind.insert(0, olds[last])
        new = new[: len(new) - len(olds[last])]
    return [*olds[:first], new, *[""] * (last - first - 1), *behind]


def _notes(message: Message, parts: Sequence[Part], changes: Sequence[Change]) -> list[str]:
    """What no longer fits a text that changed."""
    notes = []
    if changes and any(name in SCORES for name in _names(message.extra)):
        notes.append("log probabilities beside the text stay as recorded: they are those of the old text")
    for old, new in zip(message.parts, parts, strict=True):
        if old != new and isinstance(old, Reasoning) and (old.signature or old.encrypted):
            notes.append("the signature over the reasoning stays as recorded: providers would refuse it")
        if old != new and isinstance(old, Text) and old.annotations:
            notes.append("citations stay as recorded: their places are those of the old text")
    return notes


def _names(value: Any) -> set[str]:
    names: set[str] = set()
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            names.update(found)
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
    return names


Plan = Callable[[Trial, Any], tuple[list[Change], Meant]]
PLANS: dict[type[Asked], Plan] = {
    SetText: _with_texts,
    SetArgument: with_argument,
    SetToolName: with_name,
    AddToolCall: with_call,
    SetFinishReason: with_finish_reason,
    SetUsage: with_usage,
}
