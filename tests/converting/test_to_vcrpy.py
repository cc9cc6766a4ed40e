"""VCR.py's YAML: what is written, and that PyYAML dumps what it loads of it in the same way."""

import pytest
import yaml
from carrying import nasty, plain, read_again, written

from cassette_cli.converting import vcrpy
from cassette_cli.converting.base import Carried, carried
from cassette_cli.converting.convert import differing

WRITTEN = """\
interactions:
- request:
    body: '{"a": 1}'
    headers:
      Content-Type:
      - application/json
      X-A:
      - 1, 2
    method: POST
    uri: https://api.example/v1/x?b=1&a=2
  response:
    body:
      string: !!binary |
        /9j/
    headers:
      Set-Cookie:
      - a=1
      - b=2
    status:
      code: 200
      message: OK
version: 1
"""


def test_what_is_written() -> None:
    found = written(
        vcrpy,
        plain(
            request_headers=(("Content-Type", "application/json"), ("X-A", "1"), ("x-a", "2")),
            response_headers=(("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
            response_body=b"\xff\xd8\xff",
        ),
    )
    assert found == WRITTEN


def test_cookies_are_joined_by_semicolons() -> None:
    held = vcrpy.held(plain(request_headers=(("Cookie", "a=1"), ("cookie", "b=2"))))
    assert held.request_headers == (("Cookie", "a=1; b=2"),)


LOSSES = [
    ({"duration_ms": 1.0}, ["how long the response took"]),
    ({"recorded_at": "2025-11-12T10:00:00Z"}, ["when it was recorded"]),
    ({"id": "x"}, ["its id"]),
    ({"request_headers": (("a", "1"), ("A", "2"))}, ["several values of a header of the request become one, joined"]),
    ({}, []),
]


@pytest.mark.parametrize(("fields", "what"), LOSSES, ids=[str(what) for _, what in LOSSES])
def test_what_is_lost(fields: dict[str, object], what: list[str]) -> None:
    assert [loss.what for loss in vcrpy.losses([plain(**fields)])] == what


def test_nothing_recorded() -> None:
    assert written(vcrpy) == "interactions: []\nversion: 1\n"
    assert read_again(written(vcrpy)).interactions == ()


def test_hard_texts() -> None:
    some: list[Carried] = nasty()
    text = written(vcrpy, *some)
    assert yaml.dump(yaml.load(text, yaml.CLoader), Dumper=yaml.CDumper) == text
    for meant, found in zip(some, read_again(text).interactions, strict=True):
        assert differing(vcrpy.held(meant), carried(found)) is None
