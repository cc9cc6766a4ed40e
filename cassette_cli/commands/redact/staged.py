"""What git would commit: the files of the index that differ from the last commit, as the index holds them.

Git's own commands say it (https://git-scm.com/docs/git-diff, https://git-scm.com/docs/git-cat-file).
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli import files
from cassette_cli.errors import CassetteError

# Added and changed files, each by its own name; a program that the user has set for diffs is not run.
CHANGES = ("--no-renames", "--diff-filter=AM", "--no-ext-diff", "--ignore-submodules")


class Staged(NamedTuple):
    """A file of the index: its path from the working directory on, and what would be committed."""

    path: str
    data: bytes


def staged(paths: Sequence[str]) -> Iterator[Staged]:
    """The files added, changed or renamed in the index, below `paths` or in the whole work tree.

    Raises CassetteError outside of a work tree, and where git is not there.
    """
    top = os.fsdecode(_git("rev-parse", "--show-toplevel")).rstrip("\n")
    names = _git("diff", "--cached", "--name-only", "-z", *CHANGES, "--", *paths)
    for name in filter(None, names.split(b"\0")):
        path = os.fsdecode(name)
        yield Staged(os.path.relpath(os.path.join(top, path)), _git("cat-file", "blob", f":{path}"))


def is_as_staged(found: Staged) -> bool:
    """Whether the file in the work tree is what the index holds."""
    try:
        return files.bytes_of(found.path) == found.data
    except CassetteError:
        return False


def _git(*arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise CassetteError(f"git cannot be run: {error.strerror or error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CassetteError(f"git {arguments[0]}: {said[0] if said else f'exit code {done.returncode}'}")
    return done.stdout
