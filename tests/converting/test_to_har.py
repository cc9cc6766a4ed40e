"""HAR as Polly.js writes it: what is written, how it finds an entry again, and that entries stand in order of time."""

import base64
import gzip
import json
from typing import Any

import pytest
from carrying import nasty, plain, read_again, written

from cassette_cli.converting import har
from cassette_cli.converting.base import Carried, carried
from cassette_cli.converting.convert import differing

ASKED = plain(
    method="GET",
    url="https://api.example/v1/x?b=1&a=%C3%A9",
    request_headers=(("Accept", "*/*"),),
    request_body=None,
    response_headers=(("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
    recorded_at="2025-11-12T10:00:00.5Z",
    duration_ms=120.0,
)
WRITTEN = """\
{
  "log": {
    "_recordingName": "converted",
    "creator": {
      "comment": "persister:fs",
      "name": "Polly.JS",
      "version": "6.0.6"
    },
    "entries": [
      {
        "_id": "9409e2eb40f3373d532516043b87e852",
        "_order": 0,
        "cache": {},
        "request": {
          "bodySize": 0,
          "cookies": [],
          "headers": [
            {
              "name": "Accept",
              "value": "*/*"
            }
          ],
          "headersSize": 67,
          "httpVersion": "HTTP/1.1",
          "method": "GET",
          "queryString": [
            {
              "name": "b",
              "value": "1"
            },
            {
              "name": "a",
              "value": "é"
            }
          ],
          "url": "https://api.example/v1/x?b=1&a=%C3%A9"
        },
        "response": {
          "bodySize": 4,
          "content": {
            "mimeType": "text/plain",
            "size": 4,
            "text": "yes\\n"
          },
          "cookies": [],
          "headers": [
            {
              "name": "Content-Type",
              "value": "text/plain"
            },
            {
              "_fromType": "array",
              "name": "Set-Cookie",
              "value": "a=1"
            },
            {
              "_fromType": "array",
              "name": "Set-Cookie",
              "value": "b=2"
            }
          ],
          "headersSize": 62,
          "httpVersion": "HTTP/1.1",
          "redirectURL": "",
          "status": 200,
          "statusText": "OK"
        },
        "startedDateTime": "2025-11-12T10:00:00.500Z",
        "time": 120,
        "timings": {
          "blocked": -1,
          "connect": -1,
          "dns": -1,
          "receive": 0,
          "send": 0,
          "ssl": -1,
          "wait": 120
        }
      }
    ],
    "pages": [],
    "version": "1.2"
  }
}
"""


def test_what_is_written() -> None:
    assert written(har, ASKED) == WRITTEN


def entries(*some: Carried) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(har, *some))["log"]["entries"]
    return found


def test_bodies() -> None:
    coded = gzip.compress(b"yes")
    some = [
        plain(request_body=b"\xff", response_body=b"\xff"),
        plain(response_headers=(("Content-Encoding", "gzip"),), response_body=coded),
        plain(response_body=None),
    ]
    image, packed, nothing = entries(*some)
    assert image["request"]["postData"] == {
        "mimeType": "application/json",
        "params": [],
        "encoding": "base64",
        "text": "/w==",
    }
    assert (image["response"]["content"]["encoding"], image["response"]["content"]["text"]) == ("base64", "/w==")
    (chunk,) = json.loads(packed["response"]["content"]["text"])
    assert base64.b64decode(chunk) == coded
    assert "text" not in nothing["response"]["content"]


SAME = [
    ("https://api.example/x?a=1&b=2", "https://api.example:443/x?b=2&a=1#top"),
    ("http://api.example", "http://api.example:80/"),
    ("https://api.example/x?a=%7e+b", "https://api.example/x?a=~%20b"),
]
OTHER = [
    ("https://api.example/x?a=1", "https://api.example/x?a=2"),
    ("https://api.example/x?a", "https://api.example/x?a="),
    ("https://api.example/x", "https://api.example:8443/x"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_requests_that_are_the_same_are_counted(one: str, other: str) -> None:
    first, second = entries(plain(url=one), plain(url=other, request_headers=()))
    assert first["_id"] == second["_id"]
    assert (first["_order"], second["_order"]) == (0, 1)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_requests_that_differ(one: str, other: str) -> None:
    first, second = entries(plain(url=one), plain(url=other))
    assert first["_id"] != second["_id"]
    assert second["_order"] == 0


def test_bodies_and_methods_tell_requests_apart() -> None:
    found = entries(plain(), plain(request_body=b"{}"), plain(method="PUT"), plain(method="post"))
    assert len({each["_id"] for each in found}) == 3


def test_entries_stand_in_order_of_time() -> None:
    some = [plain(recorded_at=f"2025-01-01T00:00:0{second}Z") for second in (2, 1, 3)]
    assert [each["startedDateTime"][17:19] for each in entries(*some)] == ["02", "02", "03"]
    (loss,) = har.losses(some)
    assert (loss.kind, loss.where) == ("changed", (1,))


DURATIONS = [(None, "0"), (120.0, "120"), (0.5, "0.5"), (0.00001, "0"), (922.565833, "922.565833")]


@pytest.mark.parametrize(("milliseconds", "number"), DURATIONS)
def test_numbers_are_those_of_javascript(milliseconds: float | None, number: str) -> None:
    assert f'        "time": {number},\n' in written(har, plain(duration_ms=milliseconds))


def test_hard_texts() -> None:
    some = nasty()
    for meant, found in zip(some, read_again(written(har, *some)).interactions, strict=True):
        assert differing(meant, carried(found)) is None
