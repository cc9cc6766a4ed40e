"""Moments and spans of time, as recorders write them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from cassette_cli.converting.base import Carried, Loss, header, noted

# Ruby VCR and HAR cannot do without a time.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(carried: Carried) -> datetime | None:
    """When an interaction was recorded: as its recorder says, else as the server's `Date` header does."""
    for text in (carried.recorded_at, header(carried.response_headers, "date")):
        found = _parsed(text) if text else None
        if found is not None:
            return found
    return None


def moments(carried: Iterable[Carried]) -> list[datetime]:
    """When each was recorded; where nothing says, as the one before it, or else `EPOCH`."""
    found = [EPOCH]
    for each in carried:
        found.append(moment(each) or found[-1])
    return found[1:]


def timeless(carried: Iterable[Carried]) -> Iterator[Loss]:
    """Interactions whose time `moments` makes up."""
    what = "nothing says when it was recorded; the time of the one before it stands there, or 1 January 1970"
    return noted("added", what, (moment(each) is None for each in carried))


def _parsed(text: str) -> datetime | None:
    """A date of HTTP (RFC 9110, 5.6.7) or of ISO 8601."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = parse(text)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def http_date(when: datetime) -> str:
    """As HTTP headers have it: Wed, 12 Nov 2025 10:00:00 GMT."""
    return format_datetime(when, usegmt=True)


def iso_date(when: datetime) -> str:
    """As JavaScript's toISOString has it: 2025-11-12T10:00:00.000Z."""
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03}Z".rjust(24, "0")


def go_duration(milliseconds: float) -> str:
    """As Go's time.Duration writes itself (https://pkg.go.dev/time#Duration.String): 922.565833ms, 1m2.5s, 0s."""
    left = round(abs(milliseconds) * 1_000_000)
    sign = "-" if milliseconds < 0 and left else ""
    if left == 0:
        return "0s"
    for unit, size in (("ns", 1), ("µs", 1_000), ("ms", 1_000_000)):
        if left < size * 1000:
            return f"{sign}{_decimal(left, size)}{unit}"
    minutes, seconds = divmod(left, 60_000_000_000)
    hours, minutes = divmod(minutes, 60)
    longer = f"{hours}h{minutes}m" if hours else f"{minutes}m" if minutes else ""
    return f"{sign}{longer}{_decimal(seconds, 1_000_000_000)}s"


def _decimal(number: int, unit: int) -> str:
    whole, rest = divmod(number, unit)
    digits = f"{rest:0{len(str(unit)) - 1}}".rstrip("0") if rest else ""
    return f"{whole}.{digits}" if digits else str(whole)
