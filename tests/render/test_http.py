"""Plain HTTP: what is worth seeing of headers, and bodies by what they are."""

import json

import pytest
from handmade import headers, text_of

from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Fixed
from cassette_cli.render.http import BODY_LINES, body_lines, header_lines, headers_section, plain_section

HEADERS = headers(
    Accept="application/vnd.api+json",
    Authorization="Bearer something",
    Content_Type="application/json",
    If_None_Match='"abc"',
    User_Agent="client/1",
    X_Api_Key="something",
    Anthropic_Beta="files-api-2025",
)


def test_headers_that_tell_something() -> None:
    assert text_of(header_lines(HEADERS, 2, full=False)).splitlines() == [
        "  Accept: application/vnd.api+json",
        '  If-None-Match: "abc"',
        "  Anthropic-Beta: files-api-2025",
    ]


def test_all_headers() -> None:
    assert text_of(header_lines(HEADERS, 0, full=True)).count("\n") == len(HEADERS)
    assert text_of(headers_section("headers", HEADERS, 3)).startswith("   headers\n     Accept: application/vnd")
    assert text_of(headers_section("headers", (), 3)) == ""


@pytest.mark.parametrize(
    "value", ["*/*", "application/json", "application/json; charset=utf-8", "text/event-stream", ""]
)
def test_an_accept_header_that_says_nothing(value: str) -> None:
    assert text_of(header_lines(headers(accept=value), 0, full=False)) == ""


@pytest.mark.parametrize(
    ("body", "media_type", "shown"),
    [
        ('{"a":1.50,"b":[]}', "application/json", '{"a": 1.50, "b": []}'),
        ('{"a":1}', None, '{"a": 1}'),
        ('\ufeff{"a":1}', "application/json", '{"a": 1}'),
        ("a=1&b=two+words&c=%C3%A9&d=", "application/x-www-form-urlencoded", "a = 1\nb = two words\nc = é\nd ="),
        ("<html>\r\n<p>Hi</p>\r\n</html>\r\n", "text/html", "<html>\n<p>Hi</p>\n</html>"),
        ("{not json", "application/json", "{not json"),
        ("\x00\x01\x02\x00\x00", "application/octet-stream", "<application/octet-stream, 5 B>"),
        ("\udcff\udcd8\udcff\udce0", None, "<binary, 4 B>"),
        ("mostly text \udcff", "text/plain", "mostly text \\xff"),
        ("", "application/json", ""),
    ],
)
def test_bodies(body: str, media_type: str | None, shown: str) -> None:
    assert text_of(body_lines(Fixed(body), media_type, 0, full=False)).rstrip("\n") == shown


def test_bytes_and_nothing() -> None:
    assert text_of(body_lines(base64_lens(Fixed("/9j/4AAQ")), "image/jpeg", 1, full=False)) == " <image/jpeg, 6 B>\n"
    assert text_of(body_lines(base64_lens(Fixed("eyJhIjogMX0=")), None, 0, full=False)) == '{"a": 1}\n'
    assert text_of(body_lines(None, None, 0, full=False)) == ""


def test_a_long_body_is_cut_unless_all_is_asked_for() -> None:
    body = Fixed(json.dumps(["x" * 80] * 100))

    cut, full = (text_of(body_lines(body, "application/json", 0, full=full)).splitlines() for full in (False, True))

    assert cut == [*full[:BODY_LINES], "… 42 more lines (--full shows them)"]
    assert len(full) == 102


def test_a_side_has_a_title_where_it_has_anything() -> None:
    body = list(body_lines(Fixed('{"a": 1}'), None, 2, full=False))

    assert text_of(plain_section("request", (), "application/json", body, 0, full=False)) == (
        'request  application/json\n  {"a": 1}\n'
    )
    assert text_of(plain_section("request", headers(Depth="1"), None, [], 0, full=False)) == "request\n  Depth: 1\n"
    assert text_of(plain_section("response", headers(Link="x"), "text/plain", body, 0, full=False)) == (
        'response  text/plain\n  Link: x\n\n  {"a": 1}\n'
    )
    assert text_of(plain_section("request", headers(Host="x"), "text/plain", [], 0, full=False)) == ""
