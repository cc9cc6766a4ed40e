"""Times that cannot be: negative or endless durations, recordings from the future, an order that goes back.

go-vcr writes how long a response took; Ruby VCR when it came, as an HTTP date (RFC 9110, 5.6.7), others as RFC 3339 or
in seconds.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from cassette_cli.checks.base import Check, Problem, Scene
from cassette_cli.checks.settings import Level

CHECKS = {
    "duration-absurd": Check(Level.WARNING, "a duration below zero or above an hour"),
    "recorded-in-future": Check(Level.WARNING, "recorded later than now"),
    "recorded-out-of-order": Check(Level.NOTE, "recorded before the interaction that stands above"),
    "recorded-at-unreadable": Check(Level.NOTE, "the time of recording is no date"),
}
HOUR = 3_600_000.0
# Clocks differ.
LENIENCE = timedelta(days=1)


def find(scene: Scene) -> Iterator[Problem]:
    """What is wrong with the times of each interaction."""
    before: datetime | None = None
    for interaction in scene.cassette.interactions:
        number = interaction.index
        duration = interaction.duration_ms
        if duration is not None and not 0 <= duration <= HOUR:
            yield Problem("duration-absurd", f"the response took {duration / 1000:,.0f} seconds", number)
        if interaction.recorded_at is None:
            continue
        when = _time(interaction.recorded_at)
        if when is None:
            yield Problem("recorded-at-unreadable", "the time of recording is no date", number)
            continue
        if when > scene.now + LENIENCE:
            yield Problem("recorded-in-future", f"recorded at {when:%Y-%m-%d %H:%M}, which is still to come", number)
        if before and when < before:
            yield Problem("recorded-out-of-order", "recorded before the interaction above it", number)
        before = when


def _seconds(text: str) -> datetime:
    """Seconds since 1970, as DVR writes them."""
    return datetime.fromtimestamp(float(text), UTC)


def _time(text: str) -> datetime | None:
    for read in (_seconds, datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
