"""Rules are tried where their leads stand, however the text is cut and escaped."""

import json

import pytest

from cassette_cli.redaction.rules import Rule
from cassette_cli.redaction.shapes import Shapes

RULES = [
    Rule("long", r"ab-cd-[0-9]{4}", ("ab-cd-",)),
    Rule("short", r"ab-[0-9a-z-]{4,}", ("ab-",)),
    Rule("group", r"id/(?P<secret>[0-9]{3})/", ("id/",)),
    Rule("pattern", r"[0-9]{4}x[0-9]{4}", lead_pattern=r"[0-9]{4}x"),
    Rule("free", r"://(?P<secret>[a-z]+)@", ("://",), free=True),
    Rule("even", r"ev-[0-9]+", ("ev-",), valid=lambda text: int(text[3:]) % 2 == 0),
]
SHAPES = Shapes(RULES)


def matches(text: str) -> list[tuple[str, str]]:
    return [(rule.id, text[span.start : span.end]) for span, rule in SHAPES.matches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab-cd-1234", [("long", "ab-cd-1234")]),
        ("see ab-cd-12x.", [("short", "ab-cd-12x")]),
        ("id/123/id/456/", [("group", "123"), ("group", "456")]),
        ("a 1234x5678", [("pattern", "1234x5678")]),
        ("ftp://user@h", [("free", "user")]),
        ("http://id/123/", [("group", "123")]),
        ("ev-3 ev-4", [("even", "ev-4")]),
        ("xab-1234 _ab-1234 -ab-1234", []),
        ("nothing", []),
        ("", []),
    ],
)
def test_matches(text: str, expected: list[tuple[str, str]]) -> None:
    assert matches(text) == expected
    if expected:
        assert SHAPES.may_be_in(text)


@pytest.mark.parametrize("before", ["\n", "\t", '"', "\\", "&", "<", ""])
def test_what_json_escapes_is_seen(before: str) -> None:
    raw = json.dumps({"text": f"{before}ab-cd-1234"}).replace("&", "\\u0026").replace("<", "\\u003c")
    assert SHAPES.may_be_in(raw)


def test_no_rules() -> None:
    assert not Shapes([]).may_be_in("anything")
    assert list(Shapes([]).matches("anything")) == []
