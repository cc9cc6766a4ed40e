"""Files in several processes: the same results in the same order, and few of them made ahead of their time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from cassette_cli.cli import run
from cassette_cli.commands import parallel
from cassette_cli.commands.parallel import AHEAD, How, in_processes, results
from cassette_cli.errors import CassetteError, ExitCode
from cassette_cli.model import Cassette

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def indexes(most: int, cassette: Cassette, errors: list[CassetteError]) -> Iterator[int]:
    """A work: the indexes of interactions; those above `most` are errors."""
    for each in cassette.interactions:
        if each.index > most:
            errors.append(CassetteError(f"too many: {each.index}").at(cassette.path))
        else:
            yield each.index


def failing(cassette: Cassette, errors: list[CassetteError]) -> Iterator[int]:
    raise ZeroDivisionError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty recordings, some of which cannot be read, and what is none."""
    sample = (SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply.yaml").read_bytes()
    for number in range(60):
        cut = len(sample) // 3 if number % 20 == 7 else len(sample)
        (tmp_path / f"{number:02}.yaml").write_bytes(sample[:cut])
    (tmp_path / "other.json").write_text('{"request": {"tape": 1}}')
    return tmp_path


def taken(folder: Path, jobs: int) -> tuple[list[tuple[str, list[int]]], list[str], list[str]]:
    errors: list[CassetteError] = []
    passed_over: list[str] = []
    found = results([str(folder)], partial(indexes, 0), errors, jobs=jobs, passed_over=passed_over)
    return [(each.heading.path, list(each.pieces)) for each in found], [str(each) for each in errors], passed_over


def test_several_processes_give_what_one_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "LOAD", 10_000)
    alone = taken(folder, 1)
    assert len(alone[0]) >= 57
    assert len(alone[1]) >= 60
    assert alone[2] == [str(folder / "other.json")]
    assert taken(folder, 2) == alone
    assert taken(folder, 5) == alone


@pytest.mark.parametrize("options", [["show"], ["show", "--json"], ["show", "--jsonl"], ["ls"], ["ls", "--json"]])
def test_commands_print_the_same(options: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    printed = set()
    for jobs in ("1", "2", "3"):
        assert run([*options, "-j", jobs, str(SAMPLES)]) == ExitCode.OK
        printed.add(capfd.readouterr())
    assert len(printed) == 1


def test_little_is_made_ahead() -> None:
    asked = []

    def items() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    made = in_processes(abs, items(), 2)
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    assert len(asked) <= 3 + 2 * AHEAD + 1
    made.close()


def test_a_bug_in_a_process_ends_the_run(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        list(results([str(folder)], failing, [], how=How(), jobs=2))


def test_standard_input_is_read_by_this_process() -> None:
    sample = SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply.yaml"
    done = subprocess.run(
        [sys.executable, "-m", "cassette_cli", "ls", "-j", "4", "-"],
        input=sample.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == ExitCode.OK
    assert done.stdout.count(b"chat/completions") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_an_interrupt_ends_all_processes(folder: Path) -> None:
    for number in range(400):
        os.link(folder / "00.yaml", folder / f"more{number}.yaml")
    command = [sys.executable, "-m", "cassette_cli", "show", "-j", "2", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    process.stdout.read(1)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == ExitCode.INTERRUPTED
    assert b"Traceback" not in said
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process goes on")
