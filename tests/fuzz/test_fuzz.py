"""The laws of fuzzing on a few hundred inputs each: seeds mutated, and all that was found before."""

import contextlib
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from . import findings
from .cases import CASES
from .findings import SEED, Findings, StoppedError, run
from .mutation import mutated
from .recordings import COMMANDS, check_run
from .targets import TARGETS

# So many inputs of each target; `python -m tests.fuzz` tries millions.
INPUTS = dict.fromkeys(TARGETS, 300) | {"recordings": 150, "commands": 60}


@pytest.mark.parametrize("name", TARGETS)
def test_mutations(name: str) -> None:
    target, random = TARGETS[name], Random(name)
    seeds = list(target.seeds())
    for _ in range(INPUTS[name]):
        data = mutated(random.choice(seeds), random.choice(seeds), random)
        # What the proof before a write stops does no harm.
        with contextlib.suppress(StoppedError):
            run(target.check, random.randbytes(SEED) + data)


@pytest.mark.parametrize("name", CASES)
def test_what_was_found(name: str) -> None:
    for target in TARGETS.values():
        for seed in range(5):
            run(target.check, seed.to_bytes(SEED, "big") + CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_what_was_found_in_every_command(name: str) -> None:
    for command in COMMANDS:
        check_run(CASES[name], command)


def test_the_program(tmp_path: Path) -> None:
    """It says how many inputs it tried; one file is tried alone."""
    one = tmp_path / "one"
    one.write_bytes(bytes(SEED) + b"{}")
    root = Path(__file__).resolve().parents[2]
    for words in (["json", "--seconds", "0.5"], ["json", str(one)]):
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz", *words], cwd=root, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert ("runs in" in done.stdout) == ("--seconds" in words)


def test_an_input_without_end_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(findings, "LONGEST", 0.05)

    def never(data: bytes, random: Random) -> None:
        while True:
            pass

    found = Findings(never, tmp_path)
    found.run(b"0000x")
    found.run(b"1111x")
    assert [each.what for each in found.found.values()] == ["HangError: no end after 0.05 seconds"]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"0000x"]
