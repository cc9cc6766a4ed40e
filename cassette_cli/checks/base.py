"""What a check is: a question to a recording, with a code that never changes its meaning, and a level."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from cassette_cli.checks.settings import CheckSettings, Level
from cassette_cli.conversation import Json
from cassette_cli.document.lens import Lens
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens
from cassette_cli.model import BodyLens, Cassette, Header, MessageSide, Request, Response
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.own import OwnFinder


class Check(NamedTuple):
    """A check by its level and what it says, in one line."""

    level: Level
    summary: str


class Fix(NamedTuple):
    """What mends a problem in a message: headers dropped, a body written without its codings; in any case the lengths
    that are stated are set to that of the body."""

    interaction: int
    side: MessageSide
    drop: tuple[Header, ...] = ()
    unpack: bool = False


class Problem(NamedTuple):
    """What a check found. `interaction` counts from 0, None for the whole file; `event` is one of a stream's, from 0.
    `place` is the text that it is about, from `start` on; None for the interaction as such. The message shows no
    secret."""

    code: str
    message: str
    interaction: int | None = None
    event: int | None = None
    place: Lens[Any] | None = None
    fix: Fix | None = None
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a check may look at: a cassette understood, what the user sets, and when it is now. `finder` finds what
    the settings of `redact` look for, what they let through left out."""

    cassette: Cassette
    exchanges: Sequence[Exchange]
    settings: CheckSettings
    now: datetime
    finder: OwnFinder
    lets_through: Callable[[Finding], bool] = lambda _: False


class CheckGroup(Protocol):
    """A module of this folder: checks that look at the same things."""

    CHECKS: dict[str, Check]

    def find(self, scene: Scene) -> Iterable[Problem]:
        """What is wrong with a recording; the codes are those of CHECKS."""


def sides(exchange: Exchange) -> Iterator[tuple[MessageSide, Request | Response, ContentLens | None]]:
    """Both messages of an exchange, and their contents."""
    yield "request", exchange.interaction.request, exchange.request_content
    yield "response", exchange.interaction.response, exchange.content


def number_of(exchange: Exchange) -> int:
    """The number of an exchange in its file, from 0."""
    return exchange.interaction.index


def succeeded(exchange: Exchange) -> bool:
    """Whether the response has a status of success."""
    return 200 <= (exchange.interaction.response.status or 0) < 300


def parameter(exchange: Exchange, name: str) -> Json:
    """A parameter of a prompt, None where there is none."""
    return exchange.prompt.parameters.get(name) if exchange.prompt else None


def readable(body: BodyLens | None) -> str | bytes | None:
    """What a body holds as it is kept; None where there is none, or it cannot be read (which is told elsewhere)."""
    try:
        return body.text if body else None
    except CassetteError:
        return None


def listed(names: Sequence[str], most: int = 3) -> str:
    """Some names, as a sentence has them: "a, b, c and 2 more"."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
