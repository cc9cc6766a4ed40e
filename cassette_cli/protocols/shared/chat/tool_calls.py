"""Tool calls of one chat completions message, whole or in pieces.

Which call a piece belongs to is a matter of `index`; the many servers that speak this protocol leave it out, repeat
it, count from 1, and send id, name or the whole arguments again:
https://platform.openai.com/docs/guides/function-calling#streaming

    {"index": 0, "id": "call_e25d", "type": "function", "function": {"name": "add", "arguments": ""}}
    {"index": 0, "function": {"arguments": "{\\"a\\": 2,"}}
"""

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    ReplyBuilder,
    at,
    json_text,
    parse_json,
    same_json,
    text_at,
)

# Where calls stand among the parts of a message.
ORDER = (4,)
FIELDS = {"index", "id", "type", "function", "custom"}
# Where Gemini's endpoint for OpenAI's clients has a call's signature:
# https://ai.google.dev/gemini-api/docs/thought-signatures#openai
SIGNATURE = ("extra_content", "google", "thought_signature")
# A piece is taken for all of the arguments once more only where what came before is not much longer. So no test costs
# more than the piece is long, and reading stays linear whatever a stream holds.
MUCH_LONGER, SHORT = 4, 64


class CallReader:
    """One call as it grows."""

    def __init__(self, out: ReplyBuilder, part: PartBuilder, number: int, event: int) -> None:
        self.out, self.part, self.number = out, part, number
        part.began = event
        self.id: str | None = None
        self.name: str | None = None
        self.is_custom = False
        self.length = 0
        self.ends_whole = False

    def named(self, event: int, name: str) -> None:
        """Take a name: the first, a repetition, or a further piece of it."""
        if self.name is None:
            self.name = name
            if event != self.part.began:
                self.out.report(Code.NAME_LATE, event, f"the name {name} comes after the start of its call")
        elif name == self.name:
            self.out.report(Code.NAME_REPEATED, event, f"the name {name} comes again", once=self)
            return
        else:
            self.out.report(Code.NAME_IN_PIECES, event, f"the name {self.name} goes on with {name}", once=self)
            self.name += name
        self.part.fields["name"] = self.name

    def identified(self, event: int, id_: str) -> None:
        """Take an id: the first, a repetition, or another one, which is named and left aside."""
        if self.id is None:
            self.id = self.part.fields["id"] = id_
        elif id_ == self.id:
            self.out.report(Code.ID_REPEATED, event, f"the id {id_} comes again", once=self)
        else:
            self.out.report(Code.ID_CHANGED, event, f"the call {self.id} goes on as {id_}", once=self)

    def add(self, event: int, text: str, route: Route | None) -> None:
        """Take a piece of the arguments, unless it is the whole of them once more."""
        if self.length and text[:1] == "{" and self.repeats(text):
            self.out.report(
                Code.ARGUMENTS_RESENT, event, f"the arguments of {self.name} are sent whole again", once=self
            )
            return
        self.part.pieces.append((event, "arguments_text", text, route))
        self.length += len(text)
        self.ends_whole = text[-1:] == "}"

    def repeats(self, text: str) -> bool:
        """Whether what came so far is whole, and `text` says the same."""
        whole = self.whole_before(text)
        return whole is not None and same_json(parse_json(text)[0], whole)

    def whole_before(self, text: str) -> Json:
        """The arguments so far where they and `text` are each a whole object, else None."""
        if not (self.ends_whole and text[:1] == "{" and text[-1:] == "}"):
            return None
        if self.length > MUCH_LONGER * len(text) + SHORT:
            return None
        return parse_json(self.part.joined("arguments_text"))[0]

    def close(self) -> None:
        """A custom tool's input is text of any kind, not JSON."""
        if self.is_custom:
            self.part.arguments = self.part.joined("arguments_text")


