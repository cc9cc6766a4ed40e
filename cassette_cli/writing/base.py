"""What a writer is: it makes of a streamed reply the plain one of the same provider, and the other way round.

Values are JSON in which numbers keep their spelling, so that `0.00005397` does not become `5.397e-05`.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from cassette_cli.conversation import Json
from cassette_cli.document.json_string import quoted
from cassette_cli.protocols.base import MessageBuilder


class Sent(NamedTuple):
    """An event: its type, None where it has none, and the text of its data."""

    type: str | None
    data: str


class Request(NamedTuple):
    """How a request asks for a form of the reply: fields of its body to be set, None to be taken away, and its URL."""

    fields: dict[str, Json]
    url: str


class Writer(Protocol):
    """A module of this folder. Its name is that of the protocol."""

    NAME: str
    FRAMING: str

    def plain(self, values: Sequence[Json]) -> Json:
        """The plain reply that says what the JSON values of a stream's events say.

        Raises ValueError, with the reason, where these events make no reply.
        """

    def stream(self, value: Json) -> Sequence[Sent]:
        """The events that say what a plain reply says, each text in one piece.

        Raises ValueError, with the reason, where the value is no reply.
        """

    def asking(self, url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
        """What of a request has to change, given its URL, its JSON body and the plain reply."""


class Number(float):
    """A number with a fraction or an exponent that is written as it was read."""

    text: str

    def __new__(cls, text: str) -> "Number":
        number = super().__new__(cls, text)
        number.text = text
        return number


def loads(text: str) -> Json:
    """A JSON value whose numbers keep their spelling. Raises ValueError for no JSON."""
    return json.loads(text, parse_float=Number)


def dumps(value: Json) -> str:
    """The compact JSON text of a value."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{quoted(name)}:{dumps(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumps, value)) + "]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


class Kept:
    """Fields gathered from several values: a text that grows, and else what `MessageBuilder.keep` makes of them."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = frozenset(texts)
        self._builder = MessageBuilder()

    def add(self, fields: Json, skip: Iterable[str] = ()) -> None:
        """Take the fields of an object that say something."""
        for name, item in fields.items() if isinstance(fields, dict) else ():
            if item is None or name in skip:
                self._builder.extra.setdefault(name, None) if item is None and name not in skip else None
            elif name in self._texts and isinstance(item, str):
                self._builder.extra[name] = (self._builder.extra.get(name) or "") + item
            else:
                self._builder.keep(name, item)

    @property
    def fields(self) -> dict[str, Json]:
        """All that was taken."""
        return self._builder.extra


def objects(values: Iterable[Json]) -> list[dict[str, Json]]:
    """The values that are objects."""
    return [value for value in values if isinstance(value, dict)]


def list_of(value: Json) -> list[Json]:
    """A list as it is, an empty one for anything else."""
    return value if isinstance(value, list) else []


def arguments_of(text: str) -> Json:
    """The value of a call's arguments. Raises ValueError where they do not parse."""
    try:
        return loads(text) if text.strip() else {}
    except ValueError:
        raise ValueError("the arguments of a tool call are no JSON, and the plain form holds them as JSON") from None
