"""What a run of a fuzzer found: one input for each place where a law broke."""

import hashlib
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

# Seconds that an input may take: far more than any needs, on a machine that is busy.
LONGEST = 20
# What differs between two messages that say the same.
VARYING = re.compile(r"/tmp/\S+|\d+|'[^']*'")
# What comes before the data of an input: the seed of what is drawn for it.
SEED = 4

Check = Callable[[bytes, Random], None]


class HangError(Exception):
    """An input takes too long."""


class StoppedError(Exception):
    """The proof before a write said no: nothing was harmed, though a change that should be possible is not."""


class Finding(NamedTuple):
    """Where a law broke, and how."""

    place: str
    what: str
    path: Path


def run(check: Check, data: bytes) -> None:
    """Try an input: its first bytes are the seed of what is drawn. Raises what is wrong, HangError where it hangs."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise HangError(f"no end after {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        check(data[SEED:], Random(data[:SEED]))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Findings:
    """Counts runs and keeps the first input of each finding in a folder."""

    def __init__(self, check: Check, folder: Path) -> None:
        self._check = check
        self._folder = folder
        self._begun = time.monotonic()
        self.runs = self.stopped = 0
        self.found: dict[str, Finding] = {}

    def run(self, data: bytes) -> None:
        """Try an input."""
        self.runs += 1
        try:
            run(self._check, data)
        except StoppedError:
            self.stopped += 1
        except Exception as error:
            place = _place(error)
            what = f"{type(error).__name__}: {error}"
            kind = place + VARYING.sub("", what)
            if kind not in self.found:
                self.found[kind] = Finding(place, what, self._kept(data))
                print(*self.found[kind], sep="\n    ", file=sys.stderr, flush=True)

    def seconds(self) -> float:
        """How long this has been going on."""
        return time.monotonic() - self._begun

    def __str__(self) -> str:
        runs = f"{self.runs:,} runs in {self.seconds():.0f} s"
        return f"{runs}, {len(self.found)} findings; {self.stopped} times a proof stopped what would have been wrong"

    def _kept(self, data: bytes) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / hashlib.sha256(data).hexdigest()[:12]
        path.write_bytes(data)
        return path


def _place(error: Exception) -> str:
    """The last two lines of ours that an error comes from."""
    ours = [each for each in traceback.extract_tb(error.__traceback__) if "/site-packages/" not in each.filename]
    return " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(ours[-2:]))
