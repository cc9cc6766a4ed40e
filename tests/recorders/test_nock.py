"""nock: bodies as JSON, text, hexadecimal digits, and chunks of these under a content coding."""

import gzip
import json
from typing import Any

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli.exchange import exchange


def recording(response: Any, raw: Any = None, **more: Any) -> str:
    element = {
        "scope": "https://api.example.com:443",
        "method": "POST",
        "path": "/v1/chat",
        "body": {"n": 1, "a": "b"},
        "status": 200,
        "response": response,
        "rawHeaders": {"content-type": "text/plain"} if raw is None else raw,
        "responseIsBinary": False,
    }
    return json.dumps([element | more], indent=2)


def test_what_is_read() -> None:
    cassette = read("nock", recording("hello", reqheaders={"accept": ["a", "b"]}))
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("accept", "a"), ("accept", "b")],
            '{"n":1,"a":"b"}',
            200,
            [("content-type", "text/plain")],
            "hello",
        )
    ]
    assert cassette.faults == ()
    check_laws(cassette)


CODED = ["Content-Encoding", "gzip", "X", "y"]


@pytest.mark.parametrize(
    ("response", "headers", "more", "expected"),
    [
        ("00ff", None, {"responseIsBinary": True}, b"\x00\xff"),
        ("<gone>", None, {"responseIsBinary": True}, "<gone>"),
        ("00ff", None, {}, "00ff"),
        (["00", "ff"], CODED, {}, b"\x00\xff"),
        (["00", "gone"], CODED, {}, '["00","gone"]'),
        (["00", "ff"], None, {}, '["00","ff"]'),
        ({"a": "b"}, None, {}, '{"a":"b"}'),
        ("", None, {}, None),
        (None, None, {}, None),
    ],
)
def test_bodies(response: Any, headers: Any, more: dict[str, Any], expected: str | bytes | None) -> None:
    cassette = read("nock", recording(response, headers, **more))
    assert seen(cassette.interactions[0]).response == expected
    check_laws(cassette)


@pytest.mark.parametrize(
    "headers", [["A", "b", "C", "d"], [["A", "b"], ["C", "d"]], {"A": "b", "C": "d"}, ["A", "b", "C", "d", "odd"]]
)
def test_headers(headers: Any) -> None:
    assert seen(read("nock", recording("a", headers)).interactions[0]).answered == [("A", "b"), ("C", "d")]
    old = recording("a", [], headers=headers)
    assert seen(read("nock", old).interactions[0]).answered == [("A", "b"), ("C", "d")]


@pytest.mark.parametrize(
    ("scope", "url"),
    [
        ("https://a.example:443", "https://a.example/v1/chat"),
        ("http://a.example:80", "http://a.example/v1/chat"),
        ("http://a.example:443", "http://a.example:443/v1/chat"),
        ("https://a.example:8443", "https://a.example:8443/v1/chat"),
        ("https://a.example", "https://a.example/v1/chat"),
    ],
)
def test_the_port_that_the_scheme_implies_is_left_out(scope: str, url: str) -> None:
    cassette = read("nock", recording("a", scope=scope))
    assert seen(cassette.interactions[0]).url == url
    check_laws(cassette)


def test_chunks_of_a_coding_are_one_content() -> None:
    packed = gzip.compress(b"hello", mtime=0).hex().upper()
    cassette = read("nock", recording([packed[:10], packed[10:]], CODED))
    content = exchange(cassette.interactions[0]).content
    assert content is not None
    assert content.text == "hello"
    check_laws(cassette)


def test_what_is_missing_is_told() -> None:
    faults = read("nock", recording("a", status="ok")).faults
    assert [fault.message for fault in faults] == ["interaction 0 has no status"]
