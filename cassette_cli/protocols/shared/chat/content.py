"""Typed parts of `content`, which come whole: text, images, audio, video and files.

https://platform.openai.com/docs/api-reference/chat/create, https://openrouter.ai/docs/features/images-and-pdfs,
https://docs.mistral.ai/capabilities/document_ai/, https://docs.mistral.ai/capabilities/vision/

    {"type": "text", "text": "What is it?"}
    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo...", "detail": "low"}}
    {"type": "input_audio", "input_audio": {"data": "UklGRqRc...", "format": "wav"}}
    {"type": "file", "file": {"file_id": "file-1"}}
"""

from cassette_cli.conversation import Json, Media, Part, Reasoning, Refusal, Route, Text, Unknown
from cassette_cli.protocols.base import at, list_at, text_at
from cassette_cli.protocols.shared.media import of_base64, of_url

TEXT_TYPES = ("text", "input_text", "output_text", None)


def content_part(chunk: Json) -> Part:
    """A part of a request's message."""
    kind, text = text_at(chunk, "type"), text_at(chunk, "text")
    if text is not None and kind in TEXT_TYPES:
        return Text(text)
    if kind == "thinking":
        return Reasoning("".join(text for text, _ in thinking_of(chunk)), signature=text_at(chunk, "signature"))
    refusal = text_at(chunk, "refusal")
    return Refusal(refusal) if kind == "refusal" and refusal is not None else media_part(chunk)


def thinking_of(chunk: Json) -> list[tuple[str, Route]]:
    """The texts of a chunk of thinking, and where they lie in it: one text, or a list of text chunks."""
    if whole := text_at(chunk, "thinking"):
        return [(whole, ("thinking",))]
    inner = enumerate(list_at(chunk, "thinking"))
    return [(text, ("thinking", place, "text")) for place, item in inner if (text := text_at(item, "text"))]


def media_part(chunk: Json) -> Media | Unknown:
    """A part that is no text."""
    kind = text_at(chunk, "type")
    return _media(kind, chunk) or Unknown(kind, chunk)


def _media(kind: str | None, chunk: Json) -> Media | None:
    """Images, audio, video and files of OpenAI, OpenRouter, Mistral and Qwen."""
    for modality in ("image", "video", "document", "audio"):
        inner = at(chunk, f"{modality}_url")
        url = inner if isinstance(inner, str) else text_at(inner, "url")
        if kind == f"{modality}_url" and url is not None:
            return of_url("file" if modality == "document" else modality, url)
    data = text_at(chunk, "input_audio", "data")
    if kind == "input_audio" and data is not None:
        audio_format = text_at(chunk, "input_audio", "format")
        if data.startswith(("data:", "http")):
            return of_url("audio", data)
        return of_base64("audio", data, f"audio/{audio_format}" if audio_format else None)
    if kind == "file":
        data, id_ = text_at(chunk, "file", "file_data"), text_at(chunk, "file", "file_id")
        if data is not None:
            return of_url("file", data) if data.startswith(("data:", "http")) else of_base64("file", data)
        return Media("file", uri=id_) if id_ is not None else None
    return None
