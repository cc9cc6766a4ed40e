"""The command line as a whole: exit codes, what goes where, what a start costs, and streams of every kind."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cassette_cli import __version__, cli, shipped
from cassette_cli.cli import COMMANDS
from cassette_cli.errors import CassetteError, InternalError, Where

SAMPLE = str(Path(__file__).resolve().parents[1] / "samples" / "go_vcr" / "openai_chat_sse_add_multiply.yaml")


def run(*args: str, **options: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own: `env_X` options are environment variables."""
    env = {**os.environ, **{name.removeprefix("env_"): value for name, value in options.items()}}
    command = [sys.executable, "-m", "cassette_cli", *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, check=False)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"cassette {__version__}\n"


def test_no_command_is_bad_use_and_shows_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == 2
    said = capsys.readouterr()
    assert said.out + said.err != ""
    assert all(command.name in said.out + said.err for command in COMMANDS)


BAD_USE = {
    "unknown command": (["lst"], "No such command 'lst'. Did you mean 'ls'?"),
    "unknown option": (["ls", "--nonsense"], "No such option"),
    "missing argument": (["show"], "Missing argument"),
    "unknown schema": (["schema", "x"], "cassette: no schema is named x; there are cassette.check/1, "),
    "no such file": (["ls", "absent.yaml"], "absent.yaml: cannot be read: No such file or directory\n"),
    "mistyped file": (["ls", f"{SAMPLE[:-6]}.yaml"], f"No such file or directory; did you mean {SAMPLE}?\n"),
    "mistyped file of a diff": (["diff", SAMPLE, f"{SAMPLE}x"], f"did you mean {SAMPLE}?\n"),
    "mistyped option": (["ls", "--modle", "x"], "--model"),
    "bad value": (["ls", "--status", "ok"], "'ok' is no status code like 429 or 4xx"),
}


@pytest.mark.parametrize(("args", "message"), BAD_USE.values(), ids=BAD_USE.keys())
def test_bad_use_is_2_and_said_on_stderr(args: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(args) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("command", COMMANDS, ids=[command.name for command in COMMANDS])
def test_help_of_a_command_ends_with_examples(command: cli.Subcommand, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([command.name, "--help"]) == 0
    told = capsys.readouterr().out
    assert command.summary in told
    examples = told[told.index("  Examples:") :].splitlines()[2:]
    assert examples
    assert all(line.startswith((f"    cassette {command.name}", "    git ")) for line in examples if line)
    assert any(line.startswith(f"    cassette {command.name}") for line in examples)


@pytest.mark.parametrize("words", [[], ["show"], ["git", "enable"]], ids=" ".join)
def test_help_is_asked_for_as_with_git(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*words, "--help"]) == 0
    told = capsys.readouterr().out
    assert cli.run(["help", *words]) == 0
    assert capsys.readouterr().out == told != ""


def test_summaries_are_the_first_lines_of_the_help_and_fit_into_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["--help"])
    told = capsys.readouterr().out
    for command in COMMANDS:
        assert f"{command.name} " in told
        assert command.summary in told
        assert cli.loaded(command.name).help.splitlines()[0] == command.summary


ERRORS = {
    "input": (CassetteError("no", Where("a.yaml", 3, 7)), 2, "a.yaml:3:7: no\n"),
    "use": (CassetteError("no"), 2, "cassette: no\n"),
    "a name that is hostile": (CassetteError("no", Where("a\x1b[31m\n.yaml")), 2, "a\\x1b[31m\\n.yaml: no\n"),
    "interrupted": (KeyboardInterrupt(), 130, ""),
    "exit": (typer.Exit(1), 1, ""),
}


@pytest.mark.parametrize(("error", "code", "said"), ERRORS.values(), ids=ERRORS.keys())
def test_errors_become_exit_codes(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shipped, "schema_names", lambda: raise_(error))
    assert cli.run(["schema"]) == code
    assert capsys.readouterr() == ("", said)


def raise_(error: BaseException) -> list[str]:
    raise error


