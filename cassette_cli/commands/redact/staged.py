"""What git would commit: the files of the index that differ from the last commit, as the index holds them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.repository import changes, contents


class Staged(NamedTuple):
    """A file of the index: its path from the working directory on, and what would be committed."""

    path: str
    data: bytes


def staged(paths: Sequence[str]) -> Iterator[Staged]:
    """The files added, changed or renamed in the index, below `paths` or in the whole work tree.

    Raises CassetteError outside of a repository, and where git is not there.
    """
    held = [each.new for each in changes(paths=paths, staged=True) if each.new]
    for file, data in zip(held, contents(held), strict=True):
        yield Staged(file.path, data)


def is_as_staged(found: Staged) -> bool:
    """Whether the file in the work tree is what the index holds."""
    try:
        return files.bytes_of(found.path) == found.data
    except CassetteError:
        return False