class CallsReader:
    """The calls of one message; `streamed` says whether they come in pieces told apart by index."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder, *, streamed: bool) -> None:
        self.out, self.message, self.streamed = out, message, streamed
        self.calls: list[CallReader] = []
        self.legacy: CallReader | None = None
        self._by_index: dict[int, CallReader] = {}

    def read(self, event: int, entries: Json, route: Route) -> None:
        """Take the value of `tool_calls` of a delta or message that lies at `route` of the payload."""
        if not isinstance(entries, list):
            self.message.keep("tool_calls", entries)
            return
        if self.streamed and len(entries) > 1:
            self._once_per_event(event, entries)
        for place, entry in enumerate(entries):
            if isinstance(entry, dict):
                self._entry(event, entry, (*route, place))
            else:
                self.message.keep("tool_calls", [entry])

    def read_legacy(self, event: int, function: Json, route: Route) -> None:
        """Take the value of `function_call`, which came before `tool_calls` and has no id."""
        if not isinstance(function, dict):
            self.message.keep("function_call", function)
            return
        if self.legacy is None:
            self.legacy = CallReader(self.out, self.message.part("function_call", "tool_call", ORDER), 0, event)
        self._function(self.legacy, event, function, "arguments", route)

    def close(self) -> None:
        for call in self.calls:
            call.close()

    def _once_per_event(self, event: int, entries: list[Json]) -> None:
        """vLLM with speculative decoding gives two pieces of one call in one event."""
        indexes = [index for entry in entries if isinstance(index := at(entry, "index"), int)]
        if len(set(indexes)) < len(indexes):
            self.out.report(Code.INDEX_REPEATED, event, f"one event has several pieces for one index: {indexes}")

    def _entry(self, event: int, entry: dict[str, Json], route: Route) -> None:
        function, inner = entry.get("function"), "function"
        if not isinstance(function, dict):
            function, inner = entry.get("custom"), "custom"
            if not isinstance(function, dict):
                function, inner = {}, "function"
        call = self._call(event, entry, function)
        if id_ := entry.get("id"):
            call.identified(event, id_ if isinstance(id_, str) else json_text(id_))
        call.is_custom = call.is_custom or inner == "custom"
        self._function(call, event, function, "input" if call.is_custom else "arguments", (*route, inner))
        if not entry.keys() <= FIELDS:
            self._beside(call, event, entry, route)

    def _function(self, call: CallReader, event: int, function: dict[str, Json], field: str, route: Route) -> None:
        name = function.get("name")
        if name and isinstance(name, str):
            call.named(event, name)
        text = function.get(field)
        if isinstance(text, str):
            if text:
                call.add(event, text, (*route, field))
        elif text is not None:
            self.out.report(
                Code.ARGUMENTS_NOT_TEXT, event, f"the arguments of {call.name} are JSON, not the text of it", once=call
            )
            call.add(event, json_text(text), None)

    def _beside(self, call: CallReader, event: int, entry: dict[str, Json], route: Route) -> None:
        """Take what an entry bears beside the call: Google's signature, and what has no name here."""
        rest = {key: item for key, item in entry.items() if key not in FIELDS and item is not None}
        outer, inner, name = SIGNATURE
        signature = text_at(entry, *SIGNATURE)
        if signature:
            call.part.add(event, "signature", signature, (*route, *SIGNATURE))
            if rest[outer] == {inner: {name: signature}}:
                del rest[outer]
        if rest:
            self.message.keep("tool_calls", {str(call.number): rest})

    def _call(self, event: int, entry: dict[str, Json], function: dict[str, Json]) -> CallReader:
        if not self.streamed:
            return self._open(event)
        index = entry.get("index")
        if not isinstance(index, int):
            return self._without_index(event, entry, function)
        call = self._by_index.get(index)
        if call is None:
            if index != len(self._by_index):
                self.out.report(
                    Code.INDEX_NOT_NEXT,
                    event,
                    f"a call has index {index} where {len(self._by_index)} is next",
                    once=self,
                )
        elif function.get("name") and self._is_another(call, entry.get("id"), function):
            self.out.report(Code.INDEX_REUSED, event, f"a second call has index {index}, that of {call.name}")
        else:
            return call
        self._by_index[index] = opened = self._open(event)
        return opened

    def _without_index(self, event: int, entry: dict[str, Json], function: dict[str, Json]) -> CallReader:
        last = self.calls[-1] if self.calls else None
        id_ = entry.get("id")
        if last and not (id_ and id_ != last.id) and not self._is_another(last, id_, function):
            return last
        self.out.report(Code.INDEX_MISSING, event, "a call has no index")
        return self._open(event)

    def _is_another(self, call: CallReader, id_: Json, function: dict[str, Json]) -> bool:
        """Whether a piece that bears the index of a call begins another one."""
        name = function.get("name")
        if not name or (id_ and id_ == call.id):
            return False
        if id_ and call.id:
            return True
        if not call.length:
            return False
        text = function.get("arguments")
        return name != call.name or (isinstance(text, str) and self._says_more(call, text))

    def _says_more(self, call: CallReader, text: str) -> bool:
        whole = call.whole_before(text)
        return whole is not None and not same_json(parse_json(text)[0], whole)

    def _open(self, event: int) -> CallReader:
        number = len(self.calls)
        call = CallReader(self.out, self.message.part(("tool_call", number), "tool_call", ORDER), number, event)
        self.calls.append(call)
        return call
