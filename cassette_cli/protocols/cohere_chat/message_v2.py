"""One message of a reply of Cohere's chat, version 2, in pieces or whole. `reply_v2` shows the events.

{"role": "assistant", "tool_plan": "I will add.", "content": [{"type": "text", "text": "5"}],
 "tool_calls": [{"id": "add_1", "type": "function", "function": {"name": "add", "arguments": "{}"}}],
 "citations": [{"start": 0, "end": 1, "text": "5", "sources": [...], "type": "TEXT_CONTENT", "content_index": 0}]}
"""

from collections.abc import Callable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route, Unknown
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
from cassette_cli.protocols.shared.calls import check_calls

# Where the message lies in an event.
MESSAGE = ("delta", "message")
CONTENT_AT = (*MESSAGE, "content")
# Parts stand in this order, whatever came first.
PLAN, CONTENT, CALLS = (0,), (1,), (2,)
FIELDS = ("role", "tool_plan", "content", "tool_calls", "citations")
# What a block of content holds, and the part that it is.
BLOCKS: dict[str, PartKind] = {"text": "text", "thinking": "reasoning"}

Object: TypeAlias = dict[str, Json]


class MessageReader:
    """A message as it grows, event by event; blocks of content and calls are counted apart."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder, *, streamed: bool) -> None:
        self.out, self.message, self.streamed = out, message, streamed
        self._open: dict[tuple[str, Json], int] = {}
        self._begun: set[tuple[str, Json]] = set()
        self._blocks: dict[Json, PartBuilder] = {}
        self._calls: dict[Json, PartBuilder] = {}
        self._texts: list[PartBuilder] = []

    def whole(self, event: int, message: Json, route: Route) -> None:
        """Take a message that lies at `route` of the event's payload; the start of a stream has an empty one."""
        self.message.role = text_at(message, "role")
        self._plan(event, at(message, "tool_plan"), (*route, "tool_plan"))
        content = at(message, "content")
        if isinstance(content, str) and content:
            self._part(0, "text").add(event, "content", content, (*route, "content"))
        for place, block in enumerate(list_at(content)):
            self._say(event, place, block, (*route, "content", place))
        for place, call in enumerate(list_at(message, "tool_calls")):
            self._call(event, place, call, (*route, "tool_calls", place))
        for citation in list_at(message, "citations"):
            self._cite(citation)
        for name, item in without(message, FIELDS).items():
            if item is not None:
                self.message.keep(name, item)

    def close(self, last: int | None, *, ended: bool, failed: bool) -> None:
        """Name what is missing at the end."""
        if self.message.role is None:
            self.out.report(Code.ROLE_MISSING, last, "the message has no role")
        if self.message.finish_reason is None and (ended or not self.streamed) and not failed:
            self.out.report(Code.FINISH_REASON_MISSING, last, "the message has no finish reason")
        if ended:
            for (kind, index), event in self._open.items():
                self.out.report(Code.BLOCK_NOT_CLOSED, event, f"{kind} {index} is never closed")
        check_calls(self.out, self._calls.values(), streamed=self.streamed)

    def block_start(self, event: int, value: Object) -> None:
        """A block of content begins."""
        index = self._begin(event, "content", value)
        self._say(event, index, at(value, *CONTENT_AT), CONTENT_AT)

    def block_delta(self, event: int, value: Object) -> None:
        """A piece of a block of content."""
        index = value.get("index")
        if not isinstance(index, int) or index not in self._blocks:
            index = self._within(event, "content", value)
        self._say(event, index, at(value, "delta", "message", "content"), CONTENT_AT)
        if value.get("logprobs"):
            self.message.keep("logprobs", [value["logprobs"]])

    def block_end(self, event: int, value: Object) -> None:
        """A block of content ends."""
        self._finish(event, "content", value)

    def plan_delta(self, event: int, value: Object) -> None:
        """A piece of the plan."""
        self._plan(event, at(value, *MESSAGE, "tool_plan"), (*MESSAGE, "tool_plan"))

    def call_start(self, event: int, value: Object) -> None:
        """A call begins."""
        index = self._begin(event, "tool-call", value)
        self._calls_at(event, index, at(value, *MESSAGE, "tool_calls"))

    def call_delta(self, event: int, value: Object) -> None:
        """A piece of a call's arguments."""
        index = self._within(event, "tool-call", value)
        self._calls_at(event, index, at(value, *MESSAGE, "tool_calls"))

    def call_end(self, event: int, value: Object) -> None:
        """A call ends."""
        self._finish(event, "tool-call", value)

    def citation(self, event: int, value: Object) -> None:
        """A citation, which comes whole."""
        citations = at(value, *MESSAGE, "citations")
        for citation in citations if isinstance(citations, list) else [citations]:
            self._cite(citation)

    def citation_end(self, event: int, value: Object) -> None:
        """Nothing more: the citation came whole."""

    def debug(self, event: int, value: Object) -> None:
        """What the model was given."""
        self.message.keep("debug", [without(value, ("type",))])

    def _begin(self, event: int, kind: str, value: Object) -> int:
        index = self._index(event, kind, value)
        if (kind, index) in self._begun:
            self.out.report(Code.BLOCK_REPEATED, event, f"{kind} {index} begins again")
        self._begun.add((kind, index))
        self._open[kind, index] = event
        return index

    def _within(self, event: int, kind: str, value: Object) -> int:
        index = self._index(event, kind, value)
        if (kind, index) not in self._begun:
            self._begun.add((kind, index))
            self.out.report(Code.BLOCK_START_MISSING, event, f"no event has announced {kind} {index}")
        return index

    def _finish(self, event: int, kind: str, value: Object) -> None:
        index = self._index(event, kind, value)
        if self._open.pop((kind, index), None) is None:
            self.out.report(Code.BLOCK_OUT_OF_ORDER, event, f"{kind} {index} ends and is not open")

    def _index(self, event: int, kind: str, value: Object) -> int:
        index = value.get("index")
        if isinstance(index, int):
            return index
        self.out.report(Code.INDEX_MISSING, event, f"the event of {kind} has no index", once=kind)
        return 0

    def _say(self, event: int, index: int, block: Json, route: Route) -> None:
        """A block of content, or a piece of one: it says by its field what it is."""
        known = False
        for name, text in block.items() if isinstance(block, dict) else ():
            kind = BLOCKS.get(name)
            if kind and isinstance(text, str):
                known = True
                part = self._part(index, kind)
                if text:
                    part.pieces.append((event, "content", text, (*route, name)))
        if not known:
            self.message.put(("block", event, index), Unknown(text_at(block, "type"), block), CONTENT)
            self.out.report(Code.UNKNOWN_PART, event, "a block of content is neither text nor thinking")

    def _part(self, index: int, kind: PartKind) -> PartBuilder:
        part = self._blocks.get(index)
        if part is None or part.kind != kind:
            part = self._blocks[index] = self.message.part(("content", index, kind), kind, CONTENT)
            if kind == "text":
                self._texts.append(part)
        return part

    def _plan(self, event: int, text: Json, route: Route) -> None:
        if isinstance(text, str):
            if text:
                self.message.part("plan", "reasoning", PLAN).pieces.append((event, "content", text, route))
        elif text is not None:
            self.message.keep("tool_plan", text)

    def _calls_at(self, event: int, index: int, calls: Json) -> None:
        """One call as an object, as the API sends it, or as a list of one."""
        route = (*MESSAGE, "tool_calls")
        if isinstance(calls, list):
            for place, call in enumerate(calls):
                self._call(event, index + place, call, (*route, place))
        else:
            self._call(event, index, calls, route)

    def _call(self, event: int, index: int, call: Json, route: Route) -> None:
        part = self._calls.get(index)
        if part is None:
            part = self._calls[index] = self.message.part(("tool_call", index), "tool_call", CALLS)
            part.began = event
        function = at(call, "function")
        for name, text in (("id", text_at(call, "id")), ("name", text_at(function, "name"))):
            if text:
                part.fields[name] = text
        arguments = at(function, "arguments")
        if isinstance(arguments, str):
            if arguments:
                part.pieces.append((event, "arguments_text", arguments, (*route, "function", "arguments")))
        elif arguments is not None:
            self.out.report(Code.ARGUMENTS_NOT_TEXT, event, "the arguments of a call are JSON, not the text of it")
            part.add(event, "arguments_text", json_text(arguments), None)

    def _cite(self, citation: Json) -> None:
        """A citation belongs to a block of text; the last one where it does not say which. Others are kept."""
        of_text = text_at(citation, "type") in ("TEXT_CONTENT", None)
        index = at(citation, "content_index")
        part = self._blocks.get(index) if isinstance(index, int) else (self._texts[-1] if self._texts else None)
        if part and part.kind == "text" and of_text:
            part.annotations.append(citation)
        else:
            self.message.keep("citations", [citation])


READERS: dict[str, Callable[[MessageReader, int, Object], None]] = {
    "content-start": MessageReader.block_start,
    "content-delta": MessageReader.block_delta,
    "content-end": MessageReader.block_end,
    "tool-plan-delta": MessageReader.plan_delta,
    "tool-call-start": MessageReader.call_start,
    "tool-call-delta": MessageReader.call_delta,
    "tool-call-end": MessageReader.call_end,
    "citation-start": MessageReader.citation,
    "citation-end": MessageReader.citation_end,
    "debug": MessageReader.debug,
}
