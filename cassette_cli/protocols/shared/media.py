"""Media in JSON: base64 text (RFC 4648) and data URLs (RFC 2397), measured but never decoded.

data:image/png;base64,iVBORw0KGgo...
"""

from urllib.parse import unquote_to_bytes

from cassette_cli.conversation import Media


def base64_size(text: str) -> int:
    """How many bytes a base64 text stands for (padding and line breaks do not count)."""
    digits = len(text) - text.count("=") - text.count("\n") - text.count("\r")
    return digits * 3 // 4


def of_base64(modality: str, text: str, media_type: str | None = None) -> Media:
    """Media whose bytes are in the recording."""
    return Media(modality, media_type, base64_size(text))


def of_url(modality: str, url: str, media_type: str | None = None) -> Media:
    """Media at a URL; a data URL gives type and size instead."""
    if url[:5].lower() != "data:":
        return Media(modality, media_type, uri=url)
    head, _, data = url[5:].partition(",")
    declared, *settings = head.split(";")
    is_base64 = "base64" in (setting.strip().lower() for setting in settings)
    size = base64_size(data) if is_base64 else len(unquote_to_bytes(data))
    return Media(modality, declared or media_type, size)
