"""The test proxy of Azure's SDKs: bodies as JSON, as lists of lines, in base64, and multipart with all of these."""

import json
from typing import Any

import pytest
from recorded import Seen, check_laws, read, seen


def recording(content_type: str, body: Any, **more: Any) -> str:
    entry = {
        "RequestUri": "https://api.example.com/v1/chat",
        "RequestMethod": "POST",
        "RequestHeaders": {"Accept": ["a", "b"], "Content-Type": "application/json"},
        "RequestBody": {"n": 1, "text": "x"},
        "StatusCode": 200,
        "ResponseHeaders": {"Content-Type": content_type},
        "ResponseBody": body,
    }
    return json.dumps({"Entries": [entry | more], "Variables": {"KEY": "api-key"}}, indent=2)


TEXT = recording("text/event-stream", ['data: {"n": 1}\n\n', "data: [DONE]\n\n"])


def test_what_is_read() -> None:
    cassette = read("Azure test proxy", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("Accept", "a"), ("Accept", "b"), ("Content-Type", "application/json")],
            '{"n":1,"text":"x"}',
            200,
            [("Content-Type", "text/event-stream")],
            'data: {"n": 1}\n\ndata: [DONE]\n\n',
        )
    ]
    assert cassette.faults == ()


PARTS = ["--b\r\n", "Content-Type: audio/mpeg\r\n", "\r\n", "b64:AP8=", "\r\n", [], "--b--\r\n"]


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("text/plain", "plain", "plain"),
        ("application/json", '["a"]', '["a"]'),
        ("application/json; charset=utf-8", {"a": "b"}, '{"a":"b"}'),
        ("image/png", "AP8=", b"\x00\xff"),
        ("image/png", "Sanitized", "Sanitized"),
        ("text/plain", None, None),
        ("image/png", [], None),
        ("application/json", 5, "5"),
        ("multipart/form-data; boundary=b", PARTS, b"--b\r\nContent-Type: audio/mpeg\r\n\r\n\x00\xff\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", ["--b\r\n", "x", "--b--\r\n"], "--b\r\nx--b--\r\n"),
        ("text/plain", ["a", {"b": "c"}], '["a",{"b":"c"}]'),
    ],
)
def test_bodies(content_type: str, body: Any, expected: str | bytes | None) -> None:
    cassette = read("Azure test proxy", recording(content_type, body))
    (found,) = map(seen, cassette.interactions)
    assert found.response == expected
    check_laws(cassette)


def test_laws() -> None:
    check_laws(read("Azure test proxy", TEXT))


def test_an_empty_recording_and_what_is_missing() -> None:
    assert read("Azure test proxy", '{"Entries": [], "Variables": {}}').interactions == ()
    faults = read("Azure test proxy", recording("text/plain", "a", StatusCode=None)).faults
    assert [fault.message for fault in faults] == ["interaction 0 has no status"]
