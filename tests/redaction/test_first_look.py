"""A first look says no only where the exact search finds nothing, whatever the text."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes_of_rules import SHAPES
from specimens import drawn

from cassette_cli import files
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette
from cassette_cli.redaction import base64_text
from cassette_cli.redaction.assignments import Assignments
from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.find import Finder
from cassette_cli.redaction.first_look import FirstLook
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.shapes import Shapes

SHAPES_OF_ALL = Shapes(RULES)
ASSIGNMENTS = Assignments(personal=True)
# What parts and surrounds keys in texts: of JSON, code, URLs, terminals; white space and letters beyond ASCII.
AROUND = [
    *(
        "",
        " ",
        "\n",
        "\\n",
        "\\\\n",
        '"',
        '\\"',
        "\\u0022",
        "\\u002d",
        "%3D",
        "%22",
        "[0m",
        "\x1b[1;31m",
        "é",
        "x",
        "_",
    ),
    *("=", ": ", '": "', '\\": \\"', " = ", "\u2003", "\x1c", "\x85", "\u00a0:", "=>", ":=", "\\/", "\u0661", "\ud800"),
]
NAMES = [
    "password",
    "api_key",
    "X-API-KEY",
    "ACCE\u017f\u017fTOKEN",
    "to\u212aen",
    "sig",
    "cookie",
    "user_email",
    "clé_secret_ñ",
]
SPECIMENS = [drawn(shape, Random(number)).text for number, shapes in enumerate(SHAPES.values()) for shape in shapes]

TEXTS = st.lists(st.sampled_from([*AROUND, *NAMES, *SPECIMENS, "true", "[", "hunter22"]), max_size=8).map("".join)


def outcomes(text: str) -> list[object]:
    """What the searches that begin with a first look say of a text."""
    return [
        SHAPES_OF_ALL.may_be_in(text),
        list(SHAPES_OF_ALL.matches(text)),
        ASSIGNMENTS.may_be_in(text),
        list(ASSIGNMENTS.matches(text)),
        base64_text.may_be_in(text),
    ]


def without(measure: Callable[[], object]) -> object:
    """What comes of a work when every look says yes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FirstLook, "may_hold", lambda self, text: True)
        return measure()


@given(TEXTS)
def test_outcomes_are_the_same_without_it(text: str) -> None:
    assert outcomes(text) == without(lambda: outcomes(text))


def test_it_looks() -> None:
    """All of this would hold of a look that always says yes."""
    for look in (SHAPES_OF_ALL._look, ASSIGNMENTS._look, base64_text.LOOK):
        assert not look.may_hold("The weather is fine, and the answer is 42.")


def test_each_pattern_is_one_that_re2_takes() -> None:
    for look in (SHAPES_OF_ALL._look, ASSIGNMENTS._look, Assignments()._look, base64_text.LOOK):
        assert look._compiled is not None


def test_what_re2_does_not_take_may_be_anywhere() -> None:
    assert FirstLook("(?<!a)b").may_hold("")


def test_without_the_library_all_may_be_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    assert FirstLook("never").may_hold("")


def test_real_recordings_have_the_same_findings_without_it(corpus: Path) -> None:
    """A part of them here; all in the slow test."""
    _compare(path for number, path in enumerate(sorted(corpus.rglob("*.y*ml"))) if number % 40 == 0)


@pytest.mark.slow
def test_all_real_recordings_have_the_same_findings_without_it(corpus: Path) -> None:
    _compare(path for path in sorted(corpus.rglob("*")) if path.is_file())


def _compare(paths: Iterator[Path]) -> None:
    count = 0
    for path in paths:
        for cassette in files.load([str(path)], skip_others=True):
            if isinstance(cassette, Cassette):
                count += 1
                assert _findings(cassette) == without(lambda held=cassette: _findings(held)), path  # type: ignore[misc]
    assert count > 20


def _findings(cassette: Cassette) -> list[tuple[str, str, str]]:
    finder = Finder(set(Category))
    found = finder.find(cassette, [exchange(each) for each in cassette.interactions])
    return [(each.where, each.rule, each.value) for each in found]
