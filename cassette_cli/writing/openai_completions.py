"""Completions: https://platform.openai.com/docs/api-reference/completions; a stream has the same objects, in pieces.

{"id": "c1", "object": "text_completion", "choices": [{"index": 0, "text": "Hel", "finish_reason": null}], ...}
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, Request, Sent, dumps, list_of, objects

NAME = "openai.completions"
FRAMING = "sse"

FIRST = ("id", "object", "created", "model", "system_fingerprint")


def plain(values: Sequence[Json]) -> Json:
    """A `text_completion` of its pieces."""
    out: dict[str, Json] = {}
    rest = Kept()
    usage: Json = None
    choices: dict[int, Kept] = {}
    reasons: dict[int, Json] = {}
    for value in objects(values):
        out.update({name: value[name] for name in FIRST if not out.get(name) and name in value})
        usage = value.get("usage") or usage
        rest.add(value, ("choices", "usage", *FIRST))
        for place, choice in enumerate(objects(list_of(value.get("choices")))):
            index = choice.get("index")
            index = index if isinstance(index, int) else place
            choices.setdefault(index, Kept(("text",))).add(choice, ("index", "finish_reason"))
            reasons[index] = choice.get("finish_reason") or reasons.get(index)
    if not choices:
        raise ValueError("the stream brings no text")
    found = [{"index": at, **choices[at].fields, "finish_reason": reasons[at]} for at in sorted(choices)]
    return {**out, "choices": found, **({"usage": usage} if usage else {}), **rest.fields}


def stream(value: Json) -> list[Sent]:
    """A piece for each text, one for its finish reason, one for usage, and [DONE]."""
    if not isinstance(value, dict) or not objects(list_of(value.get("choices"))):
        raise ValueError("the reply has no choices")
    base = {name: value[name] for name in FIRST if name in value}
    rest = {name: item for name, item in value.items() if name not in (*FIRST, "choices", "usage")}
    chunks: list[dict[str, Json]] = []
    for choice in objects(value["choices"]):
        chunks.append({**base, "choices": [{**choice, "finish_reason": None}]})
        end = {"index": choice.get("index", 0), "text": "", "finish_reason": choice.get("finish_reason")}
        chunks.append({**base, "choices": [end]})
    chunks[0].update(rest)
    if value.get("usage"):
        chunks.append({**base, "choices": [], "usage": value["usage"]})
    return [*(Sent(None, dumps(chunk)) for chunk in chunks), Sent(None, "[DONE]")]


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """`stream`, and `stream_options`, without which OpenAI streams no usage."""
    options = {"include_usage": True} if streamed and isinstance(reply, dict) and reply.get("usage") else None
    return Request({"stream": streamed, "stream_options": options}, url)
