"""Runs of whole processes: how long, how much processor time, how much memory."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

# What a command that did its work exits with: nothing found, or something; kingfisher says 200 and 205 for that.
DONE = {0, 1, 200, 205}
# `ru_maxrss` is in kilobytes, on macOS in bytes (getrusage(2)).
UNIT = 1 if sys.platform == "darwin" else 1024


class Run(NamedTuple):
    """Seconds on the clock, seconds of processor time (children included), bytes of its largest process."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str]) -> Run:
    """One run; its output is thrown away."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as it:
        _, status, used = os.wait4(it.pid, 0)
        it.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if it.returncode not in DONE:
        raise SystemExit(f"exit code {it.returncode}: {' '.join(command)}")
    return _run(wall, used)


def _run(wall: float, used: resource.struct_rusage) -> Run:
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT)


def measured(commands: Mapping[str, Sequence[str]], times: int) -> dict[str, Run]:
    """The median of so many runs of each command, by turns: what disturbs the machine disturbs all alike."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(run(command))
    return {name: Run(*(median(each) for each in zip(*held, strict=True))) for name, held in runs.items()}
