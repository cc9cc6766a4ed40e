"""httprr: messages as they went over the wire, and edits that keep every size true."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli import files
from cassette_cli.document.from_httprr import MAGIC
from cassette_cli.document.lens import lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette, header_values

REQUEST = "POST https://api.example.com/v1/chat HTTP/1.1\r\nHost: api.example.com\r\nX-A:  1 \r\nX-A: 2\r\n\r\n{}"


def trace(*messages: tuple[str, str]) -> str:
    return MAGIC + "".join(f"{len(a.encode())} {len(b.encode())}\n{a}{b}" for a, b in messages)


def read(text: str) -> Cassette:
    cassette = files.parse("trace.httprr", text)
    assert cassette is not None
    assert cassette.recorder == "httprr"
    return cassette


def test_a_record_is_read_as_it_went_over_the_wire() -> None:
    cassette = read(trace((REQUEST, "HTTP/2.0 404 Not Found\r\nContent-Type: text/plain\r\n\r\nné")))
    (interaction,) = cassette.interactions
    request, response = interaction.request, interaction.response
    assert request.method == "POST"
    assert request.url is not None
    assert request.url.text == "https://api.example.com/v1/chat"
    assert header_values(request.headers, "x-a") == ["1", "2"]
    assert request.body is not None
    assert request.body.text == "{}"
    assert (response.status, response.reason) == (404, "Not Found")
    assert response.body is not None
    assert response.body.text == "né"


@pytest.mark.parametrize(
    ("message", "status", "body"),
    [
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, None),
        ("HTTP/1.1 200 OK\nA: b\n\nplain line ends", 200, "plain line ends"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", 200, "abcde"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot cut up", 200, "not cut up"),
        ("nonsense", None, None),
        ("", None, None),
    ],
)
def test_responses(message: str, status: int | None, body: str | None) -> None:
    (interaction,) = read(trace((REQUEST, message))).interactions
    assert interaction.response.status == status
    assert (interaction.response.body.text if interaction.response.body else None) == body


CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n"


@given(st.integers(0, 12), st.integers(0, 12), st.text("aé😀\r\n0 ", max_size=20))
def test_an_edit_redoes_the_sizes_of_chunk_and_message(start: int, end: int, new: str) -> None:
    cassette = read(trace((REQUEST, CHUNKED), (REQUEST, "HTTP/1.1 200 OK\r\n\r\nafter")))
    body = cassette.interactions[0].response.body
    assert body is not None
    edit = Edit(Span(min(start, end), max(start, end)), new)
    text = splice(cassette.document.text, lift_all([(body, edit)]))
    again = read(text)
    edited, after = (each.response.body for each in again.interactions)
    assert edited is not None
    assert after is not None
    assert edited.text == splice("hello, world", [edit])
    assert after.text == "after"


def test_a_url_and_a_header_are_edited_in_place() -> None:
    cassette = read(trace((REQUEST, CHUNKED)))
    request = cassette.interactions[0].request
    assert request.url is not None
    changes = [(request.url, Edit(Span(0, 5), "http")), (request.headers[0].value, Edit(Span(0, 3), "other"))]
    again = read(splice(cassette.document.text, lift_all(changes))).interactions[0].request
    assert again.url is not None
    assert again.url.text == "http://api.example.com/v1/chat"
    assert [header.value.text for header in again.headers] == ["other.example.com", "1", "2"]


def test_a_body_that_is_no_text_is_bytes_and_can_be_edited() -> None:
    packed = gzip.compress(b'{"answer": 5}', mtime=0)
    message = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed
    data = MAGIC.encode() + f"{len(REQUEST)} {len(message)}\n{REQUEST}".encode() + message
    cassette = read(data.decode("utf-8", "surrogateescape"))
    assert files.encoded(cassette.document.text) == data
    body = cassette.interactions[0].response.body
    assert body is not None
    content = exchange(cassette.interactions[0]).content
    assert content is not None
    assert content.text == '{"answer": 5}'
    text = splice(cassette.document.text, lift_all([(content, Edit(Span(11, 12), "six"))]))
    assert files.encoded(text).decode("utf-8", "surrogateescape") == text
    again = exchange(read(text).interactions[0]).content
    assert again is not None
    assert again.text == '{"answer": six}'


def test_every_real_trace_is_read(corpus: Path) -> None:
    paths = sorted(corpus.rglob("*.httprr"))
    count = 0
    for path in paths:
        cassette = files.read(str(path))
        assert files.encoded(cassette.document.text) == path.read_bytes()
        count += len(cassette.interactions)
        for interaction in cassette.interactions:
            assert interaction.request.method
            assert interaction.response.status
    assert (len(paths), count) == (52, 57)


def test_the_header_that_decides_how_the_body_reads_cannot_be_edited() -> None:
    (interaction,) = read(
        trace((REQUEST, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"))
    ).interactions
    (header,) = interaction.response.headers
    assert header.value.text == "chunked"
    with pytest.raises(CassetteError, match="it says how the body is cut into chunks"):
        lift_all([(header.value, Edit(Span(0, 7), "none"))])


@pytest.mark.parametrize(
    ("message", "reason", "headers"),
    [
        ("HTTP/1.1 200 OK\rA: b\r\nC: d\n\n", "OK\rA: b", ["d"]),
        ("HTTP/1.1 200 OK\r\nA: b\rc  \t\r\nD:\r\n\r\n", "OK", ["b\rc", ""]),
        ("HTTP/1.1 200 OK\r", "OK\r", []),
    ],
)
def test_only_a_line_feed_ends_a_line(message: str, reason: str, headers: list[str]) -> None:
    """As Go reads lines: a CR that no LF follows is a character like others."""
    (interaction,) = read(trace((REQUEST, message))).interactions
    assert interaction.response.reason == reason
    assert [header.value.text for header in interaction.response.headers] == headers


def test_blanks_within_a_header_take_no_time() -> None:
    (interaction,) = read(trace((REQUEST, f"HTTP/1.1 200 OK\r\nA: b{' ' * 300_000}c\r\n\r\n"))).interactions
    assert len(interaction.response.headers[0].value.text) == 300_002


@pytest.mark.parametrize("new", ["a\nb", "a\r", " a", "a\t"])
def test_what_no_header_can_hold_is_refused(new: str) -> None:
    cassette = read(trace((REQUEST, CHUNKED)))
    host = cassette.interactions[0].request.headers[0].value
    with pytest.raises(CassetteError, match="cannot hold this text"):
        lift_all([(host, Edit(Span(0, len(host.text)), new))])


def test_a_url_may_have_blanks_and_no_protocol_behind_it() -> None:
    urls = ["https://a.example/x y", "https://a.example/x"]
    lines = [f"GET {urls[0]} HTTP/1.1\r\n\r\n", f"GET {urls[1]}\r\n\r\n"]
    found = read(trace(*((line, CHUNKED) for line in lines))).interactions
    assert [each.request.url.text if each.request.url else None for each in found] == urls
