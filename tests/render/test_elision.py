"""Long data in short form, text as it is; sizes, times and money in units."""

from base64 import b64encode
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.render.elision import duration, elided, money, plural, size

PNG = b64encode(b"\x89PNG\r\n\x1a\n" + bytes(34_000)).decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"data:image/png;base64,{PNG}", "<image/png, 34 kB>"),
        (f"![a chart](data:image/png;base64,{PNG}) and more", "![a chart](<image/png, 34 kB>) and more"),
        (f"data:text/plain;charset=utf-8;base64,{PNG}", "<text/plain, 34 kB>"),
        (f"data:;base64,{PNG}", "<text/plain, 34 kB>"),
        (PNG, "<image/png, 34 kB>"),
        (b64encode(bytes(range(256)) * 4).decode(), "<base64, 1.0 kB>"),
    ],
)
def test_long_data_is_named_by_type_and_size(text: str, shown: str) -> None:
    assert elided(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The base64, as you know, is an encoding.",
        "data:image/png;base64,iVBORw0KGgo=",
        "data:" * 1000,
        "a long text of words, which is what models say most of the time. " * 30,
        b64encode(bytes(100)).decode(),
        "x" * 255,
        "x" * 2000,
        "a-very-long-name/" * 30,
    ],
)
def test_what_is_short_or_is_text_stays(text: str) -> None:
    assert elided(text) == text


@given(st.text(st.sampled_from("ab \n.,é日"), max_size=600).filter(lambda text: " " in text))
def test_prose_is_never_shortened(text: str) -> None:
    assert elided(text) == text


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (9_949, "9.9 kB"),
        (34_321, "34 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (1_234_567, "1.2 MB"),
        (5_000_000_000, "5.0 GB"),
    ],
)
def test_sizes(count: int, shown: str) -> None:
    assert size(count) == shown


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "0 ms"),
        (922.565833, "923 ms"),
        (999.4, "999 ms"),
        (999.6, "1.00 s"),
        (1266.440542, "1.27 s"),
        (59_994, "59.99 s"),
        (59_996, "1 min 0 s"),
        (125_000, "2 min 5 s"),
    ],
)
def test_durations(milliseconds: float, shown: str) -> None:
    assert duration(milliseconds) == shown


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [(0.00005397, "$0.00005397"), (1.5, "$1.5"), (1e-07, "$0.0000001"), (Decimal("0.30"), "$0.30"), (2, "$2")],
)
def test_money_has_the_digits_of_the_recording(dollars: float | Decimal, shown: str) -> None:
    assert money(dollars) == shown


def test_plurals() -> None:
    assert [plural(count, "event") for count in (0, 1, 2, 1234)] == ["0 events", "1 event", "2 events", "1,234 events"]
