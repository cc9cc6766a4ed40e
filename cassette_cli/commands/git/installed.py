"""What git is told to run, in its own settings. Each command has a way out, so that git goes on where this program is
gone or fails: the drivers of diffs then print what git would, the driver of merges merges line by line.

https://git-scm.com/docs/gitattributes; git runs commands by `sh`.
"""

import os
import shlex
import shutil
import sys
import sysconfig
from enum import StrEnum

# Lines of a recording's text that name what follows: where an interaction begins.
HEADS = "^[^ ].*"


class State(StrEnum):
    """What a setting is: as it should be, not there, ours but of another time or place, or somebody else's."""

    SET = "set"
    MISSING = "missing"
    STALE = "stale"
    OTHER = "other"


def program() -> str:
    """How a shell starts this installation, wherever it is called: by the path of the script, which the user's PATH may
    not hold when git runs; where there is none, by the interpreter, which must not look into the working directory."""
    script = os.path.join(sysconfig.get_path("scripts"), "cassette")
    named = shutil.which("cassette")
    for path in (named, script, f"{script}.exe"):
        if path and os.path.exists(path) and os.path.exists(script) and os.path.samefile(path, script):
            return shlex.quote(os.path.abspath(path).replace(os.sep, "/"))
    return f"{shlex.quote(sys.executable.replace(os.sep, '/'))} -P -m cassette_cli"


def settings(run: str) -> dict[str, str]:
    """Git's settings by name; `run` is `program()`."""
    there = f"test -x {shlex.quote(shlex.split(run)[0])}"
    as_text = "git --no-pager diff --no-index --no-ext-diff --no-textconv"
    by_line = "git merge-file --marker-size=%L %A %O %B"
    return {
        "diff.cassette.command": f'f() {{ {there} && {run} git diff-driver "$@" || {as_text} "$2" "$5"; true; }}; f',
        "diff.cassette.textconv": f'f() {{ {there} && {run} git textconv "$1" || cat "$1"; }}; f',
        "diff.cassette.xfuncname": HEADS,
        "merge.cassette.name": "recordings, interaction by interaction",
        # A failure leaves no markers; then it is for git to merge.
        "merge.cassette.driver": f"{there} && {run} git merge-driver %O %A %B %L %P %S %X %Y"
        f" || {{ grep -q '^<<<<<<<' %A && exit 1; }} || {by_line} || exit 1",
        # A common ancestor that is itself a merge is no recording where it has conflicts.
        "merge.cassette.recursive": "binary",
    }


def state(name: str, value: str | None, wanted: str) -> State:
    """What a setting is that should have the value `wanted`."""
    if value is None:
        return State.MISSING
    if value == wanted:
        return State.SET
    ours = {"command": " git diff-driver ", "textconv": " git textconv ", "driver": " git merge-driver "}
    word = ours.get(name.rpartition(".")[2])
    return State.STALE if word and word in value else State.OTHER
