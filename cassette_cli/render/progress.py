"""How far a long run is: one line on a terminal's standard error, and only when the run takes over a second."""

import time
from collections.abc import Callable, Mapping
from typing import TextIO

from cassette_cli.render.elision import plural

# Seconds before the line appears, and between two of its states.
PATIENCE = 1.0
PACE = 0.1
# Back to the start of the line, and clear it (ECMA-48, 8.3.41).
CLEAR = "\r\x1b[K"


class Progress:
    """Counts what was read. `shown` says whether the line may appear at all."""

    def __init__(self, stream: TextIO, *, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._shown = shown
        self._clock = clock
        self._count = 0
        self._visible = False
        self._next = clock() + PATIENCE

    def step(self) -> None:
        """One more was read."""
        self._count += 1
        if self._shown and self._clock() >= self._next:
            self._stream.write(f"{CLEAR}{plural(self._count, 'cassette')} read …")
            self._stream.flush()
            self._visible = True
            self._next = self._clock() + PACE

    def clear(self) -> None:
        """Take the line away: something else is to be written, or the end is reached."""
        if self._visible:
            self._stream.write(CLEAR)
            self._stream.flush()
            self._visible = False


def may_show(stderr: TextIO, stdout: TextIO, environ: Mapping[str, str], *, results_at_end: bool) -> bool:
    """Whether a progress line disturbs nobody: there is a terminal, and results do not scroll by on it meanwhile."""
    return stderr.isatty() and environ.get("TERM") != "dumb" and (results_at_end or not stdout.isatty())
