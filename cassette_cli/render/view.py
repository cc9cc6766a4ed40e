"""What the reader asked to see, and of a conversation what was seen before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cassette_cli.conversation import Prompt
from cassette_cli.conversations import Turn, known
from cassette_cli.exchange import Exchange

# Columns before everything below an interaction's head.
INDENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which sides, events or what they add up to, all of everything or what is new and worth seeing."""

    request: bool = True
    response: bool = True
    events: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An exchange to show. The first `known` messages of its prompt were there in interaction `since`, the latest that
    had them, whose prompt is `before`, and whose fields named in `but` differ; 0 and None where a conversation begins."""

    exchange: Exchange
    known: int = 0
    since: int | None = None
    but: tuple[str, ...] = ()
    before: Prompt | None = None


def shown(exchanges: Sequence[Exchange]) -> Iterator[Shown]:
    """The exchanges of a cassette, each with what those before it had of its prompt."""
    turns = known(Turn(exchange.prompt, exchange.reply) for exchange in exchanges)
    for exchange, (messages, since, but) in zip(exchanges, turns, strict=True):
        before = exchanges[since] if since is not None else None
        yield Shown(
            exchange=exchange,
            known=messages,
            since=before.interaction.index if before else None,
            but=but,
            before=before.prompt if before else None,
        )
