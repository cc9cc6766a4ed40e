"""The table of headers: what it says of names."""

import re
from pathlib import Path

import pytest

from cassette_cli.header_classes import MEANING, NAMES, VOLATILE, HeaderClass, class_of

ROWS: list[tuple[str, HeaderClass | None]] = [
    ("Date", HeaderClass.DATE),
    ("X-Request-Id", HeaderClass.REQUEST_ID),
    ("x-ratelimit-remaining-tokens", HeaderClass.RATE_LIMIT),
    ("anthropic-ratelimit-tokens-reset", HeaderClass.RATE_LIMIT),
    ("ratelimit-reset", HeaderClass.RATE_LIMIT),
    ("x-ratelimiting", None),
    ("CF-Ray", HeaderClass.CDN),
    ("x-datadog-trace-id", HeaderClass.TRACING),
    ("access-control-allow-origin", HeaderClass.CORS),
    ("x-stainless-os", HeaderClass.CLIENT),
    ("content-type", None),
    ("set-cookie", None),
    ("x-acme", None),
]


@pytest.mark.parametrize(("name", "expected"), ROWS)
def test_classes(name: str, expected: HeaderClass | None) -> None:
    assert class_of(name) == expected


def test_a_name_has_one_class_and_is_in_small_letters() -> None:
    names = [name for each in NAMES.values() for name in each]
    assert len(names) == len(set(names))
    assert [name for name in names if name != name.lower()] == []


def test_what_a_body_needs_has_no_class() -> None:
    assert [name for name in MEANING if class_of(name)] == []


def test_every_class_is_there() -> None:
    assert set(NAMES) == set(HeaderClass)
    assert set(HeaderClass) > VOLATILE


def test_the_page_explains_every_class_with_names_that_are_its_own() -> None:
    page = (Path(__file__).parents[1] / "docs" / "trim.md").read_text(encoding="utf-8")
    rows = {found[1]: found[2] for found in re.finditer(r"^\| `([a-z-]+)` \|.*\| (.*) \|$", page, re.MULTILINE)}
    assert set(rows) == {kind.value for kind in HeaderClass}
    for kind, names in rows.items():
        assert {class_of(name.replace("*", "a")) for name in re.findall(r"`([^`]+)`", names)} == {kind}
    assert [name for name in MEANING if f"`{name}`" not in page] == []
