"""Content codings undone."""

import gzip
import zlib

import pytest
from carrying import plain

from cassette_cli.converting.base import Lines
from cassette_cli.converting.decoded import decoded, plain_beside_coding
from cassette_cli.errors import CassetteError
from cassette_cli.framing.encoding import LIMIT

TEXT = "Grüße, 中文\n".encode()
IMAGE = bytes(range(256))
LENGTH = str(len(TEXT))

BODIES: list[tuple[str, Lines, bytes, Lines, bytes]] = [
    (
        "gzip",
        (("Content-Encoding", "gzip"), ("Content-Length", "9")),
        gzip.compress(TEXT),
        (("Content-Length", LENGTH),),
        TEXT,
    ),
    ("deflate", (("content-encoding", "deflate"),), zlib.compress(TEXT), (), TEXT),
    ("two", (("Content-Encoding", "deflate, gzip"),), gzip.compress(zlib.compress(TEXT)), (), TEXT),
    ("no header", (), gzip.compress(TEXT), (), TEXT),
    ("an image", (("Content-Encoding", "gzip"),), gzip.compress(IMAGE), (), IMAGE),
    ("plain", (("X-A", "b"),), TEXT, (("X-A", "b"),), TEXT),
    ("plain beside a header", (("Content-Encoding", "br"),), TEXT, (), TEXT),
    ("unknown", (("Content-Encoding", "aws"),), IMAGE, (("Content-Encoding", "aws"),), IMAGE),
    (
        "cut off",
        (("Content-Encoding", "gzip"),),
        gzip.compress(IMAGE)[:-9],
        (("Content-Encoding", "gzip"),),
        gzip.compress(IMAGE)[:-9],
    ),
    ("nothing", (("Content-Encoding", "gzip"),), b"", (("Content-Encoding", "gzip"),), b""),
]


@pytest.mark.parametrize(
    ("headers", "body", "left", "text"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES]
)
def test_decoded(headers: Lines, body: bytes, left: Lines, text: bytes) -> None:
    found = decoded(plain(response_headers=headers, response_body=body))
    assert (found.response_headers, found.response_body) == (left, text)
    found = decoded(plain(request_headers=headers, request_body=body))
    assert (found.request_headers, found.request_body) == (left, text)


def test_a_bomb_is_refused() -> None:
    bomb = gzip.compress(b"0" * (LIMIT + 1))
    with pytest.raises(CassetteError, match="larger than"):
        decoded(plain(response_headers=(("Content-Encoding", "gzip"),), response_body=bomb))


def test_a_header_that_the_body_belies() -> None:
    named = (("Content-Encoding", "gzip"),)
    bodies = [TEXT, gzip.compress(TEXT), b""]
    some = [plain(response_headers=named, response_body=body) for body in bodies]
    (found,) = plain_beside_coding([*some, plain()])
    assert (found.kind, found.where) == ("doubtful", (0,))
