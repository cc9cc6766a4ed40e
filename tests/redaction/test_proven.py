"""What was replaced is proven, and what stands elsewhere all the same is named."""

import pytest
from planted import opaque, read
from redacting import vcrpy

from cassette_cli.errors import CassetteError
from cassette_cli.redaction.find import Finder
from cassette_cli.redaction.proven import replaced
from cassette_cli.redaction.replace import Placeholders

KEY = opaque()


def test_what_is_let_through_is_named() -> None:
    cassette, exchanges = read(vcrpy({"note": f"it is {KEY}"}, asked={"X-Api-Key": KEY}))
    findings = Finder().find(cassette, exchanges)
    assert [each.where for each in findings] == ["request.headers.x-api-key"]
    result = replaced(cassette, exchanges, findings, Placeholders())
    assert [each.where for each in result.left] == ["request.body.$.note"]
    assert "<api-key-1>" in result.cassette.document.text


def test_nothing_to_replace() -> None:
    cassette, exchanges = read(vcrpy("Hi"))
    assert replaced(cassette, exchanges, [], Placeholders()) == (cassette, [])


def test_a_place_that_cannot_be_edited() -> None:
    cassette, exchanges = read(vcrpy({KEY: "a key of JSON"}, asked={"X-Api-Key": KEY}))
    finder = Finder()
    findings = finder.knowing(finder.find(cassette, exchanges)).find(cassette, exchanges)
    assert [each.where for each in findings] == ["request.headers.x-api-key", f"request.body.$.{KEY}"]
    with pytest.raises(CassetteError, match="cannot be edited"):
        replaced(cassette, exchanges, findings, Placeholders())
