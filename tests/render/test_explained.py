"""Explanations and rules as people read them."""

import pytest
from goldens import check_golden
from handmade import text_of

from cassette_cli.explanations import explained, explanations
from cassette_cli.redaction.listing import rules
from cassette_cli.render.console import Policy
from cassette_cli.render.explained import explanation_lines, list_lines, rule_lines
from cassette_cli.render.lines import apart

WORDS = ("line-ends-lost", "body-base64", "usage", "slack-webhook", "rate-limit")


@pytest.mark.parametrize(("name", "how"), [("explain", Policy()), ("explain-colour", Policy(True, 80))])
def test_words_explained(name: str, how: Policy) -> None:
    found = [each for word in WORDS for each in explained(word, explanations())]
    check_golden(f"{name}.txt", text_of(apart(map(explanation_lines, found)), how))


def test_all_words_have_a_line() -> None:
    told = text_of(list_lines(explanations()), Policy(False, 80))
    check_golden("explain-list.txt", told)


def test_rules_class_by_class() -> None:
    some = [rule for rule in rules() if rule.category.value in ("cookies", "personal")]
    check_golden("rules.txt", text_of(rule_lines(some), Policy(False, 80)))
