"""A body that is one payload: a JSON answer, a page, an image.

{"id": "msg_01", "content": [...]}
"""

from collections.abc import Sequence

from cassette_cli.document.encoding import utf8_lens
from cassette_cli.document.lens import Lens
from cassette_cli.document.text import Span
from cassette_cli.framing.base import ContentLens, Frame, Place, Writer, as_text, is_binary

NAME = "whole"


def matches(media_type: str | None, body: str | bytes) -> bool:
    """Any body can be read as one payload, so this framing is asked last."""
    return True


def split(body: str | bytes) -> list[Frame]:
    """One frame; none for an empty body. `data` is None for bytes that are no UTF-8."""
    return [Frame(Span(0, len(body)), 0, body if isinstance(body, str) else _text_of(body))] if body else []


def _text_of(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def payload(body: ContentLens, frame: Frame) -> Lens[str]:
    """The body itself: the frame is all of it."""
    return utf8_lens(body) if is_binary(body) else as_text(body)


def writer(body: str | bytes, frames: Sequence[Frame]) -> Writer:
    """The payload is the body."""

    def write(frame: Frame, data: str, place: Place) -> str | bytes:
        return data if isinstance(body, str) else data.encode("utf-8", "surrogateescape")

    return write
