"""Ollama's generate: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-completion

{"model": "m", "response": "Hel", "done": false}
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Request, Sent, dumps, objects

NAME = "ollama.generate"
FRAMING = "ndjson"

TEXTS = ("response", "thinking")


def plain(values: Sequence[Json]) -> Json:
    """The last line, with the texts of all."""
    lines = objects(values)
    if not lines:
        raise ValueError("the stream brings nothing")
    texts = {
        name: "".join(line[name] for line in lines if isinstance(line.get(name), str))
        for name in TEXTS
        if any(name in line for line in lines)
    }
    return {**lines[-1], **texts}


def stream(value: Json) -> list[Sent]:
    """A line for each text, and the last one with the counts."""
    if not isinstance(value, dict) or not isinstance(value.get("response"), str):
        raise ValueError("the reply has no response")
    base = {name: value[name] for name in ("model", "created_at") if name in value}
    lines: list[dict[str, Json]] = []
    if value.get("thinking"):
        lines.append({**base, "response": "", "thinking": value["thinking"], "done": False})
    lines.append({**base, "response": value["response"], "done": False})
    lines.append({**{name: item for name, item in value.items() if name != "thinking"}, "response": ""})
    return [Sent(None, dumps(line)) for line in lines]


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """`stream`, which is true where it is left out."""
    return Request({"stream": streamed}, url)
