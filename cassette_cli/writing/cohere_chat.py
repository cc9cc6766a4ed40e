"""Cohere's chat, versions 2 and 1: https://docs.cohere.com/reference/chat and .../reference/chat-stream

    {"id": "c1", "message": {"role": "assistant", "content": [{"type": "text", "text": "Hi"}]}, "finish_reason": ...}

A stream of version 1 ends with an event that holds the whole plain reply in `response`.
"""

from collections.abc import Iterator, Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, Request, Sent, dumps, list_of, objects

NAME = "cohere.chat"
FRAMING = "sse"

TEXTS = ("text", "thinking")


def plain(values: Sequence[Json]) -> Json:
    """The reply of a stream's events."""
    events = objects(values)
    last = next((event for event in reversed(events) if isinstance(event.get("response"), dict)), None)
    if last is not None:
        ended = {"finish_reason": last["finish_reason"]} if "finish_reason" in last else {}
        return {**last["response"], **ended}
    out: dict[str, Json] = {}
    message: dict[str, Json] = {}
    lists: dict[str, dict[int, dict[str, Json]]] = {"content": {}, "tool_calls": {}, "citations": {}}
    rest = Kept()
    for event in events:
        kind, index = str(event.get("type")), event.get("index", 0)
        delta = event.get("delta")
        delta = delta if isinstance(delta, dict) else {}
        piece = delta.get("message")
        piece = piece if isinstance(piece, dict) else {}
        if kind == "message-start":
            out["id"] = event.get("id")
            message.update({name: item for name, item in piece.items() if item not in ([], "", None)})
        elif kind == "tool-plan-delta":
            message["tool_plan"] = (message.get("tool_plan") or "") + (piece.get("tool_plan") or "")
        elif kind == "message-end":
            out.update({name: item for name, item in delta.items() if item is not None})
            rest.add(event, ("type", "delta", "id", "index"))
        else:
            for name, held in lists.items():
                if isinstance(piece.get(name), dict):
                    _grow(held.setdefault(index, {}), piece[name])
    if not out:
        raise ValueError("the stream begins no message")
    message.update({name: [held[index] for index in sorted(held)] for name, held in lists.items() if held})
    return {"id": out.pop("id", None), "message": message, **out, **rest.fields}


def _grow(held: dict[str, Json], piece: dict[str, Json]) -> None:
    for name, item in piece.items():
        if name == "function" and isinstance(item, dict):
            function = held.setdefault("function", {})
            for key, part in item.items():
                grows = key == "arguments" and isinstance(part, str)
                function[key] = (function.get(key) or "") + part if grows else part
        elif name in TEXTS and isinstance(item, str) and piece.get("start") is None:
            held[name] = (held.get(name) or "") + item
        else:
            held[name] = item


def stream(value: Json) -> list[Sent]:
    """The events of a reply of version 2."""
    if not isinstance(value, dict) or not isinstance(value.get("message"), dict):
        raise ValueError("this is no reply of version 2 of Cohere's chat")
    return [Sent(str(event["type"]), dumps(event)) for event in _events(value)]


def _events(value: dict[str, Json]) -> Iterator[dict[str, Json]]:
    message = value["message"]

    role = {"role": message.get("role", "assistant"), "content": [], "tool_plan": "", "tool_calls": [], "citations": []}
    yield {"id": value.get("id"), "type": "message-start", "delta": {"message": role}}
    if message.get("tool_plan"):
        yield _event("tool-plan-delta", "tool_plan", message["tool_plan"])
    for index, part in enumerate(objects(list_of(message.get("content")))):
        name = "thinking" if part.get("type") == "thinking" else "text"
        yield _event("content-start", "content", {**part, name: ""}, index)
        yield _event("content-delta", "content", {name: part.get(name) or ""}, index)
        yield {"type": "content-end", "index": index}
    for index, call in enumerate(objects(list_of(message.get("tool_calls")))):
        yield from call_events(index, call)
    for index, citation in enumerate(objects(list_of(message.get("citations")))):
        yield _event("citation-start", "citations", citation, index)
        yield {"type": "citation-end", "index": index}
    rest = {name: item for name, item in value.items() if name not in ("id", "message")}
    yield {"type": "message-end", "delta": rest}


def _event(kind: str, name: str, piece: Json, index: int | None = None) -> dict[str, Json]:
    at = {} if index is None else {"index": index}
    return {"type": kind, **at, "delta": {"message": {name: piece}}}


def call_events(index: int, call: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """The events of one call."""
    function = call.get("function") or {}
    arguments = {"function": {"arguments": function.get("arguments") or ""}}
    yield _event("tool-call-start", "tool_calls", {**call, "function": {**function, "arguments": ""}}, index)
    yield _event("tool-call-delta", "tool_calls", arguments, index)
    yield {"type": "tool-call-end", "index": index}


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """`stream`."""
    return Request({"stream": streamed}, url)
