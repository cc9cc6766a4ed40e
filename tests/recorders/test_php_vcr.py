"""PHP-VCR: two shapes of a status, bodies in base64, YAML and JSON."""

import json
from typing import Any

import pytest
import yaml
from recorded import Seen, check_laws, read, seen

TEXT = """
-
    request:
        method: POST
        url: 'https://api.example.com/v1/chat'
        headers:
            Host: api.example.com
        body: '{"n":1}'
    response:
        status:
            http_version: '1.1'
            code: '200'
            message: OK
        headers:
            Content-Type: text/plain
        body: "hello\\n"
-
    request:
        method: GET
        url: 'https://api.example.com/file'
    response:
        status: 404
        headers:
            Content-Transfer-Encoding: binary
        body: AP8=
"""


def test_what_is_read() -> None:
    cassette = read("PHP-VCR", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("Host", "api.example.com")],
            '{"n":1}',
            200,
            [("Content-Type", "text/plain")],
            "hello\n",
        ),
        Seen(
            "GET", "https://api.example.com/file", [], None, 404, [("Content-Transfer-Encoding", "binary")], b"\x00\xff"
        ),
    ]
    assert [each.response.reason for each in cassette.interactions] == ["OK", None]
    assert cassette.faults == ()
    check_laws(cassette)


def test_json() -> None:
    text = json.dumps(yaml.safe_load(TEXT), indent=1)
    assert [seen(each) for each in read("PHP-VCR", text).interactions] == [
        seen(each) for each in read("PHP-VCR", TEXT).interactions
    ]


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"Content-Type": "application/x-gzip; a"}, "AP8=", b"\x00\xff"),
        ({"Content-Type": "application/x-gzip"}, "<gone>", "<gone>"),
        ({"Content-Type": "text/plain"}, "AP8=", "AP8="),
    ],
)
def test_bodies(headers: dict[str, str], body: str, expected: Any) -> None:
    value = yaml.safe_load(TEXT)
    value[0]["response"] |= {"headers": headers, "body": body}
    assert seen(read("PHP-VCR", json.dumps(value)).interactions[0]).response == expected
