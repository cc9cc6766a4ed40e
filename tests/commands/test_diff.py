"""`cassette diff`: what it compares, how it prints, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cassette_cli import cli
from cassette_cli.shipped import schema

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
OLD = SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply.yaml"
NEW = SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply_again.yaml"
TEXT = SAMPLES / "go_vcr" / "openai_chat_text.yaml"

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a diff, checks its exit code, and gives what it printed."""

    def ran(*args: str | Path, code: int = 1) -> str:
        assert cli.run(["diff", *map(str, args)]) == code, capsys.readouterr()
        return capsys.readouterr().out

    return ran


def document(text: str) -> Any:
    """A document of cassette.diff/1, held against its schema."""
    found = json.loads(text)
    jsonschema.validate(found, json.loads(schema("cassette.diff/1")))
    return found


def reworded(path: Path, to: Path, old: str = "Nothing more", new: str = "Nothing else") -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8")
    assert old in text
    to.write_text(text.replace(old, new), encoding="utf-8")
    return to


def test_two_files(run: Run) -> None:
    found = document(run(OLD, NEW, "--json"))

    (file,) = found["files"]
    first, second = file["interactions"]
    assert (found["verdict"], file["old"], file["new"]) == ("behaviour", str(OLD), str(NEW))
    assert (first["old"], first["new"], first["verdict"], second["verdict"]) == (0, 0, "behaviour", "request")
    change = next(each for each in first["changes"] if each["class"] == "behaviour")
    assert change == {
        "where": "reply.messages[0].tool_calls[1].arguments.b",
        "class": "behaviour",
        "part": "tool_calls",
        "old": 3,
        "new": 4,
    }
    (text,) = [each for each in second["changes"] if each["part"] == "text"]
    assert text["words"] == [{"old": "6", "new": "8"}]
    assert {"op": "replace", "path": "/messages/0/parts/1/arguments/b", "value": 4} in first["patch"]


def test_a_file_and_itself(run: Run) -> None:
    assert run(OLD, OLD, code=0) == "identical\n"
    assert document(run(OLD, OLD, "--json", code=0))["verdict"] == "identical"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "behaviour"], 1),
        (["--fail-on", "never"], 0),
        (["--ignore", "tool_calls", "--fail-on", "behaviour"], 0),
        (["--ignore", "tool_calls,request,text,usage,chunks,ids,headers"], 0),
        (["--only", "tool_calls"], 1),
        (["--only", "status"], 0),
        (["--only", "tool_calls", "--ignore-path", "reply.messages[*].tool_calls[*].arguments.b"], 0),
        (["--only", "tool_calls", "--ignore-path", "**.arguments"], 0),
        (["--only", "tool_calls", "--tolerance", "1", "--fail-on", "usage"], 0),
        (["--only", "usage", "--fail-on", "wording"], 0),
    ],
)
def test_what_counts(run: Run, options: list[str], code: int) -> None:
    run(OLD, NEW, *options, code=code)


