"""Function calls of one Gemini candidate: whole, or streamed value by value (Vertex AI).

https://ai.google.dev/api/caching#FunctionCall, and for streams
https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc

    {"functionCall": {"name": "add", "args": {"a": 2, "b": 3}}}

A streamed call has its name on its first piece only, and ends with a piece that does not say `willContinue`, often
an empty one. An id is optional, and so are `args`: a call without them has none.
"""

from typing import TypeAlias

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route
from cassette_cli.protocols.base import MessageBuilder, PartBuilder, ReplyBuilder, json_text, list_at, text_at
from cassette_cli.protocols.shared.google.partial_args import PartialArgs

Object: TypeAlias = dict[str, Json]


class Call:
    """One call as it grows; `partial` where it comes in pieces, of which more follow while it `is_open`."""

    def __init__(self, part: PartBuilder, value: Object) -> None:
        self.part = part
        self.name = text_at(value, "name") or None
        self.is_open = False
        self.partial: PartialArgs | None = None
        part.fields = {"id": text_at(value, "id") or None, "name": self.name}


class CallsReader:
    """The calls of one message."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder) -> None:
        self.out, self.message = out, message
        self._calls: list[Call] = []

    def goes_on(self, value: Object) -> bool:
        """Whether a piece belongs to the last call: it is the next of its pieces, or names no other call."""
        last = self._calls[-1] if self._calls else None
        if last is None or (value.get("id") and value["id"] != last.part.fields["id"]):
            return False
        if value.get("name"):
            return last.is_open and value["name"] == last.name
        return last.is_open or "args" not in value

    def go_on(self, event: int, value: Object, route: Route) -> PartBuilder:
        """Take a further piece of the last call, whose part is given back."""
        call = self._calls[-1]
        if value.get("name"):
            self.out.report(Code.NAME_REPEATED, event, f"the name {call.name} comes again", once=call)
        self._pieces(event, call, value, route)
        return call.part

    def begin(self, event: int, value: Object, part: PartBuilder, route: Route) -> None:
        """Take a call, or the first piece of one, whose part is `part`."""
        part.began = event
        call = Call(part, value)
        self._calls.append(call)
        if value.get("willContinue") or value.get("partialArgs"):
            self._pieces(event, call, value, route)
        else:
            self._whole(event, call, value.get("args"), (*route, "args"))

    def close(self) -> None:
        """Put streamed calls together; name what clients stumble over."""
        ids: set[str] = set()
        for call in self._calls:
            id_, event = call.part.fields["id"], call.part.began
            if call.partial:
                call.part.pieces += [(piece[0], "arguments_text", *piece[1:]) for piece in call.partial.pieces()]
            if call.is_open:
                self.out.report(Code.BLOCK_NOT_CLOSED, event, f"the call of {call.name} is never said to be whole")
            elif not call.part.joined("arguments_text"):
                self.out.report(Code.ARGUMENTS_EMPTY, event, f"the call of {call.name} came without arguments")
            if call.name is None:
                self.out.report(Code.NAME_MISSING, event, "a call names no function")
            if id_ in ids:
                self.out.report(Code.ID_NOT_UNIQUE, event, f"two calls bear the id {id_}")
            ids.update([id_] if id_ else [])

    def _whole(self, event: int, call: Call, arguments: Json, route: Route) -> None:
        if isinstance(arguments, str):
            call.part.add(event, "arguments_text", arguments, route)
        elif arguments is not None:
            call.part.arguments = arguments
            call.part.add(event, "arguments_text", json_text(arguments), None)

    def _pieces(self, event: int, call: Call, value: Object, route: Route) -> None:
        call.is_open = value.get("willContinue") is True
        call.partial = call.partial or PartialArgs()
        for place, item in enumerate(list_at(value, "partialArgs")):
            call.partial.add(event, item, (*route, "partialArgs", place))
        arguments = value.get("args")
        if isinstance(arguments, dict):
            call.partial.add_whole(event, arguments)
        elif arguments is not None:
            self.message.keep("functionCall", {"args": arguments})
