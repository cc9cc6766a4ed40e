"""What is told of what was found: by part, by side, by place."""

import pytest

from cassette_cli.comparison.changes import Change, Part, Verdict
from cassette_cli.comparison.settings import WORDS, settings
from cassette_cli.errors import CassetteError


def change(where: str, part: Part) -> Change:
    return Change(where=where, part=part, verdict=Verdict.BEHAVIOUR, old=1, new=2)


TEXT = change("reply.messages[0].text", Part.TEXT)
USAGE = change("reply.usage.input_tokens", Part.USAGE)
ASKED = change("request.messages[0].text", Part.MESSAGES)
STATUS = change("response.status", Part.STATUS)
ALL = [TEXT, USAGE, ASKED, STATUS]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, ALL),
        ({"only": ["text"]}, [TEXT]),
        ({"only": ["reply"]}, [TEXT, USAGE, STATUS]),
        ({"ignore": ["reply"]}, [ASKED]),
        ({"ignore": ["request", "usage"]}, [TEXT, STATUS]),
        ({"only": ["reply"], "ignore": ["usage"]}, [TEXT, STATUS]),
        ({"ignore_paths": ["reply.messages[*]"]}, [USAGE, ASKED, STATUS]),
    ],
)
def test_what_is_kept(options: dict[str, list[str]], kept: list[Change]) -> None:
    assert list(filter(settings(**options).keeps, ALL)) == kept  # type: ignore[arg-type]  # names of its options


@pytest.mark.parametrize(
    ("options", "keeps"),
    [
        ({}, True),
        ({"only": ["text"]}, False),
        ({"only": ["interactions"]}, True),
        ({"ignore": ["interactions"]}, False),
    ],
)
def test_whole_interactions(options: dict[str, list[str]], *, keeps: bool) -> None:
    assert settings(**options).keeps_whole == keeps  # type: ignore[arg-type]  # names of its options


@pytest.mark.parametrize("options", [{"only": ["texts"]}, {"ignore": ["Usage"]}])
def test_words_that_are_no_parts(options: dict[str, list[str]]) -> None:
    with pytest.raises(CassetteError, match="no such part"):
        settings(**options)  # type: ignore[arg-type]  # names of its options


@pytest.mark.parametrize("tolerance", [-1.0, float("nan")])
def test_tolerances_that_are_none(tolerance: float) -> None:
    with pytest.raises(CassetteError, match="tolerance"):
        settings(tolerance=tolerance)


def test_a_word_means_one_thing() -> None:
    assert len(WORDS) == len(set(WORDS))
