"""Places as text, and what patterns of them match."""

import pytest

from cassette_cli.comparison.places import pattern, step


@pytest.mark.parametrize(
    ("where", "key", "place"),
    [
        ("a", "b", "a.b"),
        ("", "a", "a"),
        ("a", 0, "a[0]"),
        ("a", "b c", 'a["b c"]'),
        ("a", "0", 'a["0"]'),
        ("a", "é", 'a["é"]'),
        ("a", "x-y", "a.x-y"),
        ("a", 'b"]', 'a["b\\"]"]'),
    ],
)
def test_a_step(where: str, key: str | int, place: str) -> None:
    assert step(where, key) == place


DATE = "reply.messages[0].tool_calls[1].arguments.date"


@pytest.mark.parametrize(
    ("text", "place", "matches"),
    [
        (DATE, DATE, True),
        ("reply.messages[*].tool_calls[*].arguments.date", DATE, True),
        ("reply.messages[*].tool_calls[*].arguments", DATE, True),
        ("reply.messages[*].tool_calls[*].arguments.*", DATE, True),
        ("reply.**.date", DATE, True),
        ("**.date", DATE, True),
        ("**.arguments.d*", DATE, True),
        ("reply.messages[*].tool_calls[*].arguments.day", DATE, False),
        ("reply.messages[1]", DATE, False),
        ("reply.messages[0].tool_calls[1].arguments.da", DATE, False),
        ("response.headers.x-*", "response.headers.x-request-id", True),
        ("response.headers.x-*", "response.headers.date", False),
        ('a["b c"]', 'a["b c"].d', True),
        ("a[*].d", 'a["b c"].d', True),
        ("a.b", "axb", False),
    ],
)
def test_a_pattern(text: str, place: str, *, matches: bool) -> None:
    assert (pattern(text).fullmatch(place) is not None) == matches


def test_a_pattern_takes_time_that_is_linear() -> None:
    assert pattern("**.a.**.b.**.c").fullmatch("x" + ".a" * 300) is None
