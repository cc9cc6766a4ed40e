"""TOML to trees: each value is what the standard library reads, and stands where its span says."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from laws import nodes

from cassette_cli.document import from_toml
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence
from cassette_cli.errors import CassetteError

TEXTS = {
    "nothing": "",
    "comments": "# a\n\n  # b = 1\n",
    "keys": 'a = 1\n"b c" = 2\n\'d\' = 3\ne.f."g h" = 4\ne.i = 5 # end',
    "strings": 'a = "x\\t\\u00e9\\U0001F600"\nb = \'C:\\x\'\nc = """\nx\\\n   y"z""\n"""\nd = \'\'\'\n\'a\'\'\'\'\n',
    "quotes at the end": "a = \"\"\"x\"\"\"\"\"\nb = '''y'''''\n",
    "literals": "a = -1_000\nb = 1.5e-3\nc = true\nd = 1979-05-27 07:32:00Z\ne = 1979-05-27\nf = inf\n",
    "arrays": "a = [1, [2, 3], # c\n  'x',\n]\nb = []\n",
    "inline tables": 'a = {b = 1, c = {d = "e"}, f.g = 2}\nh = {}\ni = [{j = 1}, {j = 2}]\n',
    "tables": "[a]\nb = 1\n[a.c.d]\ne = 2\n[ f . g ]\nh = 3\n[empty]\n",
    "arrays of tables": "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\nb = 3\n[[a.e]]\nf = 4\n[[a.e]]\nf = 5\n",
    "CRLF": 'a = 1\r\n[b]\r\nc = """\r\nx\r\ny"""\r\n',
}


def plain(node: Node, text: str) -> Any:
    """What a tree says, unquoted values read by the standard library."""
    if isinstance(node, Mapping):
        return {key.value: plain(held, text) for key, held in node.items if isinstance(key, Scalar)}
    if isinstance(node, Sequence):
        return [plain(item, text) for item in node.items]
    source = text[slice(*node.span)]
    return node.value if source[0] in "\"'" else tomllib.loads(f"v = {source}")["v"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_each_value_is_what_the_standard_library_reads(text: str) -> None:
    root = from_toml.parse(text)
    assert plain(root, text) == tomllib.loads(text)
    for node in nodes([root]):
        assert 0 <= node.span.start <= node.span.end <= len(text)


def test_the_spans_of_an_array_of_tables() -> None:
    text = "v = 1\n[[a]]\nb = 1\n[a.c]\nd = 2\n# between\n[[a]]\nb = 3 # end\n"
    (_, (_, held)) = from_toml.parse(text).items
    assert isinstance(held, Sequence)
    assert [text[slice(*each.span)] for each in held.items] == ["[[a]]\nb = 1\n[a.c]\nd = 2", "[[a]]\nb = 3"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\nb = \n", "2:5: not TOML: Invalid value"),
        ("a = 1\na = 2\n", "2:6: not TOML: Cannot overwrite a value"),
        ("a", "not TOML: Expected '=' after a key in a key/value pair"),
        ("a = " + "[" * 5000, "tables or arrays are nested too deeply"),
        ("[" + "a." * 5000 + "a]", "tables or arrays are nested too deeply"),
        ("a = " + "9" * 5000, "not TOML: Exceeds the limit"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(CassetteError) as raised:
        from_toml.parse(text)
    assert str(raised.value).startswith(told)


def test_the_recording_at_hand(corpus: Path) -> None:
    paths = sorted(corpus.rglob("*.toml"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert plain(from_toml.parse(text), text) == tomllib.loads(text)
