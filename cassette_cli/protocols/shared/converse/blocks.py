"""Content blocks of Converse that come whole: an object with one member, which names the kind.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html

    {"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo..."}}}
    {"document": {"format": "pdf", "name": "Plan", "source": {"s3Location": {"uri": "s3://bucket/plan.pdf"}}}}
    {"toolResult": {"toolUseId": "tooluse_1", "content": [{"text": "5"}], "status": "success"}}
"""

from cassette_cli.conversation import Json, Media, Part, ServerToolCallResponse, Text, ToolCallResponse, Unknown
from cassette_cli.protocols.base import at, json_text, list_at, text_at, without
from cassette_cli.protocols.shared.media import of_base64

# What a block says in a part's own fields, by kind; everything else of it goes into its message's `extra`.
SAID = {
    "toolUse": ("toolUseId", "name", "input", "type"),
    "toolResult": ("toolUseId", "content", "type"),
    "reasoningContent": ("reasoningText", "redactedContent"),
    "citationsContent": ("content", "citations"),
    "guardContent": ("image",),
    "image": ("format", "source"),
    "video": ("format", "source"),
    "audio": ("format", "source"),
    "document": ("format", "source"),
}
MEDIA = ("image", "video", "audio", "document")
# Media types of the formats that documents may have.
DOCUMENTS = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "txt": "text/plain",
    "md": "text/markdown",
}


def kind_of(block: Json) -> str | None:
    """The kind of a block, None for what is none."""
    return next(iter(block), None) if isinstance(block, dict) else None


def rest_of(block: Json) -> dict[str, Json]:
    """What a block says beside its part's own fields (a result's status, a document's name, a second member)."""
    kind = kind_of(block)
    if kind is None:
        return {}
    rest = {name: item for name, item in block.items() if name != kind and item is not None}
    # What a tool of AWS's own gave has all of it in its part.
    is_whole = kind == "toolResult" and text_at(block, kind, "type") is not None
    if kind in SAID and not is_whole and (more := without(block[kind], SAID[kind])):
        rest[kind] = more
    return rest


def is_server_call(value: Json) -> bool:
    """Whether a `toolUse` is of a tool that AWS runs itself: "server_tool_use"."""
    return text_at(value, "type") not in (None, "tool_use")


def whole(block: Json) -> Part:
    """A block as a part; one of a kind that nothing here knows is kept whole."""
    kind = kind_of(block)
    if kind in MEDIA and isinstance(block[kind], dict):
        return media(kind, block[kind])
    if kind == "guardContent" and isinstance(at(block, kind, "image"), dict):
        return media("image", block[kind]["image"])
    if kind == "toolResult" and isinstance(block[kind], dict):
        return result(block[kind])
    return Unknown(kind, block if kind is None else block[kind])


def media(kind: str, value: dict[str, Json]) -> Media:
    """An image, video, audio or document: by base64, by text, or in S3."""
    modality = "file" if kind == "document" else kind
    form = text_at(value, "format")
    media_type = None
    if form is not None:
        media_type = DOCUMENTS.get(form, form) if kind == "document" else f"{kind}/{form}"
    data, text = text_at(value, "source", "bytes"), text_at(value, "source", "text")
    if data is not None:
        return of_base64(modality, data, media_type)
    size = None if text is None else len(text.encode("utf-8", "surrogatepass"))
    return Media(modality, media_type, size, text_at(value, "source", "s3Location", "uri"))


def result(value: dict[str, Json]) -> ToolCallResponse | ServerToolCallResponse:
    """What a tool gave; a result that has a type is of a tool that AWS runs itself."""
    id_, kind = text_at(value, "toolUseId"), text_at(value, "type")
    if kind is not None:
        return ServerToolCallResponse(id_, without(value, ("toolUseId", "type")), kind)
    content = value.get("content")
    if not isinstance(content, list):
        return ToolCallResponse(id_, content if isinstance(content, str) else "")
    return ToolCallResponse(id_, tuple(_inner(item) for item in list_at(content)))


def _inner(item: Json) -> Part:
    """https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolResultContentBlock.html"""
    text = text_at(item, "text")
    if text is not None:
        return Text(text)
    if isinstance(item, dict) and "json" in item:
        return Text(json_text(item["json"]))
    # No result holds another; one that did would be followed to any depth.
    return Unknown("toolResult", item) if kind_of(item) == "toolResult" else whole(item)
