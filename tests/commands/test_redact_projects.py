"""Which settings hold for which file, and what they do in a run."""

from pathlib import Path

import pytest
from planted import opaque, put, secret, vcrpy

from cassette_cli import cli

KEY = secret()
TEXT = vcrpy(headers={"authorization": f"Bearer {KEY}"})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*args: str, code: int) -> None:
    assert cli.run(["redact", "--check", *args]) == code


def test_the_nearest_configuration_above_a_file_counts(folder: Path) -> None:
    for name in ("a.yaml", "x/b.yaml", "x/y/c.yaml"):
        put(folder, name, TEXT)
    put(folder, "x/cassette.toml", "[redact]\nclasses = ['personal']\n")
    check("a.yaml", code=1)
    check("x/b.yaml", code=0)
    check("x/y/c.yaml", code=0)
    put(folder, "x/y/pyproject.toml", "[tool.other]\n")
    check("x/y/c.yaml", code=0)
    put(folder, "x/y/pyproject.toml", "[tool.cassette.redact]\nclasses = 'all'\n")
    check("x/y/c.yaml", code=1)


def test_the_command_line_counts_more(folder: Path) -> None:
    put(folder, "a.yaml", TEXT)
    put(folder, "cassette.toml", "[redact]\nclasses = ['personal']\nplaceholders = 'fixed'\n")
    check("a.yaml", "--class", "credentials", code=1)
    cli.run(["redact", "a.yaml", "--class", "credentials", "--placeholder-style", "shape"])
    assert "REDACTED" not in (folder / "a.yaml").read_text()


def test_a_wrong_configuration_is_one_error_with_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.yaml", TEXT)
    put(folder, "b.yaml", TEXT)
    put(folder, "cassette.toml", "[redact]\n\nclases = 1\n")
    check("a.yaml", "b.yaml", code=2)
    assert capsys.readouterr().err == ("cassette.toml:3: unknown setting redact.clases; did you mean classes?\n")


def test_rules_of_ones_own(folder: Path) -> None:
    put(folder, "cassette.toml", "[[redact.rule]]\nid = 'greeting'\nliteral = 'Hello'\n")
    path = put(folder, "a.yaml", vcrpy(reply=("Hel", "lo!")))
    assert cli.run(["redact", "a.yaml"]) == 0
    assert "<greeting-1>" in path.read_text()
    check("a.yaml", code=0)


@pytest.mark.parametrize("where", ["environment", "file"])
def test_values_of_variables(folder: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value = opaque()
    put(folder, "cassette.toml", "[redact]\nenv = ['MY_*']\nenv-file = '.env'\n")
    if where == "environment":
        monkeypatch.setenv("MY_SECRET", value)
    else:
        put(folder, ".env", f"MY_SECRET='{value}'\nOTHER=Hello\n")
    path = put(folder, "a.yaml", vcrpy(prompt=f"what is {value}", reply=(value[:5], value[5:])))
    assert cli.run(["redact", "a.yaml"]) == 0
    assert value not in path.read_text()
    assert path.read_text().count("<my-secret-1>") == 2


def test_what_is_allowed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.yaml", TEXT)
    put(folder, "cassette.toml", "[redact]\nsalt = 's'\n")
    check("a.yaml", code=1)
    fingerprint = capsys.readouterr().out.split()[-1]
    put(folder, "cassette.toml", f"[redact]\nsalt = 's'\n[[redact.allow]]\nfingerprint = '{fingerprint}'\n")
    check("a.yaml", code=0)
    put(folder, "cassette.toml", f"[redact]\nsalt = 't'\n[[redact.allow]]\nfingerprint = '{fingerprint}'\n")
    check("a.yaml", code=1)
    put(folder, "cassette.toml", "[[redact.allow]]\nwhere = 'request.headers.*'\npath = 'a.*'\n")
    check("a.yaml", code=0)
    put(folder, "x/a.yaml", TEXT)
    check("x/a.yaml", code=1)


def test_a_baseline_of_the_configuration(folder: Path) -> None:
    put(folder, "x/a.yaml", TEXT)
    put(folder, "cassette.toml", "[redact]\nbaseline = 'known.json'\n")
    check("x/a.yaml", code=2)
    assert cli.run(["redact", "--update-baseline", "x"]) == 0
    assert '"path": "x/a.yaml"' in (folder / "known.json").read_text()
    check("x/a.yaml", code=0)
    put(folder, "cassette.toml", "[redact]\nbaseline = 'known.json'\nsalt = 'another'\n")
    check("x/a.yaml", code=2)
