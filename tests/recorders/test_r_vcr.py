"""vcr of R, before and after its version 2."""

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli.document import from_yaml
from cassette_cli.recorders.r_vcr import matches

NEW = """http_interactions:
- request:
    method: POST
    uri: https://api.example.com/v1/chat
    body:
      string: '{"n":1}'
  response:
    status: 200
    headers:
      content-type: text/event-stream
      vary:
      - Origin
      - Referer
    body:
      base64_string: aGVsbG8=
  recorded_at: 2026-08-02 17:43:56
recorded_with: VCR-vcr/2.1.0
"""
OLD = """http_interactions:
- request:
    method: get
    uri: https://api.example.com/v1/models
    body:
      encoding: ''
      string: ''
    headers:
      Accept: json
  response:
    status:
      status_code: '200'
      category: Success
      reason: OK
      message: 'Success: (200) OK'
    headers:
      content-type: text/plain
    body:
      encoding: UTF-8
      file: no
      string: hello
  recorded_at: 2020-01-01 00:00:00 GMT
  recorded_with: vcr/0.4.0, webmockr/0.3.4
"""


def test_what_is_read() -> None:
    cassette = read("R vcr", NEW)
    (found,) = cassette.interactions
    answered = [("content-type", "text/event-stream"), ("vary", "Origin"), ("vary", "Referer")]
    assert seen(found) == Seen("POST", "https://api.example.com/v1/chat", [], '{"n":1}', 200, answered, b"hello")
    assert (cassette.version, found.recorded_at, cassette.faults) == ("2.1.0", "2026-08-02 17:43:56", ())
    check_laws(cassette)


def test_what_is_read_of_old_ones() -> None:
    cassette = read("R vcr", OLD)
    (found,) = cassette.interactions
    assert seen(found) == Seen(
        "GET",
        "https://api.example.com/v1/models",
        [("Accept", "json")],
        "",
        200,
        [("content-type", "text/plain")],
        "hello",
    )
    assert (cassette.version, found.response.reason, cassette.faults) == ("0.4.0", "OK", ())
    check_laws(cassette)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (NEW.replace("recorded_with: VCR-vcr/2.1.0\n", ""), True),
        (NEW.replace("VCR-vcr/2.1.0", "VCR 6.1.0"), False),
        ("http_interactions: []\nrecorded_with: VCR-vcr/2.1.0\n", True),
        ("http_interactions: []\n", False),
        ("http_interactions: {}\nrecorded_with: vcr/1.0.0\n", False),
    ],
)
def test_matches(text: str, ours: bool) -> None:
    (root,) = from_yaml.parse(text)
    assert matches(root) is ours
