"""Two messages compared, of a prompt or of a reply: texts as prose, calls and what came back of them by path."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from cassette_cli.comparison.changes import ABSENT, Change, Part, Value, Verdict, cosmetic
from cassette_cli.comparison.context import RENAMED, Context, Sent
from cassette_cli.comparison.sayings import call_key, merged, part_key, structured
from cassette_cli.comparison.sequences import blocks
from cassette_cli.comparison.volatile import without_volatile
from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Reasoning,
    Refusal,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.conversation import Part as Said

OPAQUE = "opaque, new with each reply"
SENT_BACK = "sends back the reply of interaction"
SPELLED = "says the same, spelled in another way"
UNNAMED = "a field without a known meaning that only one of them has"

Kind = TypeVar("Kind", bound=Said)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes that changes of a message have: by what they are in a reply, all the same in a prompt."""

    text: Verdict = Verdict.WORDING
    structure: Verdict = Verdict.BEHAVIOUR
    prompt: bool = False

    def part(self, part: Part) -> Part:
        """The part to select by: in a prompt all is of its messages."""
        return Part.MESSAGES if self.prompt else part


IN_REPLY = Classes()
IN_PROMPT = Classes(Verdict.REQUEST, Verdict.REQUEST, prompt=True)


class MessageComparison:
    """Compares two messages at a place."""

    def __init__(self, context: Context, where: str, classes: Classes) -> None:
        self.context = context
        self.where = where
        self.classes = classes

    def changes(self, old: Message, new: Message) -> Iterator[Change]:
        """All changes, in the order in which a reader wants them."""
        structure = self.classes.structure
        if (old.role or "assistant") != (new.role or "assistant"):
            yield from self.context.value(
                f"{self.where}.role", self.classes.part(Part.OUTPUT), structure, old.role, new.role
            )
        before, after = merged(old.parts), merged(new.parts)
        yield from self._texts("reasoning", Part.REASONING, _of(before, Reasoning), _of(after, Reasoning))
        yield from self._sealed(_of(before, Reasoning), _of(after, Reasoning))
        yield from self._texts("text", Part.TEXT, _of(before, Text), _of(after, Text))
        yield from self._annotations(_of(before, Text), _of(after, Text))
        yield from self._refusals(_of(before, Refusal), _of(after, Refusal))
        yield from self._calls("tool_calls", _of(before, ToolCall), _of(after, ToolCall))
        yield from self._calls("server_tool_calls", _of(before, ServerToolCall), _of(after, ServerToolCall))
        yield from self._responses(_of(before, ToolCallResponse), _of(after, ToolCallResponse))
        yield from self._server_responses(_of(before, ServerToolCallResponse), _of(after, ServerToolCallResponse))
        yield from self._media(_of(before, Media), _of(after, Media))
        yield from self._unknown(_of(before, Unknown), _of(after, Unknown))
        yield from self._order(before, after)
        yield from self.context.value(
            f"{self.where}.finish_reason",
            self.classes.part(Part.FINISH_REASON),
            structure,
            old.finish_reason,
            new.finish_reason,
        )
        yield from self._extra(old.extra or {}, new.extra or {})

    def _extra(self, old: Json, new: Json) -> Iterator[Change]:
        """Fields of no name here. Of a reply, one that only one side has and that no rule knows says little: providers
        add such."""
        part, free = self.classes.part(Part.OUTPUT), not self.classes.prompt
        for change in self.context.json(f"{self.where}.extra", part, self.classes.structure, old, new, free=free):
            only_one = change.old is ABSENT or change.new is ABSENT
            if free and only_one and change.verdict is Verdict.BEHAVIOUR and change.reason is None:
                yield replace(change, verdict=Verdict.COSMETIC, reason=UNNAMED)
            else:
                yield change

    def text(self, name: str, part: Part, old: str | None, new: str | None) -> Iterator[Change]:
        """The change of a text: by path where both are JSON, as prose else."""
        where = f"{self.where}.{name}"
        if old == new:
            return
        before, after = structured(old or ""), structured(new or "")
        said = old or "", new or ""
        if before is not None and after is not None:
            found = list(self._json(f"{where}.$", before, after))
            yield from (self._resent(each, said) for each in found)
            if not found:
                yield cosmetic(where, self.classes.part(part), old, new, SPELLED)
            return
        lost = (before is None) != (after is None) and bool(old) and bool(new)
        verdict = self.classes.structure if lost and part is Part.TEXT else self.classes.text
        yield self._resent(
            Change(
                where=where,
                part=self.classes.part(part),
                verdict=verdict,
                old=ABSENT if old is None else old,
                new=ABSENT if new is None else new,
            ),
            said,
        )

    def _json(self, where: str, old: Json, new: Json) -> Iterator[Change]:
        return self.context.json(where, self.classes.part(Part.OUTPUT), self.classes.structure, old, new)

    def _texts(self, name: str, part: Part, old: Sequence[Said], new: Sequence[Said]) -> Iterator[Change]:
        """Texts that calls and the like part are compared one by one where there are as many; else all as one."""
        texts = [_content(each) for each in old], [_content(each) for each in new]
        if len(old) == len(new) > 1:
            for number, (before, after) in enumerate(zip(*texts, strict=True)):
                yield from self.text(f"{name}[{number}]", part, before, after)
            return
        yield from self.text(name, part, *("\n\n".join(each) if each else None for each in texts))

    def _sealed(self, old: Sequence[Reasoning], new: Sequence[Reasoning]) -> Iterator[Change]:
        for name in ("signature", "encrypted"):
            before, after = (
                ["" if (seal := getattr(each, name)) is None else seal for each in side] for side in (old, new)
            )
            if before != after:
                yield Change(
                    where=f"{self.where}.reasoning.{name}",
                    part=Part.IDS,
                    verdict=Verdict.COSMETIC,
                    old="\n".join(before) or ABSENT,
                    new="\n".join(after) or ABSENT,
                    reason=OPAQUE,
                )

    def _annotations(self, old: Sequence[Text], new: Sequence[Text]) -> Iterator[Change]:
        before, after = ([item for each in side for item in each.annotations] for side in (old, new))
        yield from self.context.json(
            f"{self.where}.annotations", self.classes.part(Part.TEXT), self.classes.text, before, after, free=True
        )

    def _refusals(self, old: Sequence[Refusal], new: Sequence[Refusal]) -> Iterator[Change]:
        if bool(old) != bool(new):
            before, after = ("".join(each.content for each in side) if side else ABSENT for side in (old, new))
            part = self.classes.part(Part.TEXT)
            yield from self.context.value(f"{self.where}.refusal", part, self.classes.structure, before, after)
        else:
            yield from self._texts("refusal", Part.TEXT, old, new)

    def _calls(
        self, name: str, old: Sequence[ToolCall | ServerToolCall], new: Sequence[ToolCall | ServerToolCall]
    ) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, call_key, _name):
            where = f"{self.where}.{name}[{place}]"
            if before is None or after is None:
                yield self._resent(self._whole(where, Part.TOOL_CALLS, before, after), _whole_keys(before, after))
            else:
                yield from self._call(where, before, after)

    def _call(self, where: str, old: ToolCall | ServerToolCall, new: ToolCall | ServerToolCall) -> Iterator[Change]:
        part, structure = self.classes.part(Part.TOOL_CALLS), self.classes.structure
        yield from self._id(where, old.id, new.id, defines=True)
        yield from self.context.value(f"{where}.name", part, structure, old.name, new.name)
        if isinstance(old, ServerToolCall) and isinstance(new, ServerToolCall):
            yield from self.context.value(f"{where}.kind", part, structure, old.kind, new.kind)
        if old.arguments is None or new.arguments is None:
            before, after = old.arguments_text, new.arguments_text
            found = list(self.context.value(f"{where}.arguments_text", part, structure, before, after))
        else:
            found = list(self.context.json(f"{where}.arguments", part, structure, old.arguments, new.arguments))
        keys = _whole_keys(old, new)
        yield from (self._resent(each, keys) for each in found)
        if not found and old.arguments_text != new.arguments_text:
            yield cosmetic(f"{where}.arguments_text", part, old.arguments_text, new.arguments_text, SPELLED)

    def _responses(self, old: Sequence[ToolCallResponse], new: Sequence[ToolCallResponse]) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key):
            where = f"{self.where}.tool_call_responses[{place}]"
            if before is None or after is None:
                yield self._whole(where, Part.OUTPUT, before, after)
                continue
            yield from self._id(where, before.id, after.id, defines=False)
            yield from self.context.value(
                f"{where}.name", self.classes.part(Part.OUTPUT), self.classes.structure, before.name, after.name
            )
            yield from self._response(where, before.response, after.response)

    def _response(self, where: str, old: str | tuple[Said, ...], new: str | tuple[Said, ...]) -> Iterator[Change]:
        inner = MessageComparison(self.context, where, self.classes)
        if isinstance(old, str) and isinstance(new, str):
            yield from inner.text("response", Part.TEXT, old, new)
            return
        before, after = (Message(None, (Text(each),) if isinstance(each, str) else each) for each in (old, new))
        yield from MessageComparison(self.context, f"{where}.response", self.classes).changes(before, after)

    def _server_responses(
        self, old: Sequence[ServerToolCallResponse], new: Sequence[ServerToolCallResponse]
    ) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key, _kind):
            where = f"{self.where}.server_tool_call_responses[{place}]"
            if before is None or after is None:
                yield self._whole(where, Part.OUTPUT, before, after)
                continue
            yield from self._id(where, before.id, after.id, defines=False)
            # What a provider's own tool found is text that the model got, as free as what it says itself.
            part, where = self.classes.part(Part.OUTPUT), f"{where}.response"
            changes = self.context.json(where, part, self.classes.text, before.response, after.response, free=True)
            keys = _whole_keys(before, after)
            yield from (self._resent(each, keys) for each in changes)

    def _media(self, old: Sequence[Media], new: Sequence[Media]) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key, _kind):
            where = f"{self.where}.media[{place}]"
            if before is None or after is None:
                yield self._whole(where, Part.OUTPUT, before, after)
                continue
            part, classes = self.classes.part(Part.OUTPUT), self.classes
            yield from self.context.value(
                f"{where}.media_type", part, classes.structure, before.media_type, after.media_type
            )
            yield from self.context.value(f"{where}.size", part, classes.text, before.size, after.size)
            yield from self.context.value(f"{where}.uri", part, classes.text, before.uri, after.uri)
            inner = MessageComparison(self.context, where, classes)
            yield from inner.text("transcript", Part.TEXT, before.transcript, after.transcript)

    def _unknown(self, old: Sequence[Unknown], new: Sequence[Unknown]) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key, _kind):
            where = f"{self.where}.unknown[{place}]"
            if before is None or after is None:
                yield self._whole(where, Part.OUTPUT, before, after)
                continue
            where, protocol = f"{where}.data", self.context.protocol
            if isinstance(before.data, str) and isinstance(after.data, str) and before.data != after.data:
                same = without_volatile(before.data, protocol) == without_volatile(after.data, protocol)
                if same:
                    yield cosmetic(where, Part.IDS, before.data, after.data, "but for ids and times the same")
                    continue
            verdict = self.classes.text if after.kind == "embedding" else self.classes.structure
            part = self.classes.part(Part.OUTPUT)
            yield from self.context.json(where, part, verdict, before.data, after.data, free=True)

    def _order(self, old: Sequence[Said], new: Sequence[Said]) -> Iterator[Change]:
        """What the same parts in another order are: a text that came before a call and comes after it."""
        before, after = ([part_key(each) for each in side] for side in (old, new))
        if before != after and sorted(map(repr, before)) == sorted(map(repr, after)):
            names = [" ".join(type(each).__name__ for each in side) for side in (old, new)]
            yield Change(
                where=f"{self.where}.parts",
                part=self.classes.part(Part.OUTPUT),
                verdict=self.classes.structure,
                old=names[0],
                new=names[1],
                reason="the same parts in another order",
            )

    def _id(self, where: str, old: str | None, new: str | None, *, defines: bool) -> Iterator[Change]:
        """The id of a call, which `defines` it, or of what came back, which must be that of its call."""
        if defines:
            self.context.ids.bind(old, new)
        agree = bool(old) == bool(new) if defines else self.context.ids.agree(old, new)
        if agree and old != new:
            yield cosmetic(f"{where}.id", Part.IDS, old, new, RENAMED)
        elif not agree:
            reason = "not the id of the same call" if old and new else None
            yield Change(
                where=f"{where}.id",
                part=self.classes.part(Part.TOOL_CALLS),
                verdict=self.classes.structure,
                old=old,
                new=new,
                reason=reason,
            )

    def _whole(self, where: str, part: Part, old: Said | None, new: Said | None) -> Change:
        """A part that was added or removed."""
        return Change(
            where=where,
            part=self.classes.part(part),
            verdict=self.classes.structure,
            old=_value(old),
            new=_value(new),
        )

    def _resent(self, change: Change, said: tuple[str, str]) -> Change:
        """In a reply, note what it says differently; in a prompt, give what only sends that back the same class."""
        context = self.context
        if not self.classes.prompt:
            for key in (said, _stripped(said)):
                sent = context.said.get(key)
                if key[0] != key[1] and (sent is None or sent.verdict < change.verdict):
                    context.said[key] = Sent(change.verdict, context.interaction)
            return change
        sent = context.said.get(said) or context.said.get(_stripped(said))
        if sent is None or change.verdict is Verdict.COSMETIC:
            return change
        reason = f"{SENT_BACK} {sent.interaction}"
        return replace(change, verdict=min(sent.verdict, change.verdict), reason=reason)


