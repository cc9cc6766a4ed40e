"""Our sections of git's configuration come and go, and everything else stays to the byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repositories import git, needs_git

from cassette_cli.commands.git.configuration import added, removed

OURS = {
    "diff.cassette.command": 'f() { a "$1" \\ b; }; f',
    "merge.cassette.name": "c",
    "merge.cassette.driver": "d # e",
}
TEXT = """[diff "cassette"]
\tcommand = "f() { a \\"$1\\" \\\\ b; }; f"
[merge "cassette"]
\tname = "c"
\tdriver = "d # e"
"""

BEFORE = ["[core]", "\tbare = false", "; comment", "", '[diff "other"]', "\tcommand = x", "[merge]", "[alias] a = b"]


@given(st.lists(st.sampled_from(BEFORE), max_size=5), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_was_there_comes_back(rows: list[str], end: str, ended: bool) -> None:
    text = end.join(rows) + (end if ended and rows else "")

    after = added(text, OURS)
    assert after.startswith(text)
    assert removed(after, OURS) == text


@needs_git
def test_git_reads_what_is_written(tmp_path: Path) -> None:
    assert added("", OURS) == TEXT
    path = tmp_path / "config"
    path.write_text(TEXT)

    assert {name: git("config", "-f", str(path), name).rstrip("\n") for name in OURS} == OURS


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (TEXT, ["merge.cassette.name"], TEXT.replace('\tname = "c"\n', "")),
        (TEXT, ["diff.cassette.command"], TEXT.partition("[merge")[1] + TEXT.partition("[merge")[2]),
        ('[diff "cassette"]\n\tbinary = true\n\tCommand=x\n', OURS, '[diff "cassette"]\n\tbinary = true\n'),
        ('[diff "cassette"]\n\t# mine\n\tcommand = x\n', OURS, '[diff "cassette"]\n\t# mine\n'),
        ('[ diff  "cassette" ]\n\tcommand = x\n[core]\n', OURS, "[core]\n"),
        ('[diff "other"]\n\tcommand = x\n', OURS, '[diff "other"]\n\tcommand = x\n'),
        ("command = x\n", OURS, "command = x\n"),
    ],
)
def test_only_lines_of_these_names_go(text: str, names: list[str], expected: str) -> None:
    assert removed(text, names) == expected
