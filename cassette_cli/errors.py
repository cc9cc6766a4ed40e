"""The one error a user sees, and the exit codes of every command."""

from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """What the process says when it ends; the same for every command."""

    OK = 0
    FOUND = 1
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


class Where(NamedTuple):
    """A place in a file: `line` and `column` count from 1, None where only the file is known."""

    path: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part is not None)


class CassetteError(Exception):
    """Bad input or bad use, said in one line that names the place."""

    def __init__(self, message: str, where: Where | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where or Where()

    def at(self, path: str) -> "CassetteError":
        """The same error, now naming the file it came from."""
        return type(self)(self.message, self.where._replace(path=path))

    def __str__(self) -> str:
        place = str(self.where)
        return f"{place}: {self.message}" if place else self.message


class InternalError(CassetteError):
    """A proof before a write failed: the fault is ours, and nothing was written."""
