"""`cassette check`: what it prints, what it mends, and how it ends."""

import json
import os
import shutil
from pathlib import Path

import jsonschema
import pytest
from goldens import check_golden

from cassette_cli import cli, shipped
from cassette_cli.checks.registry import CHECKS

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CUT_OFF = "the stream ends before the reply does"
CUT, GZIP = "openai_chat_sse_cut_off.yaml", "openai_chat_sse_gzip.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two recordings that have faults, and one that has none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    for name in (CUT, GZIP, "openai_chat_text.yaml"):
        shutil.copy(SAMPLES / "vcrpy" / name, tmp_path / name)
    return tmp_path


def run(*args: str, code: int = 1) -> None:
    assert cli.run(["check", *args]) == code


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    run()
    out, err = capsys.readouterr()
    check_golden("check.txt", out + err)


def test_text_with_notes(capsys: pytest.CaptureFixture[str]) -> None:
    run("--level", "note")
    out, err = capsys.readouterr()
    check_golden("check-notes.txt", out + err)


def test_statistics(capsys: pytest.CaptureFixture[str]) -> None:
    run("--level", "note", "--statistics", "--fail-on", "note")
    check_golden("check-statistics.txt", capsys.readouterr().out)


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    run("--list", code=0)
    out = capsys.readouterr().out
    assert [row.split()[0] for row in out.splitlines()] == list(CHECKS)
    assert all(len(row.split()) > 3 for row in out.splitlines())


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    run("--json", "--level", "note", "missing.yaml", ".", code=2)
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, json.loads(shipped.schema("cassette.check/1")))
    assert {each["code"] for each in found["findings"]} >= {"stream-cut-off", "body-compressed", "header-volatile"}
    assert [error["path"] for error in found["errors"]] == ["missing.yaml"]


def test_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    run("--format", "sarif", "--select", "body-compressed", "--fail-on", "error", code=0)
    (made,) = json.loads(capsys.readouterr().out)["runs"]
    (result,) = made["results"]
    assert (result["ruleId"], result["level"]) == ("body-compressed", "note")
    assert made["tool"]["driver"]["rules"] == [
        {"id": "body-compressed", "shortDescription": {"text": CHECKS["body-compressed"].summary}}
    ]


def test_github(capsys: pytest.CaptureFixture[str]) -> None:
    run("--format", "github", "--level", "error")
    assert capsys.readouterr().out == (
        f"::error file={CUT},line=44,col=15,title=stream-cut-off"
        "::interaction 0, event 3: the stream ends before the reply does\n"
    )


ENDS: list[tuple[list[str], int]] = [
    ([], 1),
    (["openai_chat_text.yaml"], 0),
    (["--fail-on", "never"], 0),
    (["--ignore", "stream-*"], 0),
    (["--select", "body-*"], 0),
    (["--select", "body-*", "--fail-on", "note"], 1),
    (["--select", "body-lagre"], 2),
    (["--level", "grave"], 2),
    (["--format", "xml"], 2),
    (["--fix", "-"], 2),
    (["--tests", "nowhere"], 2),
    ([__file__], 2),
    (["--skip-others", __file__], 0),
]


@pytest.mark.parametrize(("args", "code"), ENDS, ids=[" ".join(map(os.path.basename, args)) for args, _ in ENDS])
def test_how_it_ends(args: list[str], code: int) -> None:
    run(*args, code=code)


def test_fix_mends_what_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--fix", "--select", "body-*", code=0)
    out, err = capsys.readouterr()
    assert (out, err) == ("", "cassette: mended 1 finding\n")
    text = (folder / GZIP).read_text()
    assert "content-encoding" not in text
    assert "string: |+\n        data: {" in text
    assert (folder / CUT).read_bytes() == (SAMPLES / "vcrpy" / CUT).read_bytes()


def test_fix_says_what_is_left(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--fix", "--select", "header-volatile", "--select", "stream-cut-off")
    out, err = capsys.readouterr()
    assert out == f"{CUT}:44:15: error: interaction 0, event 3: {CUT_OFF} [stream-cut-off]\n"
    assert err == "cassette: mended 3 findings\ncassette: 1 error in 1 recording\n"
    assert all("date:" not in path.read_text() for path in folder.glob("*.yaml"))


def test_diff_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / GZIP).read_bytes()
    run("--diff", "--select", "body-*", "--select", "header-*", GZIP)
    check_golden("check-diff.txt", capsys.readouterr().out)
    assert (folder / GZIP).read_bytes() == before


def test_a_file_that_cannot_be_written_is_an_error_and_its_findings_stay(folder: Path) -> None:
    (folder / GZIP).chmod(0o444)
    run("--fix", "--select", "body-*", "--json", code=2)
    assert (folder / GZIP).read_bytes() == (SAMPLES / "vcrpy" / GZIP).read_bytes()


def test_settings_of_the_nearest_configuration(folder: Path) -> None:
    (folder / "cassette.toml").write_text("[check]\nignore = ['stream-cut-off']\n")
    run(code=0)
    (folder / "cassette.toml").write_text("[check.levels]\nstream-cut-off = 'note'\n")
    run(code=0)
    (folder / "cassette.toml").write_text(f"[check.per-file-ignores]\n'{CUT}' = ['stream-*']\n")
    run(code=0)
    (folder / "cassette.toml").write_text("[check]\nfail-on = 'never'\n")
    run(code=0)
    run("--fail-on", "error")
    (folder / "cassette.toml").write_text("[check]\nlevels = 5\n")
    run(code=2)


def test_secrets_that_the_settings_of_redact_allow(folder: Path) -> None:
    text = (folder / "openai_chat_text.yaml").read_text()
    token = "ab12" * 8
    (folder / "openai_chat_text.yaml").write_text(
        text.replace("      accept:\n", f"      x-api-key:\n      - {token}\n      accept:\n", 1)
    )
    run("openai_chat_text.yaml")
    (folder / "cassette.toml").write_text("[[redact.allow]]\nwhere = 'request.headers.x-api-key'\n")
    run("openai_chat_text.yaml", code=0)


def test_names_of_tests(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "test_x.py").write_text("def test_it(): load('openai_chat_text.yaml')\n")
    run("--tests", ".", "--select", "recording-unnamed")
    assert capsys.readouterr().out.splitlines() == [
        f"{name}:1:1: warning: no test names this recording [recording-unnamed]" for name in (CUT, GZIP)
    ]


def test_one_reply_in_two_files_stays_found_after_a_fix(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(folder / GZIP, folder / "z.yaml")
    run("--fix", "--select", "body-*", "--select", "response-id-reused", GZIP, "z.yaml", code=0)
    assert [row.rpartition(" ")[2] for row in capsys.readouterr().out.splitlines()] == ["[response-id-reused]"]
