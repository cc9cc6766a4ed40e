import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from laws import often

from cassette_cli.document.yaml_kind import Kind, kind_of, same_kind

PIECES = [*"0123456789+-.:_eExXoObBaAfFyYnNtTzZ~<= ,", "true", "NULL", "inf", "nan", "12", "2001-01-01", "T", ":30"]
JOINED = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


def resolved(text: str) -> str:
    """What PyYAML takes a plain scalar for."""
    tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # its stubs
    return str(tag).rpartition(":")[2]


@often(20)
@given(JOINED)
def test_text_is_text_to_pyyaml(text: str) -> None:
    if kind_of(text) == "text":
        assert resolved(text) == "str"


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("null", ["", "~", "null", "Null", "NULL", "nUlL"]),
        ("bool", ["true", "False", "YES", "no", "on", "Off", "y", "N", "tRUE"]),
        ("int", ["0", "-12", "+3", "0x1F", "0o17", "017", "0b101", "1_000", "1,000", "12:30:45", "00"]),
        ("float", ["1.5", "-.5", "1e5", "1.5e-05", "1.", "1E+3", ".inf", "-.INF", ".NaN", "12:30:45.5", "1,000.5"]),
        ("time", ["2001-01-01", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43 Z", "-2001-01-01"]),
        ("merge", ["<<", "="]),
        ("symbol", [":name", ":a b", "::", ": "]),
        ("text", [
            "word", "-", "+", ".", "..", "...", "1.2.3", "0x", "0xg", "12:3a", "1:2:", "--1", "nulls", "truer", "yes!",
            "2001-01", "2001-01-01x", "v1", "1a", "e5", "<", "==", "a:b", ":", "١٢", "1 2", "gpt-4", "1,a",
        ]),
    ],
)  # fmt: skip
def test_kinds(kind: Kind, texts: list[str]) -> None:
    assert [(text, kind_of(text)) for text in texts] == [(text, kind) for text in texts]


def test_a_whole_number_may_become_a_fraction_and_nothing_else() -> None:
    assert same_kind("int", "float")
    assert same_kind("float", "int")
    assert same_kind("time", "time")
    assert not same_kind("int", "time")
    assert not same_kind("text", "int")
    assert not same_kind("null", "bool")


@pytest.mark.parametrize(
    "text",
    ["1" * 200_000 + "x", "_" * 200_000, "1_" * 100_000 + "x", "2001-01-01" + " " * 200_000 + "x", "1:" * 100_000],
)
def test_a_long_text_takes_linear_time(text: str) -> None:
    assert kind_of(text) == "text"
