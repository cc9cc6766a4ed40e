"""What differs between revisions, index and work tree, in real repositories."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from repositories import commit, git, needs_git

from cassette_cli.errors import CassetteError
from cassette_cli.repository import File, Versions, changes, contents

pytestmark = [needs_git, pytest.mark.usefixtures("work_tree")]

NAMES = ["a b.yaml", "ü.yaml", "new\nline.yaml", "-n.yaml", "x/[1]*.yaml", ":(top).yaml"]


def put(**texts: str) -> None:
    for name, text in texts.items():
        Path(name).write_text(text)


def read(found: Sequence[Versions]) -> list[tuple[str, str | None, str | None]]:
    """Path, old content, new content."""
    return [(_path(each), _content(each.old), _content(each.new)) for each in found]


def _path(versions: Versions) -> str:
    file = versions.new or versions.old
    assert file
    return file.path


def _content(file: File | None) -> str | None:
    return next(contents([file])).decode() if file else None


@pytest.fixture
def history(work_tree: Path) -> None:
    """Three commits on a branch, and one beside them."""
    put(a="a1", b="b1")
    commit("1")
    git("branch", "side")
    put(a="a2", c="c2")
    commit("2")
    Path("b").unlink()
    commit("3")
    git("switch", "--quiet", "side")
    put(a="side")
    commit("side")
    git("switch", "--quiet", "main")


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        (["HEAD~1"], [("b", "b1", None)]),
        (["HEAD~2"], [("a", "a1", "a2"), ("b", "b1", None), ("c", None, "c2")]),
        (["HEAD~2", "HEAD~1"], [("a", "a1", "a2"), ("c", None, "c2")]),
        (["HEAD~2..HEAD~1"], [("a", "a1", "a2"), ("c", None, "c2")]),
        (["HEAD~1.."], [("b", "b1", None)]),
        (["HEAD^!"], [("b", "b1", None)]),
        (["side..HEAD"], [("a", "side", "a2"), ("b", "b1", None), ("c", None, "c2")]),
        (["side...HEAD"], [("a", "a1", "a2"), ("b", "b1", None), ("c", None, "c2")]),
        (["HEAD...side"], [("a", "a1", "side")]),
        (["side:a", "HEAD:a"], [("a", "side", "a2")]),
        (["HEAD"], []),
        ([], []),
    ],
    ids=str,
)
@pytest.mark.usefixtures("history")
def test_revisions_are_those_of_git_diff(
    revisions: list[str], expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert read(changes(revisions)) == expected


@pytest.mark.usefixtures("history")
def test_the_index_and_the_work_tree() -> None:
    put(a="staged", c="c2")
    git("add", "a")
    put(a="tree", untracked="u")

    assert read(changes()) == [("a", "staged", "tree")]
    assert read(changes(staged=True)) == [("a", "a2", "staged")]
    assert read(changes(["HEAD~2"], ["a"], staged=True)) == [("a", "a1", "staged")]
    assert read(changes(["HEAD"])) == [("a", "a2", "tree")]


def test_before_the_first_commit() -> None:
    put(a="1")
    git("add", "a")

    assert read(changes(staged=True)) == [("a", None, "1")]


@pytest.mark.usefixtures("history")
def test_paths_count_from_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        Path(name).parent.mkdir(exist_ok=True)
        put(**{name: name})
    commit("names")
    monkeypatch.chdir("x")

    assert [row[0] for row in read(changes(["HEAD~1", "HEAD"]))] == [
        os.path.relpath(name, "x") for name in sorted(NAMES)
    ]
    assert read(changes(["HEAD~1"], ["."])) == [("[1]*.yaml", None, "x/[1]*.yaml")]


@pytest.mark.usefixtures("history")
def test_only_regular_files_are_files() -> None:
    os.symlink("a", "link")
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./.git", "module")
    commit("link and module")
    Path("a").unlink()
    os.symlink("c", "a")

    assert [row[0] for row in read(changes(["HEAD~1", "HEAD"]))] == [".gitmodules"]
    assert read(changes()) == [("a", "a2", None)]


@pytest.mark.usefixtures("history")
def test_a_file_in_conflict_is_what_the_work_tree_holds() -> None:
    git("merge", "side", code=1)

    [(path, old, new)] = read(changes())
    assert (path, old) == ("a", "a2")
    assert new is not None
    assert new.startswith("<<<<<<< HEAD\na2")


@pytest.mark.usefixtures("history")
def test_no_setting_runs_a_program() -> None:
    for name in ("diff.external", "diff.x.textconv", "core.fsmonitor"):
        git("config", name, "touch ran;")
    put(**{".gitattributes": "* diff=x\n", "a": "tree"})

    assert read(changes()) == [("a", "a2", "tree")]
    assert not Path("ran").exists()


@pytest.mark.usefixtures("history")
def test_in_a_bare_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))
    monkeypatch.chdir(tmp_path / "bare")

    assert read(changes(["HEAD~1..HEAD"])) == [("b", "b1", None)]


@pytest.mark.usefixtures("history")
def test_contents_come_one_by_one() -> None:
    put(a="\0\n" * 100_000)
    commit("large")
    [large] = changes(["HEAD^!"])
    assert large.new
    found = contents([large.new, File("gone", "0" * 39 + "1"), File("a", None)])

    assert next(found) == b"\0\n" * 100_000
    with pytest.raises(CassetteError, match="gone: git does not have its content"):
        next(found)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("revisions", "message"),
    [
        (["nowhere"], "git diff: fatal: bad revision 'nowhere'"),
        (["--output=x"], "no revision: --output=x"),
        (["HEAD^!"], "a merge cannot be compared with all its parents at once"),
    ],
)
def test_what_is_no_revision_is_refused(revisions: list[str], message: str) -> None:
    git("merge", "side", code=1)
    put(a="both")
    commit("merge")
    with pytest.raises(CassetteError, match=message):
        changes(revisions)


def test_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CassetteError, match="git cannot be run"):
        changes()


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CassetteError, match="git rev-parse: fatal: not a git repository"):
        changes()
