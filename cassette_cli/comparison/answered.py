"""Two replies compared: what a model said, called and cost."""

from collections.abc import Iterator
from dataclasses import fields

from cassette_cli.comparison.changes import ABSENT, Change, Part, Value, Verdict, cosmetic
from cassette_cli.comparison.context import Context
from cassette_cli.comparison.json_changes import differences
from cassette_cli.comparison.message_base import IN_REPLY
from cassette_cli.comparison.messages import MessageComparison
from cassette_cli.comparison.volatile import field_rule
from cassette_cli.conversation import Reply, Usage

BEHAVIOUR = Verdict.BEHAVIOUR


def reply_changes(context: Context, old: Reply, new: Reply) -> Iterator[Change]:
    """The changes of a reply."""
    context.ids.bind(old.id, new.id)
    if old.id != new.id:
        yield cosmetic("reply.id", Part.IDS, old.id, new.id, "an id, new with each reply")
    yield from context.value("reply.model", Part.MODEL, BEHAVIOUR, old.model, new.model)
    yield from context.value("reply.complete", Part.ERROR, BEHAVIOUR, old.complete, new.complete)
    yield from context.json("reply.error", Part.ERROR, BEHAVIOUR, old.error, new.error, free=True)
    for number in range(max(len(old.messages), len(new.messages))):
        where = f"reply.messages[{number}]"
        before = old.messages[number] if number < len(old.messages) else ABSENT
        after = new.messages[number] if number < len(new.messages) else ABSENT
        if before is ABSENT or after is ABSENT:
            yield Change(where=where, part=Part.OUTPUT, verdict=BEHAVIOUR, old=before, new=after)
        else:
            yield from MessageComparison(context, where, IN_REPLY).changes(before, after)
    yield from _usage(context, old.usage or Usage(), new.usage or Usage())


def _usage(context: Context, old: Usage, new: Usage) -> Iterator[Change]:
    """Numbers under their common names, then what else the provider's own object holds."""
    named: list[tuple[Value, Value]] = []
    for field in fields(Usage):
        if field.name != "raw":
            before, after = getattr(old, field.name), getattr(new, field.name)
            named.append((before, after))
            yield from context.value(f"reply.usage.{field.name}", Part.USAGE, Verdict.USAGE, before, after)
    for found in differences(old.raw or {}, new.raw or {}, "reply.usage.raw", spread=True):
        if (None if found.old is ABSENT else found.old, None if found.new is ABSENT else found.new) in named:
            continue
        rule = field_rule(found.keys, context.protocol)
        is_time = rule is not None and rule.part is Part.TIMING
        yield Change(
            where=found.where,
            part=Part.TIMING if rule and is_time else Part.USAGE,
            verdict=Verdict.COSMETIC if is_time else Verdict.USAGE,
            old=found.old,
            new=found.new,
            reason=rule.reason if rule and is_time else None,
        )
