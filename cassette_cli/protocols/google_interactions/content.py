"""What steps of an interaction hold: https://ai.google.dev/api/interactions-api#Resource:Content

{"type": "text", "text": "Hello", "annotations": [...]}
{"type": "image", "mime_type": "image/png", "data": "iVBORw0KGgo..."}
"""

from cassette_cli.conversation import Json, Media, Part, Text, Unknown
from cassette_cli.protocols.base import list_at, text_at
from cassette_cli.protocols.shared.media import of_base64

MEDIA = {"image": "image", "audio": "audio", "video": "video", "document": "file"}


def content_part(content: Json) -> Part:
    """A content that came whole; one of a kind that nothing here knows is kept as it is."""
    if isinstance(content, str):
        return Text(content)
    kind, text = text_at(content, "type"), text_at(content, "text")
    if kind == "text" and text is not None:
        return Text(text, tuple(list_at(content, "annotations")))
    return media(content) or Unknown(kind, content)


def media(content: Json) -> Media | None:
    """An image, audio, video or document, here or at a URI; None for other contents."""
    modality = MEDIA.get(text_at(content, "type") or "")
    if modality is None:
        return None
    media_type, data = text_at(content, "mime_type"), text_at(content, "data")
    if data is not None:
        return of_base64(modality, data, media_type)
    return Media(modality, media_type, uri=text_at(content, "uri"))


def result(value: Json) -> str | tuple[Part, ...]:
    """A function's result: text, contents, or any JSON."""
    if isinstance(value, list):
        return tuple(content_part(item) for item in value)
    return value if isinstance(value, str) else () if value is None else (Unknown(None, value),)
