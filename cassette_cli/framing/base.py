"""What a framing is: it cuts a body into frames whose joined raw texts are the body."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeGuard

from cassette_cli.document.lens import Lens
from cassette_cli.document.text import Span
from cassette_cli.errors import InternalError

# What a body means once its content codings are undone: text where its bytes are text, else bytes.
ContentLens: TypeAlias = Lens[str] | Lens[bytes]

# What is wrong with a frame as such: an anomaly's code and its sentence.
Fault: TypeAlias = tuple[str, str]


class Frame(NamedTuple):
    """A stretch of a body. `span` is its raw text; the spans of all frames tile the body, noise included.

    `number` counts events from 0 and is None for what dispatches nothing (comments, blank lines, a keep-alive).
    `data` is the payload's text, `event` its type where the framing has one. `notes` are (field, value) lines of
    the frame that are neither: comments under the name "", `id`, `retry` and fields that no specification names;
    headers of AWS event streams have names that begin with a colon. `closed` is False for a last frame that was cut
    off before its end. `faults` are what the framing itself finds wrong.
    """

    # A tuple, not a dataclass: a stream has hundreds of thousands of these, and a tuple is made in a third of the time.
    span: Span
    number: int | None = None
    data: str | None = None
    event: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    closed: bool = True
    faults: tuple[Fault, ...] = ()


class Place(NamedTuple):
    """Whether a frame is the first of its body, and whether it is the last."""

    first: bool
    last: bool


# Gives the raw text of a frame spelled as the given one is (line ends, the space after the colon, `event` and `id`
# lines, headers) that has this payload and stands at this place of the body: str or bytes, as the body is.
# Raises CassetteError where no frame can hold the payload.
Writer: TypeAlias = Callable[[Frame, str, Place], Any]


class Framing(Protocol):
    """A module of this folder: how a body is cut into frames, and the lens of a frame's payload."""

    NAME: str

    def matches(self, media_type: str | None, body: str | bytes) -> bool:
        """Whether a body (content codings undone) has this framing; its bytes count more than what a header says.

        `media_type` is in lower case and has no parameters; None where no header names one.
        """

    def split(self, body: str | bytes) -> Sequence[Frame]:
        """The frames, in order; their spans tile the body. Called only with a body that matches."""

    def payload(self, body: ContentLens, frame: Frame) -> Lens[str]:
        """The lens whose text is `frame.data`, for a frame that has data. A new lens with every call: keep it, so
        that one place has one lens."""

    def writer(self, body: str | bytes, frames: Sequence[Frame]) -> Writer:
        """What writes further frames like those of a body, which are `frames`; only frames that have data serve as
        models. What it writes takes time by its own length, once a model was used."""


def is_text(content: ContentLens) -> TypeGuard[Lens[str]]:
    """Whether a content is text."""
    return isinstance(content.text, str)


def is_binary(content: ContentLens) -> TypeGuard[Lens[bytes]]:
    """Whether a content is bytes."""
    return isinstance(content.text, bytes)


def as_text(content: ContentLens) -> Lens[str]:
    """A content that must be text. Raises InternalError where it is not."""
    if is_text(content):
        return content
    raise InternalError("this framing is of text, and the body is not")


def as_bytes(content: ContentLens) -> Lens[bytes]:
    """A content that must be bytes. Raises InternalError where it is not."""
    if is_binary(content):
        return content
    raise InternalError("this framing is of bytes, and the body is not")
