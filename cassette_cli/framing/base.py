"""What a framing is: it cuts a body into frames whose joined raw texts are the body."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cassette_cli.document.lens import Lens
from cassette_cli.document.text import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of a body. `span` is its raw text; the spans of all frames tile the body, noise included.

    `number` counts events from 0 and is None for what dispatches nothing (comments, blank lines, a keep-alive).
    `data` is the payload's text, `event` its type where the framing has one. `notes` are (field, value) lines of
    the frame that are neither: comments under the name "", `id`, `retry` and fields that no specification names.
    `closed` is False for a last frame that was cut off before its end.
    """

    span: Span
    number: int | None = None
    data: str | None = None
    event: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    closed: bool = True


class Framing(Protocol):
    """A module of this folder: how a body is cut into frames, and the lens of a frame's payload."""

    NAME: str

    def matches(self, media_type: str | None, body: str | bytes) -> bool:
        """Whether a body (content codings undone) has this framing; its bytes count more than what a header says."""

    def split(self, body: str | bytes) -> Sequence[Frame]:
        """The frames, in order; their spans tile the body."""

    def payload(self, body: Lens[str], frame: Frame) -> Lens[str]:
        """The lens whose text is `frame.data`."""