@pytest.mark.parametrize("error", [KeyError("recorded"), InternalError("two edits overlap at 3"), RecursionError()])
def test_a_bug_is_3_and_one_line(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shipped, "schema_names", lambda: raise_(error))
    assert cli.run(["schema"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("cassette: this is a bug in cassette: ")
    assert said.count("\n") == 1
    assert ("overlap" if isinstance(error, InternalError) else f"{type(error).__name__} at test_cli.py:") in said
    assert "recorded" not in said


def test_a_bug_shows_where_it_came_from_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASSETTE_TRACEBACK", "1")
    monkeypatch.setattr(shipped, "schema_names", lambda: raise_(KeyError("x")))
    assert cli.run(["schema"]) == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize("args", [["ls", SAMPLE], ["ls", SAMPLE, "--json"], ["show", SAMPLE], ["schema"]], ids=" ".join)
def test_a_pipe_that_closes_is_quiet(args: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "cassette_cli", *args]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (cli.BROKEN_PIPE, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("args", [["ls", SAMPLE], ["show", SAMPLE, "--json"], ["schema"]], ids=" ".join)
def test_a_full_disk_is_2_and_one_line(args: list[str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    command = [sys.executable, "-m", "cassette_cli", *args]
    done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    os.close(full)
    assert done.returncode == 2
    assert done.stderr == "cassette: the output cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell that can close a stream")
@pytest.mark.parametrize(
    ("line", "code"),
    [("ls {0} >&-", 0), ("show {0} --json >&-", 0), ("show absent.yaml 2>&-", 2), ("show - <&-", 2)],
)
def test_closed_streams_are_no_bug(line: str, code: int) -> None:
    command = f"{sys.executable} -m cassette_cli {line.format(SAMPLE)}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert "bug" not in done.stderr


def test_an_error_that_is_placed_stays_what_it_is() -> None:
    placed = InternalError("x", Where(None, 3)).at("a.yaml")
    assert isinstance(placed, InternalError)
    assert str(placed) == "a.yaml:3: x"


# A lone surrogate, an escape sequence, a bidirectional override, a C1 control, and an emoji.
AWKWARD = """{"interactions": [{
"request": {"method": "GET", "uri": "http://a.example/\\ud83d\\u001b[31m\\u202e\\u009b", "body": null, "headers": {}},
"response": {"status": {"code": 200, "message": "OK"}, "headers": {}, "body":
{"string": "gr\\u00fcn \\ud83d \U0001f600\\u009b"}}
}]}"""


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
@pytest.mark.parametrize(
    "args", [["ls"], ["show"], ["ls", "--json"], ["show", "--json"], ["show", "--jsonl"]], ids=" ".join
)
def test_any_text_survives_any_locale(tmp_path: Path, args: list[str], locale: str) -> None:
    (tmp_path / "ü.yaml").write_text(AWKWARD, encoding="utf-8")
    plain = {"env_LC_ALL": locale, "env_LANG": locale, "env_PYTHONCOERCECLOCALE": "0", "env_PYTHONUTF8": "0"}
    done = run(*args, str(tmp_path / "ü.yaml"), **plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Traceback" not in done.stdout
    assert not {"\x1b", "\u202e", "\x9b"} & set(done.stdout)
    assert "\\u" in done.stdout or "\\x1b" in done.stdout
    if "--json" in args or "--jsonl" in args:
        told = json.loads(done.stdout)
        interaction = told["cassettes"][0]["interactions"][0] if "cassettes" in told else told
        assert interaction.get("request", interaction)["url"] == "http://a.example/\ud83d\x1b[31m\u202e\x9b"


def test_one_bad_file_among_others(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("interactions:\n- request: {\n", encoding="utf-8")
    done = run("ls", str(tmp_path / "bad.yaml"), SAMPLE, "--json")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{tmp_path / 'bad.yaml'}:3:1: not YAML")
    told = json.loads(done.stdout)
    assert [each["path"] for each in told["cassettes"]] == [SAMPLE]
    assert [(each["line"], each["column"]) for each in told["errors"]] == [(3, 1)]


# What costs time to import, and is there for some of what a command does.
DEAR = {
    "rich",
    "ruamel",
    "pathspec",
    "brotli",
    "yaml",
    "re2",
    "jsonschema_rs",
    "grapheme",
    "tomllib",
    "hashlib",
    "secrets",
}
DEAR |= {"multiprocessing", "concurrent", "fractions"}
FOR_YAML = {"ruamel", "fractions"}
SMALL = {"cassette_cli", *(f"cassette_cli.{name}" for name in ("cli", "errors", "commands", "commands.terminal"))}
SCHEMA = {f"cassette_cli.{name}" for name in ("commands.app", "commands.schema", "shipped")}


def imported(*args: str, cwd: Path | None = None) -> set[str]:
    """The modules that a command line loads."""
    code = (
        f"import sys; from cassette_cli import cli; cli.run({list(args)}); print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=cwd)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("args", "ours"),
    [
        (["--version"], SMALL),
        (["--help"], SMALL),
        (["schema"], SMALL | SCHEMA),
    ],
    ids=["--version", "--help", "schema"],
)
def test_what_a_start_imports(args: list[str], ours: set[str]) -> None:
    loaded = imported(*args)
    assert {name for name in loaded if name.startswith("cassette_cli")} == ours
    assert not {name.partition(".")[0] for name in loaded} & DEAR


@pytest.mark.parametrize(
    ("args", "dear"),
    [
        (["show"], FOR_YAML),
        (["show", "--json"], FOR_YAML),
        (["ls"], FOR_YAML),
        (["diff", SAMPLE], FOR_YAML),
        (["redact", "--check"], FOR_YAML | {"re2"}),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_what_a_command_imports_for_one_file(args: list[str], dear: set[str], tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "a.yaml")
    loaded = imported(*args, "a.yaml", cwd=tmp_path)
    assert {name.partition(".")[0] for name in loaded} & DEAR <= dear
    recorders = {name for name in loaded if name.startswith("cassette_cli.recorders.")}
    assert recorders == {f"cassette_cli.recorders.{name}" for name in ("base", "vcrpy", "go_vcr")}
    assert "cassette_cli.protocols.mcp" not in loaded


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", {"show", "ls", "schema"}),
        ("s", {"show", "schema"}),
        ("ls --js", {"--json"}),
        ("ls --no-s", {"--no-streamed"}),
    ],
)
def test_completion(typed: str, offered: set[str]) -> None:
    words = f"cassette {typed}"
    done = run(env__CASSETTE_COMPLETE="complete_bash", env_COMP_WORDS=words, env_COMP_CWORD=str(words.count(" ")))
    assert offered <= set(done.stdout.split())
    assert done.returncode == 0
