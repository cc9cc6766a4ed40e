"""Later requests of a conversation that send back what a reply said, changed along with the reply.

A request goes on from a reply where its messages begin with those of the reply's own request and what comes next is
what the reply said, both compared as conversations.py compares: without ids, reasoning and outer white space.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from json import dumps
from typing import NamedTuple

from cassette_cli import protocols
from cassette_cli.conversation import Json, Message, Part, Prompt, Reply, Text, ToolCall, ToolCallResponse
from cassette_cli.conversations import said
from cassette_cli.document.lens import Change
from cassette_cli.document.text import changed, splice
from cassette_cli.editing.calls import ARGUMENTS, NAMES
from cassette_cli.editing.json_edits import set_at
from cassette_cli.editing.meant import comparable
from cassette_cli.editing.trial import values_in
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, Strings, exchange
from cassette_cli.framing.base import is_text
from cassette_cli.lengths import lengths
from cassette_cli.model import Cassette
from cassette_cli.proof import prove
from cassette_cli.protocols.base import parse_json


class Spoken(NamedTuple):
    """What a part says, and the numbers of its message and of itself."""

    what: Hashable
    message: int
    part: int


def followed(before: Cassette, after: Cassette, index: int) -> tuple[Cassette, list[int]]:
    """The cassette (`after` an edit of the reply of one interaction) with the later requests changed that send the
    reply back, and the numbers of those.

    Raises CassetteError where such a request holds what changed in no place that could be edited.
    """
    old, new = exchange(before.interactions[index]), exchange(after.interactions[index])
    if old.reply is None or new.reply is None or old.prompt is None:
        return after, []
    places = []
    for later in range(index + 1, len(after.interactions)):
        found = exchange(after.interactions[later])
        meant = found.prompt and _renewed(old.prompt, old.reply, new.reply, found.prompt)
        if meant is None or meant == found.prompt:
            continue
        changes = _changes(found, meant)
        again = prove(after, [*changes, *lengths([found], changes)], with_companions=True)
        prompt = exchange(again.interactions[later]).prompt
        if prompt is None or _comparable(prompt) != _comparable(meant):
            raise CassetteError(f"the request of interaction {later} would not read as meant").at(after.path)
        after = again
        places.append(later)
    return after, places


def _renewed(prompt: Prompt, old: Reply, new: Reply, later: Prompt) -> Prompt | None:
    """A later prompt as it would be had the reply been the new one; None where it does not go on from the old one."""
    known, spoken = list(_spoken(prompt.messages)), list(_spoken(later.messages))
    if [each.what for each in spoken[: len(known)]] != [each.what for each in known]:
        return None
    rest = spoken[len(known) :]
    for one, other in zip(old.messages, new.messages, strict=False):
        replies = list(_spoken([replace(one, role="assistant")]))
        if replies and [each.what for each in rest[: len(replies)]] == [each.what for each in replies]:
            for told, held in zip(replies, rest, strict=False):
                old_part, new_part = one.parts[told.part], other.parts[told.part]
                for each in (held, *_answers(later, rest[len(replies) :], old_part)):
                    later = _with(later, each, old_part, new_part)
            return later
    return None


def _comparable(prompt: Prompt) -> Prompt:
    messages = [replace(each, parts=tuple(comparable(part) for part in each.parts)) for each in prompt.messages]
    return replace(prompt, messages=tuple(messages))


def _spoken(messages: Sequence[Message]) -> Iterator[Spoken]:
    for number, message in enumerate(messages):
        role = "assistant" if message.role == "model" else message.role
        for place, part in enumerate(message.parts):
            what = said(part)
            if what is not None:
                yield Spoken((role, what), number, place)


def _answers(prompt: Prompt, rest: Sequence[Spoken], call: Part) -> Iterator[Spoken]:
    """The answers to a call that name its tool, up to the next message of anyone else."""
    for each in rest:
        part = prompt.messages[each.message].parts[each.part]
        if not isinstance(part, ToolCallResponse):
            return
        if isinstance(call, ToolCall) and part.name == call.name and part.id in (None, call.id):
            yield each


def _with(prompt: Prompt, held: Spoken, old: Part, new: Part) -> Prompt:
    message = prompt.messages[held.message]
    part = _said_anew(message.parts[held.part], old, new)
    parts = (*message.parts[: held.part], part, *message.parts[held.part + 1 :])
    messages = list(prompt.messages)
    messages[held.message] = replace(message, parts=parts)
    return replace(prompt, messages=tuple(messages))


def _said_anew(held: Part, old: Part, new: Part) -> Part:
    """A part of a prompt, which says what the old part said, saying what the new one says."""
    if isinstance(held, Text) and isinstance(old, Text) and isinstance(new, Text) and old.content != new.content:
        return replace(held, content=held.content.replace(old.content.strip(), new.content.strip()))
    if isinstance(held, ToolCall) and isinstance(old, ToolCall) and isinstance(new, ToolCall):
        text = held.arguments_text
        if held.arguments != new.arguments:
            text = new.arguments_text if text == old.arguments_text else _reworded(text, old.arguments, new.arguments)
        return replace(held, name=new.name, arguments=parse_json(text)[0] if text.strip() else {}, arguments_text=text)
    if isinstance(held, ToolCallResponse) and isinstance(new, ToolCall):
        return replace(held, name=new.name)
    return held


def _reworded(text: str, old: Json, new: Json) -> str:
    """The text of an object in which only what differs between two objects is changed."""
    if not isinstance(old, dict) or not isinstance(new, dict) or not old.keys() <= new.keys():
        return dumps(new, ensure_ascii=False)
    for name, value in new.items():
        if name not in old or old[name] != value:
            text = splice(text, [set_at(text, (name,), dumps(value, ensure_ascii=False))])
    return text


def _changes(found: Exchange, meant: Prompt) -> list[Change]:
    """The edits of a request's body that make it the prompt that is meant; part by part, each found by trying."""
    content, protocol = found.request_content, found.protocol
    assert content is not None
    assert protocol is not None
    assert found.prompt is not None
    if not is_text(content):
        raise CassetteError(f"the request of interaction {found.interaction.index} is no text")
    strings = Strings(content)
    body = parse_json(content.text)[0]
    read = protocols.named(protocol).prompt
    changes: list[Change] = []
    for number, (one, other) in enumerate(zip(found.prompt.messages, meant.messages, strict=True)):
        for place, (old, new) in enumerate(zip(one.parts, other.parts, strict=True)):
            for told, wanted, names in _steps(old, new):
                changes += _placed(strings, body, told, wanted, names, _Aim(read(body), number, place, read))
    return changes


