"""Reading is without loss, a fault names its place and stops nothing else, and a write is whole or not at all."""

import io
import os
import stat
import sys
from pathlib import Path

import pytest

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.recorders import RECORDERS

GO_VCR = """---
version: 2
interactions:
  - id: 0
    request:
        proto: HTTP/1.1
        proto_major: 1
        proto_minor: 1
        content_length: 2
        host: a.example
        body: hi
        headers: {}
        url: https://a.example/x
        method: POST
    response:
        proto: HTTP/2.0
        proto_major: 2
        proto_minor: 0
        content_length: -1
        body: Grüße 😀
        headers:
            Content-Type:
              - text/plain
        status: 200 OK
        code: 200
        duration: 922.565833ms
"""
VCRPY_JSON = """{"version": 1, "interactions": [{"request": {"method": "GET", "uri": "http://a.example/", "body": null,
"headers": {}}, "response": {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": "x"}}}]}"""


def put(folder: Path, **named: str | bytes) -> None:
    for name, content in named.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def told(paths: list[str]) -> list[str]:
    """What loading gives: the paths of cassettes, and errors as they read."""
    return [found.path if isinstance(found, Cassette) else f"! {found}" for found in files.load(paths)]


BYTES_KEPT = {
    "plain": GO_VCR.encode(),
    "CRLF": GO_VCR.replace("\n", "\r\n").encode(),
    "byte order mark": b"\xef\xbb\xbf" + GO_VCR.encode(),
    "no final newline": GO_VCR.rstrip("\n").encode(),
    "JSON": VCRPY_JSON.encode(),
    "JSON with byte order mark and CRLF": b"\xef\xbb\xbf" + VCRPY_JSON.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("data", BYTES_KEPT.values(), ids=BYTES_KEPT.keys())
def test_reading_keeps_every_byte(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    cassette = files.read(str(tmp_path / "a"))
    assert cassette.document.text.encode() == data
    assert [each.response.status for each in cassette.interactions] == [200]


def test_format_is_chosen_by_content_not_by_name(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=VCRPY_JSON, b_json=GO_VCR, c_txt="{version: 2, interactions: []}\n")
    found = [files.read(str(tmp_path / name)) for name in ("a.yaml", "b.json", "c.txt")]
    assert [each.recorder for each in found] == ["VCR.py", "go-vcr", "go-vcr"]


FAULTS = {
    "not UTF-8": (b"interactions:\n- \xc3\xa9 \xff\n", ":2:5: not UTF-8: byte 0xff"),
    "UTF-16": ("interactions:".encode("utf-16"), ":1:1: not UTF-8: UTF-16"),
    "gzip": (b"\x1f\x8b\x08\x00interactions:", ":1:2: not UTF-8: compressed by gzip"),
    "broken YAML": (b"interactions:\n- request: {\n", ":3:1: not YAML: "),
    "broken JSON": (b'{"interactions": [\n  {"request": }]}', ":2:15: not JSON: a JSON value is missing"),
    "other YAML": (b"services:\n  web: {}\n", ": not a cassette that this tool knows; it reads those of go-vcr"),
    "other text": (b"HTTP/1.1 200 OK\n1 2\n: x", ": not a cassette that this tool knows; it reads those of go-vcr"),
    "nothing": (b"", ": not a cassette that this tool knows; it reads those of go-vcr"),
    "broken interaction": (b"---\nversion: 2\ninteractions:\n  - id: 0\n", ": not a cassette"),
}


@pytest.mark.parametrize(("data", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_file_named_outright_must_be_a_cassette(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(data)
    with pytest.raises(CassetteError) as caught:
        files.read(str(path))
    assert str(caught.value).startswith(f"{path}{message}")


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CassetteError, match=r"^absent\.yaml: cannot be read: No such file or directory$"):
        files.read("absent.yaml")


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, a_yaml=GO_VCR, b_yaml="interactions:\n- request: {\n", c_yaml=VCRPY_JSON, d_txt="hello")
    assert told(["a.yaml", "b.yaml", "absent", "d.txt", "c.yaml"]) == [
        "a.yaml",
        "! b.yaml:3:1: not YAML: did not find expected node content",
        "! absent: cannot be read: No such file or directory",
        f"! d.txt: not a cassette that this tool knows; it reads those of {', '.join(each.NAME for each in RECORDERS)}",
        "c.yaml",
    ]


def test_a_directory_gives_its_cassettes_and_broken_ones_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, a_yaml=GO_VCR, sub__b_json=VCRPY_JSON, sub__c_yaml="interactions:\n- request: {\n")
    put(tmp_path, d_yaml="services: {}\n", e_md="# Notes\n\nSee\n\ninteractions:\n- { x\n", f_bin=b"interactions:\n\0")
    put(tmp_path, g_jsonl='{"request": {}}\n{"request": {}}\n', h_yaml="interactions:\n- step: [1]\n")
    assert told(["."]) == [
        "a.yaml",
        "sub/b.json",
        "! sub/c.yaml:3:1: not YAML: did not find expected node content",
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(GO_VCR.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert told(["-", "-"]) == ["-"]


def test_write_keeps_mode_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    files.write(str(path), b"old", b"new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.yaml"]


def test_write_follows_a_link_and_keeps_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_bytes(b"old")
    link = tmp_path / "link.yaml"
    link.symlink_to("real/a.yaml")
    files.write(str(link), b"old", b"new")
    assert link.is_symlink()
    assert (tmp_path / "real" / "a.yaml").read_bytes() == b"new"
    assert os.listdir(tmp_path / "real") == ["a.yaml"]


def test_write_refuses_a_file_that_changed_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"other")
    with pytest.raises(CassetteError, match=r"a\.yaml: changed since it was read; nothing was written$"):
        files.write(str(path), b"old", b"new")
    assert path.read_bytes() == b"other"
    assert os.listdir(tmp_path) == ["a.yaml"]


def test_write_refuses_a_read_only_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(CassetteError, match=r"a\.yaml: cannot be written: the file is read-only$"):
        files.write(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"


def test_write_refuses_a_read_only_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(CassetteError, match=r"a\.yaml: cannot be written: Permission denied$"):
        files.write(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_write_that_fails_midway_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(CassetteError, match=r"a\.yaml: cannot be written: No space left on device$"):
        files.write(str(path), b"old", b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.yaml"]


def test_write_of_a_file_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(CassetteError, match=r"a\.yaml: cannot be written: No such file or directory$"):
        files.write(str(tmp_path / "a.yaml"), b"old", b"new")


def test_every_recording_of_the_corpus_is_read_without_loss(corpus: Path) -> None:
    count = 0
    for cassette in files.load([str(corpus)]):
        assert isinstance(cassette, Cassette), cassette
        assert cassette.document.text.encode() == Path(cassette.path).read_bytes()
        count += 1
    assert count > 1300
