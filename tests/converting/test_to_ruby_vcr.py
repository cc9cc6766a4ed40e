"""Ruby VCR's YAML: what is written, and the style that Psych gives to each text."""

import pytest
from carrying import nasty, plain, read_again, written

from cassette_cli.converting import ruby_vcr
from cassette_cli.converting.base import carried
from cassette_cli.converting.convert import differing

WRITTEN = """\
---
http_interactions:
- request:
    method: post
    uri: https://api.example/v1/x?b=1&a=2
    body:
      encoding: UTF-8
      string: '{"a": 1}'
    headers:
      Content-Type:
      - application/json
  response:
    status:
      code: 200
      message: OK
    headers:
      Set-Cookie:
      - a=1
      - b=2
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        /9j/
  recorded_at: Wed, 12 Nov 2025 10:00:00 GMT
recorded_with: VCR 6.4.0
"""


def test_what_is_written() -> None:
    found = written(
        ruby_vcr,
        plain(
            response_headers=(("Set-Cookie", "a=1"), ("set-cookie", "b=2")),
            response_body=b"\xff\xd8\xff",
            recorded_at="2025-11-12T10:00:00Z",
        ),
    )
    assert found == WRITTEN


# As `YAML.dump` of Ruby 3.1 gave them.
TEXTS = [
    ("word", "word"),
    ("", "''"),
    ("null", "'null'"),
    ("yes", "'yes'"),
    ("y", '"y"'),
    ("1", "'1'"),
    ("1,000", "'1,000'"),
    ("089", "'089'"),
    ("1:30", "'1:30'"),
    ("2001-01-01", "'2001-01-01'"),
    (":a", '":a"'),
    ("<<", "!!str '<<'"),
    ("{}", '"{}"'),
    ('{"a": 1}', "'{\"a\": 1}'"),
    ("a: b", "'a: b'"),
    ("*/*", '"*/*"'),
    ("1.2.3", "1.2.3"),
    ("中文", "中文"),
    ("é", "é"),
    ("a\nb", "|-\n          a\n          b"),
]


@pytest.mark.parametrize(("text", "style"), TEXTS, ids=[repr(text) for text, _ in TEXTS])
def test_styles(text: str, style: str) -> None:
    found = written(ruby_vcr, plain(request_headers=(("X-A", text),)))
    if "\n" in text:
        style = style.replace("\n          ", "\n        ")
    assert f"      X-A:\n      - {style}\n  response:" in found


def test_hard_texts() -> None:
    some = nasty()
    for meant, found in zip(some, read_again(written(ruby_vcr, *some)).interactions, strict=True):
        assert differing(meant, carried(found)) is None


@pytest.mark.parametrize(("method", "kept"), [("POST", "post"), ("M-SEARCH", "m-search"), ("Po\tst", '"Po\\tst"')])
def test_methods(method: str, kept: str) -> None:
    text = written(ruby_vcr, plain(method=method))
    assert f"    method: {kept}\n" in text
    assert read_again(text).interactions[0].request.method == method


def test_what_is_lost() -> None:
    asked = plain(recorded_at="2025-11-12T10:00:00Z", duration_ms=1.0, id="x")
    assert [loss.what for loss in ruby_vcr.losses([asked])] == ["how long the response took", "its id"]
    assert [loss.kind for loss in ruby_vcr.losses([plain(response_headers=())])] == ["added"]
