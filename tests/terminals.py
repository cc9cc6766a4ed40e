"""A terminal for a command, and what it shows."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# What else would say how to print.
SILENT = {"NO_COLOR", "FORCE_COLOR", "PAGER", "CASSETTE_PAGER", "LESS", "COLUMNS", "LINES", "GIT_PAGER_IN_USE"}


def on_terminal(args: Sequence[str], cwd: Path | None = None, **environ: str) -> tuple[int, str]:
    """The exit code of `cassette` with standard output and standard error on a terminal of 80 columns, and what that
    shows: line ends as LF, escape sequences as they are."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    usual: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in SILENT}
    process = subprocess.Popen(
        [sys.executable, "-m", "cassette_cli", *args],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env={**usual, "TERM": "xterm", **environ},
    )
    os.close(theirs)
    shown = b""
    while piece := _read(ours):
        shown += piece
    os.close(ours)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # Linux says so where nobody has the other end open any more.
        return b""
