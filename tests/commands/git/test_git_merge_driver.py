"""Merges of recordings in real repositories: what both sides added is there, and conflicts are of interactions."""

import gzip
from pathlib import Path

import pytest
from mergeable import LAYOUTS, Said, read
from planted import vcrpy
from repositories import commit, git, needs_git

from cassette_cli import cli

pytestmark = [needs_git, pytest.mark.usefixtures("enabled")]

PATH = Path("c/r.yaml")


def write(letters: str, layout: str = "go_vcr") -> None:
    """A recording with an interaction for each word: a question and an answer."""
    PATH.write_bytes(recording(letters, layout).encode())


def recording(letters: str, layout: str = "go_vcr") -> str:
    said: list[Said] = [(each[0], each[1:] or "answer") for each in letters.split()]
    return LAYOUTS[layout](said)


def branches(base: str, ours: str, theirs: str, layout: str = "go_vcr") -> None:
    """A commit on `main` and one on `side`, from a commit that both have."""
    write(base, layout)
    commit("base")
    git("switch", "--quiet", "--create", "side")
    write(theirs, layout)
    commit("theirs")
    git("switch", "--quiet", "main")
    write(ours, layout)
    commit("ours")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_both_sides_append_is_there(layout: str) -> None:
    branches("a", "a b", "a c d", layout)
    git("merge", "--no-edit", "side")

    text = PATH.read_bytes().decode()
    assert text == recording("a b c d", layout)
    assert [each.id for each in read(text).interactions] == (
        ["0", "1", "2", "3"] if layout in ("go_vcr", "no_last_line_end") else [None] * 4
    )


def test_without_the_driver_it_is_a_conflict() -> None:
    """What people have today."""
    branches("a", "a b", "a c d")
    assert cli.run(["git", "disable"]) == 0
    commit("disabled")
    git("merge", "side", code=1)


@pytest.mark.parametrize("how", ["rebase", "cherry-pick", "stash", "revert"])
def test_whatever_merges(how: str) -> None:
    branches("a b", "a b c", "a d b")
    match how:
        case "rebase":
            git("rebase", "side")
        case "cherry-pick":
            git("cherry-pick", "side")
        case "stash":
            write("a e b c")
            git("stash")
            write("a b c d")
            commit("more")
            git("stash", "pop")
        case "revert":
            write("x a b c")
            commit("more")
            git("revert", "--no-edit", "HEAD~1")

    expected = {"stash": "a e b c d", "revert": "x a b"}.get(how, "a d b c")
    assert PATH.read_text() == recording(expected)


def test_a_conflict_is_one_of_interactions(capsys: pytest.CaptureFixture[str]) -> None:
    branches("a1 b1 c1", "a1 b2 c1", "a1 b3 c1 d1")
    assert "CONFLICT (content): Merge conflict in c/r.yaml" in git("merge", "side", code=1)

    text, ours = PATH.read_text(), recording("a1 b2 c1 d1")
    start, end = ours.index("    - id: 1"), ours.index("    - id: 2")
    theirs = ours[start:end].replace("            2\n", "            3\n")
    assert text == ours[:start] + f"<<<<<<< ours\n{ours[start:end]}=======\n{theirs}>>>>>>> theirs\n" + ours[end:]
    assert cli.run(["ls", str(PATH)]) == 2
    printed = capsys.readouterr()
    assert "c/r.yaml (ours)" in printed.out
    assert "c/r.yaml (theirs)" in printed.out
    PATH.write_text(recording("a1 b3 c1 d1"))
    git("add", ".")
    git("-c", "core.editor=true", "merge", "--continue")


@pytest.mark.parametrize("style", ["diff3", "zdiff3"])
def test_the_base_stands_in_conflicts_where_the_user_wants_it(style: str) -> None:
    git("config", "merge.conflictStyle", style)
    branches("a1", "a2", "a3")
    git("merge", "side", code=1)

    markers = [
        line for line in PATH.read_text().splitlines() if line[:7] in ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
    ]
    assert markers == ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"]


def test_both_sides_make_the_file() -> None:
    git("switch", "--quiet", "--create", "side")
    write("a b")
    commit("theirs")
    git("switch", "--quiet", "main")
    write("a c")
    commit("ours")
    git("merge", "--no-edit", "side")

    assert PATH.read_text() == recording("a c b")


