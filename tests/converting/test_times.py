"""Moments and spans of time, as recorders write them."""

from datetime import UTC, datetime

import pytest
from carrying import plain

from cassette_cli.converting.base import Loss
from cassette_cli.converting.times import EPOCH, go_duration, http_date, iso_date, moment, moments, timeless

# As `time.Duration(n).String()` gave them.
DURATIONS = [
    (0, "0s"),
    (0.000001, "1ns"),
    (0.0015, "1.5µs"),
    (0.999999, "999.999µs"),
    (1, "1ms"),
    (121.25, "121.25ms"),
    (922.565833, "922.565833ms"),
    (1000, "1s"),
    (1500, "1.5s"),
    (60_000, "1m0s"),
    (62_500, "1m2.5s"),
    (3_600_000, "1h0m0s"),
    (3_723_004.005, "1h2m3.004005s"),
    (-1.5, "-1.5ms"),
]


@pytest.mark.parametrize(("milliseconds", "text"), DURATIONS, ids=[text for _, text in DURATIONS])
def test_durations_of_go(milliseconds: float, text: str) -> None:
    assert go_duration(milliseconds) == text


NOVEMBER = datetime(2025, 11, 12, 10, tzinfo=UTC)
MOMENTS = [
    ("Wed, 12 Nov 2025 10:00:00 GMT", NOVEMBER),
    ("2025-11-12T10:00:00Z", NOVEMBER),
    ("2025-11-12T12:00:00.000+02:00", NOVEMBER),
    ("2025-11-12 10:00:00", NOVEMBER),
    ("yesterday", None),
    ("0001-01-01T00:00:00+23:00", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "when"), MOMENTS)
def test_when_it_was_recorded(text: str, when: datetime | None) -> None:
    assert moment(plain(recorded_at=text, response_headers=())) == when


def test_the_servers_date_stands_in() -> None:
    assert moment(plain(recorded_at=None)) == NOVEMBER
    assert moment(plain(recorded_at="?")) == NOVEMBER


def test_the_one_before_stands_in() -> None:
    nothing = plain(response_headers=())
    some = [nothing, plain(), nothing]
    assert moments(some) == [EPOCH, NOVEMBER, NOVEMBER]
    what = "nothing says when it was recorded; the time of the one before it stands there, or 1 January 1970"
    assert list(timeless(some)) == [Loss("added", what, (0, 2))]


def test_how_dates_are_written() -> None:
    assert http_date(NOVEMBER) == "Wed, 12 Nov 2025 10:00:00 GMT"
    assert iso_date(NOVEMBER.replace(microsecond=7999)) == "2025-11-12T10:00:00.007Z"
    assert iso_date(NOVEMBER.replace(year=1)) == "0001-11-12T10:00:00.000Z"