def side_by_side(
    old: Sequence[Item],
    new: Sequence[Item],
    key: Callable[[Item], Hashable],
    name: Callable[[Item], Hashable] = lambda item: None,
) -> Iterator[tuple[int, Item | None, Item | None]]:
    """Items that belong together, in the order of the new ones, each with its place (the old one of what was removed):
    those that say the same by `key`; between these those of the same `name`, one after the other; None for what one
    side does not have."""
    for block in blocks(list(map(key, old)), list(map(key, new))):
        left, right = range(block.old, block.old_end), range(block.new, block.new_end)
        for part in blocks([name(old[each]) for each in left], [name(new[each]) for each in right]):
            for at_old, at_new in zip_longest(left[part.old : part.old_end], right[part.new : part.new_end]):
                before = None if at_old is None else old[at_old]
                after = None if at_new is None else new[at_new]
                yield (at_old if at_new is None else at_new), before, after


def _of(parts: Iterable[Said], kind: type[Kind]) -> list[Kind]:
    return [part for part in parts if isinstance(part, kind)]


def _content(part: Said) -> str:
    return part.content if isinstance(part, Text | Reasoning | Refusal) else ""


def _name(call: ToolCall | ServerToolCall) -> str | None:
    return call.name


def _kind(part: Media | Unknown | ServerToolCallResponse) -> str | None:
    return part.modality if isinstance(part, Media) else part.kind


def _whole_keys(old: Said | None, new: Said | None) -> tuple[str, str]:
    return repr(part_key(old)) if old else "", repr(part_key(new)) if new else ""


def _value(part: Said | None) -> Value:
    return ABSENT if part is None else part


def _stripped(said: tuple[str, str]) -> tuple[str, str]:
    return said[0].strip(), said[1].strip()
