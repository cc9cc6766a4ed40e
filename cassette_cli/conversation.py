"""What any protocol says, in one vocabulary: prompts, replies, their messages and parts, usage, deltas, anomalies.

Names are those of OpenTelemetry's GenAI semantic conventions (messages with parts, `tool_call`, `finish_reason`,
`input_tokens`): https://opentelemetry.io/docs/specs/semconv/gen-ai/
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

# What json.loads returns. Protocol modules pick it apart with protocols.base.at(), which never raises.
Json: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Text:
    """What the model or the user wrote; `annotations` are citations and the like, as the provider gives them.
    `signature` is the provider's over this part, which clients must send back with it (Gemini)."""

    content: str
    annotations: tuple[Json, ...] = ()
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class Reasoning:
    """Thinking: its text, the provider's signature over it, or the encrypted form in its place."""

    content: str
    signature: str | None = None
    encrypted: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The model's refusal, where the provider keeps it apart from text."""

    content: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that the client is to run. `arguments_text` is what was sent, `arguments` its JSON value, None where
    the text does not parse. `signature` is as in Text."""

    id: str | None
    name: str | None
    arguments: Json
    arguments_text: str
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class ToolCallResponse:
    """The client's answer to a call: text, or a tuple of parts where the protocol allows media in it."""

    id: str | None
    response: "str | tuple[Part, ...]"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ServerToolCall:
    """A call that the provider runs itself (web search, code execution, MCP); `kind` is the provider's word.
    `signature` is as in Text."""

    id: str | None
    name: str | None
    arguments: Json
    arguments_text: str
    kind: str | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class ServerToolCallResponse:
    """What the provider's own tool gave; `response` is the provider's JSON, whole."""

    id: str | None
    response: Json
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """An image, audio or file: its type and size in bytes, or where it lies; never its bytes. `transcript` is what
    is said in it, where the provider writes that down."""

    modality: str  # "image", "audio", "video" or "file"
    media_type: str | None = None
    size: int | None = None
    uri: str | None = None
    transcript: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something this tool has no name for, kept whole; `kind` is the provider's word for it."""

    kind: str | None
    data: Json


Part: TypeAlias = (
    Text | Reasoning | Refusal | ToolCall | ToolCallResponse | ServerToolCall | ServerToolCallResponse | Media | Unknown
)


@dataclass(frozen=True, slots=True)
class Message:
    """`finish_reason` is the provider's own word; only replies have one. `extra` holds what belongs to the message
    and has no name here (logprobs, safety ratings), whole."""

    role: str | None
    parts: tuple[Part, ...]
    finish_reason: str | None = None
    extra: dict[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool offered to the model. `kind` is the provider's word for one it runs itself, None for a function.
    `extra` holds its fields that have no name here (strict, cache_control, max_uses), whole."""

    name: str | None
    description: str | None = None
    parameters: Json = None
    kind: str | None = None
    extra: dict[str, Json] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A request read. `parameters` holds every field of it that is not model, messages or tools, as sent."""

    model: str | None = None
    messages: tuple[Message, ...] = ()
    tools: tuple[Tool, ...] = ()
    parameters: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The provider's own numbers, never recomputed: None is "not reported". `raw` is the provider's object."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None
    reasoning_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    cost: float | None = None
    raw: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A response reconstructed: one message per choice or candidate. `complete` is False for a stream that was cut
    off before the protocol's own end. `error` is the provider's error object."""

    id: str | None = None
    model: str | None = None
    messages: tuple[Message, ...] = ()
    usage: Usage | None = None
    error: Json = None
    complete: bool = True


class Channel(NamedTuple):
    """One logical text of a reply: a field of a part of a message, by their indexes in `Reply.messages`.

    `field` is an attribute of the part: "content", "arguments_text", "signature", "encrypted", "transcript".
    """

    message: int
    part: int
    field: str


class Layer(Enum):
    """A step of a route that leads into what a string stands for."""

    JSON = "json"  # the string is JSON text: the steps that follow lead on from the root of its value
    BASE64 = "base64"  # the string is base64 of a text in UTF-8
    KEY = "key"  # the name of the field that the steps before lead to, not what lies there; the last step


# Where a piece lies in an event's payload: keys and indexes from its root, and layers where texts lie in texts.
# ("bytes", Layer.BASE64, Layer.JSON, "delta", "text") leads through {"bytes": "eyJkZWx0YSI6eyJ0ZXh0Ijoi..."}.
Route: TypeAlias = tuple[str | int | Layer, ...]


class Delta(NamedTuple):
    """A piece of a channel: the event that brought it, the piece, and its place in that event's payload.

    The joined texts of a channel's deltas are the channel's text. `route` is None where the payload does not hold
    the piece as a string of its own (arguments sent as an object).
    """

    event: int
    channel: Channel
    text: str
    route: Route | None


class Anomaly(NamedTuple):
    """Something a client may stumble over: a stable code, the number of its event (from 0; None: the whole
    response), and a sentence."""

    code: str
    event: int | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that a protocol makes of a response. `used` holds the numbers of the events that brought something or are
    known to carry nothing (pings); an event in neither `used` nor `anomalies` would be one silently dropped.

    `echoes` are places that hold the whole text of a channel once more (the `done` events of OpenAI's Responses API):
    what edits the channel edits them alike, or clients would read two texts. `copies` are pieces that an event says
    once more beside a delta (OpenRouter's `reasoning_details` beside `reasoning`, Writer's `message` beside `delta`):
    each has the event, channel and text of a delta, and what edits the one edits the other alike."""

    reply: Reply
    deltas: tuple[Delta, ...] = ()
    echoes: tuple[Delta, ...] = ()
    copies: tuple[Delta, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    used: frozenset[int] = frozenset()
