"""The output items of a reply: which of them an event means, and what the response that ends a stream makes of them.

https://platform.openai.com/docs/api-reference/responses-streaming/response/output_item/added

    {"type": "response.output_item.added", "output_index": 0, "item": {"id": "msg_1", "type": "message", ...}}
    {"type": "response.output_item.done", "output_index": 0, "item": {"id": "msg_1", "type": "message", ...}}
    {"type": "response.completed", "response": {"output": [{"id": "msg_1", "type": "message", ...}], ...}}

Servers leave out output_index, item_id or the announcement of an item, give one index to several items (LiteLLM) or a
new id with each event (GitHub Copilot). So an item is found by its id, else by index and type, else it is the latest of
its type.
"""

from collections import defaultdict, deque

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route, Unknown
from cassette_cli.protocols.base import AT_END, ReplyBuilder, int_at, text_at
from cassette_cli.protocols.openai_responses.call_items import CallItem, ShellOutputItem
from cassette_cli.protocols.openai_responses.calls import CALLS
from cassette_cli.protocols.openai_responses.content_items import ContentItem
from cassette_cli.protocols.openai_responses.items import ItemReader, Object
from cassette_cli.protocols.shared.calls import check_calls

CONTENT = ("message", "reasoning")


class OutputReader:
    """The items as they grow; `streamed` says whether they come in events."""

    def __init__(self, out: ReplyBuilder, *, streamed: bool) -> None:
        self.out, self.streamed = out, streamed
        self.items: list[ItemReader] = []
        self._by_id: dict[str, ItemReader] = {}
        self._by_place: dict[tuple[int, str], ItemReader] = {}
        self._latest: dict[str, ItemReader] = {}
        self._indexes: set[int] = set()
        self._next_index = 0
        self._oldest_open = 0
        self._has_final = False

    def added(self, event: int, value: Object) -> None:
        """Take an output_item.added."""
        item = value.get("item")
        if not isinstance(item, dict):
            item = {}
        index, id_, kind = _place_of(value, item)
        known = self._by_id.get(id_ or "")
        if known and known.kind == kind and index in (None, known.index):
            self.out.report(Code.BLOCK_REPEATED, event, f"item {known.index} is added a second time", once=known)
            known.read(event, item, ("item",), opening=False)
            return
        if known:
            self.out.report(Code.ID_NOT_UNIQUE, event, f"two items bear the id {id_}", once=self)
        self._check_index(event, index)
        self._open(kind, index, id_, item).read(event, item, ("item",), opening=True)

    def finished(self, event: int, value: Object) -> None:
        """Take an output_item.done, which says all that the item is."""
        content = value.get("item")
        if not isinstance(content, dict):
            content = {}
        index, id_, kind = _place_of(value, content)
        item = self.find(event, index, id_, kind, content)
        if item.done:
            self.out.report(Code.BLOCK_REPEATED, event, f"item {item.index} is done a second time", once=(item, "done"))
        elif item is not self._first_open():
            message = f"item {item.index} is done while one that began before it is not"
            self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=self)
        item.done = True
        item.read(event, content, ("item",), opening=False)

    def final(self, event: int, output: list[Json], route: Route) -> None:
        """Take the items of the response that ends a stream, or of a plain one. Some servers leave them out there."""
        if self._has_final:
            return
        self._has_final = True
        for place, item in enumerate(self._in_final(event, output)):
            if item is not None:
                item.read(event, output[place], (*route, place), opening=False)
            else:
                self.out.message().put(("output", place), Unknown(None, output[place]), AT_END)
        missing = [str(item.index) for item in self.items if not item.in_final]
        if missing:
            message = f"the final response lacks items that came before it: {', '.join(missing[:8])}"
            self.out.report(Code.DONE_INCOMPLETE, event, message)

    def whole(self, event: int, place: int, value: Object, route: Route) -> None:
        """Take an item that comes whole, and only once."""
        item = self._open(text_at(value, "type") or "", place, text_at(value, "id"), value)
        item.read(event, value, route, opening=False)

    def find(self, event: int, index: int | None, id_: str | None, kind: str, value: Object) -> ItemReader:
        """The item that an event of a stream means; made where no event has announced it."""
        item = self._known(index, id_, kind)
        if item is None:
            self.out.report(Code.BLOCK_START_MISSING, event, f"no event has announced this item of type {kind}")
            return self._open(kind, index, id_, value)
        if index is None:
            self.out.report(Code.INDEX_MISSING, event, "an event has no output_index", once=self)
        elif index != item.index:
            message = f"item {item.index} goes on under output_index {index}"
            self.out.report(Code.INDEX_CHANGED, event, message, once=item)
        if id_ is not None and self._by_id.get(id_) is not item:
            if item.id is not None:
                self.out.report(Code.ID_CHANGED, event, f"item {item.index} goes on as {id_}", once=item)
            self._by_id[id_] = item
        return item

    def close(self, event: int | None, *, ended: bool) -> None:
        """Complete the items, and name what only the end shows."""
        for item in self.items:
            if self.streamed and ended and not item.done:
                self.out.report(Code.BLOCK_NOT_CLOSED, event, f"item {item.index} is never done")
            item.close()
        calls = (item.part for item in self.items if isinstance(item, CallItem))
        check_calls(self.out, [call for call in calls if call.kind == "tool_call"], streamed=self.streamed)

    def _known(self, index: int | None, id_: str | None, kind: str) -> ItemReader | None:
        by_id = self._by_id.get(id_ or "")
        if by_id and by_id.kind == kind:
            return by_id
        by_place = self._latest.get(kind) if index is None else self._by_place.get((index, kind))
        if by_place is None and by_id and by_id.kind in CONTENT and kind in CONTENT:
            return by_id
        return by_place

    def _open(self, kind: str, index: int | None, id_: str | None, value: Object) -> ItemReader:
        if index is None:
            index = self._next_index
        message, serial = self.out.message(), len(self.items)
        item = _reader_of(kind)(self.out, message, kind, index, serial, value)
        item.id = id_
        self.items.append(item)
        self._latest[kind] = self._by_place[index, kind] = item
        if id_:
            self._by_id[id_] = item
        self._indexes.add(index)
        self._next_index = max(self._next_index, index + 1)
        return item

    def _check_index(self, event: int, index: int | None) -> None:
        if index is None:
            self.out.report(Code.INDEX_MISSING, event, "an event has no output_index", once=self)
        elif index in self._indexes:
            self.out.report(Code.INDEX_REUSED, event, f"a second item has output_index {index}")
        elif index != self._next_index:
            message = f"an item has output_index {index} where {self._next_index} is next"
            self.out.report(Code.INDEX_NOT_NEXT, event, message, once=self)

    def _first_open(self) -> ItemReader | None:
        while self._oldest_open < len(self.items) and self.items[self._oldest_open].done:
            self._oldest_open += 1
        return self.items[self._oldest_open] if self._oldest_open < len(self.items) else None

    def _in_final(self, event: int, output: list[Json]) -> list[ItemReader | None]:
        """The item that each of the final response is, by id, else by place, else the next of its type; new ones for
        those that no event has brought, None for what is no object."""
        found: list[ItemReader | None] = []
        for value in output:
            item = self._by_id.get(text_at(value, "id") or "")
            found.append(self._claimed(item, text_at(value, "type") or ""))
        waiting: dict[str, deque[ItemReader]] = defaultdict(deque)
        for item in self.items:
            waiting[item.kind].append(item)
        for place, value in enumerate(output):
            if found[place] is None and isinstance(value, dict):
                found[place] = self._next_in_final(event, place, value, waiting)
        return found

    def _next_in_final(
        self, event: int, place: int, value: Object, waiting: dict[str, deque[ItemReader]]
    ) -> ItemReader:
        kind = text_at(value, "type") or ""
        item = self._claimed(self._by_place.get((place, kind)), kind)
        while item is None and waiting[kind]:
            item = self._claimed(waiting[kind].popleft(), kind)
        if item is not None:
            return item
        if self.streamed:
            self.out.report(
                Code.BLOCK_START_MISSING, event, f"no event has announced item {place} of the final response"
            )
        item = self._open(kind, place, text_at(value, "id"), value)
        item.done = item.in_final = True
        return item

    def _claimed(self, item: ItemReader | None, kind: str) -> ItemReader | None:
        """An item of this type that nothing else in the final response is."""
        if item is None or item.kind != kind or item.in_final:
            return None
        item.in_final = True
        return item


def _reader_of(kind: str) -> type[ItemReader]:
    if kind in CALLS:
        return CallItem
    if kind in CONTENT:
        return ContentItem
    return ShellOutputItem if kind == "shell_call_output" else ItemReader


def _place_of(value: Object, item: Object) -> tuple[int | None, str | None, str]:
    """The output_index of an event that holds an item, and the item's id and type."""
    return int_at(value, "output_index"), text_at(item, "id") or None, text_at(item, "type") or ""
