"""What git holds: which files differ between two revisions, the index and the work tree, and what each holds there.

Git's own commands say it (https://git-scm.com/docs/git-diff, "Raw output format"; https://git-scm.com/docs/git-cat-file).
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from cassette_cli import files
from cassette_cli.errors import CassetteError, Where

# Git, asked to read: no pager, no lock that it could do without, no program that the repository's settings name.
GIT = ("git", "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false")
# Files by their own names, with whole object ids; neither submodules nor the user's program for diffs.
RAW = ("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--ignore-submodules")
# The modes of regular files: all others are links, submodules, or nothing.
REGULAR = ("100644", "100755")
# In the output of `git diff`, in colour or not, the first line behind the header.
FIRST_DIFFERENCE = re.compile(rb"^(?:\x1b\[[0-9;]*m)*(?:@@ |Binary files )", re.MULTILINE)


class File(NamedTuple):
    """A file in one state of a repository: its path from the working directory on, and the id of the object that
    holds its content, None where the work tree's is meant."""

    path: str
    id: str | None


class Versions(NamedTuple):
    """A file that differs between two states; None where a state does not have it."""

    old: File | None
    new: File | None


def changes(revisions: Sequence[str] = (), paths: Sequence[str] = (), *, staged: bool = False) -> list[Versions]:
    """The regular files that differ, below `paths` (pathspecs of git's) or anywhere, in the order of their paths.

    `revisions` are what `git diff` takes: none (the index against the work tree), `REV` (against the work tree),
    `A B`, `A..B`, or `A...B` (from their merge base to B). `staged`: the index against HEAD, or against `REV`.
    A renamed file is one that went and one that came. A file with a conflict stands for the work tree's against ours.

    Raises CassetteError outside of a repository, for what is no revision, and where git is not there.
    """
    for word in revisions:
        if word.startswith("-"):
            raise CassetteError(f"no revision: {word}")
    prefix = os.fsdecode(git("rev-parse", "--show-prefix")).rstrip("\n") or os.curdir
    said = git(*RAW, *(["--cached"] if staged else []), *revisions, "--", *paths)
    return [each for each in _versions(said, prefix) if each != (None, None)]


def _versions(said: bytes, prefix: str) -> Iterator[Versions]:
    """What raw output says: `:MODE MODE ID ID STATUS`, NUL, path, NUL."""
    fields = said.split(b"\0")
    seen = set()
    for about, name in zip(fields[::2], fields[1::2], strict=False):
        if about.startswith(b"::"):
            raise CassetteError(
                "a merge cannot be compared with all its parents at once: name one, as in MERGE^1 MERGE"
            )
        old_mode, new_mode, old_id, new_id, status = about.decode()[1:].split()
        path = os.path.relpath(os.fsdecode(name), prefix)
        # A conflict is told of twice: as such, and with the file that the work tree holds.
        if status == "U" or path in seen:
            continue
        seen.add(path)
        yield Versions(_file(path, old_mode, old_id), _file(path, new_mode, new_id))


def _file(path: str, mode: str, id_: str) -> File | None:
    return File(path, id_ if id_.strip("0") else None) if mode in REGULAR else None


def contents(wanted: Iterable[File]) -> Iterator[bytes]:
    """What files hold, each read when it is asked for. Raises CassetteError where one cannot be."""
    with _started("cat-file", "--batch") as running:
        for file in wanted:
            yield files.bytes_of(file.path) if file.id is None else _object(running, file)


def _object(running: "subprocess.Popen[bytes]", file: File) -> bytes:
    """The content of an object, from `git cat-file --batch`: `ID TYPE SIZE`, a line feed, content, a line feed."""
    assert running.stdin is not None
    assert running.stdout is not None
    with suppress(BrokenPipeError):
        running.stdin.write(f"{file.id}\n".encode())
        running.stdin.flush()
    answer = running.stdout.readline().split()
    if len(answer) != 3:
        raise CassetteError("git does not have its content", Where(file.path))
    data = running.stdout.read(int(answer[2]))
    running.stdout.read(1)
    return data


