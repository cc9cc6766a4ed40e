"""Git as tests run it, in repositories of their own."""

import shutil
import subprocess

import pytest

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(*args: str, code: int = 0, data: bytes | None = None) -> str:
    """What git prints, on both streams, given some data; it must end with this exit code."""
    done = subprocess.run(["git", *args], input=data, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    printed = done.stdout.decode("utf-8", "surrogateescape")
    assert done.returncode == code, printed
    return printed


def commit(message: str) -> None:
    """Commit all that the work tree holds."""
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", message)
