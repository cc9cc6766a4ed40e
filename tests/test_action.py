"""action.yml: it is what GitHub's schema says, nothing from a pull request becomes code, and its steps do what they say
when a shell runs them in a real repository, with `gh` replaced by a recorder of its arguments."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from planted import put, vcrpy
from repositories import commit, git, needs_git

ROOT = Path(__file__).resolve().parents[1]
ACTION = ROOT / "action.yml"
STEPS: dict[str, dict[str, Any]] = {
    step.get("name", step.get("uses", "")): step
    for step in yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
}
GH = f"""#!{sys.executable}
import json, os, sys
body = [word.partition("@")[2] for word in sys.argv if word.startswith("body=@")]
said = {{"args": sys.argv[1:], "body": open(body[0]).read() if body else None}}
with open(os.environ["GH_LOG"], "a") as log:
    print(json.dumps(said), file=log)
if os.environ.get("GH_FAILS") == sys.argv[2]:
    sys.exit(1)
if "--paginate" in sys.argv:
    print(os.environ.get("GH_FOUND", ""))
"""


@pytest.mark.parametrize("name", ["action.yml", "examples/pull-request.yml"])
def test_it_is_what_the_schema_says(name: str) -> None:
    schema = "vendor.github-actions" if name == "action.yml" else "vendor.github-workflows"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / name)]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    assert checked.returncode == 0, checked.stdout


def test_no_expression_stands_in_a_script_and_actions_are_pinned() -> None:
    for name, step in STEPS.items():
        assert "${{" not in step.get("run", ""), name
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step.get("uses", f"a/b@{'0' * 40}")), name


@pytest.fixture
def runner(work_tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose branch `topic` re-recorded one recording, and the folder of a runner; `gh` writes what it is
    asked into `gh.log`."""
    put(work_tree, "c/a b.yaml", vcrpy(reply=["five"]))
    put(work_tree, "c/x.yaml", vcrpy())
    commit("first")
    git("switch", "--quiet", "--create", "topic")
    put(work_tree, "c/a b.yaml", vcrpy(reply=["six"]))
    commit("again")
    bin_ = tmp_path / "runner/cassette/bin"
    for path, text in (
        (bin_ / "cassette", f'#!/bin/sh\nexec "{sys.executable}" -P -m cassette_cli "$@"\n'),
        (bin_ / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'),
        (tmp_path / "bin/gh", GH),
    ):
        put(path.parent, path.name, text).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    for name, value in {
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_REPOSITORY": "owner/repo",
        "GH_LOG": str(tmp_path / "gh.log"),
        "BASE": git("rev-parse", "main").strip(),
        "HEAD": git("rev-parse", "topic").strip(),
        "PATHS": "",
        "IGNORE": "",
        "FAIL_ON": "never",
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def run(name: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A step as the runner runs it."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]],
        env=os.environ | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def compared(runner: Path, **environ: str) -> dict[str, str]:
    """The outputs of the comparison."""
    done = run("Compare", **environ)
    assert done.returncode == 0, done.stdout
    return dict(line.split("=", 1) for line in (runner / "output").read_text().splitlines())


def asked(runner: Path) -> list[dict[str, Any]]:
    """What `gh` was asked."""
    return [json.loads(line) for line in (runner / "gh.log").read_text().splitlines()]


@needs_git
@pytest.mark.parametrize(
    ("environ", "status", "verdict"),
    [
        ({}, "0", "wording"),
        ({"FAIL_ON": "wording"}, "1", "wording"),
        ({"FAIL_ON": "request"}, "0", "wording"),
        ({"PATHS": "c/a b.yaml\n\n", "FAIL_ON": "wording"}, "1", "wording"),
        ({"PATHS": "c/x.yaml", "FAIL_ON": "cosmetic"}, "0", "identical"),
        ({"IGNORE": "text\nchunks\n", "FAIL_ON": "wording"}, "0", "identical"),
    ],
    ids=str,
)
def test_compare(runner: Path, environ: dict[str, str], status: str, verdict: str) -> None:
    found = compared(runner, **environ)

    assert (found["status"], found["verdict"]) == (status, verdict)
    text = Path(found["report"]).read_text()
    assert text.startswith("<!-- cassette diff -->\n**Recordings: ")
    assert text == (runner / "summary").read_text()
    assert ("[-five-]{+six+}" in text) is (verdict == "wording")


@needs_git
def test_a_recording_that_cannot_be_read_fails_in_any_case(runner: Path) -> None:
    put(Path.cwd(), "c/x.yaml", vcrpy().replace("interactions:", "interactions: ["))
    commit("broken")
    found = compared(runner, HEAD=git("rev-parse", "HEAD").strip())

    assert found["status"] == "2"
    assert run("Verdict", STATUS="2", VERDICT=found["verdict"]).returncode == 2


@needs_git
@pytest.mark.parametrize("base", ["0" * 40, "", "--output=x", "$(touch ran)"])
@pytest.mark.usefixtures("runner")
def test_a_commit_that_is_not_there(base: str) -> None:
    done = run("Compare", BASE=base)

    assert done.returncode == 2
    assert f"::error::The commit {base} is not there: check out with fetch-depth 0." in done.stdout
    assert not list(Path.cwd().glob("x")) + list(Path.cwd().glob("ran"))


@needs_git
def test_the_comment_is_made_once_and_then_kept_up_to_date(runner: Path) -> None:
    found = compared(runner)
    told = {"NUMBER": "7", "REPORT": found["report"], "VERDICT": "wording"}

    assert run("Comment", **told).returncode == 0
    assert run("Comment", **told, GH_FOUND="12\n13").returncode == 0
    assert run("Comment", **told | {"VERDICT": "identical"}, GH_FOUND="12").returncode == 0
    assert [each["args"][-5:] for each in asked(runner) if each["body"]] == [
        ["--silent", "--method", "POST", "repos/owner/repo/issues/7/comments", "--field", f"body=@{found['report']}"][
            -5:
        ],
        ["--method", "PATCH", "repos/owner/repo/issues/comments/12", "--field", f"body=@{found['report']}"],
        ["--method", "PATCH", "repos/owner/repo/issues/comments/12", "--field", f"body=@{found['report']}"],
    ]
    assert all("[-five-]{+six+}" in each["body"] for each in asked(runner) if each["body"])


@needs_git
def test_nothing_to_say_makes_no_comment(runner: Path) -> None:
    found = compared(runner, PATHS="c/x.yaml")

    assert run("Comment", NUMBER="7", REPORT=found["report"], VERDICT=found["verdict"]).returncode == 0
    assert [each["body"] for each in asked(runner)] == [None]


@needs_git
@pytest.mark.parametrize("fails", ["--paginate", "--silent"])
def test_a_token_that_may_not_comment_is_a_warning(runner: Path, fails: str) -> None:
    found = compared(runner)
    done = run("Comment", NUMBER="7", REPORT=found["report"], VERDICT="wording", GH_FAILS=fails)

    assert done.returncode == 0
    assert "::warning::" in done.stdout


@pytest.mark.parametrize("status", ["0", "1", "2"])
def test_the_verdict_is_the_exit_code(status: str) -> None:
    done = run("Verdict", STATUS=status, VERDICT="wording")

    assert done.returncode == int(status)
    assert ("::error::" in done.stdout) is (status != "0")
