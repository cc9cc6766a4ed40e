"""Content codings: the bytes decide, laws of the lenses, what is cut off or made to harm."""

import base64
import gzip
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Change, Lens, Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.files import load
from cassette_cli.framing.encoding import Content, content
from cassette_cli.model import Cassette, header_value, header_values

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

JSON = b'{"id": "chatcmpl-1", "choices": [{"message": {"content": "Gr\xc3\xbc\xc3\x9fe"}}]}'


# It begins with nothing that text could not hold.
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + b" " * 2000 + b"\x00"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


ENCODERS: dict[str, list[Callable[[bytes], bytes]]] = {
    "gzip": [gzipped],
    "deflate": [zlib.compress, raw_deflate],
    "br": [brotli.compress],
    "zstd": [zstd.compress],
}
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}
EACH = [(name, encode) for name, encoders in ENCODERS.items() for encode in encoders]


def source(body: bytes) -> Source:
    return Source(base64.b64encode(body).decode())


def read(body: bytes, *encodings: str, content_type: str | None = None) -> Content:
    return content(base64_lens(source(body)), encodings, content_type)


@pytest.mark.parametrize(("name", "encode"), EACH)
def test_what_a_header_names_is_undone(name: str, encode: Callable[[bytes], bytes]) -> None:
    found = read(encode(JSON), name)
    assert (found.lens.text, found.codings, found.complete) == (JSON.decode(), (name,), True)


@pytest.mark.parametrize(
    ("body", "encodings", "text", "codings"),
    [
        # Bytes decide: a coding without header, a header without coding, a header with another coding.
        (gzipped(JSON), (), JSON.decode(), ("gzip",)),
        (zstd.compress(JSON), (), JSON.decode(), ("zstd",)),
        (gzipped(JSON), ("br",), JSON.decode(), ("gzip",)),
        (JSON, ("gzip",), JSON.decode(), ()),
        (JSON, ("br",), JSON.decode(), ()),
        (JSON, ("deflate", "zstd"), JSON.decode(), ()),
        (b";", ("br",), ";", ()),
        (b"", ("gzip",), "", ()),
        (b"\x1f\x8b\x08", ("gzip",), b"\x1f\x8b\x08", ()),
        (b"\x1f\x8b\x08 is no gzip", (), b"\x1f\x8b\x08 is no gzip", ()),
        # Spelling and order of names.
        (gzipped(JSON), ("X-GZip",), JSON.decode(), ("gzip",)),
        (gzipped(JSON), ("identity, aws-chunked", "gzip"), JSON.decode(), ("gzip",)),
        (gzipped(zlib.compress(JSON)), ("deflate, gzip",), JSON.decode(), ("gzip", "deflate")),
        (brotli.compress(gzipped(JSON)), ("gzip", "br"), JSON.decode(), ("br", "gzip")),
        # Several members in one body.
        (gzipped(JSON[:9]) + gzipped(JSON[9:]), (), JSON.decode(), ("gzip",)),
        (zstd.compress(JSON[:9]) + zstd.compress(JSON[9:]), (), JSON.decode(), ("zstd",)),
        (gzipped(b""), (), "", ("gzip",)),
        # What is decoded need not be text.
        (gzipped(b"\x89PNG\r\n\x1a\n"), (), b"\x89PNG\r\n\x1a\n", ("gzip",)),
    ],
)
def test_codings_undone(body: bytes, encodings: tuple[str, ...], text: str | bytes, codings: tuple[str, ...]) -> None:
    found = read(body, *encodings)
    assert (found.lens.text, found.codings, found.complete) == (text, codings, True)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("é".encode(), None, "é"),
        (b"\xef\xbb\xbf{}", None, "\ufeff{}"),
        (b"\xe9", None, "\udce9"),
        (b"\xe9", "text/html; charset=ISO-8859-1", "é"),
        (b"\xe9", 'text/html;charset="latin1"', "é"),
        (b"\xe9", "text/html; charset=utf-8", "\udce9"),
        # UTF-8 under a header that says otherwise.
        ("é".encode(), "text/html; charset=iso-8859-1", "é"),
        # A stream that was cut off within a character.
        ("data: é".encode()[:-1], None, "data: \udcc3"),
        (b"\x00\x00\x00\x05hello", "application/grpc", b"\x00\x00\x00\x05hello"),
        (PDF, "application/pdf", PDF),
    ],
)
def test_what_is_text(body: bytes, content_type: str | None, text: str | bytes) -> None:
    assert read(body, content_type=content_type).lens.text == text


def test_a_text_body_is_what_it_says() -> None:
    body = Source("\x1f\x8b\x08")
    assert content(body, ["gzip"]) == Content(body)


@pytest.mark.parametrize(("name", "encode"), EACH)
def test_cut_off(name: str, encode: Callable[[bytes], bytes]) -> None:
    """What could be read is there, and nothing can be edited."""
    lines = b"".join(b"data: %d\n\n" % (number * number) for number in range(50_000))
    found = read(encode(lines)[:-20], name)
    assert isinstance(found.lens.text, str)
    assert lines.startswith(found.lens.text.encode())
    assert len(found.lens.text) > 100
    assert not found.complete
    with pytest.raises(CassetteError, match="cut off or broken"):
        lift_all([(found.lens, Edit(Span(0, 4), "DATA"))])


