"""Content blocks of Anthropic messages that come whole, in requests and replies.

https://docs.anthropic.com/en/api/messages

    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "5"}]}
    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo..."}}
    {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": [...]}
"""

from cassette_cli.conversation import (
    Json,
    Media,
    Part,
    Reasoning,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    ToolCall,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.protocols.base import at, json_text, list_at, text_at, without
from cassette_cli.protocols.shared.media import of_base64, of_url

# What a block says in a part's own fields; everything else of it goes into its message's `extra`.
SAID = {
    "text": ("text", "citations"),
    "thinking": ("thinking", "signature"),
    "redacted_thinking": ("data",),
    "tool_use": ("id", "name", "input"),
    "tool_result": ("tool_use_id", "content"),
    "image": ("source",),
    "document": ("source",),
    "container_upload": ("file_id",),
}


def is_server_call(kind: str | None) -> bool:
    """Whether a block is a call that Anthropic runs itself: `server_tool_use`, `mcp_tool_use`."""
    return kind is not None and kind.endswith("_tool_use")


def rest_of(block: Json) -> dict[str, Json]:
    """What else a block bears (cache_control, caller, is_error), without what is null."""
    kind = text_at(block, "type") or ""
    said = SAID.get("tool_use" if is_server_call(kind) else kind)
    if said is None:
        return {}
    return {name: item for name, item in without(block, ("type", *said)).items() if item is not None}


def whole(block: Json) -> Part:
    """A block as a part; one of a kind that nothing here knows is kept whole."""
    kind = text_at(block, "type")
    if kind == "text" and isinstance(block.get("text"), str):
        return Text(block["text"], tuple(list_at(block, "citations")))
    if kind == "thinking" and isinstance(block.get("thinking"), str):
        return Reasoning(block["thinking"], signature=text_at(block, "signature") or None)
    if kind == "redacted_thinking" and isinstance(block.get("data"), str):
        return Reasoning("", encrypted=block["data"])
    if kind == "tool_use":
        return ToolCall(*_call(block))
    if is_server_call(kind):
        return ServerToolCall(*_call(block), kind)
    if kind == "tool_result":
        return ToolCallResponse(text_at(block, "tool_use_id"), _result(block.get("content")))
    if kind is not None and kind.endswith("_tool_result"):
        response = without(block, ("type", "tool_use_id"))
        return ServerToolCallResponse(text_at(block, "tool_use_id"), response, kind)
    return _media(kind, block) or Unknown(kind, block)


def _call(block: dict[str, Json]) -> tuple[str | None, str | None, Json, str]:
    arguments = block.get("input")
    text = "" if arguments is None else json_text(arguments)
    return text_at(block, "id"), text_at(block, "name"), {} if arguments is None else arguments, text


def _result(content: Json) -> str | tuple[Part, ...]:
    if isinstance(content, list):
        # No result holds another; one that did would be followed to any depth.
        nested = "tool_result"
        return tuple(Unknown(nested, block) if text_at(block, "type") == nested else whole(block) for block in content)
    return content if isinstance(content, str) else () if content is None else (Unknown(None, content),)


def _media(kind: str | None, block: Json) -> Media | None:
    """Images, documents and uploads, by base64, plain text, URL or file id."""
    if kind == "container_upload":
        return Media("file", uri=text_at(block, "file_id"))
    if kind not in ("image", "document"):
        return None
    modality = "image" if kind == "image" else "file"
    source = at(block, "source")
    media_type, data = text_at(source, "media_type"), text_at(source, "data")
    if data is not None:
        if text_at(source, "type") == "text":
            return Media(modality, media_type, len(data.encode("utf-8", "surrogatepass")))
        return of_base64(modality, data, media_type)
    for name in ("url", "file_id"):
        place = text_at(source, name)
        if place is not None:
            return of_url(modality, place, media_type)
    return None
