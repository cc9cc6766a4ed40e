"""Steps of an interaction, whole or streamed: https://ai.google.dev/gemini-api/docs/interactions/streaming

    {"type": "thought", "signature": "...", "summary": [{"type": "text", "text": "Hm"}]}
    {"type": "model_output", "content": [{"type": "text", "text": "Hello"}]}
    {"type": "function_call", "id": "c1", "name": "add", "arguments": {"a": 2}}
    {"type": "google_search_call", "id": "s1", "arguments": {"queries": ["ruby"]}, "signature": "..."}

In a stream a step starts with some of this and deltas bring the rest; those of a call's arguments are pieces of JSON
text. Until June 2026 contents stood in the place of steps: `text` and the like in that of `model_output`, and all
else alike (https://ai.google.dev/gemini-api/docs/interactions-breaking-changes-may-2026).

A signature is that of the step's call, text or thought; that of a result stays in its JSON.
"""

from collections.abc import Callable
from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Part, Route, ServerToolCallResponse, ToolCallResponse, Unknown
from cassette_cli.protocols.base import MessageBuilder, PartBuilder, PartKind, ReplyBuilder, json_text, list_at, text_at
from cassette_cli.protocols.google_interactions.content import MEDIA, content_part, media, result
from cassette_cli.protocols.shared.calls import check_calls

Object: TypeAlias = dict[str, Json]

# Who speaks in a step, where it is not the model.
SPEAKERS = {"user_input": "user", "function_result": "user"}
# What is read of a step; everything else goes into its message's `extra`.
READ = {"type", "id", "call_id", "name", "arguments", "result", "summary", "content", "signature"}
# Contents, which once stood in the place of steps, are read whole.
CONTENTS = {"text", *MEDIA}


class Step:
    """A step as it grows. `fields` are what its start and deltas say of it as a whole, `part` the text or thought
    that the next piece goes on with, `call` the part of a call."""

    def __init__(self, fields: Object, number: int) -> None:
        self.kind = text_at(fields, "type") or ""
        self.fields, self.number = fields, number
        self.part: PartBuilder | None = None
        self.call: PartBuilder | None = None
        self.is_open = True


