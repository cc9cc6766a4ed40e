"""What the comparisons of a message's parts have in common: where they are, of which class what they find is, and how
items are paired."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from cassette_cli.comparison.changes import ABSENT, Change, Part, Verdict, cosmetic
from cassette_cli.comparison.context import RENAMED, Context, Sent
from cassette_cli.comparison.sayings import part_key, structured
from cassette_cli.comparison.sequences import blocks
from cassette_cli.conversation import Json
from cassette_cli.conversation import Part as Said

SENT_BACK = "sends back the reply of interaction"
SPELLED = "says the same, spelled in another way"

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


class Comparison:
    """Compares something of two messages at a place."""

    def __init__(self, context: Context, where: str, classes: Classes) -> None:
        self.context = context
        self.where = where
        self.classes = classes

    def text(self, name: str, part: Part, old: str | None, new: str | None) -> Iterator[Change]:
        """The change of a text: by path where both are JSON, as prose else."""
        where = f"{self.where}.{name}"
        if old == new:
            return
        before, after = structured(old or ""), structured(new or "")
        said = old or "", new or ""
        if before is not None and after is not None:
            found = list(self.json(f"{where}.$", before, after))
            yield from (self.resent(each, said) for each in found)
            if not found:
                yield cosmetic(where, self.classes.part(part), old, new, SPELLED)
            return
        lost = (before is None) != (after is None) and bool(old) and bool(new)
        verdict = self.classes.structure if lost and part is Part.TEXT else self.classes.text
        yield self.resent(
            Change(
                where=where,
                part=self.classes.part(part),
                verdict=verdict,
                old=ABSENT if old is None else old,
                new=ABSENT if new is None else new,
            ),
            said,
        )

    def json(self, where: str, old: Json, new: Json) -> Iterator[Change]:
        return self.context.json(where, self.classes.part(Part.OUTPUT), self.classes.structure, old, new)

    def ids(self, where: str, old: str | None, new: str | None, *, defines: bool) -> Iterator[Change]:
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

    def whole(self, where: str, part: Part, old: Said | None, new: Said | None) -> Change:
        """A part that was added or removed."""
        return Change(
            where=where,
            part=self.classes.part(part),
            verdict=self.classes.structure,
            old=ABSENT if old is None else old,
            new=ABSENT if new is None else new,
        )

    def resent(self, change: Change, said: tuple[str, str]) -> Change:
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


def whole_keys(old: Said | None, new: Said | None) -> tuple[str, str]:
    """What a part says on either side, as texts; "" for one that is not there."""
    return repr(part_key(old)) if old else "", repr(part_key(new)) if new else ""


def _stripped(said: tuple[str, str]) -> tuple[str, str]:
    return said[0].strip(), said[1].strip()
