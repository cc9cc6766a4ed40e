"""One message of an Anthropic reply, block by block, with what clients stumble over on the way.

https://docs.anthropic.com/en/docs/build-with-claude/streaming: blocks come one after the other, each begins, grows
and stops under its index. Proxies and unusual models interleave them, repeat an index, or leave out a start.
"""

from collections.abc import Hashable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route, Unknown
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    PartKind,
    ReplyBuilder,
    json_text,
    list_at,
    text_at,
    without,
)
from cassette_cli.protocols.shared.anthropic.blocks import is_server_call, rest_of
from cassette_cli.protocols.shared.anthropic.blocks import whole as whole_part
from cassette_cli.protocols.shared.anthropic.deltas import DELTAS, DeltaRule
from cassette_cli.protocols.shared.calls import check_calls

Object: TypeAlias = dict[str, Json]


class Block:
    """A block as it grows: its part where it is one of text, the block itself where it came whole."""

    def __init__(self, index: int, key: Hashable, order: tuple[int, ...]) -> None:
        self.index, self.key, self.order = index, key, order
        self.part: PartBuilder | None = None
        self.data: Object = {}
        self.summary: list[str] = []
        self.input: tuple[int, Json] | None = None
        self.is_open = True


class MessageReader:
    """A message as it grows; `streamed` says whether it comes in events."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder, *, streamed: bool) -> None:
        self.out, self.message, self.streamed = out, message, streamed
        self.finished = False
        self._by_index: dict[int, Block] = {}
        self._blocks: list[Block] = []

    def keep(self, fields: Object) -> None:
        """Keep fields that have no name here, unless they are null."""
        for name, item in fields.items():
            if item is not None:
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

    def start(self, event: int, value: Object) -> None:
        """Take a content_block_start."""
        index = value.get("index")
        if not isinstance(index, int):
            self.out.report(Code.INDEX_MISSING, event, "a block begins without an index")
            index = len(self._blocks)
        elif index in self._by_index:
            self.out.report(Code.BLOCK_REPEATED, event, f"a second block begins at index {index}")
        elif self._blocks and self._blocks[-1].is_open:
            self._out_of_order(event, f"block {index} begins before block {self._blocks[-1].index} has stopped")
        elif index != len(self._blocks):
            self._out_of_order(event, f"block {index} begins where {len(self._blocks)} is next")
        if self.finished:
            self._late(event)
        self.begin(event, value.get("content_block"), index, ("content_block",), whole=False)

    def begin(self, event: int, content: Json, index: int, route: Route, *, whole: bool) -> None:
        """Open a block with what it holds at its start, which is all of it where `whole`."""
        block = self._add(index)
        kind = text_at(content, "type")
        if kind == "text":
            self._texts(event, block, "text", content, route, (("text", "content"),))
            self._part(block, "text").annotations.extend(list_at(content, "citations"))
        elif kind == "thinking":
            self._texts(
                event, block, "reasoning", content, route, (("thinking", "content"), ("signature", "signature"))
            )
        elif kind == "redacted_thinking":
            self._texts(event, block, "reasoning", content, route, (("data", "encrypted"),))
        elif kind == "tool_use" or is_server_call(kind):
            self._call(event, block, content, kind, whole=whole)
        else:
            self._whole(event, block, content)
        if rest := rest_of(content):
            self.message.keep("content", {str(index): rest})
        block.is_open = not whole

    def delta(self, event: int, value: Object) -> None:
        """Take a content_block_delta."""
        index, delta = value.get("index"), value.get("delta")
        block = self._by_index.get(index) if isinstance(index, int) else None
        if block is None or not block.is_open:
            block = self._stray(event, index)
        if self.finished:
            self._late(event)
        kind = delta.get("type") if isinstance(delta, dict) else None
        rule = DELTAS.get(kind) if isinstance(kind, str) else None
        if rule is None or not isinstance(delta, dict):
            self._other_delta(event, block, kind, delta)
            return
        text = delta.get(rule.key)
        if text and isinstance(text, str):
            part = block.part
            if part is None or part.kind not in rule.kinds:
                part = self._misplaced(event, block, rule, kind)
            part.pieces.append((event, rule.field, text, rule.route))

    def stop(self, event: int, value: Object) -> None:
        """Take a content_block_stop."""
        index = value.get("index")
        block = self._by_index.get(index) if isinstance(index, int) else None
        if not isinstance(index, int):
            self.out.report(Code.INDEX_MISSING, event, "a block stops without an index", once=self)
        elif block is None:
            self.out.report(Code.BLOCK_START_MISSING, event, f"block {index} stops, which has not begun")
        elif not block.is_open:
            self.out.report(Code.BLOCK_REPEATED, event, f"block {index} stops again")
        else:
            block.is_open = False

    def close(self, event: int | None, *, stopped: bool) -> None:
        """Name what only the end shows."""
        calls = []
        for block in self._blocks:
            if block.is_open and stopped:
                self.out.report(Code.BLOCK_NOT_CLOSED, event, f"block {block.index} never stops")
            if block.summary:
                block.data["content"] = "".join(block.summary)
            if block.part and block.part.kind in ("tool_call", "server_tool_call"):
                self._close_input(block, block.part)
                calls.append(block.part)
        check_calls(self.out, calls, streamed=self.streamed)
        if stopped and not self.finished:
            self.out.report(Code.FINISH_REASON_MISSING, event, "the message has no stop reason")

    def _add(self, index: int) -> Block:
        serial = len(self._blocks)
        block = Block(index, ("block", serial), (index, serial))
        self._blocks.append(block)
        self._by_index[index] = block
        return block

    def _stray(self, event: int, index: Json) -> Block:
        """The block of a delta whose index names none that is open."""
        if not isinstance(index, int):
            self.out.report(Code.INDEX_MISSING, event, "a delta has no index", once=self)
            return self._blocks[-1] if self._blocks else self._add(0)
        if index in self._by_index:
            self._out_of_order(event, f"a delta comes for block {index}, which has stopped")
            return self._by_index[index]
        self.out.report(Code.BLOCK_START_MISSING, event, f"a delta comes for block {index}, which has not begun")
        return self._add(index)

    def _part(self, block: Block, kind: PartKind) -> PartBuilder:
        if block.part is None:
            block.part = self.message.part(block.key, kind, block.order)
        return block.part

    def _texts(
        self,
        event: int,
        block: Block,
        kind: PartKind,
        content: Object,
        route: Route,
        names: tuple[tuple[str, str], ...],
    ) -> None:
        part = self._part(block, kind)
        for name, field in names:
            if text := text_at(content, name):
                part.add(event, field, text, (*route, name))

    def _call(self, event: int, block: Block, content: Object, kind: str | None, *, whole: bool) -> None:
        part = self._part(block, "tool_call" if kind == "tool_use" else "server_tool_call")
        part.began = event
        part.fields = {"id": text_at(content, "id"), "name": text_at(content, "name"), "kind": kind}
        arguments = content.get("input")
        if whole and arguments is not None:
            part.arguments = arguments
            part.add(event, "arguments_text", json_text(arguments), None)
        elif arguments:
            block.input = (event, arguments)

    def _close_input(self, block: Block, part: PartBuilder) -> None:
        """A stream that gives arguments at the start of their block, as JSON; deltas count more, as in the official
        clients."""
        if block.input is None:
            return
        event, arguments = block.input
        if part.pieces:
            self.out.report(Code.ARGUMENTS_RESENT, event, "arguments come at the start of a block and again in deltas")
        else:
            self.out.report(Code.ARGUMENTS_NOT_TEXT, event, "arguments come at the start of a block, as JSON")
            part.arguments = arguments
            part.add(event, "arguments_text", json_text(arguments), None)

    def _whole(self, event: int, block: Block, content: Json) -> None:
        part = whole_part(content)
        block.data = content if isinstance(content, dict) else {}
        self.message.put(block.key, part, block.order)
        if isinstance(part, Unknown) and part.kind != "compaction":
            self.out.report(Code.UNKNOWN_PART, event, f"a block is of a kind unknown here: {part.kind}")

    def _other_delta(self, event: int, block: Block, kind: Json, delta: Json) -> None:
        if kind == "citations_delta" and (block.part is None or block.part.kind == "text"):
            self._part(block, "text").annotations.append(delta.get("citation"))
        elif kind == "compaction_delta" and block.part is None:
            self._compact(block, delta)
        else:
            self.message.put((block.key, event), Unknown(kind if isinstance(kind, str) else None, delta), block.order)
            self.out.report(Code.UNKNOWN_DELTA, event, f"a delta is of a kind unknown here: {kind}")

    def _compact(self, block: Block, delta: Object) -> None:
        """The summary that stands for earlier turns: text in pieces, the latest encrypted form.

        https://docs.anthropic.com/en/docs/build-with-claude/compaction
        """
        first, piece = text_at(block.data, "content"), text_at(delta, "content")
        if not block.summary:
            block.data = {"type": "compaction", "content": None, **block.data}
            block.summary = [first] if first else []
            self.message.put(block.key, Unknown("compaction", block.data), block.order)
        if piece is not None:
            block.summary.append(piece)
        block.data.update(without(delta, ("type", "content")))

    def _misplaced(self, event: int, block: Block, rule: DeltaRule, kind: str | None) -> PartBuilder:
        """A part for a delta that its block has no room for."""
        if block.part is None and not block.data:
            return self._part(block, rule.kinds[0])
        self._out_of_order(event, f"a {kind} comes for block {block.index}, which is of another kind")
        return self.message.part((block.key, rule.kinds[0]), rule.kinds[0], block.order)

    def _late(self, event: int) -> None:
        self.out.report(Code.CONTENT_AFTER_FINISH, event, "content comes after the stop reason", once=self)

    def _out_of_order(self, event: int, message: str) -> None:
        self.out.report(Code.BLOCK_OUT_OF_ORDER, event, message, once=message)