def test_directories(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        (folder / "sub").mkdir(parents=True)
        shutil.copy(OLD, folder / "same.yaml")
        (folder / "notes.yaml").write_text("a: 1\n")
    shutil.copy(TEXT, old / "sub" / "text.yaml")
    reworded(TEXT, new / "sub" / "text.yaml")
    shutil.copy(SAMPLES / "go_vcr" / "http_json.yaml", old / "gone.yaml")
    shutil.copy(SAMPLES / "go_vcr" / "http_form.yaml", new / "come.yaml")
    shutil.copy(SAMPLES / "go_vcr" / "anthropic_text.yaml", old / "before.yaml")
    reworded(SAMPLES / "go_vcr" / "anthropic_text.yaml", new / "sub" / "after.yaml", "code: 200", "code: 201")

    found = document(run(old, new, "--json"))

    def name(path: str | None) -> str | None:
        return path and Path(path).relative_to(tmp_path).as_posix()

    assert [(name(each["old"]), name(each["new"]), each["verdict"]) for each in found["files"]] == [
        (None, "new/come.yaml", "behaviour"),
        ("old/gone.yaml", None, "behaviour"),
        ("old/same.yaml", "new/same.yaml", "identical"),
        ("old/before.yaml", "new/sub/after.yaml", "behaviour"),
        ("old/sub/text.yaml", "new/sub/text.yaml", "wording"),
    ]
    assert run(old, new).splitlines()[-1] == "5 recordings: 3 behaviour, 1 wording, 1 identical"


def test_standard_input(run: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cassette_cli", "diff", "-", str(NEW), "--stat"],
        input=OLD.read_bytes(),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout.decode().startswith(f"behaviour  - → {NEW}  2 changed: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope.yaml", "{old}"], "nope.yaml: no such file or directory"),
        (["{old}", "nope.yaml"], "nope.yaml: no such file or directory"),
        (["{old}", "{samples}"], "a directory can only be compared with a directory"),
        (["-", "-"], "standard input can be only one of the two"),
        (["{old}", "{old}", "{old}"], "two recordings or two directories are compared"),
        (["{old}", "{readme}"], "not a cassette"),
        (["{old}", "{old}", "--only", "words"], "no such part: words"),
        (["{old}", "{old}", "--tolerance", "-1"], "a tolerance is 0 or more"),
        (["{old}", "{old}", "--json", "--stat"], "--stat goes with --format text"),
        (["{old}", "{old}", "--json", "--format", "markdown"], "--json does not go with"),
        (["{old}", "{old}", "--html", "--format", "json"], "--html does not go with --format json"),
        (["{old}", "{old}", "--html", "--json"], "--json and --html exclude each other"),
        (["{old}", "{old}", "--html", "--stat"], "--stat goes with --format text, not with html"),
    ],
)
def test_wrong_use(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    names = {"old": OLD, "samples": SAMPLES, "readme": ROOT / "README.md"}

    assert cli.run(["diff", *(word.format(**names) for word in words)]) == 2
    assert said in capsys.readouterr().err


def test_what_cannot_be_read_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bad.yaml").write_text("interactions:\n- request: {\n" + f"# {name}\n")
    shutil.copy(TEXT, tmp_path / "old" / "text.yaml")
    reworded(TEXT, tmp_path / "new" / "text.yaml")

    found = document(run(tmp_path / "old", tmp_path / "new", "--json", code=2))

    assert [each["verdict"] for each in found["files"]] == ["wording"]
    assert found["errors"][0]["path"] == str(tmp_path / "old" / "bad.yaml")


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits of two recordings, and a change of the second that is not staged."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    tests = tmp_path / "tests"
    tests.mkdir()
    shutil.copy(OLD, tests / "call.yaml")
    shutil.copy(TEXT, tests / "text.yaml")
    (tmp_path / "notes.txt").write_text("a\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    shutil.copy(NEW, tests / "call.yaml")
    (tmp_path / "notes.txt").write_text("b\n")
    git(tmp_path, "commit", "-qam", "two")
    reworded(TEXT, tests / "text.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ([], [("tests/text.yaml", "wording")]),
        (["HEAD"], [("tests/text.yaml", "wording")]),
        (["HEAD~1"], [("tests/call.yaml", "behaviour"), ("tests/text.yaml", "wording")]),
        (["HEAD~1", "HEAD"], [("tests/call.yaml", "behaviour")]),
        (["HEAD~1..HEAD"], [("tests/call.yaml", "behaviour")]),
        (["HEAD~1...main"], [("tests/call.yaml", "behaviour")]),
        (["HEAD~1", "--", "tests/text.yaml"], [("tests/text.yaml", "wording")]),
        (["HEAD~1", "tests/text.yaml"], [("tests/text.yaml", "wording")]),
        (["--", "tests/call.yaml"], []),
        (["tests"], [("tests/text.yaml", "wording")]),
        (["--staged"], []),
    ],
)
def test_revisions(run: Run, repository: Path, words: list[str], files: list[tuple[str, str]]) -> None:
    before, behind = (words[: words.index("--")], words[words.index("--") :]) if "--" in words else (words, [])

    found = document(run(*before, "--json", *behind, code=1 if files else 0))

    assert [(each["new"], each["verdict"]) for each in found["files"]] == files


def test_a_file_that_git_renamed(run: Run, repository: Path) -> None:
    git(repository, "mv", "tests/call.yaml", "moved.yaml")

    (file,) = document(run("--staged", "--json", code=0))["files"]

    assert (file["old"], file["new"], file["verdict"]) == ("tests/call.yaml", "moved.yaml", "identical")


def test_a_word_that_is_neither_file_nor_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["diff", "no-such-thing"]) == 2
    assert capsys.readouterr().err.startswith("cassette: no-such-thing: no such file or directory, and no revision (")


def test_one_line_for_each(run: Run, tmp_path: Path) -> None:
    new = reworded(TEXT, tmp_path / "text.yaml")

    assert run(TEXT, new, "--stat") == f"wording    {TEXT} → {new}  1 changed: text 1\n"


def test_chunks_and_reasons(run: Run) -> None:
    shown = run(OLD, NEW, "--chunks", "--explain", "--only", "reply")

    assert "reply.messages[0].parts[1].arguments_text  4 → 2 pieces, of 4.0 → 8.0 characters" in shown
    assert "an id, new with each reply: reply.id\n" in shown


def test_all_rules(run: Run) -> None:
    shown = run("--explain", code=0)

    assert "an id, new with each request" in shown
    assert "recorded_at, recorded_with  cosmetic: when and by which version it was recorded (Ruby VCR)" in shown


def test_markdown(run: Run) -> None:
    shown = run(OLD, NEW, "--format", "markdown")

    assert shown.startswith("**Recordings: 1 behaviour**\n\n<details><summary><b>behaviour</b> <code>")
    assert shown.endswith("```\n\n</details>\n")


def test_every_run_gives_the_same(tmp_path: Path) -> None:
    outputs = set()
    for seed in ("0", "1", "77"):
        done = subprocess.run(
            [sys.executable, "-m", "cassette_cli", "diff", SAMPLES / "go_vcr", SAMPLES / "vcrpy", "--json"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_no_credential_is_printed(run: Run, tmp_path: Path) -> None:
    import random
    import string

    keys = ["".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=40)) for seed in (1, 2)]
    paths = [reworded(TEXT, tmp_path / f"{key[:4]}.yaml", "Bearer placeholder", f"Bearer {key}") for key in keys]

    for options in ([], ["--explain", "--full"], ["--json"], ["--format", "markdown"], ["--stat"]):
        assert not any(key in run(*paths, *options) for key in keys)


def test_large_recordings_are_compared(run: Run, tmp_path: Path) -> None:
    """10,000 events on each side, every word another."""

    def recording(word: str) -> str:
        delta = {"choices": [{"index": 0, "delta": {"content": f"{word} "}, "finish_reason": None}]}
        body = f"data: {json.dumps(delta)}\n\n" * 10_000 + "data: [DONE]\n\n"
        request = {"method": "POST", "uri": "https://api.openai.example/v1/chat/completions", "headers": {}}
        asked = {"model": "m", "messages": [{"role": "user", "content": "Go on."}]}
        answer = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": body}}
        interaction = {"request": {**request, "body": json.dumps(asked)}, "response": answer}
        return json.dumps({"version": 1, "interactions": [interaction]})

    paths = [tmp_path / "one.json", tmp_path / "other.json"]
    for path, word in zip(paths, ("tick", "tock"), strict=True):
        path.write_text(recording(word))

    found = document(run(*paths, "--json"))

    assert found["verdict"] == "wording"
    assert "wording" in run(*paths)