def git(*arguments: str, data: bytes | None = None) -> bytes:
    """What a command of git's prints, given `data` on its standard input. Raises CassetteError where it fails."""
    with _started(*arguments, errors=subprocess.PIPE) as running:
        printed, complaint = running.communicate(data)
    if running.returncode:
        said = complaint.decode("utf-8", "replace").strip().splitlines()
        raise CassetteError(f"git {arguments[0]}: {said[0] if said else f'exit code {running.returncode}'}")
    return printed


def _started(*arguments: str, errors: int | None = None) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen([*GIT, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
    except OSError as error:
        raise CassetteError(f"git cannot be run: {error.strerror or error}") from None


def setting(name: str, scope: str | None = None, *, kind: str | None = None) -> str | None:
    """The value of a setting, None where it is not set; of kind `path` with `~` resolved. `scope` is "local", "global"
    or, wherever git looks, None."""
    return _answer("config", *_scope(scope), *([f"--type={kind}"] if kind else []), "--get", name)


def set_setting(name: str, value: str, scope: str) -> None:
    """Set a setting. Raises CassetteError where git refuses."""
    git("config", *_scope(scope), "--replace-all", name, value)


def settings_file(scope: str) -> str:
    """The file that holds the settings of a scope: https://git-scm.com/docs/git-config, "FILES"."""
    if scope == "local":
        return os.fsdecode(git("rev-parse", "--git-path", "config")).rstrip("\n")
    home = os.path.expanduser("~/.gitconfig")
    other = os.path.join(user_folder(), "config")
    return os.environ.get("GIT_CONFIG_GLOBAL") or (home if os.path.exists(home) or not os.path.exists(other) else other)


def user_folder() -> str:
    """Where a user's files of git lie that are not in the home directory itself."""
    return os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config"), "git")


def _scope(scope: str | None) -> list[str]:
    return [f"--{scope}"] if scope else []


def top() -> str:
    """The directory of the work tree. Raises CassetteError outside of one."""
    return os.fsdecode(git("rev-parse", "--show-toplevel")).rstrip("\n")


def tracked() -> list[str]:
    """The files of the index, by their paths from the top of the work tree on."""
    said = git("ls-files", "-z", "--full-name", "--", ":/")
    return list(dict.fromkeys(os.fsdecode(name) for name in said.split(b"\0") if name))


def attributes(paths: Sequence[str], names: Sequence[str]) -> list[dict[str, str]]:
    """What these attributes are for each of some paths, which count from the top of the work tree on: a value, "set",
    "unset" or "unspecified"."""
    data = b"".join(os.fsencode(path) + b"\0" for path in paths)
    said = git("-C", top(), "check-attr", "-z", "--stdin", *names, data=data).split(b"\0")
    values = [os.fsdecode(value) for value in said[2::3]]
    rows = (values[place : place + len(names)] for place in range(0, len(values), len(names)))
    return [dict(zip(names, row, strict=True)) for row in rows]


def merge_file(ours: str, base: str, theirs: str, size: int, labels: Sequence[str]) -> bool:
    """Merge three files line by line into the first, with markers of this length and labels (ours, base, theirs).
    Whether it went without a conflict; what cannot be merged so is left alone."""
    named = [word for label in labels for word in ("-L", label)]
    return _answer("merge-file", "--quiet", f"--marker-size={size}", *named, "--", ours, base, theirs) is not None


def colours(*, terminal: bool) -> bool:
    """Whether the user wants git's diffs in colour, where they go to a terminal or do not."""
    return _answer("config", "--get-colorbool", "color.diff", str(terminal).lower()) == "true"


def text_diff(old: str, new: str, *, colour: bool) -> bytes:
    """What git prints of two files as lines of text, or as binary, from the first difference on."""
    command = ("diff", "--no-index", "--no-ext-diff", "--no-textconv", f"--color={'always' if colour else 'never'}")
    with _started(*command, "--", old, new, errors=subprocess.DEVNULL) as running:
        printed, _ = running.communicate()
    found = FIRST_DIFFERENCE.search(printed)
    return printed[found.start() :] if found else b""


def _answer(*arguments: str) -> str | None:
    """What a command of git's prints, without the line end; None where it says no."""
    with _started(*arguments, errors=subprocess.DEVNULL) as running:
        printed, _ = running.communicate()
    return None if running.returncode else os.fsdecode(printed).rstrip("\n")
