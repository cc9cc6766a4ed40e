"""The rules as they are listed: every rule that is built in, each once, with what gives it away."""

from cassette_cli.redaction.listing import found_by, rules
from cassette_cli.redaction.own import BUILT_IN
from cassette_cli.redaction.rules import Category

LISTED = {rule.id: rule for rule in rules()}


def test_every_rule_is_listed_once_in_its_class() -> None:
    assert {rule.id: rule.category for rule in rules()} == BUILT_IN
    assert len(rules()) == len(LISTED)
    assert list(dict.fromkeys(rule.category for rule in rules())) == list(Category)


def test_every_rule_says_what_gives_it_away() -> None:
    assert [rule.id for rule in rules() if not list(found_by(rule))] == []


def test_a_key_is_known_by_its_beginning_a_webhook_by_what_stands_before() -> None:
    assert list(found_by(LISTED["resend-key"])) == ["begins with re_"]
    assert list(found_by(LISTED["discord-webhook"])) == ["after discord.com/api/, discordapp.com/api/"]


def test_a_place_is_known_by_names_of_which_some_are_shown() -> None:
    header, *_, fields = found_by(LISTED["authorization"], 2)
    assert header == "header authorization, proxy-authorization and 2 more"
    assert fields == "names of JSON and form fields"
    assert " more" not in "".join(found_by(LISTED["authorization"]))


def test_what_is_looked_for_by_default() -> None:
    assert LISTED["openai-api-key"].default
    assert not LISTED["email"].default


def test_shapes_have_sources() -> None:
    assert [rule.id for rule in rules() if rule.by_shape and not rule.sources] == []
