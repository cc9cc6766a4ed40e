"""What several protocols share: the message that Anthropic's events bring.

{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hel"}}
"""

from collections.abc import Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, arguments_of, list_of, objects

# What a delta of each type brings, and the field of the block that grows by it.
DELTAS = {"text_delta": "text", "thinking_delta": "thinking", "signature_delta": "signature"}


def message(values: Sequence[Json]) -> Json:
    """The message of a stream's events."""
    whole: dict[str, Json] | None = None
    blocks: dict[int, dict[str, Json]] = {}
    inputs: dict[int, str] = {}
    rest = Kept()
    for value in objects(values):
        kind, index = value.get("type"), value.get("index", 0)
        if kind == "message_start":
            if whole is not None:
                raise ValueError("the stream begins a second message")
            whole = dict(value.get("message") or {})
        elif kind == "content_block_start":
            blocks[index] = dict(value.get("content_block") or {})
        elif kind == "content_block_delta":
            _grow(blocks.setdefault(index, {}), value.get("delta") or {}, inputs, index)
        elif kind == "message_delta" and whole is not None:
            given = value.get("usage")
            whole["usage"] = {
                **(whole.get("usage") or {}),
                **{name: count for name, count in (given or {}).items() if count is not None},
            }
            whole.update(value.get("delta") or {})
            rest.add(value, ("type", "delta", "usage"))
        elif kind == "message_stop":
            rest.add(value, ("type",))
    if whole is None:
        raise ValueError("the stream begins no message")
    for index, text in inputs.items():
        if text.strip():
            blocks[index]["input"] = arguments_of(text)
    whole["content"] = [*list_of(whole.get("content")), *(blocks[index] for index in sorted(blocks))]
    return {**whole, **rest.fields}


def _grow(block: dict[str, Json], delta: dict[str, Json], inputs: dict[int, str], index: int) -> None:
    kind = delta.get("type")
    if kind in DELTAS:
        name = DELTAS[str(kind)]
        block[name] = (block.get(name) or "") + (delta.get(name) or "")
    elif kind == "input_json_delta":
        inputs[index] = inputs.get(index, "") + (delta.get("partial_json") or "")
    elif kind == "citations_delta":
        block["citations"] = [*list_of(block.get("citations")), delta.get("citation")]
    else:
        raise ValueError(f"no plain form is known of a {kind}")
