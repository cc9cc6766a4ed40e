"""One message of Converse, block by block, with what clients stumble over on the way.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html

    contentBlockStart  {"contentBlockIndex": 1, "start": {"toolUse": {"toolUseId": "tooluse_1", "name": "add"}}}
    contentBlockDelta  {"contentBlockIndex": 1, "delta": {"toolUse": {"input": "{\\"a\\": 2"}}}
    contentBlockStop   {"contentBlockIndex": 1}

Only calls, results and images have a start; text and reasoning begin with their first delta. What comes whole, a plain
reply or a message of a request, has the same blocks in a list.
"""

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route
from cassette_cli.protocols.base import MessageBuilder, ReplyBuilder, int_at, json_text, list_at
from cassette_cli.protocols.shared.calls import check_calls
from cassette_cli.protocols.shared.converse.blocks import kind_of
from cassette_cli.protocols.shared.converse.parts import Block, Object, PartsReader


class MessageReader:
    """A message as it grows. `streamed` says whether it comes in events; with `joins_texts` blocks of text that follow
    each other are one text, for Nova begins a block with every piece."""

    def __init__(
        self, out: ReplyBuilder, message: MessageBuilder, *, streamed: bool, joins_texts: bool = False
    ) -> None:
        self.out, self.message, self.streamed, self.joins_texts = out, message, streamed, joins_texts
        self.parts = PartsReader(out, message)
        self.finished = False
        self._by_index: dict[int, Block] = {}
        self._blocks: list[Block] = []

    def keep(self, fields: Object) -> None:
        """Keep fields that have no name here, unless they are empty."""
        for name, item in fields.items():
            if item is not None and item != {}:
                self.message.keep(name, item)

    def finish(self, event: int, reason: Json) -> None:
        """Take the stop reason; the last one counts."""
        reason = reason if isinstance(reason, str) else json_text(reason)
        if self.finished:
            before = self.message.finish_reason
            self.out.report(
                Code.FINISH_REASON_REPEATED, event, f"the stop reason {reason} comes after {before}", once=self
            )
        self.finished = True
        self.message.finish_reason = reason

    def whole(self, event: int, content: Json, route: Route) -> None:
        """Take all blocks of a message that lie at `route` of the event's payload."""
        for place, item in enumerate(list_at(content)):
            kind = kind_of(item)
            if kind == "cachePoint":
                self.message.keep("content", {str(place): item})
                continue
            last = self._blocks[-1] if self._blocks else None
            block = self._add(place)
            block.is_open = False
            if last and last.is_text and kind == "citationsContent" and not list_at(item, kind, "content"):
                block.part = last.part  # citations of the text before
            self.parts.take(event, block, item, (*route, place))

    def start(self, event: int, value: Object) -> None:
        """Take a contentBlockStart."""
        index = int_at(value, "contentBlockIndex")
        if index is None:
            self.out.report(Code.INDEX_MISSING, event, "a block begins without an index")
            index = len(self._blocks)
        elif index in self._by_index:
            self.out.report(Code.BLOCK_REPEATED, event, f"a second block begins at index {index}")
        self._check_finished(event)
        self.parts.begin(event, self._open(event, index), value.get("start"))

    def delta(self, event: int, value: Object, route: Route) -> None:
        """Take a contentBlockDelta that lies at `route` of the event's payload."""
        delta, index = value.get("delta"), value.get("contentBlockIndex")
        block = self._by_index.get(index) if isinstance(index, int) else None
        if block is None or not block.is_open:
            block = self._for_delta(event, int_at(index), delta)
        self._check_finished(event)
        self.parts.add(event, block, delta, (*route, "delta"))

    def stop(self, event: int, value: Object) -> None:
        """Take a contentBlockStop."""
        index = int_at(value, "contentBlockIndex")
        block = None if index is None else self._by_index.get(index)
        if index is None:
            self.out.report(Code.INDEX_MISSING, event, "a block stops without an index", once=self)
        elif block is None:
            self.out.report(Code.BLOCK_START_MISSING, event, f"block {index} stops, which has not begun")
        elif not block.is_open:
            self.out.report(Code.BLOCK_REPEATED, event, f"block {index} stops again")
        else:
            block.is_open = False

    def close(self, event: int | None, *, stopped: bool) -> None:
        """Name what only the end shows."""
        for block in self._blocks:
            if block.is_open and stopped:
                self.out.report(Code.BLOCK_NOT_CLOSED, event, f"block {block.index} never stops")
        calls = [block.part for block in self._blocks if block.part and block.is_call]
        check_calls(self.out, calls, streamed=self.streamed)
        if stopped and not self.finished:
            self.out.report(Code.FINISH_REASON_MISSING, event, "the message has no stop reason")

    def _open(self, event: int, index: int) -> Block:
        last = self._blocks[-1] if self._blocks else None
        if last and last.is_open:
            self._out_of_order(event, f"block {index} begins before block {last.index} has stopped")
        return self._add(index)

    def _add(self, index: int) -> Block:
        serial = len(self._blocks)
        block = Block(index, ("block", serial), (serial,))
        self._blocks.append(block)
        self._by_index[index] = block
        return block

    def _for_delta(self, event: int, index: int | None, delta: Json) -> Block:
        """The block of a delta that no open one has the index of: it begins a block, or its index is wrong."""
        last = self._blocks[-1] if self._blocks else None
        if index is None:
            self.out.report(Code.INDEX_MISSING, event, "a delta has no index", once=self)
            return last or self._add(0)
        if index in self._by_index:
            self._out_of_order(event, f"a delta comes for block {index}, which has stopped")
            return self._by_index[index]
        block = self._open(event, index)
        kind = kind_of(delta)
        if last and last.is_text and (kind == "citation" or (kind == "text" and self.joins_texts)):
            block.part = last.part
        return block

    def _check_finished(self, event: int) -> None:
        if self.finished:
            self.out.report(Code.CONTENT_AFTER_FINISH, event, "content comes after the stop reason", once=self)

    def _out_of_order(self, event: int, message: str) -> None:
        self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=message)
