"""Long output goes through a pager on a terminal, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminals import on_terminal

from cassette_cli import cli
from cassette_cli.render.pager import pager

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "vcrpy" / "http_json.yaml"
MARKS = "sed s/^/paged:/"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"PAGER": "cat"}, None),
        ({"PAGER": ""}, None),
        ({"PAGER": "sed s/a/b/"}, "sed s/a/b/"),
        ({"PAGER": "no-such-pager"}, None),
        ({"PAGER": "sed", "CASSETTE_PAGER": "cat"}, None),
        ({"PAGER": "cat", "CASSETTE_PAGER": "sed"}, "sed"),
        ({"PAGER": "sed", "TERM": "dumb"}, None),
    ],
)
def test_which_pager(environ: dict[str, str], command: str | None) -> None:
    assert pager({"TERM": "xterm", **environ}) == command


def test_on_a_terminal_all_of_the_output_is_paged_in_colour_and_wrapped() -> None:
    code, shown = on_terminal(["show", str(SAMPLE)], PAGER=MARKS)
    plain = on_terminal(["--no-pager", "show", str(SAMPLE)], PAGER=MARKS)[1]
    assert code == 0
    assert "\x1b[1m" in plain
    assert "paged:" not in plain
    assert shown == "".join(f"paged:{line}" for line in plain.splitlines(keepends=True))


@pytest.mark.parametrize(
    "args",
    [["--no-pager", "show", str(SAMPLE)], ["show", "--no-pager", str(SAMPLE)], ["schema"], ["show", "--help"]],
    ids=" ".join,
)
def test_what_is_not_paged(args: list[str]) -> None:
    assert "paged:" not in on_terminal(args, PAGER=MARKS)[1]


def test_a_pipe_is_not_paged() -> None:
    command = [sys.executable, "-m", "cassette_cli", "show", str(SAMPLE)]
    done = subprocess.run(command, env={**os.environ, "PAGER": MARKS}, capture_output=True, text=True, check=False)
    assert "paged:" not in done.stdout


def test_an_error_alone_starts_no_pager() -> None:
    assert on_terminal(["show", "absent.yaml"], PAGER=MARKS) == (
        2,
        "absent.yaml: cannot be read: No such file or directory\n",
    )


def test_an_error_among_output_stands_in_the_pager() -> None:
    code, shown = on_terminal(["--no-pager", "show", "-j1", str(SAMPLE), "absent.yaml"], PAGER=MARKS)
    paged_code, paged = on_terminal(["show", "-j1", str(SAMPLE), "absent.yaml"], PAGER=MARKS)
    assert code == paged_code == 2
    assert sorted(f"paged:{line}" for line in shown.splitlines()) == sorted(paged.splitlines())


def test_exit_codes_stay() -> None:
    folder = SAMPLE.parent
    args = ["diff", str(folder / "openai_chat_text.yaml"), str(folder / "openai_chat_gzip.yaml")]
    code, shown = on_terminal(args, PAGER=MARKS)
    assert (code, shown.startswith("paged:")) == (1, True)


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    code, shown = on_terminal(["show", "-j1", str(SAMPLE.parent)], PAGER="head -n 2")
    assert code == cli.BROKEN_PIPE
    assert shown.count("\n") == 2


def test_bodies_stay_harmless_behind_a_pager_that_shows_all(tmp_path: Path) -> None:
    body = '"\\u001b]0;title\\u0007"'
    text = f'{{"interactions": [{{"request": {{"method": "GET", "uri": "http://a/", "body": null, "headers": {{}}}}, \
"response": {{"status": {{"code": 200, "message": "OK"}}, "headers": {{}}, "body": {{"string": {body}}}}}}}]}}'
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    shown = on_terminal(["show", "--raw", str(tmp_path / "a.json")], PAGER=MARKS)[1]
    assert shown == "paged:\\x1b]0;title\\x07\n"


def test_less_leaves_short_output_on_the_screen() -> None:
    code, shown = on_terminal(["ls", str(SAMPLE)])
    assert code == 0
    assert "api.shop.example" in shown
    assert "\x1b[?1049h" not in shown
