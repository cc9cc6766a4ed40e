"""What the reader asked to see, and of a conversation what was seen before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cassette_cli.conversation import Prompt
from cassette_cli.conversations import Conversations, Turn
from cassette_cli.exchange import Exchange

# Columns before everything below an interaction's head.
INDENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Which sides, events or what they add up to, all of everything or what is new and worth seeing.

    `lasting`: only what recordings of the same conversation have in common, for tools that compare texts: no numbers of
    interactions and events, times or counts, and no value in short form.
    """

    request: bool = True
    response: bool = True
    events: bool = False
    full: bool = False
    lasting: bool = False

    @property
    def whole(self) -> bool:
        """Whether values are shown whole."""
        return self.full or self.lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An exchange to show. The first `known` messages of its prompt were there in interaction `since`, the latest that
    had them, whose prompt (without messages) is `before`; `but` names the fields of them that differ. 0 and None where
    a conversation begins."""

    exchange: Exchange
    known: int = 0
    since: int | None = None
    but: tuple[str, ...] = ()
    before: Prompt | None = None


def shown(exchanges: Iterable[Exchange]) -> Iterator[Shown]:
    """The exchanges of a cassette, each with what those before it had of its prompt. None is held once the next is
    asked for: their bodies may be large."""
    conversations = Conversations()
    turns: list[tuple[int, Prompt | None]] = []
    for exchange in exchanges:
        messages, since, but = conversations.add(Turn(exchange.prompt, exchange.reply))
        index, before = (None, None) if since is None else turns[since]
        yield Shown(exchange=exchange, known=messages, since=index, but=but, before=before)
        offer = replace(exchange.prompt, messages=()) if exchange.prompt else None
        turns.append((exchange.interaction.index, offer))
