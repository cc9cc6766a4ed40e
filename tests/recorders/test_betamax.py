"""Betamax: the layout of Ruby VCR in one line of JSON."""

import json

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli.document import from_json
from cassette_cli.recorders.betamax import matches, version

RECORDED = {
    "http_interactions": [
        {
            "request": {
                "body": {"encoding": "utf-8", "string": '{"n":1}'},
                "headers": {"Content-Type": ["application/json"], "Accept": "all"},
                "method": "POST",
                "uri": "https://api.example.com/v1/chat",
            },
            "response": {
                "body": {"encoding": None, "base64_string": "aGVsbG8="},
                "headers": {"Content-Type": ["text/event-stream"]},
                "status": {"code": 200, "message": "OK"},
                "url": "https://api.example.com/v1/chat",
            },
            "recorded_at": "2025-11-12T10:00:00",
        }
    ],
    "recorded_with": "betamax/0.9.0",
}
TEXT = json.dumps(RECORDED, indent=1)


def test_what_is_read() -> None:
    cassette = read("Betamax", TEXT)
    (found,) = cassette.interactions
    assert seen(found) == Seen(
        "POST",
        "https://api.example.com/v1/chat",
        [("Content-Type", "application/json"), ("Accept", "all")],
        '{"n":1}',
        200,
        [("Content-Type", "text/event-stream")],
        b"hello",
    )
    assert (cassette.version, found.recorded_at, found.response.reason) == ("0.9.0", "2025-11-12T10:00:00", "OK")
    assert cassette.faults == ()


def test_laws() -> None:
    check_laws(read("Betamax", TEXT))


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ('{"http_interactions": [], "recorded_with": "betamax/0.5.1"}', True),
        ('{"http_interactions": {}, "recorded_with": "betamax/0.5.1"}', False),
        ('{"http_interactions": [], "recorded_with": "VCR 6.1.0"}', False),
        ('{"recorded_with": "betamax/0.5.1"}', False),
    ],
)
def test_matches(text: str, ours: bool) -> None:
    root = from_json.parse(text)
    assert matches(root) is ours
    assert not ours or version(root) == "0.5.1"
