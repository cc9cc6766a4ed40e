"""Bedrock Converse: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html and
.../API_runtime_ConverseStream.html

    {"output": {"message": {"role": "assistant", "content": [{"text": "Hi"}]}}, "stopReason": "end_turn", ...}
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, Request, Sent, arguments_of, objects

NAME = "aws.bedrock.converse"
FRAMING = "eventstream"

PLAIN, STREAM = "/converse", "/converse-stream"
# Padding against those who measure lengths.
PADDING = "p"


def plain(values: Sequence[Json]) -> Json:
    """The answer of a stream's events, each a mapping from its type, or from fields that only one type has."""
    role: Json = None
    blocks: dict[int, dict[str, Json]] = {}
    inputs: dict[int, str] = {}
    rest = Kept()
    for value in objects(values):
        index = value.get("contentBlockIndex", 0)
        if "role" in value:
            role = value["role"]
        elif "start" in value:
            blocks[index] = {name: dict(item) for name, item in (value["start"] or {}).items()}
        elif "delta" in value:
            _grow(blocks.setdefault(index, {}), value["delta"] or {}, inputs, index)
        elif "contentBlockIndex" not in value:
            rest.add(value, (PADDING,))
    for index, text in inputs.items():
        blocks[index].setdefault("toolUse", {})["input"] = arguments_of(text)
    for block in blocks.values():
        if isinstance(block.get("toolUse"), dict):
            block["toolUse"].setdefault("input", {})
    if role is None and not blocks:
        raise ValueError("the stream begins no message")
    message = {"role": role or "assistant", "content": [blocks[index] for index in sorted(blocks)]}
    return {"output": {"message": message}, **rest.fields}


def _grow(block: dict[str, Json], delta: dict[str, Json], inputs: dict[int, str], index: int) -> None:
    for name, item in delta.items():
        if name == "text":
            block["text"] = (block.get("text") or "") + item
        elif name == "toolUse" and isinstance(item, dict):
            inputs[index] = inputs.get(index, "") + (item.get("input") or "")
        elif name == "reasoningContent" and isinstance(item, dict):
            _think(block.setdefault("reasoningContent", {}), item)
        elif name == "citation":
            raise ValueError("no plain form is known of citations in a stream")
        else:
            block[name] = item


def _think(held: dict[str, Json], item: dict[str, Json]) -> None:
    for name, text in item.items():
        if name == "redactedContent":
            held[name] = (held.get(name) or "") + text
        else:
            inner = held.setdefault("reasoningText", {})
            inner[name] = (inner.get(name) or "") + text


def stream(value: Json) -> list[Sent]:
    """Not written yet: messages of an event stream are bytes, and the place of a plain body holds text."""
    raise ValueError("AWS streams bytes, which the place of a plain body cannot hold")


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """The path says the form."""
    old, new = (PLAIN, STREAM) if streamed else (STREAM, PLAIN)
    return Request({}, url.removesuffix(old) + new if url.endswith(old) else url)
