"""One message of Converse, block by block, with what clients stumble over on the way.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html

    contentBlockStart  {"contentBlockIndex": 1, "start": {"toolUse": {"toolUseId": "tooluse_1", "name": "add"}}}
    contentBlockDelta  {"contentBlockIndex": 1, "delta": {"toolUse": {"input": "{\\"a\\": 2"}}}
    contentBlockStop   {"contentBlockIndex": 1}

Only calls, results and images have a start; text and reasoning begin with their first delta. What comes whole, a plain
reply or a message of a request, has the same blocks in a list.
"""

from collections.abc import Callable, Hashable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Media, Route, ServerToolCallResponse, Unknown
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    PartKind,
    ReplyBuilder,
    int_at,
    json_text,
    list_at,
    text_at,
    without,
)
from cassette_cli.protocols.shared.calls import check_calls
from cassette_cli.protocols.shared.converse.blocks import is_server_call, kind_of, media, rest_of, result, whole
from cassette_cli.protocols.shared.media import base64_size

Object: TypeAlias = dict[str, Json]

# The texts of a `reasoningContent`, and the field of the part that each adds to.
THOUGHTS = {"text": "content", "signature": "signature", "redactedContent": "encrypted"}


class Block:
    """A block as it grows: its part where that is one of text, its data where it comes in other pieces."""

    def __init__(self, index: int, key: Hashable, order: tuple[int, ...]) -> None:
        self.index, self.key, self.order = index, key, order
        self.part: PartBuilder | None = None
        self.data: Object = {}
        self.is_open = True


