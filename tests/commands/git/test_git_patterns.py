"""The fewest patterns name all recordings and nothing else, and git reads them as meant."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repositories import git, needs_git

from cassette_cli.commands.git.attributes import added
from cassette_cli.commands.git.patterns import patterns_for, quoted, split
from cassette_cli.repository import attributes

# Recordings, other files, patterns.
TABLE = {
    "one folder": (["tests/cassettes/a.yaml", "tests/cassettes/x/b.yaml"], ["a.yaml"], ["tests/cassettes/**/*.yaml"]),
    "folders of one name": (
        [f"{lib}/tests/cassettes/a.yaml" for lib in "abc"],
        [f"{lib}/tests/config.yaml" for lib in "abc"],
        ["**/cassettes/**/*.yaml"],
    ),
    "folders below one": (["tests/a/x.yaml", "tests/b/y.yaml"], ["x.yaml"], ["tests/**/*.yaml"]),
    "an ending of its own": (["a/x.httprr", "b/y.httprr"], ["a/x.go"], ["*.httprr"]),
    "two kinds": (["t/a.yaml", "t/b.json"], ["t/c.py", "u.json"], ["t/**/*.json", "t/**/*.yaml"]),
    "no ending": (["t/r/a", "t/r/b"], ["t/c"], ["t/r/**"]),
    "beside other files": (["t/a.yaml"], ["t/b.yaml"], ["/t/a.yaml"]),
    "at the top": (["a.yaml", "x y.yaml"], ["b.yaml"], ["/a.yaml", "/x y.yaml"]),
    "characters of patterns": (["t[1]/a.yaml", "b*.yaml"], ["c.yaml"], ["/b\\*.yaml", "t\\[1]/**/*.yaml"]),
    "nothing": ([], ["a"], []),
}


@pytest.mark.parametrize(("recordings", "others", "expected"), TABLE.values(), ids=TABLE)
def test_the_fewest_patterns(recordings: list[str], others: list[str], expected: list[str]) -> None:
    assert patterns_for(recordings, others) == expected


@needs_git
@pytest.mark.usefixtures("work_tree")
@pytest.mark.parametrize(("recordings", "others", "expected"), TABLE.values(), ids=TABLE)
def test_git_reads_them_as_meant(recordings: list[str], others: list[str], expected: list[str]) -> None:
    Path(".gitattributes").write_text(added("", expected))

    assert [each["diff"] for each in attributes(recordings, ["diff"])] == ["cassette"] * len(recordings)
    assert [each["diff"] for each in attributes(others, ["diff"])] == ["unspecified"] * len(others)


NAMES = st.sampled_from(["a", "b", "c d", "[x]", "cassettes", "é", '"q"', "#n", "!", "t\\u", "new\nline"])
PATHS = st.builds(
    lambda folders, name, ending: "/".join([*folders, name + ending]),
    st.lists(NAMES, max_size=3),
    NAMES,
    st.sampled_from([".yaml", ".json", ".httprr", ""]),
)


@needs_git
@given(st.sets(PATHS, min_size=1, max_size=12), st.data())
def test_whatever_the_names(tmp_path_factory: pytest.TempPathFactory, paths: set[str], data: st.DataObject) -> None:
    """All recordings and only they have the attribute."""
    recordings = data.draw(st.sets(st.sampled_from(sorted(paths))))
    others = paths - recordings
    patterns = patterns_for(recordings, others)
    folder = tmp_path_factory.mktemp("names")
    git("init", "--quiet", str(folder))
    (folder / ".gitattributes").write_bytes(added("", patterns).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        found = attributes(sorted(paths), ["merge"])

    assert {path for path, each in zip(sorted(paths), found, strict=True) if each["merge"] == "cassette"} == recordings


@pytest.mark.parametrize("pattern", ["a", "a b", '"', "#x", "a\tb", "\\[", "a\nb", "é"])
def test_a_pattern_is_found_again(pattern: str) -> None:
    assert split(f"{quoted(pattern)} diff=x  merge=y") == (quoted(pattern), ["diff=x", "merge=y"])
