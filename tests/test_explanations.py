"""All that can be explained, is; and the pages say it."""

from pathlib import Path

import pytest

from cassette_cli import shipped
from cassette_cli.anomalies import Code
from cassette_cli.checks.registry import CHECKS
from cassette_cli.comparison.changes import Verdict
from cassette_cli.errors import CassetteError
from cassette_cli.explanations import Kind, explained, explanations
from cassette_cli.redaction.own import BUILT_IN

EVERY = explanations()


def test_every_word_is_there_once_in_its_kind() -> None:
    words = {kind: [each.code for each in EVERY if each.kind is kind] for kind in Kind}
    assert words[Kind.ANOMALY] == [code.value for code in Code]
    assert words[Kind.CHECK] == [code for code in CHECKS if code not in words[Kind.ANOMALY]]
    assert words[Kind.VERDICT] == [verdict.word for verdict in Verdict]
    assert sorted(words[Kind.RULE]) == sorted(BUILT_IN)


def test_each_text_says_something_and_is_plain() -> None:
    for each in EVERY:
        assert len(each.text.split()) > (0 if each.kind is Kind.VERDICT else 3), each
        assert not set("\n*") & set(each.text.replace("\n\n", "").replace("_*", "").replace("content-*", "")), each
        assert "](" not in each.text, each
        assert each.summary


def test_a_text_is_that_of_its_page() -> None:
    (found,) = explained("stream-empty", EVERY)
    assert found.text == (
        "The stream brings no message at all: only `[DONE]`, comments or nothing. Seen with Hugging Face's router. "
        "Clients that take the first choice for granted raise an index error."
    )
    assert found.text in " ".join(shipped.documentation("anomalies").split())


def test_the_level_of_a_check_is_told_apart_from_its_text() -> None:
    (found,) = explained("content-length-wrong", EVERY)
    assert found.level == "warning"
    assert found.text.startswith("A Content-Length header, or ")


def test_a_word_with_two_meanings_has_both() -> None:
    clashes = {each.code for each in EVERY if [other.code for other in EVERY].count(each.code) > 1}
    for code in clashes:
        assert len({each.kind for each in explained(code, EVERY)}) == len(explained(code, EVERY)) > 1


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("stream-cutof", "nothing is named 'stream-cutof'; did you mean stream-cut-off?"),
        ("openai-key", "did you mean openai-api-key?"),
        ("qqqq", "nothing is named 'qqqq'; `cassette explain` lists all codes"),
    ],
)
def test_an_unknown_word_is_an_error_with_what_was_meant(word: str, message: str) -> None:
    with pytest.raises(CassetteError) as raised:
        explained(word, EVERY)
    assert message in str(raised.value)


def test_a_wheel_has_the_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What pyproject.toml puts into it is what is asked for; and copies there come first."""
    packed = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    for name in ("anomalies", "checks", "diff"):
        assert f'"docs/{name}.md" = "cassette_cli/docs/{name}.md"' in packed
    (tmp_path / "checks.md").write_text("copied", encoding="utf-8")
    monkeypatch.setattr(shipped, "DOCS", (tmp_path, *shipped.DOCS))
    assert shipped.documentation("checks") == "copied"
