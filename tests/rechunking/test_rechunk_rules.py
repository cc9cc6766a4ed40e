"""The tables of protocols: what they name is there, and what they say holds together."""

import json

import pytest

from cassette_cli.protocols import PROTOCOLS
from cassette_cli.rechunking.rules import DEFAULT, QUIET, RULES, Rules, rules_of
from cassette_cli.rechunking.turns import LANES

each_table = pytest.mark.parametrize("rules", [DEFAULT, *RULES.values()])


def test_tables_are_of_protocols_that_are_known() -> None:
    names = {protocol.NAME for protocol in PROTOCOLS}

    assert set(RULES) <= names
    assert set(LANES) <= names


def test_a_protocol_without_a_table_has_the_default() -> None:
    assert rules_of("mcp") is rules_of(None) is DEFAULT
    assert rules_of("ollama.chat").last["done",] == "false"


@each_table
def test_what_stands_in_place_of_a_member_is_json(rules: Rules) -> None:
    for instead in rules.last.values():
        assert instead is None or json.loads(instead) in (None, False)
    assert not rules.first & set(rules.last)


@each_table
def test_errors_and_keepalives_are_json(rules: Rules) -> None:
    assert isinstance(json.loads(rules.error[1]), dict)
    assert rules.keepalive is None or json.loads(rules.keepalive[1])["type"] == rules.keepalive[0]


def test_what_says_nothing() -> None:
    assert all(not json.loads(text) for text in QUIET)
