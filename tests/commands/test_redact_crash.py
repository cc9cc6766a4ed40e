"""Killed at any moment, or with no room to write: a file is the old one or the new one, whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from planted import put, secret, vcrpy

from cassette_cli import cli

ROOT = Path(__file__).resolve().parents[2]
KEY = secret()
# Large enough for a write to take some time.
TEXT = vcrpy(headers={"authorization": f"Bearer {KEY}"}, reply=["word " * 200] * 400)
AFTER = TEXT.replace(KEY, "<openai-api-key-1>")
KILLS = 12

resource = pytest.importorskip("resource", reason="signals and limits of POSIX")


def started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "cassette_cli", "redact", "."],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_killed_at_any_moment(tmp_path: Path) -> None:
    paths = [put(tmp_path, f"{number}.yaml", TEXT) for number in range(4)]
    begin = time.monotonic()
    assert started(tmp_path).wait() == 0
    whole_run = time.monotonic() - begin
    assert {path.read_text() for path in paths} == {AFTER}

    random = Random(1)
    seen = set()
    for _ in range(KILLS):
        for path in paths:
            path.write_text(TEXT)
        process = started(tmp_path)
        time.sleep(whole_run * random.uniform(0.3, 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = {path.read_text() for path in paths}
        assert held <= {TEXT, AFTER}
        seen |= held
    assert TEXT in seen


def test_killed_between_the_files_of_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The moment that chance seldom hits: the new file is written and has not taken its place yet."""
    path = put(tmp_path, "a.yaml", TEXT)
    code = (
        "import os, signal, sys\n"
        "from cassette_cli import cli\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "cli.run(['redact', 'a.yaml'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert path.read_text() == TEXT
    monkeypatch.chdir(tmp_path)
    assert cli.run(["redact", "."]) == 0
    assert path.read_text() == AFTER


def test_no_room_to_write(tmp_path: Path) -> None:
    path = put(tmp_path, "a.yaml", TEXT)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(TEXT) // 2, len(TEXT) // 2))

    done = subprocess.run(
        [sys.executable, "-m", "cassette_cli", "redact", "a.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("a.yaml: cannot be written: ")
    assert done.stdout == ""
    assert path.read_text() == TEXT
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("target", ["b.yaml", "known.json"])
def test_no_room_for_other_files(tmp_path: Path, target: str) -> None:
    put(tmp_path, "a.yaml", TEXT)
    old = put(tmp_path, target, '{"schema": "cassette.baseline/1", "salt": "a", "findings": []}')
    before = old.read_text()
    args = ["-o", target] if target == "b.yaml" else ["--update-baseline", "--baseline", target]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    done = subprocess.run(
        [sys.executable, "-m", "cassette_cli", "redact", "a.yaml", *args],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert old.read_text() == before
