"""`cassette redact --staged`: what git would commit, whatever the work tree holds."""

import sys
from pathlib import Path

import pytest
from planted import put, secret, vcrpy
from repositories import git, needs_git

from cassette_cli import cli

KEY = secret()
TEXT = vcrpy(headers={"authorization": f"Bearer {KEY}"})

pytestmark = [needs_git, pytest.mark.usefixtures("work_tree")]


def staged(*args: str, code: int) -> None:
    assert cli.run(["redact", "--staged", *args]) == code


def test_the_index_is_what_counts(work_tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work_tree, "a.yaml", TEXT)
    staged("--check", code=0)
    git("add", "a.yaml")
    put(work_tree, "a.yaml", vcrpy())
    put(work_tree, "b.yaml", TEXT)
    staged("--check", code=1)
    assert capsys.readouterr().out.startswith("a.yaml:8:16: ")
    git("add", "a.yaml")
    staged("--check", code=0)


def test_what_is_committed_is_done(work_tree: Path) -> None:
    put(work_tree, "a.yaml", TEXT)
    git("add", "a.yaml")
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "x")
    staged("--check", code=0)


def test_a_fix_is_in_the_work_tree_and_says_what_to_add(work_tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put(work_tree, "x/a.yaml", TEXT)
    git("add", "x")
    staged(code=1)
    assert path.read_text() == TEXT.replace(KEY, "<openai-api-key-1>")
    assert "x/a.yaml: git would still commit the secrets; git add it" in capsys.readouterr().err
    git("add", "x")
    staged(code=0)


def test_changes_that_are_not_staged_are_pointed_out(work_tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work_tree, "a.yaml", TEXT)
    git("add", "a.yaml")
    path = put(work_tree, "a.yaml", TEXT.replace("Hello", "Goodbye"))
    staged(code=1)
    assert KEY not in path.read_text()
    assert "changes that are not staged" in capsys.readouterr().err


def test_paths_limit_it_and_other_files_do_not_matter(
    work_tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(work_tree, "x/a b.yaml", TEXT)
    put(work_tree, "y/ü.yaml", TEXT)
    put(work_tree, "other.yaml", "a: 1\n")
    put(work_tree, "binary.bin", "\0\1")
    git("add", ".")
    staged("--check", "x", code=1)
    assert [row.split(":")[0] for row in capsys.readouterr().out.splitlines()] == ["x/a b.yaml"]
    monkeypatch.chdir(work_tree / "x")
    staged("--check", code=1)
    assert [row.split(":")[0] for row in capsys.readouterr().out.splitlines()] == ["a b.yaml", "../y/ü.yaml"]


def test_diff_of_the_index(work_tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work_tree, "a.yaml", TEXT)
    git("add", "a.yaml")
    put(work_tree, "a.yaml", "gone")
    staged("--diff", code=1)
    assert "-      - Bearer ********\n" in capsys.readouterr().out


def test_outside_of_a_work_tree_it_is_an_error(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    staged("--check", code=2)
    assert "git rev-parse: fatal: not a git repository" in capsys.readouterr().err


def test_as_a_clean_filter(work_tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/redact.md says how: what is committed has placeholders, what is in the work tree stays."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    command = f"{sys.executable} -m cassette_cli redact - --skip-others --stdin-filename %f"
    git("config", "filter.cassette.clean", command)
    git("config", "filter.cassette.smudge", "cat")
    git("config", "filter.cassette.required", "true")
    put(work_tree, ".gitattributes", "*.yaml filter=cassette\n")
    path = put(work_tree, "a.yaml", TEXT)
    put(work_tree, "other.yaml", "a: 1\n")
    git("add", ".")
    assert git("show", ":a.yaml") == TEXT.replace(KEY, "<openai-api-key-1>")
    assert git("show", ":other.yaml") == "a: 1\n"
    assert path.read_text() == TEXT
    staged("--check", code=0)
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "--message", "one")
    # A file as young as the index is filtered again, and the filter says what it did.
    assert [line for line in git("status", "--porcelain").splitlines() if not line.startswith("cassette: ")] == []
    path.unlink()
    git("checkout", "--", "a.yaml")
    assert path.read_text() == TEXT.replace(KEY, "<openai-api-key-1>")
