"""`git diff` and its kin in real repositories: recordings by what they say, all else as git prints it, and no failure
of ours is one of git's."""

import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from planted import put, vcrpy
from repositories import commit, git, needs_git

pytestmark = [needs_git, pytest.mark.usefixtures("enabled")]

FIVE, SIX = vcrpy(reply=["It is ", "five."]), vcrpy(reply=["It", " is six."])
# What `cassette diff` prints for those.
SAYS = "       It is [-five-]{+six+}."


def test_a_changed_recording(enabled: Path) -> None:
    put(enabled, "c/a.yaml", SIX)
    put(enabled, "c/other.yaml", "a: 2\n")
    recording, other = git("diff").split("\n\n")

    assert re.fullmatch(r"index [0-9a-f]{7}\.\.[0-9a-f]{7} 100644", recording.splitlines()[1])
    assert recording.splitlines()[0] == "diff --git a/c/a.yaml b/c/a.yaml"
    assert recording.splitlines()[2] == "wording  c/a.yaml  1 of 1 interaction · text"
    assert SAYS in recording.splitlines()
    assert other.splitlines()[2:] == ["--- a/c/other.yaml", "+++ b/c/other.yaml", "@@ -1 +1 @@", "-a: 1", "+a: 2"]


def test_what_changed_in_nothing_that_matters(enabled: Path) -> None:
    put(enabled, "c/a.yaml", vcrpy(reply=["It is five."]))

    assert git("diff").splitlines()[2:] == ["cosmetic  c/a.yaml  5 → 4 events"]


@pytest.mark.parametrize("command", [["diff", "--cached"], ["diff", "HEAD"], ["stash", "show", "-p", "--ext-diff"]])
def test_other_ways_to_ask(enabled: Path, command: list[str]) -> None:
    put(enabled, "c/a.yaml", SIX)
    git("add", ".")
    if command[0] == "stash":
        git("stash")

    assert SAYS in git(*command).splitlines()


