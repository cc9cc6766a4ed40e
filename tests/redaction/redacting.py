"""A recording redacted from end to end, and what must hold of it each time."""

import json
from collections.abc import Iterable
from typing import Any

from planted import read as parsed

from cassette_cli.document.lens import Source
from cassette_cli.redaction.find import Finder, Finding
from cassette_cli.redaction.proven import replaced
from cassette_cli.redaction.reading import origin, read
from cassette_cli.redaction.replace import Placeholders
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.text import given

ALL = frozenset(Category) - {Category.NOISE}


def found(text: str, classes: Iterable[Category] = ALL) -> list[Finding]:
    """The findings in a recording, by value ones included."""
    cassette, exchanges = parsed(text)
    finder = Finder(classes)
    return finder.knowing(finder.find(cassette, exchanges)).find(cassette, exchanges)


def redacted(text: str, classes: Iterable[Category] = ALL) -> str:
    """A recording redacted: proven, with as many events, with no value left, and at rest."""
    cassette, exchanges = parsed(text)
    finder = Finder(classes)
    finder = finder.knowing(finder.find(cassette, exchanges))
    findings = finder.find(cassette, exchanges)
    result = replaced(cassette, exchanges, findings, Placeholders())
    assert finder.find(result.cassette, result.exchanges) == []
    return result.cassette.document.text


def in_text(value: str, classes: Iterable[Category] = ALL) -> list[tuple[str, str]]:
    """Rules and values of what is found in one text and in the texts within it."""
    source = origin("text", 0, given(Source(value)))
    finder = Finder(classes)
    return [(each.rule, each.value) for text in read(value, source) for each in finder.in_all_of(text)]


def vcrpy(
    request: str | dict[str, Any] = "",
    response: str | dict[str, Any] = "",
    *,
    url: str = "https://api.example/v1/x",
    asked: dict[str, str] | None = None,
    answered: dict[str, str] | None = None,
) -> str:
    """A VCR.py cassette in JSON of one exchange; bodies that are no text are written as JSON."""
    bodies = [each if isinstance(each, str) else json.dumps(each) for each in (request, response)]
    sides = [{name: [value] for name, value in (each or {}).items()} for each in (asked, answered)]
    interaction = {
        "request": {"method": "POST", "uri": url, "body": bodies[0], "headers": sides[0]},
        "response": {"status": {"code": 200, "message": "OK"}, "headers": sides[1], "body": {"string": bodies[1]}},
    }
    return json.dumps({"version": 1, "interactions": [interaction]}, indent=1)
