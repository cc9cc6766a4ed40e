"""What is said of requests that changed."""

import pytest

from cassette_cli.document.text import Span
from cassette_cli.recorders import RECORDERS
from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.replay import Note, notes, summed
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.text import Spot, Text


def finding(where: str, spot: Spot = Spot.FIELD, name: str | None = None) -> Finding:
    text = Text("v", lambda: None, where, spot=spot, name=name, interaction=0)
    return Finding(text=text, span=Span(0, 1), rule="token", category=Category.CREDENTIALS, value="v")


def said(recorder: str, *found: Finding) -> list[str]:
    return [note.what for note in notes("a.yaml", recorder, [(each, "<token-1>") for each in found])]


QUERY = finding("request.url.query.key", Spot.QUERY, "key")
PATH = finding("request.url.path", Spot.PATH)
BODY = finding("request.body.$.a")
HEADER = finding("request.headers.authorization", Spot.HEADER, "authorization")
ALL = (QUERY, PATH, BODY, HEADER, finding("response.headers.x"), finding("response.body"), finding("document.x"))


@pytest.mark.parametrize(
    ("recorder", "parts"),
    [
        ("go-vcr", ["URL", "body", "headers"]),
        ("VCR.py", ["query parameter key", "URL", "body"]),
        ("Ruby VCR", ["URL", "body"]),
        ("httprr", ["URL", "body", "headers"]),
        ("other", []),
    ],
)
def test_parts_of_requests(recorder: str, parts: list[str]) -> None:
    assert said(recorder, *ALL) == [f"the request's {part}" for part in parts]


def test_the_advice_names_parameter_and_placeholder() -> None:
    [note] = notes("a.yaml", "VCR.py", [(QUERY, "<token-1>")])
    assert "('key', '<token-1>')" in note.advice


def test_every_recorder_is_known() -> None:
    # These find a recording by its name, or by its place in the test.
    by_name = ["dd-apm-test-agent", "inline-snapshot", "llm-vcr", "cachy"]
    assert [each.NAME for each in RECORDERS if not said(each.NAME, PATH)] == by_name


def test_notes_that_say_the_same_are_one() -> None:
    held = [Note("a", "x", "y"), Note("b", "x", "y"), Note("b", "x", "y"), Note("c", "z", "y")]
    assert summed(held) == [("x", "y", "a", 1), ("z", "y", "c", 0)]
