"""`cassette redact --audit`: one question for each secret, answered by a letter."""

import io
import json
import sys
from pathlib import Path

import pytest
from planted import put, secret, vcrpy

from cassette_cli import cli

FIRST, SECOND = secret(1), secret(2)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two recordings in the working directory; one secret is in both."""
    monkeypatch.chdir(tmp_path)
    return [
        put(tmp_path, "a.yaml", vcrpy(headers={"authorization": f"Bearer {FIRST}"})),
        put(tmp_path, "b.yaml", vcrpy(headers={"authorization": f"Bearer {SECOND}"}, prompt=FIRST)),
    ]


def held(files: list[Path]) -> list[tuple[bool, bool]]:
    """Which of the two secrets each file holds."""
    return [(FIRST in path.read_text(), SECOND in path.read_text()) for path in files]


def answer(monkeypatch: pytest.MonkeyPatch, answers: str, *args: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    return cli.run(["redact", "--audit", "a.yaml", "b.yaml", *args])


@pytest.mark.parametrize(
    ("answers", "left", "code"),
    [
        ("r\nr\n", [(False, False), (False, False)], 0),
        ("r\ns\n", [(False, False), (False, True)], 1),
        ("s\nr\n", [(True, False), (True, False)], 1),
        ("q\n", [(True, False), (True, True)], 1),
        ("r\nq\n", [(False, False), (False, True)], 1),
        ("", [(True, False), (True, True)], 1),
        ("what?\nR\nr", [(False, False), (False, False)], 0),
    ],
)
def test_answers(
    files: list[Path], answers: str, left: list[tuple[bool, bool]], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(monkeypatch, answers) == code
    assert held(files) == left


def test_a_question_shows_all_places_and_no_secret(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, "s\ns\n")
    out = capsys.readouterr().out
    assert "1/2  openai-api-key  " in out
    assert "  a.yaml:8:16: request.headers.authorization\n    - Bearer ********\n" in out
    assert "  b.yaml:3:" in out
    assert FIRST[8:20] not in out
    assert held(files) == [(True, False), (True, True)]


def test_what_is_allowed_goes_into_the_baseline(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert answer(monkeypatch, "a\nr\n", "--baseline", "known.json") == 0
    assert held(files) == [(True, False), (True, False)]
    known = json.loads(files[0].with_name("known.json").read_text())
    assert [each["path"] for each in known["findings"]] == ["a.yaml", "b.yaml"]
    assert answer(monkeypatch, "", "--baseline", "known.json") == 0


def test_without_a_baseline_nothing_can_be_allowed(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(monkeypatch, "a\nq\n") == 1
    assert "name one with --baseline FILE" in capsys.readouterr().out
