"""Long output page by page, as git has it: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corepager

Only what goes to a terminal is paged. The pager is the first word there is of $CASSETTE_PAGER, $PAGER and `less`; "cat"
and an empty text mean none. `less` that is told nothing by $LESS ends at once where the output fits on the screen (F),
shows colours (R), and leaves the output on the screen (X).
"""

import io
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from subprocess import Popen

NONE = ("", "cat")
# https://github.com/git/git/blob/master/Makefile, PAGER_ENV
USUAL = {"LESS": "FRX", "LV": "-c"}


def pager(environ: Mapping[str, str]) -> str | None:
    """The command of the pager, None where there is to be none, or none is there."""
    command = next((environ[name] for name in ("CASSETTE_PAGER", "PAGER") if name in environ), "less").strip()
    if command in NONE or environ.get("TERM", "dumb") == "dumb":
        return None
    return command if shutil.which(command.split()[0]) else None


@contextmanager
def paged(environ: Mapping[str, str]) -> Iterator[None]:
    """Standard output goes through the pager meanwhile, and so does standard error once there is output, where both
    are a terminal. Raises BrokenPipeError where the reader has seen enough."""
    terminal = sys.stdout
    # A pager prints where this process does, and nowhere else that another program may have us print.
    command = pager(environ) if terminal.isatty() and terminal is sys.__stdout__ else None
    if command is None:
        yield
        return
    sheet = Sheet(command, {**USUAL, **environ}, terminal)
    # Nothing is held back, as errors are not: each comes in its place.
    output = io.TextIOWrapper(sheet, encoding=terminal.encoding, errors=terminal.errors, write_through=True)
    terminal.flush()
    sys.stdout = output
    try:
        yield
        output.flush()
    finally:
        sys.stdout = terminal
        with suppress(BrokenPipeError):
            output.close()
        sheet.end()


class Sheet(io.BufferedIOBase):
    """Takes what is for a terminal. The pager is started by the first output, so that until then a line of progress,
    or an error that leaves no output, has the terminal for itself."""

    def __init__(self, command: str, environ: Mapping[str, str], terminal: TextIO) -> None:
        self._command = command
        self._environ = environ
        self._terminal = terminal
        self._process: Popen[bytes] | None = None
        self._stderr: int | None = None

    @property
    def name(self) -> object:
        """That of the terminal."""
        return self._terminal.name

    def writable(self) -> bool:
        """A text stream asks."""
        return True

    def isatty(self) -> bool:
        """What is printed ends on a terminal."""
        return True

    def fileno(self) -> int:
        """That of the terminal, for those who ask for its size."""
        return self._terminal.fileno()

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # text streams give bytes
        """Raises BrokenPipeError once the pager is gone."""
        if self._process is None:
            self._start()
        if self._process and self._process.stdin:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        return len(data)

    def _start(self) -> None:
        from subprocess import PIPE, Popen

        # The user's own command line, as in a shell: "less -S".
        self._process = Popen(self._command, shell=True, stdin=PIPE, env=self._environ)
        if sys.stderr.isatty() and self._process.stdin:
            self._stderr = os.dup(2)
            os.dup2(self._process.stdin.fileno(), 2)

    def end(self) -> None:
        """Wait until the reader is done; an interrupt is the pager's affair."""
        if self._process is None:
            return
        if self._stderr is not None:
            os.dup2(self._stderr, 2)
            os.close(self._stderr)
        if self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        while True:
            try:
                self._process.wait()
            except KeyboardInterrupt:
                continue
            return