def test_merges_of_merges() -> None:
    """Each side has merged the other before, so the common ancestor is itself a merge, here one with a conflict."""
    branches("a1", "a2", "a3")
    for side, other in (("main", "side"), ("side", "main~1")):
        git("switch", "--quiet", side)
        git("merge", other, code=1)
        write("a2 x" if side == "main" else "a2 y")
        commit("merged")
    git("switch", "--quiet", "main")
    git("merge", "--no-edit", "side")

    assert PATH.read_text() == recording("a2 x y")


# Base, ours, theirs, what is merged, and what is said.
AS_TEXT = {
    "no recording": ("a: 1\nb: 2\nc: 3\nd: 4\n", "a: 2\nb: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\nc: 3\nd: 5\n", "", ""),
    "values on one line": (
        *(recording(each, "ruby_json") for each in ("a1", "a2", "a3")),
        *("<<<<<<<", "c/r.yaml: merged line by line: the conflicts are in no lines of their own"),
    ),
    "broken": (
        "interactions: [\n",
        "interactions: [\n1\n",
        "interactions: [\n2\n",
        "<<<<<<<",
        "merged line by line: not",
    ),
}


@pytest.mark.parametrize(("base", "ours", "theirs", "held", "told"), AS_TEXT.values(), ids=AS_TEXT)
def test_what_cannot_be_merged_so_is_merged_line_by_line(
    base: str, ours: str, theirs: str, held: str, told: str
) -> None:
    for text, name in ((base, "base"), (theirs, "side"), (ours, "main")):
        if name != "base":
            git("switch", "--quiet", *(["--create"] if name == "side" else []), name)
        PATH.write_text(text)
        commit(name)
    said = git("merge", "--no-edit", "side", code=1 if held else 0)

    assert told in said
    assert held in PATH.read_text()
    assert held or PATH.read_text() == "a: 2\nb: 2\nc: 3\nd: 5\n"


def test_binary_files_stay_ours() -> None:
    for text, name in ((b"\0a", "base"), (b"\0b", "side"), (b"\0c", "main")):
        if name != "base":
            git("switch", "--quiet", *(["--create"] if name == "side" else []), name)
        PATH.write_bytes(text)
        commit(name)

    assert "CONFLICT (content)" in git("merge", "side", code=1)
    assert PATH.read_bytes() == b"\0c"


@pytest.mark.parametrize(("theirs", "code"), [("a b d", 0), ("a2", 1)])
def test_compressed_files(tmp_path: Path, theirs: str, code: int) -> None:
    packed = [gzip.compress(recording(each).encode(), mtime=0) for each in ("a", "a c", theirs)]
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, data in zip(files, packed, strict=True):
        file.write_bytes(data)
    if code:
        files[1].write_bytes(gzip.compress(recording("a3").encode()))
    before = files[1].read_bytes()

    assert cli.run(["git", "merge-driver", *map(str, files), "7", "a.yaml.gz"]) == code
    if code:
        assert files[1].read_bytes() == before
    else:
        assert gzip.decompress(files[1].read_bytes()).decode() == recording("a c b d")


def test_labels_are_those_that_git_gives(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for labels, expected in (
        (["b", "HEAD", "topic (x)"], ["HEAD", "topic (x)"]),
        (["%S", "%X", "%Y"], ["ours", "theirs"]),
    ):
        for file, letters in zip(files, ("a1", "a2", "a3"), strict=True):
            file.write_text(recording(letters))
        assert cli.run(["git", "merge-driver", *map(str, files), "9", "a.yaml", *labels]) == 1
        markers = [line for line in files[1].read_text().splitlines() if line[:9] in ("<" * 9, ">" * 9)]
        assert markers == [f"{'<' * 9} {expected[0]}", f"{'>' * 9} {expected[1]}"]


def test_streams_are_merged_whole(enabled: Path) -> None:
    """The recording of a fixture changes on one side, and another interaction comes on the other."""
    one, other = vcrpy(reply=["It is ", "five."]), vcrpy(prompt="And now?", reply=["six"])
    added = other.removeprefix("interactions:\n").removesuffix("version: 1\n")
    git("switch", "--quiet", "--create", "side")
    (enabled / "c/a.yaml").write_text(one.replace("five", "V"))
    commit("V")
    git("switch", "--quiet", "main")
    (enabled / "c/a.yaml").write_text(one.replace("version: 1\n", f"{added}version: 1\n"))
    commit("more")
    git("merge", "--no-edit", "side")

    assert (enabled / "c/a.yaml").read_text() == one.replace("five", "V").replace(
        "version: 1\n", f"{added}version: 1\n"
    )
