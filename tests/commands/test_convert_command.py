"""`cassette convert`: what it prints and writes, and how it ends."""

import json
import os
import shutil
from pathlib import Path

import jsonschema
import pytest
from carrying import plain, written
from goldens import check_golden
from sampled import SAMPLES

from cassette_cli import cli, files, shipped
from cassette_cli.converting import ruby_vcr


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a recording of go-vcr's, and below `c` two of VCR.py's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shutil.copy(SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply.yaml", tmp_path / "a.yaml")
    (tmp_path / "c" / "d").mkdir(parents=True)
    shutil.copy(SAMPLES / "vcrpy" / "openai_chat_gzip.yaml", tmp_path / "c" / "b.yaml")
    shutil.copy(SAMPLES / "vcrpy" / "http_json.yaml", tmp_path / "c" / "d" / "b.yaml")
    return tmp_path


def run(*args: str, code: int = 0) -> None:
    assert cli.run(["convert", *args]) == code


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_to_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run("a.yaml", "--to", "vcrpy")
    out, err = capsysbinary.readouterr()
    cassette = files.read("a.yaml", out)
    assert (cassette.recorder, len(cassette.interactions)) == ("VCR.py", 2)
    check_golden("convert.txt", err.decode())


def test_from_standard_input(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    with open("a.yaml", "rb") as source:
        monkeypatch.setattr("sys.stdin", os.fdopen(os.dup(source.fileno()), encoding="utf-8"))
        run("-", "--to", "har")
    assert files.read("a.har", capsysbinary.readouterr().out).recorder == "HAR"


def test_into_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "a.yaml").read_bytes()
    run("a.yaml", "--to", "ruby-vcr", "-o", "b.yml")
    assert files.read("b.yml").recorder == "Ruby VCR"
    assert (folder / "a.yaml").read_bytes() == before
    assert capsys.readouterr().out == ""


def test_nothing_is_overwritten_unless_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.har").write_text("mine")
    run("a.yaml", "--to", "har", "-o", "b.har", code=2)
    assert (folder / "b.har").read_text() == "mine"
    assert "b.har: is there already; --force overwrites it" in capsys.readouterr().err
    run("a.yaml", "--to", "har", "-o", "b.har", "--force")
    assert files.read("b.har").recorder == "HAR"


def test_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("c", "a.yaml", "--to", "har", "--out-dir", "out")
    assert names(folder / "out") == {"b.har", "d/b.har", "a.har"}
    out, err = capsys.readouterr()
    assert out == ""
    check_golden("convert-folder.txt", err)
    run("c", "--to", "har", "--out-dir", "out", code=2)


def test_two_recordings_of_one_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy("c/b.yaml", "c/b.yml")
    run("c", "--to", "har", "--out-dir", "out", code=2)
    assert names(folder / "out") == {"b.har", "d/b.har"}
    assert "would hold two recordings" in capsys.readouterr().err


def test_what_is_lost_is_said_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    monkeypatch.setattr(files, "save", lambda path, data: said.append(capsys.readouterr().err))
    run("c", "a.yaml", "--to", "vcrpy", "--out-dir", "out")
    assert "VCR.py does not keep how long the response took (1 recording)" in said[0]
    assert len(said) == 3


def test_check_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = names(folder)
    run("--check", ".", "--to", "ruby-vcr", code=1)
    check_golden("convert-check.txt", capsys.readouterr().out)
    run("--check", "c/b.yaml", "--to", "go-vcr", code=0)
    assert names(folder) == before
    assert capsys.readouterr().out == ""


def test_half_a_recording_is_not_converted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "half.yaml").write_text(
        (folder / "a.yaml").read_text().replace("    - id: 1\n", "    - 5\n    - id: 1\n")
    )
    assert files.read("half.yaml").faults
    run("half.yaml", "--to", "har", "-o", "h.har", code=2)
    assert "half.yaml:" in capsys.readouterr().err
    assert "h.har" not in names(folder)


HOSTLESS = (
    "lacks a host (--base-url puts one before the path), so it could not be played; --lossy converts it all the same"
)


def test_what_could_not_be_played(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "h.yml").write_text(written(ruby_vcr, plain(url="/v1/x")))
    run("h.yml", "--to", "har", "-o", "h.har", code=2)
    assert f"h.yml: {HOSTLESS}" in capsys.readouterr().err
    assert "h.har" not in names(folder)
    run("h.yml", "--to", "har", "-o", "h.har", "--lossy")
    run("h.yml", "--to", "har", "-o", "h.har", "--force", "--base-url", "https://api.example")
    (interaction,) = files.read("h.har").interactions
    assert interaction.request.url
    assert interaction.request.url.text == "https://api.example/v1/x"


def test_decode(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run("c/b.yaml", "--to", "go-vcr")
    assert b"body: !!binary" in capsysbinary.readouterr().out
    run("c/b.yaml", "--to", "go-vcr", "--decode")
    out = capsysbinary.readouterr().out
    assert b"chatcmpl-sample1" in out
    assert b"Content-Encoding" not in out


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("a.yaml", "missing.yaml", "--to", "vcrpy", "--json", "--out-dir", "out", code=2)
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, json.loads(shipped.schema("cassette.convert/1")))
    (held,) = found["files"]
    assert (held["path"], held["output"], held["to"], held["interactions"]) == ("a.yaml", "out/a.yaml", "VCR.py", 2)
    assert {"kind": "lost", "what": "how long the response took", "interactions": [0, 1]} in held["losses"]
    assert len(found["errors"]) == 1
    run("a.yaml", "--to", "vcrpy", "--json", "--check", code=1)
    assert json.loads(capsys.readouterr().out)["files"][0]["output"] is None


def test_names_in_a_recording_are_no_paths(folder: Path) -> None:
    cassette = written(ruby_vcr, plain(url="https://api.example/../../../evil", id="../evil"))
    (folder / "c" / "e.yml").write_text(cassette)
    run("c/e.yml", "--to", "har", "--out-dir", "out")
    assert names(folder / "out") == {"e.har"}


ENDS: list[tuple[list[str], int]] = [
    (["a.yaml", "--to", "wiremock"], 2),
    (["missing.yaml", "--to", "har"], 2),
    (["a.yaml"], 2),
    (["c", "--to", "har"], 2),
    (["a.yaml", "c/b.yaml", "--to", "har"], 2),
    (["a.yaml", "--to", "har", "-o", "x.har", "--out-dir", "y"], 2),
    (["a.yaml", "--to", "har", "-o", "x.har", "--check"], 2),
    (["a.yaml", "--to", "har", "--json"], 2),
    (["a.yaml", "--to", "har", "-o", "missing/x.har"], 2),
    (["a.yaml", "--to", "har", "-o", os.devnull], 0),
]


@pytest.mark.parametrize(("args", "code"), ENDS, ids=[" ".join(args) for args, _ in ENDS])
def test_how_it_ends(folder: Path, args: list[str], code: int) -> None:
    before = names(folder)
    run(*args, code=code)
    assert names(folder) == before
