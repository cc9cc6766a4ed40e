"""Two prompts compared: what is asked of a model, and with which tools and parameters."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cassette_cli.comparison.changes import ABSENT, Change, Part, Verdict
from cassette_cli.comparison.context import Context
from cassette_cli.comparison.message_base import IN_PROMPT, side_by_side
from cassette_cli.comparison.messages import MessageComparison
from cassette_cli.comparison.places import step
from cassette_cli.comparison.sayings import message_key
from cassette_cli.conversation import Message, Prompt, Tool

REQUEST = Verdict.REQUEST


def prompt_changes(context: Context, old: Prompt, new: Prompt) -> Iterator[Change]:
    """The changes of a prompt, all of the class request but those of its model."""
    yield from context.value("request.model", Part.MODEL, Verdict.BEHAVIOUR, old.model, new.model)
    yield from _messages(context, old.messages, new.messages)
    yield from _tools(context, old.tools, new.tools)
    yield from context.json("request.parameters", Part.PARAMETERS, REQUEST, old.parameters, new.parameters)


def _messages(context: Context, old: Sequence[Message], new: Sequence[Message]) -> Iterator[Change]:
    for place, before, after in side_by_side(old, new, message_key, _role):
        where = f"request.messages[{place}]"
        if before is None or after is None:
            yield Change(where=where, part=Part.MESSAGES, verdict=REQUEST, old=before or ABSENT, new=after or ABSENT)
        else:
            yield from MessageComparison(context, where, IN_PROMPT).changes(before, after)


def _role(message: Message) -> str | None:
    return message.role


def _tools(context: Context, old: Sequence[Tool], new: Sequence[Tool]) -> Iterator[Change]:
    """Tools go by their names; of those that share one the first with the first."""
    before, after = _by_name(old), _by_name(new)
    for key in [*(key for key in before if key not in after), *after]:
        name, number = key
        where = step("request.tools", name) + (f"[{number}]" if number else "")
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            yield Change(where=where, part=Part.TOOLS, verdict=REQUEST, old=one or ABSENT, new=other or ABSENT)
            continue
        yield from context.value(f"{where}.kind", Part.TOOLS, REQUEST, one.kind, other.kind)
        yield from context.value(f"{where}.description", Part.TOOLS, REQUEST, one.description, other.description)
        yield from context.json(f"{where}.parameters", Part.TOOLS, REQUEST, one.parameters, other.parameters)
        yield from context.json(f"{where}.extra", Part.TOOLS, REQUEST, one.extra or {}, other.extra or {})
    names = [[name for name, _ in side] for side in (before, after)]
    if names[0] != names[1] and sorted(names[0]) == sorted(names[1]):
        yield Change(where="request.tools", part=Part.TOOLS, verdict=REQUEST, old=names[0], new=names[1])


def _by_name(tools: Sequence[Tool]) -> dict[tuple[str, int], Tool]:
    seen: defaultdict[str, int] = defaultdict(int)
    found = {}
    for tool in tools:
        name = tool.name or tool.kind or ""
        found[name, seen[name]] = tool
        seen[name] += 1
    return found
