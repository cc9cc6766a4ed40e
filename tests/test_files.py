"""Reading is without loss, a fault names its place and stops nothing else, and a write is whole or not at all."""

import gzip
import io
import os
import stat
import sys
from pathlib import Path

import pytest

from cassette_cli import disk, files
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


UNKNOWN = "not a cassette that this tool knows: "
FAULTS = {
    "not UTF-8": (b"interactions:\n- \xc3\xa9 \xff\n", ":2:5: not UTF-8: byte 0xff"),
    "UTF-16": ("interactions:".encode("utf-16"), ":1:1: not UTF-8: UTF-16"),
    "broken gzip": (gzip.compress(GO_VCR.encode())[:-8] + bytes(8), ": cannot be read: its gzip data is broken"),
    "gzip cut off": (gzip.compress(GO_VCR.encode())[:-9], ": cannot be read: its gzip data is cut off"),
    "a character cut off": (
        b"interactions:\n- \xc3",
        ":2:3: not UTF-8: the last character is not whole (is the file cut off?)",
    ),
    "NUL": (b"interactions:\n- a\0\n", ":2:4: not YAML: character U+0000 is not allowed"),
    "binary": (b"\x7fELF\0\0\xff", ": a binary file, not a cassette"),
    "YAML cut off": (b'interactions:\n- request:\n    body: "x', ":3:13: not YAML: found unexpected end of stream (is"),
    "broken YAML": (b"interactions:\n- request: {\n", ":3:1: not YAML: "),
    "broken JSON": (b'{"interactions": [\n  {"request": }]}', ":2:15: not JSON: a JSON value is missing"),
    "JSON cut off": (b'{"interactions": [\n', ":2:1: not JSON: a JSON value is missing (is the file cut off?)"),
    "other YAML": (b"services:\n  web: {}\n", f": {UNKNOWN}it has no `interactions` or `http_interactions`;"),
    "a list": (b"\n- 1\n", f":2:1: {UNKNOWN}it is a list; it reads those of VCR.py, go-vcr, Ruby VCR and"),
    "a text": (b"hello", f":1:1: {UNKNOWN}it is a text;"),
    "comments": (b"# nothing yet\n", f": {UNKNOWN}it holds nothing;"),
    "no list": (b"interactions: 3\n", f":1:15: {UNKNOWN}`interactions` is no list;"),
    "another layout": (b"interactions:\n- step: 1\n", f":2:3: {UNKNOWN}its interactions have another layout;"),
    "other text": (b"a: b: c", ":1:5: not a cassette: not YAML: mapping values are not allowed"),
    "nothing": (b"", ": empty"),
    "white space": (b" \n", ": empty"),
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
    others = len(RECORDERS) - 3
    assert told(["a.yaml", "b.yaml", "absent", "d.txt", "c.yaml"]) == [
        "a.yaml",
        "! b.yaml:3:1: not YAML: did not find expected node content (is the file cut off?)",
        "! absent: cannot be read: No such file or directory",
        f"! d.txt:1:1: {UNKNOWN}it is a text; it reads those of VCR.py, go-vcr, Ruby VCR and {others} other recorders",
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
        "! f.bin:2:1: not YAML: character U+0000 is not allowed",
        "sub/b.json",
        "! sub/c.yaml:3:1: not YAML: did not find expected node content (is the file cut off?)",
    ]
    passed_over: list[str] = []
    assert len(list(files.load([".", "h.yaml"], passed_over=passed_over))) == 4
    assert passed_over == ["g.jsonl", "h.yaml"]


def test_faults_follow_their_cassette(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, a_yaml=GO_VCR + "  - id: 1\n    request:\n        url: u\n", b_yaml=GO_VCR)
    put(tmp_path, c_httprr="httprr trace v1\n3 3\nGETabc9 9\nGET")
    assert told(["."]) == [
        "a.yaml",
        "! a.yaml:27:5: interaction 1 has no response (is the file cut off?)",
        "b.yaml",
        "c.httprr",
        "! c.httprr:4:1: interaction 1 cannot be read, not an httprr trace: a message of 9 bytes does not end where"
        " its size says (is the file cut off?)",
    ]


@pytest.mark.parametrize("recorder", ["go_vcr", "vcrpy", "ruby_vcr", "httprr"])
def test_no_recording_that_is_cut_off_is_passed_over(recorder: str, tmp_path: Path) -> None:
    path = tmp_path / "cut"
    for sample in sorted((Path(__file__).resolve().parents[1] / "samples" / recorder).iterdir()):
        data = sample.read_bytes()
        begins = max(data.find(b"interactions"), 0) + len('interactions": [')
        for part in range(20):
            path.write_bytes(data[: begins + part * (len(data) - begins) // 20])
            assert told([str(tmp_path)]), f"{sample} cut off after {path.stat().st_size} bytes"


def test_a_file_under_gzip_is_read_and_written_under_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml.gz"
    path.write_bytes(gzip.compress(GO_VCR.encode()))
    assert files.read(str(path)).document.text == GO_VCR
    assert told([str(tmp_path)]) == [str(path)]
    files.write(str(path), GO_VCR.encode(), b"new")
    assert gzip.decompress(path.read_bytes()) == b"new"
    with pytest.raises(CassetteError, match="changed since it was read"):
        files.write(str(path), GO_VCR.encode(), b"newer")
    assert gzip.decompress(path.read_bytes()) == b"new"


def test_a_file_under_gzip_may_not_be_larger_than_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LIMIT", 1000)
    put(tmp_path, a_gz=gzip.compress(GO_VCR.encode() * 2))
    assert told([str(tmp_path / "a.gz")]) == [
        f"! {tmp_path / 'a.gz'}: a coded body is larger than 1000 bytes once decoded"
    ]


def test_a_file_is_made_or_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    files.save(str(path), b"one")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    path.chmod(0o640)
    files.save(str(path), b"two")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o640)
    assert files.text_of(str(path)) == "two"
    assert files.text_of(str(tmp_path / "none")) is None
    with pytest.raises(CassetteError, match="cannot be written"):
        files.save(str(tmp_path / "none" / "a"), b"x")


def test_others_that_are_named_may_be_passed_over(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=GO_VCR, b_yaml="a: 1", c_json="{")
    paths = [str(tmp_path / name) for name in ("a.yaml", "b.yaml", "c.json")]
    assert [each for each in files.load(paths, skip_others=True) if isinstance(each, CassetteError)] == []
    assert len(list(files.load(paths, skip_others=True))) == 1


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
        data = Path(cassette.path).read_bytes()
        text = gzip.decompress(data) if cassette.path.endswith(".gz") else data
        assert files.encoded(cassette.document.text) == text
        count += 1
    assert count > 1300


def conflicting(old: str, new: str, text: str = GO_VCR) -> str:
    """A text in which git could not merge a line."""
    [line] = [each for each in text.splitlines(keepends=True) if old in each]
    return text.replace(line, f"<<<<<<< HEAD\n{line}=======\n{line.replace(old, new)}>>>>>>> topic\n")


CONFLICTS = {
    "YAML": conflicting("Grüße", "Hallo"),
    "JSON": conflicting('"x"', '"y"', VCRPY_JSON + "\n"),
    "a trace": "httprr trace v1\n<<<<<<< a\n16 17\nGET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\n"
    "=======\n16 22\nGET / HTTP/1.1\n\nHTTP/1.1 201 Created\n\n>>>>>>> b\n",
    "gzip": gzip.compress(conflicting("Grüße", "Hallo").encode()),
}


@pytest.mark.parametrize("data", CONFLICTS.values(), ids=CONFLICTS)
def test_a_file_that_git_could_not_merge_is_two_cassettes_to_those_who_only_read(
    data: str | bytes, tmp_path: Path
) -> None:
    put(tmp_path, a_yaml=data)
    ours, theirs, fault = files.load([str(tmp_path)], both_sides=True)

    assert isinstance(ours, Cassette)
    assert isinstance(theirs, Cassette)
    assert [str(each.side).partition(":")[0] for each in (ours, theirs)] == ["ours", "theirs"]
    assert ours.document.text != theirs.document.text
    assert ours.path == theirs.path == str(tmp_path / "a.yaml")
    assert "git left a conflict here (ours: " in str(fault)
    [alone] = files.load([str(tmp_path)])
    assert str(alone) == str(fault)
    assert str(tmp_path / "a.yaml:") in str(fault)


def test_faults_of_a_side_name_lines_of_the_file(tmp_path: Path) -> None:
    text = "interactions:\n- request:\n    method: GET\n    uri: /1\n  response:\n    body: {string: Grüße}\n"
    put(tmp_path, a_yaml=conflicting("Grüße", "Hallo", text), b_yaml=conflicting("Grüße", "'Hallo", text))

    ours, fault, theirs, other, conflict = files.load([str(tmp_path / "a.yaml")], both_sides=True)
    assert isinstance(ours, Cassette)
    assert isinstance(theirs, Cassette)
    assert str(fault) == str(other) == f"{tmp_path}/a.yaml:2:3: interaction 0 has no status (is the file cut off?)"
    assert str(conflict) == f"{tmp_path}/a.yaml:6:1: git left a conflict here (ours: HEAD; theirs: topic)"
    *_, broken, conflict = files.load([str(tmp_path / "b.yaml")], both_sides=True)
    assert (
        str(broken)
        == f"{tmp_path}/b.yaml:9:1: not YAML: found unexpected end of stream (is the file cut off?) (theirs: topic)"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """As a device is, of which a test makes none: a file in the place of /dev/null would harm the whole machine."""
    path, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(path)
    link.symlink_to(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    files.save(str(link), b"changed")
    with pytest.raises(CassetteError, match="no regular file"):
        files.write(str(path), b"before", b"after")

    assert os.read(reader, 100) == b"changed"
    os.close(reader)
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "pipe"]
