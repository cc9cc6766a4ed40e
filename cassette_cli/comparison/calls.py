"""Calls of tools and what came back of them, compared: aligned by order and name, arguments and results by path."""

from collections.abc import Iterator, Sequence

from cassette_cli.comparison.changes import Change, Part, cosmetic
from cassette_cli.comparison.message_base import SPELLED, Comparison, side_by_side, whole_keys
from cassette_cli.comparison.sayings import call_key, part_key
from cassette_cli.conversation import ServerToolCall, ServerToolCallResponse, ToolCall


class CallComparison(Comparison):
    """Compares the calls of two messages, and what a provider's own tools gave."""

    def calls(
        self, name: str, old: Sequence[ToolCall | ServerToolCall], new: Sequence[ToolCall | ServerToolCall]
    ) -> Iterator[Change]:
        """The changes of calls under a name, `tool_calls` or `server_tool_calls`."""
        for place, before, after in side_by_side(old, new, call_key, _name):
            where = f"{self.where}.{name}[{place}]"
            if before is None or after is None:
                yield self.resent(self.whole(where, Part.TOOL_CALLS, before, after), whole_keys(before, after))
            else:
                yield from self._call(where, before, after)

    def _call(self, where: str, old: ToolCall | ServerToolCall, new: ToolCall | ServerToolCall) -> Iterator[Change]:
        part, structure = self.classes.part(Part.TOOL_CALLS), self.classes.structure
        yield from self.ids(where, old.id, new.id, defines=True)
        yield from self.context.value(f"{where}.name", part, structure, old.name, new.name)
        if isinstance(old, ServerToolCall) and isinstance(new, ServerToolCall):
            yield from self.context.value(f"{where}.kind", part, structure, old.kind, new.kind)
        if old.arguments is None or new.arguments is None:
            before, after = old.arguments_text, new.arguments_text
            found = list(self.context.value(f"{where}.arguments_text", part, structure, before, after))
        else:
            found = list(self.context.json(f"{where}.arguments", part, structure, old.arguments, new.arguments))
        keys = whole_keys(old, new)
        yield from (self.resent(each, keys) for each in found)
        if not found and old.arguments_text != new.arguments_text:
            yield cosmetic(f"{where}.arguments_text", part, old.arguments_text, new.arguments_text, SPELLED)

    def server_responses(
        self, old: Sequence[ServerToolCallResponse], new: Sequence[ServerToolCallResponse]
    ) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key, _kind):
            where = f"{self.where}.server_tool_call_responses[{place}]"
            if before is None or after is None:
                yield self.whole(where, Part.OUTPUT, before, after)
                continue
            yield from self.ids(where, before.id, after.id, defines=False)
            # What a provider's own tool found is text that the model got, as free as what it says itself.
            part, where = self.classes.part(Part.OUTPUT), f"{where}.response"
            changes = self.context.json(where, part, self.classes.text, before.response, after.response, free=True)
            keys = whole_keys(before, after)
            yield from (self.resent(each, keys) for each in changes)


def _name(call: ToolCall | ServerToolCall) -> str | None:
    return call.name


def _kind(part: ServerToolCallResponse) -> str | None:
    return part.kind
