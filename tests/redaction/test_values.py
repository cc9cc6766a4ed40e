"""A secret that is known is found in every text and in every spelling."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import opaque

from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.values import Secret, Values, worth_keeping

ODD = "p'w&" + opaque(length=9) + '%/+"x'


def known(*values: str) -> Values:
    return Values().plus(Secret(value, "token", Category.CREDENTIALS) for value in values)


def hits(values: Values, text: str) -> list[str]:
    return [text[hit.span.start : hit.span.end] for hit in values.matches(text)]


@pytest.mark.parametrize("value", [opaque(), opaque(length=10), ODD, "ab-12-cd-34-ef", "+1 212 689 2345"])
@pytest.mark.parametrize("spell", [str, lambda each: json.dumps(each)[1:-1], lambda each: quote(each, safe="")])
def test_spellings(value: str, spell: "type[str]") -> None:
    text = f"see {spell(value)}, and more"
    values = known(value)
    assert hits(values, text) == [spell(value)]
    assert values.may_be_in(text)
    assert values.may_be_in(json.dumps("\n" + text))


@given(st.lists(st.integers(0, 30).map(opaque), unique=True), st.lists(st.integers(0, 60).map(opaque), max_size=8))
def test_each_is_found_where_it_is(wanted: list[str], there: list[str]) -> None:
    text = " / ".join(there)
    assert hits(known(*wanted), text) == [value for value in there if value in wanted]


def test_a_short_value_stands_alone() -> None:
    short = opaque(length=10)
    assert hits(known(short), f"x{short} {short} {short}x") == [short]


def test_the_first_name_stays() -> None:
    value = opaque()
    values = known(value).plus([Secret(value, "other", Category.PERSONAL)])
    assert [each.id for each in values.secrets] == ["token"]
    assert values.plus([]) is values


def test_nothing_is_shown() -> None:
    value = opaque()
    values = known(value)
    assert value not in repr(values) + repr(values.secrets) + str(next(values.matches(value)).secret)


@pytest.mark.parametrize(
    ("value", "worth"), [("password", False), ("ab1", False), ("11111111", False), (opaque(), True)]
)
def test_what_is_worth_keeping(value: str, worth: bool) -> None:
    assert worth_keeping(value) is worth
