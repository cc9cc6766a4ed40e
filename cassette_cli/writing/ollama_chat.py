"""Ollama's chat: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion

{"model": "m", "message": {"role": "assistant", "content": "Hel"}, "done": false}
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Request, Sent, dumps, list_of, objects

NAME = "ollama.chat"
FRAMING = "ndjson"

TEXTS = ("content", "thinking")


def plain(values: Sequence[Json]) -> Json:
    """The last line, with the message of all."""
    lines = objects(values)
    message: dict[str, Json] = {}
    for line in lines:
        piece = line.get("message")
        for name, item in piece.items() if isinstance(piece, dict) else ():
            if name in TEXTS and isinstance(item, str):
                message[name] = (message.get(name) or "") + item
            elif name == "tool_calls":
                message[name] = [*list_of(message.get(name)), *list_of(item)]
            elif message.get(name) in (None, "", []):
                message[name] = item
    if not message:
        raise ValueError("the stream brings no message")
    return {**lines[-1], "message": message}


def stream(value: Json) -> list[Sent]:
    """A line for the thinking, the text and the calls, and the last one with the counts."""
    if not isinstance(value, dict) or not isinstance(value.get("message"), dict):
        raise ValueError("the reply has no message")
    message = value["message"]
    base = {name: value[name] for name in ("model", "created_at") if name in value}
    role = {"role": message.get("role", "assistant")}
    rest = {name: item for name, item in message.items() if name not in (*TEXTS, "role") and item}
    deltas = [{**role, "content": "", "thinking": message["thinking"]}] if message.get("thinking") else []
    if message.get("content"):
        deltas.append({**role, "content": message["content"]})
    if rest:
        deltas.append({**role, "content": "", **rest})
    lines = [{**base, "message": delta, "done": False} for delta in deltas]
    lines.append({**value, "message": {**role, "content": ""}})
    return [Sent(None, dumps(line)) for line in lines]


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """`stream`, which is true where it is left out."""
    return Request({"stream": streamed}, url)
