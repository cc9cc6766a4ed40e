"""Two messages compared, of a prompt or of a reply: texts as prose, calls and what came back of them by path."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from cassette_cli.comparison.calls import CallComparison
from cassette_cli.comparison.changes import ABSENT, Change, Part, Value, Verdict, cosmetic
from cassette_cli.comparison.message_base import Comparison, side_by_side
from cassette_cli.comparison.other_parts import OtherComparison
from cassette_cli.comparison.sayings import merged, part_key
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
AGAIN = "says a text once more that is told above"
UNNAMED = "a field without a known meaning that only one of them has"

Kind = TypeVar("Kind", bound=Said)


class MessageComparison(Comparison):
    """Compares two messages at a place."""

    def changes(self, old: Message, new: Message) -> Iterator[Change]:
        """All changes, in the order in which a reader wants them."""
        structure = self.classes.structure
        if (old.role or "assistant") != (new.role or "assistant"):
            yield from self.context.value(
                f"{self.where}.role", self.classes.part(Part.OUTPUT), structure, old.role, new.role
            )
        before, after = merged(old.parts), merged(new.parts)
        thoughts = list(self._texts("reasoning", Part.REASONING, _of(before, Reasoning), _of(after, Reasoning)))
        texts = list(self._texts("text", Part.TEXT, _of(before, Text), _of(after, Text)))
        yield from thoughts
        yield from self._sealed(_of(before, Reasoning), _of(after, Reasoning))
        yield from texts
        yield from self._annotations(_of(before, Text), _of(after, Text))
        yield from self._refusals(_of(before, Refusal), _of(after, Refusal))
        calls = CallComparison(self.context, self.where, self.classes)
        yield from calls.calls("tool_calls", _of(before, ToolCall), _of(after, ToolCall))
        yield from calls.calls("server_tool_calls", _of(before, ServerToolCall), _of(after, ServerToolCall))
        yield from self._responses(_of(before, ToolCallResponse), _of(after, ToolCallResponse))
        yield from calls.server_responses(_of(before, ServerToolCallResponse), _of(after, ServerToolCallResponse))
        others = OtherComparison(self.context, self.where, self.classes)
        yield from others.media(_of(before, Media), _of(after, Media))
        yield from others.unknown(_of(before, Unknown), _of(after, Unknown))
        yield from self._order(before, after)
        yield from self.context.value(
            f"{self.where}.finish_reason",
            self.classes.part(Part.FINISH_REASON),
            structure,
            old.finish_reason,
            new.finish_reason,
        )
        said = [(each.old, each.new) for each in (*thoughts, *texts)]
        yield from self._extra(old.extra or {}, new.extra or {}, said)

    def _extra(self, old: Json, new: Json, said: Sequence[tuple[Value, Value]]) -> Iterator[Change]:
        """Fields of no name here. Of a reply, one that only one side has and that no rule knows says little: providers
        add such. What repeats a text that changed, which is `said` already, is no change of its own."""
        part, free = self.classes.part(Part.OUTPUT), not self.classes.prompt
        for change in self.context.json(f"{self.where}.extra", part, self.classes.structure, old, new, free=free):
            only_one = change.old is ABSENT or change.new is ABSENT
            if (change.old, change.new) in said:
                yield replace(change, verdict=Verdict.COSMETIC, reason=AGAIN)
            elif free and only_one and change.verdict is Verdict.BEHAVIOUR and change.reason is None:
                yield replace(change, verdict=Verdict.COSMETIC, reason=UNNAMED)
            else:
                yield change

    def _texts(self, name: str, part: Part, old: Sequence[Said], new: Sequence[Said]) -> Iterator[Change]:
        """Texts that calls and the like part are compared one by one where there are as many; else all
        as one. Thoughts of which only a seal is left say nothing."""
        texts = [_content(each) for each in old], [_content(each) for each in new]
        if len(old) == len(new) > 1:
            for number, (before, after) in enumerate(zip(*texts, strict=True)):
                yield from self.text(f"{name}[{number}]", part, before, after)
            return
        one, other = ("\n\n".join(filter(None, each)) or None for each in texts)
        yield from self.text(name, part, one, other)

    def _sealed(self, old: Sequence[Reasoning], new: Sequence[Reasoning]) -> Iterator[Change]:
        for name in ("signature", "encrypted"):
            before, after = ("\n".join(getattr(each, name) or "" for each in side) for side in (old, new))
            if before != after:
                where = f"{self.where}.reasoning.{name}"
                yield cosmetic(where, Part.IDS, before or ABSENT, after or ABSENT, OPAQUE)

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

    def _responses(self, old: Sequence[ToolCallResponse], new: Sequence[ToolCallResponse]) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key):
            where = f"{self.where}.tool_call_responses[{place}]"
            if before is None or after is None:
                yield self.whole(where, Part.OUTPUT, before, after)
                continue
            yield from self.ids(where, before.id, after.id, defines=False)
            yield from self.context.value(
                f"{where}.name", self.classes.part(Part.OUTPUT), self.classes.structure, before.name, after.name
            )
            yield from self._response(where, before.response, after.response)

    def _response(self, where: str, old: str | tuple[Said, ...], new: str | tuple[Said, ...]) -> Iterator[Change]:
        inner = Comparison(self.context, where, self.classes)
        if isinstance(old, str) and isinstance(new, str):
            yield from inner.text("response", Part.TEXT, old, new)
            return
        before, after = (Message(None, (Text(each),) if isinstance(each, str) else each) for each in (old, new))
        yield from MessageComparison(self.context, f"{where}.response", self.classes).changes(before, after)

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


def _of(parts: Iterable[Said], kind: type[Kind]) -> list[Kind]:
    return [part for part in parts if isinstance(part, kind)]


def _content(part: Said) -> str:
    return part.content if isinstance(part, Text | Reasoning | Refusal) else ""
