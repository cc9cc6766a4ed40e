"""`git log -p`, `git show` and `git blame` of recordings: lines that change where the conversation does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from goldens import check_golden
from planted import put, vcrpy
from repositories import commit, git, needs_git

from cassette_cli import cli
from cassette_cli.commands.git.textconv import textconv

ROOT = Path(__file__).resolve().parents[3]
FIVE, SIX = vcrpy(reply=["It is ", "five."]), vcrpy(reply=["It", " is six."])


def converted(path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> bytes:
    assert cli.run(["git", "textconv", str(path)]) == 0
    return capsysbinary.readouterr().out


@needs_git
@pytest.mark.usefixtures("enabled")
def test_history_shows_what_was_said_differently(enabled: Path) -> None:
    put(enabled, "c/a.yaml", SIX)
    commit("second")

    for command in (
        ["log", "-p", "-1"],
        ["show"],
        ["diff", "--no-ext-diff", "HEAD~1"],
        ["format-patch", "-1", "--stdout"],
    ):
        changed = [row for row in git(*command).splitlines() if re.match(r"[+-](?!\+\+ |-- )", row)]
        if command[0] == "format-patch":
            assert len(changed) > 2, "a patch is made of the files themselves"
        else:
            assert changed == ["-     It is five.", "+     It is six."], command
    assert "@@ POST https://api.example/v1/chat/completions  200" in git("show", "-U1")
    assert [row.partition(") ")[2] for row in git("blame", "c/a.yaml").splitlines() if not row.startswith("^")] == [
        "     It is six."
    ]
    assert "     It is six." in git("show", "--textconv", "HEAD:c/a.yaml").splitlines()


@needs_git
@pytest.mark.usefixtures("enabled")
def test_other_times_ids_and_chunks_are_no_change(enabled: Path) -> None:
    put(enabled, "c/a.yaml", vcrpy(reply=["It is five."], headers={"date": "now"}))
    commit("second")

    assert git("show", "--format=") == ""
    assert "1 file changed" in git("show", "--stat")


def test_an_interaction_in_front_is_one_addition(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    sample = (ROOT / "samples/go_vcr/openai_chat_sse_add_multiply.yaml").read_text()
    head, first, second = sample.partition("    - id: 0")[0], *sample.partition("    - id: 0")[1:]
    one, other, rest = (first + second).partition("    - id: 1")
    put(tmp_path, "old.yaml", head + other + rest)
    put(tmp_path, "new.yaml", head + one + other + rest)

    before, after = (converted(tmp_path / name, capsysbinary).decode() for name in ("old.yaml", "new.yaml"))
    assert before.endswith("their product is 6.\n\n   finish stop\n")
    assert after.endswith("their product is 6.\n\n   finish stop\n")
    assert "events" not in after
    assert "120 ms" not in after


def test_how_it_reads(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    said = converted(ROOT / "samples/go_vcr/openai_chat_sse_add_multiply.yaml", capsysbinary)

    check_golden("git_textconv.txt", said.decode())


@pytest.mark.parametrize(
    "data",
    [b"", b"a: 1\n", b"\0\xff", FIVE.replace("interactions:", "interactions: [").encode(), FIVE[:60].encode()],
    ids=["empty", "another file", "binary", "broken", "cut off"],
)
def test_what_cannot_be_read_is_as_it_is(
    data: bytes, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(data)

    assert converted(path, capsysbinary) == data


def test_it_is_the_same_in_every_run(corpus: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for path in sorted(path for path in corpus.rglob("*") if path.is_file())[::400]:
        textconv(str(path))
        first = capsysbinary.readouterr().out
        command = [sys.executable, "-m", "cassette_cli", "git", "textconv", str(path)]
        assert subprocess.run(command, capture_output=True, check=True).stdout == first, path
