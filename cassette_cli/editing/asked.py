"""What a user asks to be changed of an interaction: one value for each kind of change."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from cassette_cli.editing.json_edits import Path

Kind = Literal["text", "reasoning", "refusal"]


@dataclass(frozen=True, slots=True)
class SetText:
    """All that a message says as text, reasoning or refusal; of the part with this number alone where one is given."""

    kind: Kind
    text: str
    message: int = 0
    part: int | None = None


@dataclass(frozen=True, slots=True)
class SetArgument:
    """A value in the arguments of a call, as JSON text; with an empty path all of them. `call` is a name, an id, or the
    number of the call among those of the reply."""

    call: str
    path: Path
    value: str


@dataclass(frozen=True, slots=True)
class SetToolName:
    """The name of a call, which `call` names as in SetArgument; None where the reply has one only."""

    call: str | None
    name: str


@dataclass(frozen=True, slots=True)
class AddToolCall:
    """One call more, with its arguments as JSON text."""

    name: str
    arguments: str
    message: int = 0


@dataclass(frozen=True, slots=True)
class SetFinishReason:
    """The finish reason of a message, in the provider's words."""

    reason: str
    message: int = 0


@dataclass(frozen=True, slots=True)
class SetUsage:
    """A count: by a name of `Usage`, or by a path in the provider's own object; the value as JSON text."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SetStatus:
    """The status of the response."""

    code: int


@dataclass(frozen=True, slots=True)
class SetHeader:
    """A header of the response with this one value; None takes it away."""

    name: str
    value: str | None


OfReply: TypeAlias = SetText | SetArgument | SetToolName | AddToolCall | SetFinishReason | SetUsage
Asked: TypeAlias = OfReply | SetStatus | SetHeader
