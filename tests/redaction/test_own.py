"""Rules of the user's own, and rules switched on and off."""

import json

from planted import opaque, read, secret, vcrpy

from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.own import BUILT_IN, OwnFinder
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.settings import NameRule, Settings, TextRule
from cassette_cli.redaction.values import Secret

CREDENTIALS = Category.CREDENTIALS
KEY = secret()


def found(settings: Settings, text: str, *values: Secret) -> list[tuple[str, str, str]]:
    cassette, exchanges = read(text)
    held = OwnFinder(settings, values).find(cassette, exchanges)
    return [(each.where, each.rule, each.value) for each in held]


def test_a_pattern_is_found_in_every_text_and_across_events() -> None:
    rule = TextRule(id="ticket", category=CREDENTIALS, pattern=r"ticket (?P<secret>[A-Z]{2}-\d+)")
    text = vcrpy(prompt=json.dumps({"a": "see ticket AB-12"}), reply=("tick", "et A", "B-12."))
    assert found(Settings(own=(rule,)), text) == [
        ("request.body.$.messages[0].content.$.a", "ticket", "AB-12"),
        ("reply.messages[0].parts[0].content", "ticket", "AB-12"),
    ]


def test_names_of_places() -> None:
    rule = NameRule(
        id="acme",
        category=CREDENTIALS,
        headers=frozenset({"x-acme"}),
        query=frozenset({"aq"}),
        fields=frozenset({"acmefield"}),
    )
    text = vcrpy(
        url="https://a.example/?aq=one1&b=two2",
        headers={"X-Acme": "three3", "x-other": "four4"},
        prompt=json.dumps({"acmeField": "five5", "x-acme": "six6"}),
    )
    assert sorted(value for _, rule, value in found(Settings(own=(rule,)), text)) == ["five5", "one1", "three3"]


def test_a_placeholder_is_not_found_again() -> None:
    rule = NameRule(id="acme", category=CREDENTIALS, headers=frozenset({"x-acme"}))
    pattern = TextRule(id="any", category=CREDENTIALS, pattern=r"<[a-z0-9-]+>")
    assert found(Settings(own=(rule, pattern)), vcrpy(headers={"x-acme": "<acme-1>"})) == []


def test_rules_off() -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}", "x-api-key": opaque()})
    assert [rule for _, rule, _ in found(Settings(), text)] == ["openai-api-key", "api-key"]
    assert [rule for _, rule, _ in found(Settings(no_rules=frozenset({"api-key"})), text)] == ["openai-api-key"]
    assert "openai-api-key" not in [
        rule for _, rule, _ in found(Settings(no_rules=frozenset({"openai-api-key"})), text)
    ]


def test_a_rule_on_whose_class_is_off() -> None:
    text = vcrpy(headers={"x-user-email": f"{opaque()}@firma.net", "x-real-ip": "81.2.69.142"})
    assert found(Settings(), text) == []
    assert [rule for _, rule, _ in found(Settings(rules=frozenset({"email"})), text)] == ["email"]


def test_an_own_rule_whose_class_is_off_is_off() -> None:
    rule = TextRule(id="acme", category=Category.NOISE, pattern="Hello")
    assert found(Settings(own=(rule,)), vcrpy()) == []
    assert len(found(Settings(own=(rule,), rules=frozenset({"acme"})), vcrpy())) == 1


def test_values_are_kept_by_those_that_learn_more() -> None:
    token = opaque()
    text = vcrpy(prompt=token, reply=(token[:9], token[9:]))
    assert found(Settings(), text) == []
    assert len(found(Settings(), text, Secret(token, "my-token", CREDENTIALS))) == 2
    finder = OwnFinder(Settings()).with_values([Secret(token, "my-token", CREDENTIALS)])
    assert finder.with_values([]) is finder
    assert finder.masked(f"a.{token}.b") == f"a.{'*' * len(token)}.b"


def test_what_is_shown_is_masked() -> None:
    assert OwnFinder(Settings()).masked(f"request.body.$[{KEY!r}]") == f"request.body.$['{'*' * len(KEY)}']"
    assert OwnFinder(Settings()).masked("request.headers.x-api-key") == "request.headers.x-api-key"


def test_every_rule_has_a_class() -> None:
    assert {rule.id for rule in RULES} <= set(BUILT_IN)
    assert {"token", "rate-limit", "url-password", "cookie"} <= set(BUILT_IN)
