"""Bytes of files: read, unpacked from gzip, and written whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from cassette_cli.errors import CassetteError, Where
from cassette_cli.framing.encoding import GZIP, LIMIT
from cassette_cli.search import STDIN, unreadable


def bytes_of(path: str) -> bytes:
    """What a file holds, or standard input for "-". Raises CassetteError where it cannot be read."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from None


def unpacked(path: str, data: bytes) -> bytes:
    """What a file says that may be compressed by gzip."""
    if not data.startswith(GZIP.magic):
        return data
    try:
        unpacked = GZIP.decode(data, LIMIT)
    except CassetteError as error:
        raise error.at(path) from None
    if unpacked.faulty or unpacked.cut_off:
        reason = "is cut off" if unpacked.cut_off else "is broken"
        raise CassetteError(f"cannot be read: its gzip data {reason}", Where(path))
    return unpacked.data


def packed_like(held: bytes, data: bytes) -> bytes:
    """`data` compressed by gzip where `held`, the content of a file, is; as it is where not."""
    return GZIP.encode(data, held) if held.startswith(GZIP.magic) else data


class _Staged(NamedTuple):
    """A file made, and what it is to replace: the path that it will have, and the bytes that are there now, if any."""

    path: str
    temporary: str
    target: str
    held: bytes | None


def put(changes: Iterable[tuple[str, bytes | None, bytes]]) -> None:
    """Make files or replace them: paths, what each held (None where that does not matter), and what it is to hold. All
    are made before the first takes its name. Raises CassetteError as `files.write` does."""
    staged: list[_Staged] = []
    try:
        for path, before, after in changes:
            _stage(path, before, after, staged)
        for each in staged:
            if each.held is not None and bytes_of(each.target) != each.held:
                raise CassetteError("changed since it was read; nothing was written", Where(each.path))
        while staged:
            os.replace(staged[0].temporary, staged[0].target)
            del staged[0]
    except OSError as error:
        raise CassetteError(f"cannot be written: {error.strerror or error}", Where(staged[0].path)) from None
    finally:
        for each in staged:
            with suppress(OSError):
                os.unlink(each.temporary)


def _stage(path: str, before: bytes | None, after: bytes, staged: list[_Staged]) -> None:
    """Make the file that is to take the place of another."""
    if is_special(path):
        raise CassetteError("cannot be written: it is no regular file", Where(path))
    target = os.path.realpath(path)
    try:
        status = os.stat(target) if before is not None or os.path.exists(target) else None
        if status and (not status.st_mode & 0o222 or not os.access(target, os.W_OK)):
            raise CassetteError("cannot be written: the file is read-only", Where(path))
        held = None if before is None else bytes_of(target)
        if held is not None and held != before:
            if unpacked(path, held) != before:
                raise CassetteError("changed since it was read; nothing was written", Where(path))
            after = packed_like(held, after)
        handle, temporary = tempfile.mkstemp(prefix=".cassette-", dir=os.path.dirname(target))
        staged.append(_Staged(path, temporary, target, held))
        with open(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        _take_over(temporary, status)
    except OSError as error:
        raise CassetteError(f"cannot be written: {error.strerror or error}", Where(path)) from None


def _take_over(temporary: str, status: os.stat_result | None) -> None:
    """Give a file the mode of the one that it replaces, and its owner where we may; a new one what new files have."""
    if status is None:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        return
    os.chmod(temporary, status.st_mode & 0o7777)
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)


def is_special(path: str) -> bool:
    """Whether a path leads to something that a file must not take the place of. A directory refuses by itself."""
    return os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path))