class MessageReader:
    """A message as it grows. `streamed` says whether it comes in events; with `joins_texts` blocks of text that follow
    each other are one text, for Nova begins a block with every piece."""

    def __init__(
        self, out: ReplyBuilder, message: MessageBuilder, *, streamed: bool, joins_texts: bool = False
    ) -> None:
        self.out, self.message, self.streamed, self.joins_texts = out, message, streamed, joins_texts
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
        for place, block in enumerate(list_at(content)):
            self._begin(event, block, place, (*route, place))

    def start(self, event: int, value: Object) -> None:
        """Take a contentBlockStart."""
        index = int_at(value, "contentBlockIndex")
        if index is None:
            self.out.report(Code.INDEX_MISSING, event, "a block begins without an index")
            index = len(self._blocks)
        elif index in self._by_index:
            self._out_of_order(event, f"a second block begins at index {index}")
        block = self._open(event, index)
        start = value.get("start")
        kind = kind_of(start)
        held = start[kind] if kind is not None else None
        if kind == "toolUse" and isinstance(held, dict):
            self._call(event, block, held)
        elif kind in ("toolResult", "image") and isinstance(held, dict):
            block.data = {kind: held}
            self._put(block)
        elif kind is not None:
            self._unknown(event, block, start)
            return
        if rest := rest_of(start):
            self.message.keep("content", {str(index): rest})

    def delta(self, event: int, value: Object, route: Route) -> None:
        """Take a contentBlockDelta that lies at `route` of the event's payload."""
        delta, index = value.get("delta"), value.get("contentBlockIndex")
        block = self._by_index.get(index) if isinstance(index, int) else None
        if block is None or not block.is_open:
            block = self._for_delta(event, int_at(value, "contentBlockIndex"), delta)
        if self.finished:
            self.out.report(Code.CONTENT_AFTER_FINISH, event, "content comes after the stop reason", once=self)
        if not isinstance(delta, dict):
            self._unknown_delta(event, block, None, delta)
            return
        for name, item in delta.items():
            DELTAS.get(name, MessageReader._unknown_delta)(self, event, block, (*route, "delta", name), item)

    def stop(self, event: int, value: Object) -> None:
        """Take a contentBlockStop."""
        index = int_at(value, "contentBlockIndex")
        block = None if index is None else self._by_index.get(index)
        if block is None or not block.is_open:
            self._out_of_order(event, f"a block stops at index {index}, where none is open")
        else:
            block.is_open = False

    def close(self, event: int | None, *, stopped: bool) -> None:
        """Name what only the end shows."""
        for block in self._blocks:
            if block.is_open and stopped:
                self.out.report(Code.BLOCK_NOT_CLOSED, event, f"block {block.index} never stops")
        parts = [block.part for block in self._blocks if block.part]
        check_calls(self.out, [part for part in parts if part.kind.endswith("tool_call")], streamed=self.streamed)
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
        """The block of a delta that continues none: it begins one, or its index is wrong."""
        if index is None:
            self.out.report(Code.INDEX_MISSING, event, "a delta has no index", once=self)
            return self._blocks[-1] if self._blocks else self._add(0)
        if index in self._by_index:
            self._out_of_order(event, f"a delta comes for block {index}, which has stopped")
            return self._by_index[index]
        last = self._blocks[-1] if self._blocks else None
        block = self._open(event, index)
        goes_on = last and not last.is_open and last.part and last.part.kind == "text"
        if last and goes_on and (self.joins_texts or kind_of(delta) == "citation"):
            block.part = last.part
        return block

    def _begin(self, event: int, content: Json, place: int, route: Route) -> None:
        """Take a block that comes whole."""
        kind = kind_of(content)
        held = content[kind] if kind is not None else None
        reader = WHOLE.get(kind) if kind is not None and isinstance(held, dict) else None
        block = self._add(place)
        block.is_open = False
        if kind == "cachePoint":
            self._blocks.pop()
            self.message.keep("content", {str(place): content})
            return
        if kind == "text" and isinstance(held, str):
            self._write(event, block, (*route, kind), held)
        elif kind is not None and reader:
            reader(self, event, block, (*route, kind), held)
        else:
            self._put_whole(event, block, content)
        if rest := rest_of(content):
            self.message.keep("content", {str(place): rest})

    def _part(self, block: Block, kind: PartKind) -> PartBuilder:
        if block.part is None:
            block.part = self.message.part(block.key, kind, block.order)
        if block.part.kind == kind:
            return block.part
        return self.message.part((block.key, kind), kind, block.order)

    def _write(self, event: int, block: Block, route: Route, text: Json) -> None:
        part = self._part(block, "text")
        if isinstance(text, str) and text:
            part.pieces.append((event, "content", text, route))

    def _think(self, event: int, block: Block, route: Route, value: Json) -> None:
        part = self._part(block, "reasoning")
        for name, field in THOUGHTS.items():
            if text := text_at(value, name):
                part.pieces.append((event, field, text, (*route, name)))

    def _cite(self, event: int, block: Block, route: Route, citation: Json) -> None:
        self._part(block, "text").annotations.append(citation)

    def _call(self, event: int, block: Block, value: Object) -> PartBuilder:
        part = self._part(block, "server_tool_call" if is_server_call(value) else "tool_call")
        part.began = event
        part.fields = {"id": text_at(value, "toolUseId"), "name": text_at(value, "name"), "kind": value.get("type")}
        return part

    def _input(self, event: int, block: Block, route: Route, value: Json) -> None:
        """A piece of a call's arguments."""
        part = block.part
        if part is None or not part.kind.endswith("tool_call"):
            self._out_of_order(event, f"arguments come for block {block.index}, which is no call")
            part = self._part(block, "tool_call")
        text = value.get("input") if isinstance(value, dict) else None
        if isinstance(text, str):
            if text:
                part.pieces.append((event, "arguments_text", text, (*route, "input")))
        elif text is not None:
            self.out.report(Code.ARGUMENTS_NOT_TEXT, event, "a piece of arguments is no text", once=self)
            part.add(event, "arguments_text", json_text(text), None)

    def _whole_call(self, event: int, block: Block, route: Route, value: Object) -> None:
        part = self._call(event, block, value)
        if value.get("input") is not None:
            part.arguments = value["input"]
            part.add(event, "arguments_text", json_text(value["input"]), None)

    def _whole_thought(self, event: int, block: Block, route: Route, value: Object) -> None:
        self._think(event, block, (*route, "reasoningText"), value.get("reasoningText"))
        self._think(event, block, route, without(value, ("text", "signature")))

    def _whole_citations(self, event: int, block: Block, route: Route, value: Object) -> None:
        """Text with its citations, or citations of the text before."""
        last = self._blocks[-2] if len(self._blocks) > 1 else None
        if not list_at(value, "content") and last and last.part and last.part.kind == "text":
            block.part = last.part
        for place, item in enumerate(list_at(value, "content")):
            self._write(event, block, (*route, "content", place, "text"), text_at(item, "text"))
        self._part(block, "text").annotations.extend(list_at(value, "citations"))

    def _whole_guarded(self, event: int, block: Block, route: Route, value: Object) -> None:
        """Content for a guardrail to look at: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails.html"""
        if text_at(value, "text", "text") is None:
            self._put_whole(event, block, {"guardContent": value})
        else:
            self._write(event, block, (*route, "text", "text"), value["text"]["text"])

    def _put_whole(self, event: int, block: Block, content: Json) -> None:
        part = whole(content)
        self.message.put(block.key, part, block.order)
        if isinstance(part, Unknown):
            self.out.report(Code.UNKNOWN_PART, event, f"a block is of a kind unknown here: {part.kind}")

    def _put(self, block: Block) -> None:
        """A result or an image as far as it has come."""
        if "image" in block.data:
            image = media("image", block.data["image"])
            size = block.data.get("size")
            self.message.put(block.key, image if size is None else Media("image", image.media_type, size), block.order)
        else:
            given = result({"type": "toolResult", **block.data["toolResult"]})
            self.message.put(block.key, given, block.order)

    def _result(self, event: int, block: Block, route: Route, content: Json) -> None:
        """A piece of what a tool gave: https://docs.aws.amazon.com/bedrock/latest/APIReference/"""
        held = block.data.setdefault("toolResult", {})
        block.data["toolResult"] = {**held, "content": [*list_at(held, "content"), *list_at(content)]}
        self._put(block)

    def _image(self, event: int, block: Block, route: Route, value: Json) -> None:
        held = block.data.setdefault("image", {})
        data = text_at(value, "source", "bytes")
        if data is None:
            block.data["image"] = {**held, **without(value, ())}
        else:
            block.data["size"] = block.data.get("size", 0) + base64_size(data)
        self._put(block)

    def _unknown(self, event: int, block: Block, content: Json) -> None:
        kind = kind_of(content)
        self.message.put(block.key, Unknown(kind, content), block.order)
        self.out.report(Code.UNKNOWN_PART, event, f"a block is of a kind unknown here: {kind}")

    def _unknown_delta(self, event: int, block: Block, route: Route | None, item: Json) -> None:
        kind = str(route[-1]) if route else None
        self.message.put((block.key, event), Unknown(kind, item), block.order)
        self.out.report(Code.UNKNOWN_DELTA, event, f"a delta is of a kind unknown here: {kind}")

    def _out_of_order(self, event: int, message: str) -> None:
        self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=message)


DELTAS: dict[str, Callable[[MessageReader, int, Block, Route, Json], None]] = {
    "text": MessageReader._write,
    "reasoningContent": MessageReader._think,
    "toolUse": MessageReader._input,
    "citation": MessageReader._cite,
    "toolResult": MessageReader._result,
    "image": MessageReader._image,
}
WHOLE: dict[str, Callable[[MessageReader, int, Block, Route, Object], None]] = {
    "toolUse": MessageReader._whole_call,
    "reasoningContent": MessageReader._whole_thought,
    "citationsContent": MessageReader._whole_citations,
    "guardContent": MessageReader._whole_guarded,
}
