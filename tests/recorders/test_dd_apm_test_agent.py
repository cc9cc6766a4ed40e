"""The test agent of Datadog: a file is one interaction."""

import json

import pytest
from recorded import Seen, check_laws, read, seen

TEXT = """{
  "request": {
    "method": "POST",
    "url": "https://api.example.com/v1/chat",
    "headers": {"Content-Type": "application/json", "Accept": "*/*"},
    "body": "{\\"n\\":1}"
  },
  "response": {
    "status": {"code": 200, "message": "OK"},
    "headers": {"Content-Type": "application/vnd.amazon.eventstream"},
    "body": "base64:aGVsbG8="
  }
}"""


def test_what_is_read() -> None:
    cassette = read("dd-apm-test-agent", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("Content-Type", "application/json"), ("Accept", "*/*")],
            '{"n":1}',
            200,
            [("Content-Type", "application/vnd.amazon.eventstream")],
            b"hello",
        )
    ]
    assert cassette.interactions[0].response.reason == "OK"
    assert cassette.version is None
    assert cassette.faults == ()


def test_laws() -> None:
    cassette = read("dd-apm-test-agent", TEXT.replace("*/*", "all"))
    check_laws(cassette)


@pytest.mark.parametrize(
    ("body", "expected"), [("base64:<gone>", "base64:<gone>"), ("", ""), (None, None), ({"a": 1}, '{"a":1}')]
)
def test_bodies(body: object, expected: str | None) -> None:
    value = json.loads(TEXT)
    value["response"]["body"] = body
    (found,) = map(seen, read("dd-apm-test-agent", json.dumps(value)).interactions)
    assert found.response == expected
