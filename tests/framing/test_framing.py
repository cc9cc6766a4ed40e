"""Which framing a body has."""

import pytest

from cassette_cli.framing import FRAMINGS, detect, named


@pytest.mark.parametrize(
    ("media_type", "body", "name"),
    [
        ("text/event-stream", "data: {}\n\n", "sse"),
        ("text/event-stream", '{"error": 1}', "whole"),
        ("application/json", "data: {}\n\n", "sse"),
        ("application/json", "{}", "whole"),
        ("application/x-ndjson", "{}\n", "ndjson"),
        (None, "{}\n{}", "ndjson"),
        ("application/json", '[{"candidates": [{"content": {}}]}\n,\n{}]', "json_array"),
        ("text/event-stream", "", "sse"),
        (None, "", "whole"),
        ("image/png", b"\x89PNG", "whole"),
    ],
)
def test_detect(media_type: str | None, body: str | bytes, name: str) -> None:
    assert detect(media_type, body) is named(name)


def test_each_framing_has_a_name_of_its_own() -> None:
    assert [named(framing.NAME) for framing in FRAMINGS] == FRAMINGS
