"""What was replaced is proven, and what was not named stands as it did."""

import pytest
from planted import go_vcr, opaque, read
from redacting import vcrpy

from cassette_cli.errors import CassetteError
from cassette_cli.redaction.find import Finder
from cassette_cli.redaction.proven import replaced
from cassette_cli.redaction.replace import Placeholders

KEY = opaque()


def test_what_is_not_named_stays() -> None:
    cassette, exchanges = read(vcrpy({"note": f"it is {KEY}"}, asked={"X-Api-Key": KEY}))
    findings = Finder().find(cassette, exchanges)
    assert [each.where for each in findings] == ["request.headers.x-api-key"]
    result = replaced(cassette, exchanges, findings, Placeholders())
    left = Finder(()).knowing(findings).find(*result)
    assert [each.where for each in left] == ["request.body.$.note"]
    assert "<api-key-1>" in result.cassette.document.text


def test_nothing_to_replace() -> None:
    cassette, exchanges = read(vcrpy("Hi"))
    assert replaced(cassette, exchanges, [], Placeholders()).cassette is cassette


def test_a_place_that_cannot_be_edited() -> None:
    """What an alias stands for, too."""
    text = go_vcr("&k Bearer " + KEY).replace("        body: ok", "        note: *k\n        body: ok")
    cassette, exchanges = read(text)
    findings = Finder().find(cassette, exchanges)
    assert [each.where for each in findings] == ["request.headers.authorization"]
    with pytest.raises(CassetteError, match="cannot be edited"):
        replaced(cassette, exchanges, findings, Placeholders())
