"""What fuzzing begins with: the samples, their bodies and the texts in them; and the corpus, where it is present."""

import gzip
import json
import zlib
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote, quote_plus

from conftest import SHARED
from sampled import RECORDINGS
from written import PLACES

from cassette_cli import files
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.framing import eventstream
from cassette_cli.framing.encoding import BROTLI, ZSTD

TOML = [
    b'version = 1\n\n[[interactions]]\n[interactions.request]\nmethod = "POST"\nuri = "https://a.example/v1"\n'
    b'body_type = "json"\nbody_content = \'{"a": 1}\'\n\n[interactions.request.headers]\na = ["b", "c"]\n\n'
    b"[interactions.response]\nstatus = 200\nbody_content = '''\ndata: 1\n\n'''\n",
    b'"a\\u00e9" = """\\\n  x\\ty"""\n[t]\nk = 1.5\nd = 2026-01-01T00:00:00Z\nx = {y = [1, true], "z" = \'\'}\n# c\n',
    b"[a.b]\nc.d = 0x1F\n[[a.e]]\n[[a.e]]\nf = [\n  1, # c\n]\n",
]


@cache
def exchanges() -> list[Exchange]:
    """The interactions of the samples."""
    return [exchange(each) for path in RECORDINGS for each in files.read(str(path)).interactions]


@cache
def recordings() -> list[bytes]:
    """The samples and, where it is present, the smaller files of the corpus, as they are."""
    corpus = sorted(path for path in (SHARED / "corpus").rglob("*") if path.is_file() and path.stat().st_size < 60_000)
    return [path.read_bytes() for path in (*RECORDINGS, *corpus)]


def bodies(framing: str) -> Iterator[bytes]:
    """The bodies of the samples that have a framing."""
    for each in exchanges():
        if each.framing == framing and each.content is not None:
            text = each.content.text
            yield text if isinstance(text, bytes) else text.encode()


def messages() -> Iterator[bytes]:
    """Event streams, and messages that have headers of all types."""
    yield from bodies("eventstream")
    kinds = {0: b"", 1: b"", 2: b"a", 3: b"ab", 4: b"abcd", 5: b"abcdefgh", 8: b"abcdefgh", 9: b"abcdefghijklmnop"}
    headers = b"".join(b"\x01a" + bytes([kind]) + value for kind, value in kinds.items())
    yield eventstream.message(headers + b"\x01b\x06\x00\x02xy\x01c\x07\x00\x02xy", b'{"a": 1}')


def texts(kind: str) -> Iterator[bytes]:
    """The samples whose names end so."""
    for path in RECORDINGS:
        if path.suffix == f".{kind}":
            yield path.read_bytes()


def yaml_texts() -> Iterator[bytes]:
    """Recordings, and each place and style of a scalar."""
    yield from texts("yaml")
    for place in (place for places in PLACES.values() for place in places):
        for source in (
            "a b",
            "'it''s\n\n  x'",
            '"\\u00e9\\\n  \\x41 "',
            "|2-\n      a\n\n       b\n",
            ">+\n      a\n      b\n\n",
        ):
            yield place.replace("@", source).encode()


def json_texts() -> Iterator[bytes]:
    """Payloads of events, and bodies."""
    for each in exchanges():
        for frame in each.frames[:3]:
            yield (frame.data or "").encode("utf-8", "replace")
    yield b'["\\ud83d\\ude00\\u00e9\\/", -0.5e+10, NaN, -Infinity, true, null, {}, []]'


def coded() -> Iterator[bytes]:
    """Texts under content codings."""
    for body in (b'{"a": "\xc3\xa9"}', b"data: x\n\n" * 9, b"\xff\xfe"):
        packed = gzip.compress(body, mtime=0)
        yield from (packed, zlib.compress(body), zlib.compress(body)[2:-4], BROTLI.encode(body, b""))
        yield from (ZSTD.encode(body, b""), packed + packed, gzip.compress(packed, mtime=0), body)
        yield packed[:3] + b"\x1e" + packed[4:10] + b"\x02\x00xyname\0note\0\0\0" + packed[10:]


def percent() -> Iterator[bytes]:
    """Texts of URLs and forms."""
    for text in ("a b+c", "é😀/?&=", '{"a": [1]}', "\0\x7f"):
        yield quote(text).encode()
        yield quote_plus(text).encode()
    yield b"%c3%28%ff%e2%82%zz+%"
    yield json.dumps({"a": "%41"}).encode()
