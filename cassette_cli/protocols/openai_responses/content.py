"""Parts of the content of input messages and of tool outputs, which come whole.

https://platform.openai.com/docs/api-reference/responses/create#responses-create-input

    {"type": "input_text", "text": "What is this?"}
    {"type": "input_image", "image_url": "data:image/png;base64,iVBORw0KGgo...", "detail": "low"}
    {"type": "input_file", "file_data": "data:application/pdf;base64,JVBERi0...", "filename": "a.pdf"}
"""

from cassette_cli.conversation import Json, Media, Part, Reasoning, Refusal, Text, Unknown
from cassette_cli.protocols.base import at, text_at, without
from cassette_cli.protocols.shared.media import of_base64, of_url

TEXTS = ("input_text", "output_text", "text")
THOUGHTS = ("summary_text", "reasoning_text")
IMAGES = ("input_image", "output_image", "computer_screenshot")
# What each kind says in a part's own fields; all else is kept beside it.
SAID = {
    **dict.fromkeys(TEXTS, ("text", "annotations")),
    **dict.fromkeys(THOUGHTS, ("text",)),
    **dict.fromkeys(IMAGES, ("image_url", "file_id")),
    "refusal": ("refusal",),
    "input_file": ("file_data", "file_url", "file_id"),
    "input_audio": ("input_audio", "data", "format"),
    "output_audio": ("data",),
}


def content_part(value: Json) -> Part:
    """A part of content; one of a kind that nothing here knows is kept whole."""
    if isinstance(value, str):
        return Text(value)
    kind, text = text_at(value, "type"), text_at(value, "text")
    if kind in TEXTS and text is not None:
        annotations = value.get("annotations")
        return Text(text, tuple(annotations) if isinstance(annotations, list) else ())
    if kind in THOUGHTS and text is not None:
        return Reasoning(text)
    refusal = text_at(value, "refusal")
    if kind == "refusal" and refusal is not None:
        return Refusal(refusal)
    return _media(kind, value) or Unknown(kind, value)


def rest_of(value: Json) -> dict[str, Json]:
    """What else a part bears (an image's detail, a file's name), without what is null or empty."""
    said = SAID.get(text_at(value, "type") or "")
    rest = {} if said is None else without(value, ("type", *said))
    return {name: item for name, item in rest.items() if item not in (None, [], {})}


def _media(kind: str | None, value: Json) -> Media | None:
    """Images, files and audio, by data URL, base64, URL or file id."""
    if kind in IMAGES:
        url = text_at(value, "image_url") or text_at(value, "image_url", "url")
        return _lying(kind, "image", url, value)
    if kind == "input_file":
        data = text_at(value, "file_data")
        if data is not None and not data.startswith("data:"):
            return of_base64("file", data)
        return _lying(kind, "file", data or text_at(value, "file_url"), value)
    if kind in ("input_audio", "output_audio"):
        inner = at(value, "input_audio") or value
        data, audio_format = text_at(inner, "data"), text_at(inner, "format")
        if data is not None:
            return of_base64("audio", data, f"audio/{audio_format}" if audio_format else None)
    return None


def _lying(kind: str, modality: str, url: str | None, value: Json) -> Media | None:
    if url is not None:
        return of_url(modality, url)
    file_id = text_at(value, "file_id")
    return Media(modality, uri=file_id) if file_id is not None else None