class StepsReader:
    """The steps of an interaction: parts of messages, one message as long as the same side speaks. Contents that
    stand in the place of steps are those of `speaker`."""

    def __init__(self, out: ReplyBuilder, speaker: str) -> None:
        self.out, self.speaker = out, speaker
        self.messages: list[MessageBuilder] = []
        self._parts = 0
        self._steps: list[Step] = []
        self._by_index: dict[Json, Step] = {}

    def say(self, role: str) -> MessageBuilder:
        """The message that goes on, or a new one where the other side spoke last."""
        if not self.messages or self.messages[-1].role != role:
            self.messages.append(self.out.message(len(self.messages)))
            self.messages[-1].role = role
        return self.messages[-1]

    def start(self, event: int, index: Json, value: Json, route: Route) -> Step:
        """Take a whole step, or the start of one."""
        step = Step(value if isinstance(value, dict) else {}, len(self._steps))
        self._steps.append(step)
        if isinstance(index, int):
            self._by_index[index] = step
        self.say(self.speaker if step.kind in CONTENTS else SPEAKERS.get(step.kind, "model"))
        if step.kind.endswith("_call"):
            self._begin_call(event, step)
        elif step.kind.endswith("_result"):
            self._put_result(step)
        elif step.kind in ("thought", "model_output", "user_input", *CONTENTS):
            self._hold(event, step, route)
        else:
            self._unknown(event, step.kind, value)
            return step
        self._sign(event, step, step.fields, route)
        rest = {name: item for name, item in step.fields.items() if name not in READ and item is not None}
        if rest and step.kind not in CONTENTS and not isinstance(self._result(step), ServerToolCallResponse):
            self.messages[-1].keep("steps", {str(step.number): rest})
        return step

    def delta(self, event: int, index: Json, delta: Json, route: Route) -> None:
        """Take a delta of a step."""
        step = self._by_index.get(index) if isinstance(index, int) else None
        if step is None or not step.is_open:
            code = Code.BLOCK_START_MISSING if step is None else Code.BLOCK_OUT_OF_ORDER
            self.out.report(code, event, f"a delta comes for step {index}, which is not open")
            step = self.start(event, index, {"type": "model_output"}, ())
        kind = text_at(delta, "type") or ""
        if kind in DELTAS:
            DELTAS[kind](self, event, step, delta, route)
        elif kind in MEDIA:
            self._content(event, step, delta, route)
        elif kind.endswith(("_call", "_result")):
            self._tool(event, step, delta, route)
        else:
            self._put(Unknown(kind or None, delta))
            self.out.report(Code.UNKNOWN_DELTA, event, f"a delta is of a kind unknown here: {kind or None}")

    def stop(self, event: int, index: Json) -> None:
        """Take the end of a step."""
        step = self._by_index.get(index) if isinstance(index, int) else None
        if step is None or not step.is_open:
            code = Code.BLOCK_START_MISSING if step is None else Code.BLOCK_REPEATED
            self.out.report(code, event, f"step {index} stops, which is not open")
        else:
            step.is_open = False

    def close(self, *, streamed: bool) -> None:
        """Give calls the arguments of their start where no delta brought any; name what clients stumble over."""
        for step in self._steps:
            arguments, call = step.fields.get("arguments"), step.call
            if call is None or arguments is None:
                continue
            if not call.joined("arguments_text"):
                call.arguments = arguments
                call.add(call.began or 0, "arguments_text", json_text(arguments), None)
            elif arguments != {}:
                message = "arguments come as JSON and again in deltas"
                self.out.report(Code.ARGUMENTS_RESENT, call.began, message)
        calls = [step.call for step in self._steps if step.call and step.call.kind == "tool_call"]
        check_calls(self.out, calls, streamed=streamed)

    def _hold(self, event: int, step: Step, route: Route) -> None:
        """What a step of thought or speech holds from its start."""
        if step.kind in CONTENTS:
            self._content(event, step, step.fields, route)
        for place, item in enumerate(list_at(step.fields, "summary")):
            self._summary(event, step, {"content": item}, (*route, "summary", place))
        for place, item in enumerate(list_at(step.fields, "content")):
            step.part = None
            self._content(event, step, item, (*route, "content", place))

    def _content(self, event: int, step: Step, content: Json, route: Route) -> None:
        if text_at(content, "type") == "text":
            self._text(event, step, content, route)
            self._annotate(event, step, content, route)
            return
        part = content_part(content)
        if isinstance(part, Unknown):
            self._unknown(event, part.kind, content)
        else:
            self._put(part)

    def _text(self, event: int, step: Step, value: Json, route: Route) -> None:
        text = text_at(value, "text")
        if text:
            self._grow(step, "text").pieces.append((event, "content", text, (*route, "text")))

    def _annotate(self, event: int, step: Step, value: Json, route: Route) -> None:
        if annotations := list_at(value, "annotations"):
            self._grow(step, "text").annotations.extend(annotations)

    def _summary(self, event: int, step: Step, delta: Json, route: Route) -> None:
        content = delta.get("content")
        text = text_at(content, "text")
        if text:
            self._grow(step, "reasoning").pieces.append((event, "content", text, (*route, "text")))
        elif found := media(content):
            self._put(found)

    def _summary_delta(self, event: int, step: Step, delta: Json, route: Route) -> None:
        self._summary(event, step, delta, (*route, "content"))

    def _sign(self, event: int, step: Step, value: Json, route: Route) -> None:
        signature = text_at(value, "signature")
        if signature and not step.kind.endswith("_result"):
            part = step.call or step.part or self._grow(step, "reasoning")
            part.pieces.append((event, "signature", signature, (*route, "signature")))

    def _begin_call(self, event: int, step: Step) -> None:
        is_client = step.kind == "function_call"
        step.call = self._begin("tool_call" if is_client else "server_tool_call")
        step.call.began = event
        self._name_call(step)

    def _name_call(self, step: Step) -> None:
        """The tools that Google runs itself are named by the kind of their step."""
        default = None if step.kind == "function_call" else step.kind.removesuffix("_call")
        id_, name = text_at(step.fields, "id") or None, text_at(step.fields, "name") or default
        if step.call:
            step.call.fields = {"id": id_, "name": name, "kind": step.kind}

    def _arguments(self, event: int, step: Step, delta: Json, route: Route) -> None:
        if step.call is None:
            self.out.report(Code.BLOCK_OUT_OF_ORDER, event, f"arguments come for step {step.number}, which is no call")
            step.kind = "function_call"
            self._begin_call(event, step)
        text = text_at(delta, "arguments")
        if text and step.call:
            step.call.add(event, "arguments_text", text, (*route, "arguments"))

    def _tool(self, event: int, step: Step, delta: Object, route: Route) -> None:
        """What the start of a call or result left out: a delta brings its fields whole."""
        step.fields = {**step.fields, **delta}
        step.kind = delta["type"]
        if step.kind.endswith("_result"):
            self._put_result(step)
        elif step.call is None:
            self._begin_call(event, step)
        else:
            self._name_call(step)
        self._sign(event, step, delta, route)

    def _put_result(self, step: Step) -> None:
        self.messages[-1].put(("result", step.number), self._result(step) or Unknown(step.kind, step.fields))

    def _result(self, step: Step) -> Part | None:
        if not step.kind.endswith("_result"):
            return None
        id_ = text_at(step.fields, "call_id")
        if step.kind == "function_result":
            return ToolCallResponse(id_, result(step.fields.get("result")), text_at(step.fields, "name"))
        response = {name: item for name, item in step.fields.items() if name not in ("type", "call_id")}
        return ServerToolCallResponse(id_, response, step.kind)

    def _grow(self, step: Step, kind: PartKind) -> PartBuilder:
        if step.part is None or step.part.kind != kind:
            step.part = self._begin(kind)
        return step.part

    def _begin(self, kind: PartKind) -> PartBuilder:
        self._parts += 1
        return self.messages[-1].part(self._parts, kind)

    def _put(self, part: Part) -> None:
        self._parts += 1
        self.messages[-1].put(self._parts, part)

    def _unknown(self, event: int, kind: str | None, value: Json) -> None:
        self._put(Unknown(kind or None, value))
        self.out.report(Code.UNKNOWN_PART, event, f"a step is of a kind unknown here: {kind or None}")


DELTAS: dict[str, Callable[[StepsReader, int, Step, Json, Route], None]] = {
    "text": StepsReader._text,
    "text_annotation_delta": StepsReader._annotate,
    "thought_summary": StepsReader._summary_delta,
    "thought_signature": StepsReader._sign,
    "arguments_delta": StepsReader._arguments,
}
