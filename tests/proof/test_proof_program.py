"""The program that holds laws against a folder: over samples all hold, and one that does not is named with its file."""

from os.path import getsize
from pathlib import Path

import pytest
from sampled import SAMPLES

from cassette_cli.search import Found, find

from . import law_list, law_runs
from .__main__ import main
from .law_list import Law
from .text_laws import Recording

COPIED = (
    "go_vcr/openai_chat_sse_add_multiply.yaml",
    "vcrpy/openai_chat_sse_add_multiply.json",
    "httprr/openai_chat_sse_add_multiply.httprr",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some samples, a recording that is broken, and what is none."""
    for name in COPIED:
        (tmp_path / name.replace("/", "-")).write_bytes((SAMPLES / name).read_bytes())
    (tmp_path / "broken.yaml").write_text("interactions:\n- request: {\n")
    (tmp_path / "other.txt").write_text("nothing")
    return tmp_path


def test_every_law_holds_of_something(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--jobs", "1", "--all-laws"]) == 0
    printed = capsys.readouterr().out
    for law in law_list.LAWS:
        [row] = [line for line in printed.splitlines() if line.startswith(f"{law.name}  ")]
        files, held, faults, _ = row.removeprefix(law.name).split()
        assert (files, faults) == ("3", "0")
        assert int(held.replace(",", "")) > 0 or law.name.startswith("redacted")
    assert all(f"\n{recorder} " in f"\n{printed}" for recorder in ("go-vcr", "VCR.py", "httprr", "all"))
    assert "bytes changed by an empty edit: 0\nfaults: 0\n" in printed
    assert f"cannot be read: 1\n  {folder / 'broken.yaml'}:3:1: not YAML" in printed


def test_a_law_that_fails_is_named_with_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(recording: Recording) -> int:
        assert recording.cassette.recorder != "VCR.py", "as it should\nand more"
        return 1

    monkeypatch.setattr(law_runs, "LAWS", [Law("a law", fails)])
    assert main([str(folder), "--jobs", "1"]) == 1
    path = folder / COPIED[1].replace("/", "-")
    assert f"FAULTS: 1\n  {path}: a law: AssertionError: as it should\n" in capsys.readouterr().out


def test_bytes_that_an_edit_of_nothing_changes_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(law_runs, "after_empty_edits", lambda recording: recording.data[:-2] + b"?")
    main([str(folder), "--jobs", "1"])
    assert "bytes changed by an empty edit: 6\n" in capsys.readouterr().out


def test_laws_hold_of_some_of_the_corpus(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usual = [str(each.path) for each in find([str(corpus)]) if isinstance(each, Found) and getsize(each.path) < 30_000]
    assert main([*usual[::50], "--jobs", "1"]) == 0
    assert "faults: 0\n" in capsys.readouterr().out
