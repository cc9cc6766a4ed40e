"""`hostile` for chat completions: the finish reason comes together with the last content, and the usage by itself, in a
chunk without choices. Both are what real servers do, and neither is what most do.

    {"choices": [{"delta": {"content": "lo"}, "finish_reason": null}]}
    {"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": {...}}

becomes

    {"choices": [{"delta": {"content": "lo"}, "finish_reason": "stop"}]}
    {"choices": [], "usage": {...}}
"""

from collections import Counter
from collections.abc import Sequence
from json import loads
from typing import NamedTuple

from cassette_cli.conversation import Json
from cassette_cli.document import from_json
from cassette_cli.document.text import Edit, splice
from cassette_cli.document.tree import Node, get
from cassette_cli.framing.base import Frame
from cassette_cli.rechunking.events import Item, Made

PROTOCOL = "openai.chat_completions"
REASONS = ("finish_reason", "native_finish_reason")
# What a chunk with a finish reason may bear beside it and the usage, if it is to give its reason away: nothing that
# says anything, but what every chunk says.
ENVELOPE = {"id", "object", "created", "model", "choices", "usage", "obfuscation"}


class Chunk(NamedTuple):
    """A chunk with one choice: its event, its JSON, and the choice."""

    item: Item
    value: dict[str, Json]
    choice: dict[str, Json]

    @property
    def says(self) -> bool:
        """Whether its delta says anything."""
        delta = self.choice.get("delta")
        return isinstance(delta, dict) and any(delta.get(name) for name in delta if name != "role")


def finished_early(items: Sequence[Item], protocol: str | None) -> list[Item]:
    """The events of a stream with each finish reason on the last content before it; as they are where that would take
    anything else along."""
    if protocol != PROTOCOL:
        return list(items)
    out: list[Item | None] = list(items)
    chunks = {place: chunk for place, item in enumerate(items) if (chunk := _chunk(item))}
    finishes = Counter(chunk.choice.get("index") for chunk in chunks.values() if chunk.choice.get("finish_reason"))
    last: dict[Json, int] = {}
    for place, chunk in chunks.items():
        index = chunk.choice.get("index")
        if chunk.choice.get("finish_reason") and not chunk.says and finishes[index] == 1 and index in last:
            early = _with_reasons(chunks[last[index]], chunk)
            if early and _gives_away(chunk, chunks[last[index]]):
                out[last[index]] = early
                out[place] = _usage_alone(chunk)
        elif chunk.says:
            last[index] = place
    return [item for item in out if item is not None]


def _chunk(item: Item) -> Chunk | None:
    try:
        value = loads(item.data or "")
    except (ValueError, RecursionError):
        return None
    choices = value.get("choices") if isinstance(value, dict) else None
    choice = choices[0] if isinstance(choices, list) and len(choices) == 1 else None
    return Chunk(item, value, choice) if isinstance(choice, dict) else None


def _gives_away(chunk: Chunk, to: Chunk) -> bool:
    """Whether nothing is lost when a chunk loses its choice, and itself where it has no usage."""
    delta = chunk.choice.get("delta") or {}
    said = {name for name, item in chunk.choice.items() if item and name not in ("index", "delta", *REASONS)}
    more = {name for name, item in chunk.value.items() if item and name not in ENVELOPE}
    same = all(chunk.value[name] == to.value.get(name) for name in more)
    return not said and same and not any(item for name, item in delta.items() if name != "role")


def _with_reasons(content: Chunk, finish: Chunk) -> Item | None:
    """The content with the reasons of the other chunk in the place of its nulls."""
    data, other = content.item.data or "", finish.item.data or ""
    root, said = from_json.parse(data), from_json.parse(other)
    edits = []
    for name in REASONS:
        place, reason = get(root, "choices", 0, name), get(said, "choices", 0, name)
        if place is None and reason is None:
            continue
        if place is None or reason is None or _raw(data, place) != "null":
            return None
        edits.append(Edit(place.span, _raw(other, reason)))
    return Made(_like(content.item), splice(data, sorted(edits, key=lambda edit: edit.span)))


def _usage_alone(chunk: Chunk) -> Item | None:
    """The chunk without its choice; None where it then says nothing."""
    if not chunk.value.get("usage"):
        return None
    data = chunk.item.data or ""
    choices = get(from_json.parse(data), "choices")
    return Made(_like(chunk.item), splice(data, [Edit(choices.span, "[]")] if choices else []))


def _like(item: Item) -> Frame:
    return item.like if isinstance(item, Made) else item


def _raw(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]
