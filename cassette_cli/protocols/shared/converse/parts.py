"""What the blocks of a Converse message say, as parts: in pieces, or whole.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlockDelta.html

    whole      {"reasoningContent": {"reasoningText": {"text": "Hm", "signature": "..."}}}
    in pieces  {"reasoningContent": {"text": "H"}}, {"reasoningContent": {"text": "m"}}, ...
"""

from collections.abc import Callable, Hashable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Media, Route, Unknown
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    PartKind,
    ReplyBuilder,
    at,
    json_text,
    list_at,
    text_at,
    without,
)
from cassette_cli.protocols.shared.converse.blocks import is_server_call, kind_of, media, rest_of, result, whole
from cassette_cli.protocols.shared.media import base64_size

Object: TypeAlias = dict[str, Json]

# The texts of a `reasoningContent`, and the field of the part that each adds to.
THOUGHTS = {"text": "content", "signature": "signature", "redactedContent": "encrypted"}


class Block:
    """A block as it grows: its part where that is one of text, its data where other things come in pieces."""

    def __init__(self, index: int, key: Hashable, order: tuple[int, ...]) -> None:
        self.index, self.key, self.order = index, key, order
        self.part: PartBuilder | None = None
        self.data: Object = {}
        self.is_open = True

    @property
    def is_text(self) -> bool:
        """Whether the block is text that can go on."""
        return self.part is not None and self.part.kind == "text"

    @property
    def is_call(self) -> bool:
        """Whether the block is a call."""
        return self.part is not None and self.part.kind in ("tool_call", "server_tool_call")


class PartsReader:
    """The parts of a message as its blocks bring them."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder) -> None:
        self.out, self.message = out, message

    def begin(self, event: int, block: Block, start: Json) -> None:
        """Take what a block of a stream says at its start: call, result and image have one."""
        kind = kind_of(start)
        held = start[kind] if kind is not None else None
        if kind == "toolUse" and isinstance(held, dict):
            self._call(event, block, held)
            self._keep_rest(block.index, start)
        elif kind == "toolResult" and isinstance(held, dict):
            block.data = {**held, "content": []}
            self._result(event, block, (), held.get("content"))
        elif kind == "image" and isinstance(held, dict):
            block.data = {**held, "size": 0}
            self._image(event, block, (), {})
            self._keep_rest(block.index, start)
        elif kind is not None:
            self.message.put(block.key, Unknown(kind, held), block.order)
            self.out.report(Code.UNKNOWN_PART, event, f"a block is of a kind unknown here: {kind}")

    def add(self, event: int, block: Block, delta: Json, route: Route) -> None:
        """Take a piece of a block that lies at `route` of the event's payload."""
        if not isinstance(delta, dict):
            self._unknown(event, block, route, delta)
            return
        for name, item in delta.items():
            PIECES.get(name, PartsReader._unknown)(self, event, block, (*route, name), item)

    def take(self, event: int, block: Block, content: Json, route: Route) -> None:
        """Take a block that comes whole and lies at `route` of the event's payload."""
        kind = kind_of(content) or ""
        held = at(content, kind)
        if kind == "text" and isinstance(held, str):
            self._write(event, block, (*route, kind), held)
        elif kind in WHOLE and isinstance(held, dict):
            WHOLE[kind](self, event, block, (*route, kind), held)
        else:
            self._put_whole(event, block, content)
        self._keep_rest(block.index, content)

    def _keep_rest(self, index: int, content: Json) -> None:
        """A block's further fields lie under its place in `content`."""
        if rest := rest_of(content):
            self.message.keep("content", {str(index): rest})

    def _part(self, block: Block, kind: PartKind) -> PartBuilder:
        """The part of a block; one of its own for a piece that does not fit what the block is."""
        if block.part is None:
            block.part = self.message.part(block.key, kind, block.order)
        if block.part.kind == kind:
            return block.part
        return self.message.part((block.key, kind), kind, block.order)

    def _write(self, event: int, block: Block, route: Route, text: Json) -> None:
        part = self._part(block, "text")
        if text and isinstance(text, str):
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
        if block.part is None or not block.is_call:
            message = f"arguments come for block {block.index}, which is no call"
            self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=message)
            part = self._part(block, "tool_call")
        else:
            part = block.part
        text = value.get("input") if isinstance(value, dict) else None
        if isinstance(text, str):
            if text:
                part.pieces.append((event, "arguments_text", text, (*route, "input")))
        elif text is not None:
            self.out.report(Code.ARGUMENTS_NOT_TEXT, event, "a piece of arguments is no text", once=self)
            part.add(event, "arguments_text", json_text(text), None)

    def _result(self, event: int, block: Block, route: Route, content: Json) -> None:
        """A piece of what a tool of AWS gave."""
        block.data.setdefault("content", []).extend(list_at(content))
        self.message.put(block.key, result({"type": "toolResult", **block.data}), block.order)

    def _image(self, event: int, block: Block, route: Route, value: Json) -> None:
        data = text_at(value, "source", "bytes")
        if data is None:
            block.data |= without(value, ())
        else:
            block.data["size"] = block.data.get("size", 0) + base64_size(data)
        image = media("image", block.data)
        size = block.data.get("size") if image.uri is None else None
        self.message.put(block.key, Media("image", image.media_type, size, image.uri), block.order)

    def _whole_call(self, event: int, block: Block, route: Route, value: Object) -> None:
        part = self._call(event, block, value)
        if value.get("input") is not None:
            part.arguments = value["input"]
            part.add(event, "arguments_text", json_text(value["input"]), None)

    def _whole_thought(self, event: int, block: Block, route: Route, value: Object) -> None:
        self._think(event, block, (*route, "reasoningText"), value.get("reasoningText"))
        self._think(event, block, route, {"redactedContent": value.get("redactedContent")})

    def _whole_citations(self, event: int, block: Block, route: Route, value: Object) -> None:
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

    def _unknown(self, event: int, block: Block, route: Route, item: Json) -> None:
        self.message.put((block.key, event), Unknown(str(route[-1]), item), block.order)
        self.out.report(Code.UNKNOWN_DELTA, event, f"a delta is of a kind unknown here: {route[-1]}")


PIECES: dict[str, Callable[[PartsReader, int, Block, Route, Json], None]] = {
    "text": PartsReader._write,
    "reasoningContent": PartsReader._think,
    "toolUse": PartsReader._input,
    "citation": PartsReader._cite,
    "toolResult": PartsReader._result,
    "image": PartsReader._image,
}
WHOLE: dict[str, Callable[[PartsReader, int, Block, Route, Object], None]] = {
    "toolUse": PartsReader._whole_call,
    "reasoningContent": PartsReader._whole_thought,
    "citationsContent": PartsReader._whole_citations,
    "guardContent": PartsReader._whole_guarded,
}
