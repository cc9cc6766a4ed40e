"""Bedrock Converse: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html and
.../API_runtime_ConverseStream.html

    {"output": {"message": {"role": "assistant", "content": [{"text": "Hi"}]}}, "stopReason": "end_turn", ...}
"""

from collections.abc import Iterator, Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, Request, Sent, arguments_of, dumps, list_of, objects

NAME = "aws.bedrock.converse"
FRAMING = "eventstream"

PLAIN, STREAM = "/converse", "/converse-stream"
# Padding against those who measure lengths.
PADDING = "p"
# What the last event but one says beside why the message ends, and what comes before all else in the last one.
STOPPING = ("additionalModelResponseFields",)
METADATA = ("usage", "metrics")


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
    if role is None and not blocks:
        raise ValueError("the stream begins no message")
    message = {"role": role or "assistant", "content": [_closed(blocks[index]) for index in sorted(blocks)]}
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
            block.setdefault("citations", []).append(item)
        elif name == "toolResult":
            block.setdefault("toolResult", {}).setdefault("content", []).extend(list_of(item))
        else:
            block[name] = item


def _think(held: dict[str, Json], item: dict[str, Json]) -> None:
    for name, text in item.items():
        if name == "redactedContent":
            held[name] = (held.get(name) or "") + text
        else:
            inner = held.setdefault("reasoningText", {})
            inner[name] = (inner.get(name) or "") + text


def _closed(block: dict[str, Json]) -> dict[str, Json]:
    """A block as the plain form has it: a call has an input, and a text with its sources is a block of another kind."""
    if isinstance(block.get("toolUse"), dict):
        block["toolUse"].setdefault("input", {})
    if "citations" not in block:
        return block
    content = [{"text": block["text"]}] if block.get("text") else []
    return {"citationsContent": {"content": content, "citations": block["citations"]}}


def stream(value: Json) -> list[Sent]:
    """The events of an answer, its texts and inputs each in one delta."""
    return [Sent(kind, dumps(fields)) for kind, fields in events(value)]


def events(value: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    """The events of an answer: their types and what they say."""
    output = value.get("output") if isinstance(value, dict) else None
    message = output.get("message") if isinstance(output, dict) else None
    if not isinstance(message, dict) or not isinstance(message.get("content"), list):
        raise ValueError("the reply is no message")
    yield "messageStart", {"role": message.get("role", "assistant")}
    for index, block in enumerate(objects(message["content"])):
        start, deltas = _opened(block)
        if start:
            yield "contentBlockStart", {"start": start, "contentBlockIndex": index}
        yield from (("contentBlockDelta", {"delta": delta, "contentBlockIndex": index}) for delta in deltas)
        yield "contentBlockStop", {"contentBlockIndex": index}
    stopping = {name: value[name] for name in STOPPING if value.get(name) is not None}
    yield "messageStop", {"stopReason": value.get("stopReason"), **stopping}
    rest = {name: item for name, item in value.items() if name not in ("output", "stopReason", *STOPPING, *METADATA)}
    yield "metadata", {**{name: value[name] for name in METADATA if name in value}, **rest}


def _opened(block: dict[str, Json]) -> tuple[dict[str, Json], list[dict[str, Json]]]:
    """How a block begins, nothing where it has no start, and its deltas."""
    match block:
        case {"toolUse": dict(use)}:
            start = {name: item for name, item in use.items() if name != "input"}
            return {"toolUse": start}, [{"toolUse": {"input": dumps(use.get("input", {}))}}]
        case {"toolResult": dict(result)}:
            start = {name: item for name, item in result.items() if name != "content"}
            return {"toolResult": start}, [{"toolResult": list_of(result.get("content"))}]
        case {"reasoningContent": dict(thought)}:
            pieces = {**(thought.get("reasoningText") or {}), **thought}
            pieces.pop("reasoningText", None)
            return {}, [{"reasoningContent": {name: item}} for name, item in pieces.items()]
        case {"citationsContent": dict(cited)}:
            texts = [{"text": each.get("text") or ""} for each in objects(list_of(cited.get("content")))]
            return {}, [*texts, *({"citation": each} for each in list_of(cited.get("citations")))]
        case {"text": str(text)}:
            return {}, [{"text": text}]
    raise ValueError(f"no streamed form is known of a block of {', '.join(block)}")


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """The path says the form."""
    old, new = (PLAIN, STREAM) if streamed else (STREAM, PLAIN)
    return Request({}, url.removesuffix(old) + new if url.endswith(old) else url)
