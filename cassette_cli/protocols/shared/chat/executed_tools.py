"""Calls of tools that Groq ran itself: https://console.groq.com/docs/compound/built-in-tools

    {"executed_tools": [{"name": "browser.search", "index": 0, "type": "function", "arguments": "{...}"}]}
    {"executed_tools": [{"name": "browser.search", "index": 0, "type": "browser_search", "arguments": "{...}",
                         "output": "...", "search_results": {"results": [{"title": "...", "url": "...", ...}]}}]}

A stream names a call when it begins, and all of it once more when its output is there; an index may come again for
another call. A plain reply has the second form only. None has an id.
"""

from cassette_cli.conversation import Json, Route, ServerToolCallResponse
from cassette_cli.protocols.base import MessageBuilder, PartBuilder, at, text_at, without

# Behind the reasoning that led to them, before the text.
ORDER = (0, 1)
CALL = ("name", "index", "arguments")
RESULTS = "search_results"


class ExecutedTools:
    """The calls of one message, in the order in which they began."""

    def __init__(self, message: MessageBuilder) -> None:
        self.message = message
        self._calls = 0
        self._open: PartBuilder | None = None

    def read(self, event: int, entries: Json, route: Route) -> None:
        """Take the value of `executed_tools` that lies at `route` of the event's payload."""
        if not isinstance(entries, list):
            self.message.keep("executed_tools", entries)
            return
        for place, entry in enumerate(entries):
            if isinstance(entry, dict):
                self._entry(event, entry, (*route, place, "arguments"))
            else:
                self.message.keep("executed_tools", [entry])

    def _entry(self, event: int, entry: dict[str, Json], route: Route) -> None:
        call, text = self._open, text_at(entry, "arguments") or ""
        if call and call.joined("arguments_text") == text and _is_answered(entry):
            if text:
                call.echoes.append((event, "arguments_text", text, route))
        else:
            call = self._begin(event)
            if text:
                call.add(event, "arguments_text", text, route)
        kind = text_at(entry, "type")
        call.fields = {"id": None, "name": text_at(entry, "name") or kind, "kind": kind}
        self._open = call
        if _is_answered(entry):
            given = {name: item for name, item in without(entry, (*CALL, "type")).items() if item is not None}
            self.message.put(("executed", self._calls), ServerToolCallResponse(None, given, kind), ORDER)
            self._open = None

    def _begin(self, event: int) -> PartBuilder:
        self._calls += 1
        call = self.message.part(("executing", self._calls), "server_tool_call", ORDER)
        call.began = event
        return call


def _is_answered(entry: dict[str, Json]) -> bool:
    """Whether an entry says more than that a call has begun; an empty list of results says nothing."""
    rest = without(entry, (*CALL, "type", RESULTS))
    return any(item is not None for item in rest.values()) or bool(at(entry, RESULTS, "results"))
