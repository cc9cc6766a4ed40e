"""Anthropic messages: https://docs.anthropic.com/en/api/messages and .../docs/build-with-claude/streaming

{"id": "msg_1", "type": "message", "content": [{"type": "text", "text": "Hi"}], "stop_reason": "end_turn", ...}
"""

from collections.abc import Iterator, Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Request, Sent, dumps, list_of, objects
from cassette_cli.writing.shared import message

NAME = "anthropic.messages"
FRAMING = "sse"


def plain(values: Sequence[Json]) -> Json:
    """The message of a stream's events."""
    return message(values)


def stream(value: Json) -> list[Sent]:
    """The events of a message, its texts and inputs each in one delta."""
    if not isinstance(value, dict) or not isinstance(value.get("content"), list):
        raise ValueError("the reply is no message")
    return [Sent(str(event["type"]), dumps(event)) for event in _events(value)]


def _events(whole: dict[str, Json]) -> Iterator[dict[str, Json]]:
    usage = whole.get("usage") or {}
    begun = {**usage, "output_tokens": min(usage.get("output_tokens") or 0, 1)} if usage else usage
    yield {
        "type": "message_start",
        "message": {**whole, "content": [], "stop_reason": None, "stop_sequence": None, "usage": begun},
    }
    for index, block in enumerate(objects(whole["content"])):
        yield from block_events(index, block)
    end = {"stop_reason": whole.get("stop_reason"), "stop_sequence": whole.get("stop_sequence")}
    yield {"type": "message_delta", "delta": end, "usage": {"output_tokens": usage.get("output_tokens")}}
    yield {"type": "message_stop"}


def block_events(index: int, block: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """The events of one block: it opens empty, grows, and closes."""
    kind = block.get("type")
    deltas: list[dict[str, Json]] = []
    opened = dict(block)
    if kind == "text":
        opened["text"] = ""
        deltas += [{"type": "citations_delta", "citation": each} for each in list_of(block.get("citations"))]
        if block.get("citations"):
            opened["citations"] = []
        deltas.append({"type": "text_delta", "text": block.get("text") or ""})
    elif kind == "thinking":
        opened.update(thinking="", signature="")
        deltas.append({"type": "thinking_delta", "thinking": block.get("thinking") or ""})
        if block.get("signature"):
            deltas.append({"type": "signature_delta", "signature": block["signature"]})
    elif "input" in block:
        opened["input"] = {}
        deltas.append({"type": "input_json_delta", "partial_json": dumps(block["input"])})
    yield {"type": "content_block_start", "index": index, "content_block": opened}
    yield from ({"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas)
    yield {"type": "content_block_stop", "index": index}


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """`stream`; Vertex AI names the form in the path (https://cloud.google.com/vertex-ai, streamRawPredict)."""
    old, new = (":rawPredict", ":streamRawPredict") if streamed else (":streamRawPredict", ":rawPredict")
    return Request({"stream": streamed}, url.replace(old, new))
