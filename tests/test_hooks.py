"""The hooks of .pre-commit-hooks.yaml in the real pre-commit, in a scratch repository. Only the test that has them
installed needs a package index."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from planted import put, secret, vcrpy

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
KEY = secret()
# How pip says that it cannot reach one.
NO_INDEX = re.compile("Could not find a version|No matching distribution|Failed to establish a new connection")
TEXT = vcrpy(headers={"authorization": f"Bearer {KEY}"})

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None or shutil.which("git") is None, reason="pre-commit is not installed"
)


def hooks() -> dict[str, dict[str, Any]]:
    """The hooks as the manifest has them, by id, with this Python and this checkout instead of an installation."""
    held = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    for hook in held:
        hook["entry"] = f"{sys.executable} -m {hook['entry'].replace('cassette', 'cassette_cli', 1)}"
        hook["language"] = "system"
    return {hook["id"]: hook for hook in held}


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def work_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new repository, nothing of the user's own settings, and pre-commit's files beside it."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    subprocess.run(["git", "init", "--quiet"], check=True)
    return folder


def configured(folder: Path, hook: dict[str, Any]) -> None:
    put(folder, ".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}))
    subprocess.run(["git", "add", "."], check=True)


def test_the_manifest_is_one() -> None:
    done = run("validate-manifest", str(MANIFEST))
    assert done.returncode == 0, done.stdout


def test_check_fails_and_changes_nothing(work_tree: Path) -> None:
    path = put(work_tree, "a.yaml", TEXT)
    put(work_tree, "other.yaml", "a: 1\n")
    put(work_tree, "broken.json", "{")
    configured(work_tree, hooks()["cassette-redact-check"])
    done = run("run")
    assert done.returncode == 1
    assert "a.yaml:8:16: interaction 0: request.headers.authorization: openai-api-key" in done.stdout
    assert KEY not in done.stdout
    assert path.read_text() == TEXT


def test_check_says_what_is_wrong(work_tree: Path) -> None:
    put(work_tree, "a.yaml", TEXT)
    put(work_tree, "other.yaml", "a: 1\n")
    configured(work_tree, hooks()["cassette-check"])
    done = run("run")
    assert done.returncode == 1
    found = "a.yaml:8:16: error: interaction 0: openai-api-key in request.headers.authorization [secret-left]"
    assert found in done.stdout
    assert KEY not in done.stdout


def test_redact_changes_files_once(work_tree: Path) -> None:
    path = put(work_tree, "a.yaml", TEXT)
    put(work_tree, "other.yaml", "a: 1\n")
    configured(work_tree, hooks()["cassette-redact"])
    done = run("run")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert path.read_text() == TEXT.replace(KEY, "<openai-api-key-1>")
    subprocess.run(["git", "add", "."], check=True)
    done = run("run")
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout


def test_as_pre_commit_installs_them(work_tree: Path) -> None:
    """All hooks, from a commit of this checkout, in an environment that pre-commit makes; in order of their names."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout of a git repository")
    paths = [put(work_tree, f"{number}.yaml", TEXT) for number in range(3)]
    put(work_tree, "other.yaml", "a: 1\n")
    subprocess.run(["git", "add", "."], check=True)
    done = run("try-repo", str(ROOT), "--all-files")
    if NO_INDEX.search(done.stdout):
        pytest.skip("pre-commit could not install the hooks: no package index is reachable")
    assert done.returncode == 1
    checked, replaced = done.stdout.split("cassette check...")[1].split("cassette redact...")
    for number in range(3):
        assert f"{number}.yaml:8:16: error: interaction 0: openai-api-key" in checked
        assert f"{number}.yaml:8:16: interaction 0: request.headers.authorization: openai-api-key " in replaced
    assert "exit code: 1" in checked
    assert "files were modified" not in checked
    assert "files were modified by this hook" in replaced
    assert KEY not in done.stdout
    assert {path.read_text() for path in paths} == {TEXT.replace(KEY, "<openai-api-key-1>")}
    again = run("try-repo", str(ROOT), "--all-files")
    assert again.returncode == 0, again.stdout
    assert again.stdout.count("Passed") == 3


def test_the_hooks_of_the_documentation(work_tree: Path) -> None:
    """What docs/redact.md says to write are the hooks of the manifest."""
    page = (ROOT / "docs" / "redact.md").read_text(encoding="utf-8")
    [config] = re.findall(r"```yaml\n# \.pre-commit-config\.yaml\n(.*?)```", page, re.DOTALL)
    path = put(work_tree, "config.yaml", config)
    done = run("validate-config", str(path))
    assert done.returncode == 0, done.stdout
    [repository] = yaml.safe_load(config)["repos"]
    assert repository["repo"] == "local"
    named = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}
    for hook in repository["hooks"]:
        assert hook.pop("additional_dependencies") == ["cassette-cli"]
        assert hook.items() <= named[hook["id"]].items()


def test_no_recordings_no_failure(work_tree: Path) -> None:
    put(work_tree, "other.yaml", "a: 1\n")
    put(work_tree, "clean.yaml", vcrpy())
    for hook in hooks().values():
        configured(work_tree, hook)
        done = run("run", "--all-files")
        assert done.returncode == 0, done.stdout


def test_batches_side_by_side_do_no_harm(work_tree: Path) -> None:
    """pre-commit starts as many processes as there are processors where a hook does not ask for one."""
    paths = [put(work_tree, f"{number}.yaml", TEXT) for number in range(24)]
    configured(work_tree, hooks()["cassette-redact"] | {"require_serial": False})
    assert run("run").returncode == 1
    assert {path.read_text() for path in paths} == {TEXT.replace(KEY, "<openai-api-key-1>")}
    assert sorted(path.name for path in work_tree.iterdir() if path.name.startswith(".cassette")) == []