def test_between_commits_from_below(enabled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(enabled, "c/a.yaml", SIX)
    commit("second")
    monkeypatch.chdir("c")

    for command in (["diff", "HEAD~1"], ["diff", "HEAD~1", "HEAD", "--", "a.yaml"], ["log", "-p", "-1", "--ext-diff"]):
        assert SAYS in git(*command).splitlines(), command


def test_added_removed_renamed_and_of_another_mode(enabled: Path) -> None:
    put(enabled, "c/new.yaml", SIX.replace("/v1/", "/v2/"))
    git("mv", "c/a.yaml", "c/b.yaml")
    put(enabled, "c/b.yaml", SIX)
    git("add", ".")
    os.chmod("c/other.yaml", 0o755)
    git("add", ".")
    renamed, added, mode = git("diff", "--cached", "-M20").split("\n\ndiff --git ")

    assert renamed.splitlines()[2:4] == ["rename from c/a.yaml", "rename to c/b.yaml"]
    assert renamed.splitlines()[5] == "wording  c/a.yaml → c/b.yaml  1 of 1 interaction · text"
    assert SAYS in renamed.splitlines()
    assert added.splitlines()[1] == "new file mode 100644"
    assert added.splitlines()[3].startswith("behaviour  c/new.yaml  added")
    assert mode.splitlines() == ["a/c/other.yaml b/c/other.yaml", "old mode 100644", "new mode 100755"]
    git("rm", "-q", "-f", "c/new.yaml", "c/b.yaml")
    assert "deleted file mode 100644\n" in git("diff", "HEAD", "--no-renames")


NAMES = ["a b.yaml", "ü.yaml", "new\nline.yaml", "-n.yaml", "'q'.yaml", "$(touch ran).yaml", "[1].yaml", "b\\c.yaml"]


def test_names_are_only_names(enabled: Path) -> None:
    for name in NAMES:
        put(enabled, f"c/{name}", FIVE)
    commit("names")
    for name in NAMES:
        put(enabled, f"c/{name}", SIX)

    said = git("diff")
    assert said.splitlines().count(SAYS) == len(NAMES)
    assert not Path("ran").exists()
    assert "wording  c/new\\nline.yaml  " in said


# What is no recording, or none that can be read, before and after.
OTHERS = {
    "broken": (FIVE, FIVE.replace("interactions:", "interactions: ["), "+interactions: ["),
    "no recording any more": (FIVE, "a: 1\n", "+a: 1"),
    "empty": (FIVE, "", "-version: 1"),
    "no line end": ("a: 1\n", "a: 1", "\\ No newline at end of file"),
    "binary": ("\0\1\2", "\0\1\3", "Binary files a/c/x.yaml and b/c/x.yaml differ"),
    "not UTF-8": ("\udcff: 1\n", "\udcff: 2\n", "+\udcff: 2"),
}


@pytest.mark.parametrize(("old", "new", "expected"), OTHERS.values(), ids=OTHERS)
def test_what_cannot_be_read_is_text(enabled: Path, old: str, new: str, expected: str) -> None:
    path = enabled / "c/x.yaml"
    path.write_bytes(old.encode("utf-8", "surrogateescape"))
    commit("x")
    path.write_bytes(new.encode("utf-8", "surrogateescape"))

    assert expected in git("diff").splitlines()


def test_why_a_recording_is_text(enabled: Path) -> None:
    put(enabled, "c/a.yaml", FIVE.replace("headers:", "headers: ["))

    assert "not compared as a recording: c/a.yaml:6:7: not YAML: " in git("diff")


def test_of_a_recording_that_is_cut_off_what_is_there_is_compared(enabled: Path) -> None:
    put(enabled, "c/a.yaml", SIX.partition("    status:")[0])

    said = git("diff").splitlines()
    assert said[2] == "c/a.yaml:2:3: interaction 0 has no status (is the file cut off?)"
    assert SAYS in said


def test_in_colour_when_git_prints_in_colour(enabled: Path) -> None:
    put(enabled, "c/a.yaml", SIX)
    put(enabled, "c/other.yaml", "a: 2\n")
    assert "\x1b[" not in git("diff")
    git("config", "core.pager", "cat")
    git("config", "color.ui", "always")

    said = git("diff")
    assert "\x1b[1mdiff --git a/c/a.yaml b/c/a.yaml\x1b[0m" in said
    assert "\x1b[32m+" in said


def test_behind_a_pager_it_is_as_on_a_terminal(enabled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(enabled, "c/a.yaml", SIX.replace("It", "It " * 40))
    monkeypatch.setenv("GIT_PAGER", "cat")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)

    rows = on_a_terminal("diff").splitlines()
    assert rows[0] == "\x1b[1mdiff --git a/c/a.yaml b/c/a.yaml\x1b[0m"
    assert max(len(re.sub("\x1b\\[[0-9;]*m", "", row)) for row in rows) == 60


def on_a_terminal(*args: str) -> str:
    """What git prints where its output is a terminal."""
    outer, inner = os.openpty()
    with subprocess.Popen(["git", *args], stdout=inner, stderr=inner) as running:
        os.close(inner)
        said = b""
        # Linux ends a terminal that nobody writes to any more with an error.
        with suppress(OSError):
            while piece := os.read(outer, 4096):
                said += piece
        running.wait()
    os.close(outer)
    return said.decode().replace("\r\n", "\n")


def test_a_conflict_is_shown(enabled: Path) -> None:
    git("switch", "--quiet", "--create", "side")
    put(enabled, "c/a.yaml", SIX)
    commit("six")
    git("switch", "--quiet", "main")
    put(enabled, "c/a.yaml", SIX.replace("six", "seven"))
    commit("seven")
    git("merge", "side", code=1)

    assert "++<<<<<<<" in git("diff")
    assert "not compared as a recording: c/a.yaml:2:1: git left a conflict here" in git("diff", "HEAD")
    git("update-index", "--index-info", data=_unmerged())
    assert "* Unmerged path c/a.yaml" in git("diff", "--cached")


def _unmerged() -> bytes:
    return git("ls-files", "--stage", "c/a.yaml").encode()


def test_patches_are_of_the_files_themselves(enabled: Path) -> None:
    put(enabled, "c/a.yaml", SIX)
    patch = git("diff", "--no-ext-diff", "--no-textconv").encode()
    git("checkout", "--quiet", ".")
    git("apply", data=patch)
    assert (enabled / "c/a.yaml").read_text() == SIX

    git("add", "--patch", data=b"y\n")
    assert git("cat-file", "blob", ":c/a.yaml") == SIX


def test_before_the_first_commit(enabled: Path) -> None:
    git("checkout", "--quiet", "--orphan", "fresh")

    assert "\nnew file mode 100644\n" in git("diff", "--cached", "--", "c/a.yaml")


def test_in_another_work_tree_and_from_elsewhere(enabled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("worktree", "add", "--quiet", "../second")
    put(enabled.parent, "second/c/a.yaml", SIX)
    monkeypatch.chdir(enabled.parent)

    assert SAYS in git("-C", "second", "diff").splitlines()
    monkeypatch.setenv("GIT_DIR", str(enabled / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(enabled.parent / "second"))
    assert SAYS in git("diff").splitlines()


def test_in_a_submodule(enabled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outer").mkdir()
    monkeypatch.chdir(tmp_path / "outer")
    git("init", "--quiet")
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(enabled), "inner")
    commit("inner")
    put(tmp_path, "outer/inner/c/a.yaml", SIX)

    # The settings are those of each repository: the clone has none, and git goes on without.
    assert "\n-      string: " in git("-C", "inner", "diff")
    assert "-Subproject commit " in git("diff")


@pytest.mark.parametrize("broken", ["gone", "fails"])
def test_where_the_tool_is_gone_or_fails_git_goes_on(enabled: Path, broken: str) -> None:
    program = enabled / "program"
    for name in ("diff.cassette.command", "diff.cassette.textconv", "merge.cassette.driver"):
        value = git("config", name).rstrip("\n")
        git("config", name, re.sub(r"(?<=test -x )\S+ && \S+", f"'{program}' && '{program}'", value))
    if broken == "fails":
        program.write_text("#!/bin/sh\nexit 3\n")
        program.chmod(0o755)
    put(enabled, "c/a.yaml", SIX)

    assert "-      string: " in git("diff")
    commit("six")
    assert "-      string: " in git("show")
    git("switch", "--quiet", "--create", "side", "HEAD~1")
    put(enabled, "c/a.yaml", FIVE.replace("/v1/", "/v2/"))
    commit("v2")
    git("merge", "--no-edit", "main", code=0)
    assert Path("c/a.yaml").read_text() == SIX.replace("/v1/", "/v2/")
    put(enabled, "c/a.yaml", SIX.replace("six", "seven"))
    commit("seven")
    git("switch", "--quiet", "main")
    put(enabled, "c/a.yaml", SIX.replace("six", "eight"))
    commit("eight")
    git("merge", "side", code=1)
    assert "<<<<<<<" in Path("c/a.yaml").read_text()
