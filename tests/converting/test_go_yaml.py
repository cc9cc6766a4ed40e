"""YAML in the style of Go: what Go's own package wrote of the same texts, and what PyYAML reads in it."""

from typing import Any

import pytest
import yaml
from carrying import WORDS
from hypothesis import given
from laws import sound_texts

from cassette_cli.converting.go_yaml import dump

# As `yaml.Marshal(map[string]string{"k": text})` gave them (go.yaml.in/yaml/v4).
TEXTS = [
    ("word", "word"),
    ("two words", "two words"),
    ("", '""'),
    ("null", '"null"'),
    ("true", '"true"'),
    ("yes", "'yes'"),
    ("<<", "'<<'"),
    ("017", '"017"'),
    ("1_000", '"1_000"'),
    ("1:30", "'1:30'"),
    ("1.5e3", '"1.5e3"'),
    ("1.2.3", "1.2.3"),
    ("2001-01-01", '"2001-01-01"'),
    ("2001-13-01", "2001-13-01"),
    ("a: b", "'a: b'"),
    ("a #b", "'a #b'"),
    ("- a", "'- a'"),
    ("*a", "'*a'"),
    (" a", "' a'"),
    ("it's", "it's"),
    ("'it'", "'''it'''"),
    ("a\tb", '"a\\tb"'),
    ("a\nb", "|-\n    a\n    b"),
    ("a\nb\n", "|\n    a\n    b\n"),
    ("a\n\n", "|+\n    a\n\n"),
    (" a\nb", "|4-\n     a\n    b"),
    ("a \nb", '"a \\nb"'),
    ("\n", '"\\n"'),
    ("😀", '"\\U0001F600"'),
    ("中文", "中文"),
    ("\x1b[31m", '"\\e[31m"'),
    # Go would write a block, and read another text in it.
    ("\n a", '"\\n a"'),
]


@pytest.mark.parametrize(("text", "written"), TEXTS, ids=[repr(text) for text, _ in TEXTS])
def test_texts(text: str, written: str) -> None:
    assert dump({"k": text}) == f"k: {written}".rstrip("\n") + ("\n\n" if text == "a\n\n" else "\n")


VALUES: list[tuple[dict[str, Any], str]] = [
    ({"a": {}, "b": [], "c": -1}, "a: {}\nb: []\nc: -1\n"),
    ({"a": {"b": ["c", "d"]}}, "a:\n    b:\n        - c\n        - d\n"),
    ({"a": [{"b": 0, "c": {"d": "e"}}]}, "a:\n    - b: 0\n      c:\n        d: e\n"),
    ({"a": b"\xff"}, "a: !!binary /w==\n"),
    ({"yes": "a", "1": "b"}, "'yes': a\n\"1\": b\n"),
    ({"k" * 129: ["a"]}, f"? {'k' * 129}\n:   - a\n"),
]


@pytest.mark.parametrize(("value", "written"), VALUES, ids=[written.split("\n")[0][:20] for _, written in VALUES])
def test_values(value: dict[str, Any], written: str) -> None:
    assert dump(value) == written


def test_bytes_of_more_than_a_line() -> None:
    first, second = dump({"a": {"b": bytes(60)}}).splitlines()[2:]
    assert (len(first.strip()), len(second.strip())) == (70, 10)


def check_read_again(text: str) -> None:
    value = {"a": [{"k": {"l": text}, "z": "end"}], "b": [text, "end"], "z": {"k": text}}
    # The loader in Python, which follows YAML 1.1 in its line breaks as Go does, and leaves words alone.
    assert yaml.load(dump(value), yaml.BaseLoader) == value


@pytest.mark.parametrize("text", WORDS)
def test_words_are_read_again(text: str) -> None:
    check_read_again(text)


@given(sound_texts)
def test_any_text_is_read_again(text: str) -> None:
    check_read_again(text)


@given(sound_texts)
def test_any_key_is_read_again(key: str) -> None:
    assert yaml.load(dump({key: "a"}), yaml.BaseLoader) == {key: "a"}