def test_broken_in_the_middle() -> None:
    packed = bytearray(gzipped(bytes(range(32, 127)) * 5000))
    packed[-8:-4] = b"\0\0\0\0"  # the checksum
    found = read(bytes(packed))
    assert found.lens.text == "".join(map(chr, range(32, 127))) * 5000
    assert not found.complete


def test_bytes_behind_the_end_cannot_be_lost() -> None:
    found = read(gzipped(JSON) + b"trailer")
    assert found.lens.text == JSON.decode()
    assert not found.complete


@pytest.mark.parametrize(("name", "encode"), EACH)
def test_a_bomb_is_refused(name: str, encode: Callable[[bytes], bytes]) -> None:
    body = base64_lens(source(encode(bytes(3_000_000))))
    with pytest.raises(CassetteError, match="larger than 1000000 bytes"):
        content(body, [name], limit=1_000_000)
    assert len(content(body, [name], limit=3_000_000).lens.text) == 3_000_000


def test_layers_without_header_end() -> None:
    body = JSON
    for _ in range(9):
        body = gzipped(body)
    assert read(body).codings == ("gzip", "gzip")


def test_gzip_keeps_the_recorded_header() -> None:
    """Time, system, extra field, name, comment and header checksum: RFC 1952, 2.3."""
    header = b"\x1f\x8b\x08\x1e\x01\x02\x03\x04\x02\x07" + b"\x03\x00abc" + b"name\0" + b"comment\0"
    header += zlib.crc32(header).to_bytes(4, "little")[:2]
    end = zlib.crc32(JSON).to_bytes(4, "little") + len(JSON).to_bytes(4, "little")
    before = source(header + raw_deflate(JSON) + end)
    found = content(base64_lens(before))
    after = base64.b64decode(splice(before.text, lift_all([(found.lens, Edit(Span(2, 4), "ID"))])))
    assert after.startswith(header)
    assert gzip.decompress(after) == JSON.replace(b"id", b"ID", 1)


def test_latin_1_refuses_what_it_cannot_hold() -> None:
    found = read(b"caf\xe9", content_type="text/plain; charset=iso-8859-1")
    assert lifted(found.lens, Edit(Span(0, 4), "th\xe9")) == base64.b64encode(b"th\xe9").decode()
    with pytest.raises(CassetteError, match="iso-8859-1"):
        lifted(found.lens, Edit(Span(0, 0), "\u20ac"))


def lifted(lens: Lens[Any], *edits: Edit[Any]) -> str:
    outer = lens
    while not isinstance(outer, Source):
        outer = outer.outer  # type: ignore[attr-defined]  # every lens here has one
    changes: list[Change] = [(lens, edit) for edit in edits]
    return splice(outer.text, lift_all(changes))


TEXTS = st.text(st.sampled_from("abc é\n{\U0001f600"), max_size=40)


@given(TEXTS, TEXTS, st.sampled_from(EACH), st.data())
def test_the_laws_of_lenses(
    text: str, new: str, coded: tuple[str, Callable[[bytes], bytes]], data: st.DataObject
) -> None:
    name, encode = coded
    # Brotli's own empty stream is the text ";": see test_codings_undone.
    assume(name != "br" or text)
    found = read(encode(text.encode()), name)
    start = data.draw(st.integers(0, len(text)))
    edit = Edit(Span(start, data.draw(st.integers(start, len(text)))), new)
    assert found.lens.text == text
    assert list(found.lens.lift([])) == []
    after = lifted(found.lens, edit)
    again = content(base64_lens(Source(after)), [name])
    assert (again.lens.text, again.complete) == (splice(text, [edit]), True)
    assert lifted(found.lens, edit) == after


def test_an_edit_that_changes_nothing_codes_nothing() -> None:
    before = source(gzip.compress(JSON, 1, mtime=5))
    found = content(base64_lens(before))
    assert lift_all([(found.lens, Edit(Span(2, 4), "id"))]) == []


def test_real_bodies(corpus: Path) -> None:
    """Every coded body of the recordings: an edit is read back, and nothing else of the content changes."""
    seen: Counter[str] = Counter()
    for cassette in load([str(corpus)]):
        assert isinstance(cassette, Cassette)
        for each in cassette.interactions:
            body, headers = each.response.body, each.response.headers
            if body is None or isinstance(body.text, str):
                continue
            found = content(body, header_values(headers, "content-encoding"), header_value(headers, "content-type"))
            if not found.codings or not isinstance(found.lens.text, str):
                continue
            assert found.complete
            ((coded, edit),) = found.lens.lift([Edit(Span(1, 1), "é")])
            ((outer, repacked),) = coded.lift([edit])
            assert outer is body
            (coding,) = found.codings
            undone: bytes = DECODERS[coding](splice(body.text, [repacked]))
            assert undone.decode("utf-8", "surrogateescape") == found.lens.text[:1] + "é" + found.lens.text[1:]
            seen.update(found.codings)
    assert seen["gzip"] > 100
