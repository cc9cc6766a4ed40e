"""`cassette trim`: what it prints and writes, and how it ends."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from goldens import check_golden

from cassette_cli import cli, files, shipped

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAME = "openai_chat_text.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a recording of VCR.py's and one of go-vcr's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shutil.copy(SAMPLES / "vcrpy" / NAME, tmp_path / "a.yaml")
    shutil.copy(SAMPLES / "go_vcr" / NAME, tmp_path / "b.yaml")
    return tmp_path


def run(*args: str, code: int = 0) -> None:
    assert cli.run(["trim", *args]) == code


def test_it_writes_and_says_how_much_went(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sum(len(path.read_bytes()) for path in folder.iterdir())
    run()
    out, err = capsys.readouterr()
    check_golden("trim.txt", out + err)
    after = sum(len(path.read_bytes()) for path in folder.iterdir())
    assert f"{before - after:,} bytes less" in err
    assert "user-agent" not in (folder / "a.yaml").read_text()
    # go-vcr may compare headers of requests.
    assert "User-Agent" in (folder / "b.yaml").read_text()
    run()
    assert capsys.readouterr() == ("", "")


def test_check_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "a.yaml").read_bytes()
    run("--check", "a.yaml", code=1)
    assert (folder / "a.yaml").read_bytes() == before
    assert "would drop" in capsys.readouterr().err


def test_diff(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (folder / "b.yaml").read_bytes()
    run("--diff", "b.yaml", code=1)
    check_golden("trim-diff.txt", capsys.readouterr().out)
    assert (folder / "b.yaml").read_bytes() == before


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    run("--json", "--check", "b.yaml", "missing.yaml", code=2)
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, json.loads(shipped.schema("cassette.trim/1")))
    (held,) = found["files"]
    assert {(each["name"], each["class"]) for each in held["headers"]} == {("Date", "date"), ("Server", "server")}


LEFT: list[tuple[list[str], set[str]]] = [
    ([], set()),
    (["--keep", "Date"], {"date"}),
    (["--class", "server"], {"date"}),
    (["--class", "server", "--drop", "DA*"], set()),
    (["--class", "volatile"], {"server"}),
    (["--class", "all", "--keep", "server"], {"server"}),
]


@pytest.mark.parametrize(("args", "left"), LEFT, ids=lambda value: " ".join(value))
def test_what_goes_is_chosen(folder: Path, args: list[str], left: set[str]) -> None:
    run(*args, "b.yaml")
    names = {header.name.lower() for header in files.read("b.yaml").interactions[0].response.headers}
    assert names & {"date", "server"} == left
    assert "content-type" in names


def test_settings(folder: Path) -> None:
    (folder / "cassette.toml").write_text("[trim]\nclasses = ['server']\nkeep = ['server']\n")
    run("--check", "b.yaml", code=0)
    run("--check", "--class", "date", "b.yaml", code=1)


ENDS: list[tuple[list[str], int]] = [(["-"], 2), (["--class", "cnd"], 2), (["missing.yaml"], 2), (["--check"], 1)]


@pytest.mark.parametrize(
    ("args", "code"), ENDS, ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else ""
)
def test_how_it_ends(args: list[str], code: int) -> None:
    run(*args, code=code)
