"""An exchange in one line, and many of them in one sum: what lists, filters and totals need."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from cassette_cli.conversation import Usage
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette, split_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What is said of a cassette above its interactions. `title` is its path, and the side of a file that git could
    not merge, whose name is `side`; `interactions` says how many there are."""

    path: str
    title: str
    side: str | None
    recorder: str
    version: int | str | None
    interactions: int


def heading(cassette: Cassette) -> Heading:
    """What is said of a cassette above its interactions."""
    return Heading(
        path=cassette.path,
        title=cassette.title,
        side=cassette.side.name if cassette.side else None,
        recorder=cassette.recorder,
        version=cassette.version,
        interactions=len(cassette.interactions),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list shows of an exchange. `model` is the one asked for, or where the request does not name it that of
    the reply; `models` are both. `events` counts those of a streamed response, None for one that is not.
    `anomalies` are codes, one for each anomaly."""

    index: int
    id: str | None
    duration_ms: float | None
    method: str | None
    url: str | None
    status: int | None
    protocol: str | None
    model: str | None
    models: tuple[str, ...]
    streamed: bool
    events: int | None
    complete: bool | None
    finish_reasons: tuple[str | None, ...]
    usage: Usage | None
    anomalies: tuple[str, ...]

    @property
    def host(self) -> str:
        """The URL's host and port, "" where it names none."""
        return split_url(self.url).netloc.rpartition("@")[2]

    @property
    def path(self) -> str:
        """The URL's path, without query."""
        return split_url(self.url).path


def summary(exchange: Exchange) -> Summary:
    """What a list shows of an exchange."""
    interaction, prompt, reply = exchange.interaction, exchange.prompt, exchange.reply
    asked, answered = prompt.model if prompt else None, reply.model if reply else None
    return Summary(
        index=interaction.index,
        id=interaction.id,
        duration_ms=interaction.duration_ms,
        method=interaction.request.method,
        url=interaction.request.url.text if interaction.request.url else None,
        status=interaction.response.status,
        protocol=exchange.protocol,
        model=asked or answered,
        models=tuple(model for model in (asked, answered) if model),
        streamed=exchange.streamed,
        events=event_count(exchange),
        complete=reply.complete if reply else None,
        finish_reasons=tuple(message.finish_reason for message in reply.messages) if reply else (),
        usage=reply.usage if reply else None,
        anomalies=tuple(anomaly.code for anomaly in exchange.anomalies),
    )


def event_count(exchange: Exchange) -> int | None:
    """How many events a streamed response has, None for one that is not streamed."""
    return sum(frame.number is not None for frame in exchange.frames) if exchange.streamed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over interactions; tokens and cost are None where no provider reported any."""

    cassettes: int = 0
    interactions: int = 0
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: Decimal | None = None

    def with_cassette(self, usages: Iterable[Usage | None]) -> "Totals":
        """The sums with one more cassette, whose interactions reported these numbers."""
        total = replace(self, cassettes=self.cassettes + 1)
        for usage in usages:
            total = total._with(usage or Usage())
        return total

    def _with(self, usage: Usage) -> "Totals":
        cost = _amount(usage.cost)
        return replace(
            self,
            interactions=self.interactions + 1,
            input_tokens=_sum(self.input_tokens, usage.input_tokens),
            output_tokens=_sum(self.output_tokens, usage.output_tokens),
            cost=cost if self.cost is None else (self.cost + (cost or 0)).normalize(),
        )


def _amount(cost: float | None) -> Decimal | None:
    """A cost to sum up, None for one that is no amount. Decimal, because the sum of 0.1 and 0.2 is no sum that anybody
    was billed."""
    try:
        return Decimal(repr(cost)) if cost is not None and math.isfinite(cost) else None
    except OverflowError:  # a whole number that no float can hold
        return None


def _sum(so_far: int | None, more: int | None) -> int | None:
    return so_far if more is None else (so_far or 0) + more
