"""One output item as it grows: what all items have in common, and items that come whole.

https://platform.openai.com/docs/api-reference/responses/object#responses/object-output

    {"type": "message", "id": "msg_1", "role": "assistant", "content": [{"type": "output_text", "text": "Hello", ...}]}
    {"type": "compaction", "id": "cmp_1", "encrypted_content": "..."}
"""

from collections.abc import Iterable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route, Unknown
from cassette_cli.protocols.base import MessageBuilder, ReplyBuilder, without
from cassette_cli.protocols.openai_responses.calls import OUTPUTS, output_part
from cassette_cli.protocols.openai_responses.texts import TextReader

Object: TypeAlias = dict[str, Json]

# Documented items that have no name here and say nothing to a reader.
KEPT_WHOLE = ("compaction", "additional_tools", "mcp_approval_response", "configuration_update", "item_reference")
# Fields that only name an item, and values that say nothing.
NAMING = ("type", "id")
EMPTY: tuple[Json, ...] = (None, "", [], {})
USUAL = (("status", "completed"), ("status", "in_progress"), ("role", "assistant"))


class ItemReader:
    """An item that comes whole. `index` is its place in the output; `serial` counts the items before it."""

    def __init__(
        self, out: ReplyBuilder, message: MessageBuilder, kind: str, index: int, serial: int, value: Object
    ) -> None:
        self.out, self.message, self.kind, self.index = out, message, kind, index
        self.order = (index, serial)
        self.key = ("item", serial)
        self.id: str | None = None
        self.value: Object = value
        self.done = False
        self.in_final = False
        self.texts: dict[tuple[str, int], TextReader] = {}
        # The item's fields that its parts hold; all others go into the message's `extra`. One kept whole has none.
        self.said: tuple[str, ...] = ()
        if self.kind in OUTPUTS:
            self.said = ("call_id", "execution", OUTPUTS[self.kind])

    def read(self, event: int, value: Object, route: Route, *, opening: bool) -> None:
        """Take the item as an event holds it at `route`: at its opening, when deltas are to follow, or whole."""
        self.value = value
        if self.kind in OUTPUTS:
            self.message.put((*self.key, "result"), output_part(self.kind, value, replied=True), self.order)
            return
        self.message.put((*self.key, "item"), Unknown(self.kind or None, value), self.order)
        if self.kind not in KEPT_WHOLE:
            self.out.report(Code.UNKNOWN_PART, event, f"an item is of a kind unknown here: {self.kind}", once=self)

    def text(self, event: int, name: str, index: int) -> TextReader:
        """The text of this name and index within the item, made where it is not there yet."""
        reader = self.texts.get((name, index))
        if reader is None:
            reader = self.texts[name, index] = self.open(event, name, index)
        return reader

    def open(self, event: int, name: str, index: int) -> TextReader:
        """A new text of this name and index. Items that come whole have none."""
        raise NotImplementedError

    def close(self) -> None:
        """Complete what only the end shows, and keep what no part holds: a namespace, a phase, a failed status."""
        rest = rest_of_item(self.value, self.said) if self.said else {}
        if rest:
            self.message.keep("items", {str(self.index): rest})


def rest_of_item(value: Json, said: Iterable[str]) -> Object:
    """What else an item bears than the fields `said`, its type and its id: without what is empty or goes without
    saying."""
    fields = without(value, (*NAMING, *said))
    return {name: item for name, item in fields.items() if item not in EMPTY and (name, item) not in USUAL}
