"""What `cassette diff` is to compare: two files, two directories, or states of a git repository.

OLD and NEW that are there are files and directories; what is not there is a revision, as in `git diff`; what follows
`--` are paths below which git looks.
"""

import os
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from cassette_cli import files, repository
from cassette_cli.comparison.alignment import asks
from cassette_cli.comparison.pairing import paired, renamed
from cassette_cli.errors import CassetteError, Where
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette
from cassette_cli.search import STDIN, did_you_mean, find


class Version(NamedTuple):
    """A file as one side has it: its path as shown, and how it is read, None for what is no cassette."""

    path: str
    read: Callable[[], Cassette | None]


# A file on both sides, None where it is not there.
Versions = tuple[Version | None, Version | None]
Fault = Callable[[CassetteError], None]


def sources(words: Sequence[str], paths: Sequence[str] | None, fault: Fault, *, staged: bool) -> Iterator[Versions]:
    """What the words of a command line stand for; `paths` are those behind `--`, None where there is none. What cannot
    be read on the way goes to `fault`. Raises CassetteError where the words make no sense."""
    if paths is None and not staged and len(words) == 2 and _is_there(words[0]):
        return _of_paths(words[0], words[1], fault)
    if paths is None and not staged and len(words) > 2 and all(map(_is_there, words)):
        raise CassetteError("two recordings or two directories are compared, an old and a new one")
    revisions = [word for word in words if not _is_there(word)] if paths is None else list(words)
    named = list(words[len(revisions) :]) if paths is None else list(paths)
    if paths is None and list(words[: len(revisions)]) != revisions:
        absent = next(word for word in words if not _is_there(word))
        raise CassetteError(f"no such file or directory{did_you_mean(absent)}", Where(absent))
    return _of_git(revisions, named, fault, staged=staged)


def _is_there(word: str) -> bool:
    return word == STDIN or os.path.exists(word)


def _of_paths(old: str, new: str, fault: Fault) -> Iterator[Versions]:
    for path in (old, new):
        if not _is_there(path):
            raise CassetteError(f"no such file or directory{did_you_mean(path)}", Where(path))
    if old == new == STDIN:
        raise CassetteError("standard input can be only one of the two")
    folders = [path != STDIN and os.path.isdir(path) for path in (old, new)]
    if folders[0] != folders[1]:
        raise CassetteError("a directory can only be compared with a directory", Where(old if folders[0] else new))
    if not folders[0]:
        yield _named(old), _named(new)
        return
    sides = _in_directory(old, fault), _in_directory(new, fault)
    yield from _matched(*sides, fault)


def _named(path: str) -> Version:
    return Version(path, partial(files.read, path))


def _in_directory(directory: str, fault: Fault) -> dict[str, Version]:
    """What looks like a cassette in a directory, by its path from there on."""
    found = {}
    for each in find([directory]):
        if isinstance(each, CassetteError):
            fault(each)
        else:
            name = os.path.relpath(each.path, directory)
            found[name] = Version(each.path, partial(files.from_bytes, each.path))
    return found


def _of_git(revisions: Sequence[str], paths: Sequence[str], fault: Fault, *, staged: bool) -> Iterator[Versions]:
    try:
        changed = repository.changes(revisions, paths, staged=staged)
    except CassetteError as error:
        if not revisions:
            raise
        hint = next(filter(None, (did_you_mean(each) for each in revisions if not _is_there(each))), "")
        raise CassetteError(
            f"{' '.join(revisions)}: no such file or directory, and no revision ({error.message}){hint}"
        ) from None
    sides: tuple[dict[str, Version], dict[str, Version]] = ({}, {})
    for pair in changed:
        for side, file in zip(sides, pair, strict=True):
            if file is not None:
                side[file.path] = Version(file.path, partial(_from_git, file))
    yield from _matched(*sides, fault)


def _from_git(file: repository.File) -> Cassette | None:
    return files.from_bytes(file.path, next(iter(repository.contents([file]))))


def _matched(old: dict[str, Version], new: dict[str, Version], fault: Fault) -> Iterator[Versions]:
    """Files of the same name; of those that only one side has, what was renamed and what came and went."""
    alone = [name for name in old if name not in new], [name for name in new if name not in old]
    asked = [
        {name: keys for name in names if (keys := _asked(side[name]))}
        for side, names in zip((old, new), alone, strict=True)
    ]
    for name, other in paired(old, new, renamed(*asked) if all(asked) else ()):
        yield old.get(name or ""), new.get(other or "")


def _asked(version: Version) -> list[Hashable]:
    """What the interactions of a file ask, none for a file that is no cassette; what is wrong with it is said when it
    is compared."""
    try:
        cassette = version.read()
    except CassetteError:
        return []
    return [hash(asks(exchange(each))) for each in cassette.interactions] if cassette else []
