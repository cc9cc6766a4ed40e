"""`cassette completion`, in real shells."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cassette_cli import cli

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SUM = SAMPLES / "vcrpy" / "openai_chat_sse_add_multiply.yaml"

# Each prints, line by line, what the shell offers for the last of the words that it is given.
IN_SHELL = {
    "bash": """
eval "$(cassette completion bash)"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_cassette_completion cassette
printf '%s\\n' "${COMPREPLY[@]}"
""",
    "zsh": """
compdef() { }
_files() { }
_arguments() { eval "offers=( ${1[7,-3]} )"; print -l -- $offers }
eval "$(cassette completion zsh)"
words=("$@"); CURRENT=$#
_cassette_completion
""",
    "fish": """
cassette completion fish | source
complete -C (string join ' ' -- $argv)
""",
}


@pytest.fixture
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A shell that is there, and finds `cassette`."""
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here")
    return str(request.param)


def offered(shell: str, tmp_path: Path, *words: str) -> list[str]:
    """What a shell offers for the last word, what it says of each left out."""
    program = tmp_path / "cassette"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cassette_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environ = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    script = IN_SHELL[shell]
    command = [shell, "-c", script, *(() if shell == "fish" else (shell,)), *words]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [line.split("\t")[0].split(":", 1)[0] for line in done.stdout.splitlines()]


ALL_SHELLS = pytest.mark.parametrize("shell", list(IN_SHELL), indirect=True)


@ALL_SHELLS
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["cassette", "sho"], ["show"]),
        (["cassette", "show", "--res"], ["--response"]),
        (["cassette", "show", str(SUM), "-i", ""], ["0", "1"]),
        (["cassette", "ls", str(SUM), "--model", "example-m"], ["example-mini-1"]),
        (["cassette", "explain", "stream-"], ["stream-cut-off", "stream-empty", "stream-missing", "stream-unasked"]),
    ],
    ids=lambda value: " ".join(value[-2:]),
)
def test_what_a_shell_offers(shell: str, tmp_path: Path, words: list[str], expected: list[str]) -> None:
    assert sorted(offered(shell, tmp_path, *words)) == expected


def hostile(model: str) -> str:
    """A recording that names a model, and an address that is no better."""
    body = json.dumps({"model": model, "messages": [{"role": "user", "content": "x"}]})
    address = "http://a.example/';touch made;'/v1/chat/completions"
    request = {"method": "POST", "uri": address, "headers": {}, "body": body}
    response = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": ""}}
    return json.dumps({"interactions": [{"request": request, "response": response}], "version": 1})


# In what order the quotes of typer's script for zsh open and close, the last but one knows.
MODELS = [
    "$(touch made)",
    "`touch made`",
    "x';touch made;'",
    "x);touch made;(",
    'x\\"<(touch made)\\"',
    "x\ntouch made\n",
]


@ALL_SHELLS
@pytest.mark.parametrize("model", MODELS)
def test_no_recording_has_a_shell_run_anything(shell: str, tmp_path: Path, model: str) -> None:
    (tmp_path / "a.json").write_text(hostile(model), encoding="utf-8")
    found = offered(shell, tmp_path, "cassette", "ls", "a.json", "--model", "")
    assert not [each for each in found if "touch" in each]
    assert "0" in offered(shell, tmp_path, "cassette", "show", "a.json", "-i", "")
    assert not (tmp_path / "made").exists()


def test_another_shell_is_bad_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["completion", "tcsh"]) == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish', 'powershell'" in capsys.readouterr().err