def _steps(old: Part, new: Part) -> Iterator[tuple[str, str, Sequence[str]]]:
    """What of a part changes: old text, new text, and the names under which it may stand (any, where empty)."""
    if isinstance(old, Text) and isinstance(new, Text) and old.content != new.content:
        yield old.content, new.content, ()
    if isinstance(old, ToolCall) and isinstance(new, ToolCall) and old.arguments_text != new.arguments_text:
        yield old.arguments_text, new.arguments_text, ARGUMENTS
    before, after = _name(old), _name(new)
    if before and after and before != after:
        yield before, after, NAMES


def _name(part: Part) -> str | None:
    return part.name if isinstance(part, ToolCall | ToolCallResponse) else None


class _Aim(NamedTuple):
    """The part of a prompt that an edit is to change, and nothing else."""

    prompt: Prompt
    message: int
    part: int
    read: Callable[[Json], Prompt]

    def is_hit(self, body: Json) -> bool:
        return _differing(self.prompt, self.read(body)) == {(self.message, self.part)}


def _differing(one: Prompt, other: Prompt) -> set[tuple[int, int]]:
    if len(one.messages) != len(other.messages):
        return set()
    return {
        (number, place)
        for number, (old, new) in enumerate(zip(one.messages, other.messages, strict=True))
        for place in range(max(len(old.parts), len(new.parts)))
        if old.parts[place : place + 1] != new.parts[place : place + 1]
    }


def _placed(strings: Strings, body: Json, old: str, new: str, names: Sequence[str], aim: _Aim) -> Iterator[Change]:
    """The edits that put a new text in the one place of the old one that the aim is at."""
    for route, value in values_in(body):
        if names and (not route or route[-1] not in names):
            continue
        is_object = isinstance(value, dict | list)
        if (parse_json(old)[0] != value) if is_object else value != old:
            continue
        if not aim.is_hit(_replaced(body, route, parse_json(new)[0] if is_object else new)):
            continue
        found = strings.value_at(route)
        lens = strings.lens_at(route)
        if is_object and found:
            text, node = found
            source = text.text[slice(*node.span)]
            written = _reworded(source, value, parse_json(new)[0])
            start = node.span.start
            yield from (
                (text, edit) for edit in changed(text.text, text.text[:start] + written + text.text[node.span.end :])
            )
        elif lens:
            yield from ((lens, edit) for edit in changed(lens.text, new))
        return
    raise CassetteError("a later request sends back what changed, but holds it in no place that could be edited")


def _replaced(body: Json, route: Sequence[object], value: Json) -> Json:
    """A copy of a JSON value with another value at a route; texts in texts are not followed."""
    if not route:
        return value
    step, *rest = route
    if isinstance(body, dict) and isinstance(step, str):
        return {**body, step: _replaced(body.get(step), rest, value)}
    if isinstance(body, list) and isinstance(step, int):
        return [*body[:step], _replaced(body[step], rest, value), *body[step + 1 :]]
    return body
