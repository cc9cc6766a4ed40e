import pytest

from cassette_cli.document import from_json, from_yaml
from cassette_cli.document.arranging import arranged, arranged_documents, stretches
from cassette_cli.document.text import splice
from cassette_cli.document.tree import Mapping, Node, Sequence, get
from cassette_cli.errors import CassetteError

YAML = """\
top: 1
items:
# of the first
- a: |+
    text

- b: 2 # beside

# of the third
- - c
end: 2
"""


def under(text: str, key: str = "items") -> Sequence | Mapping:
    node: Node | None = get(from_yaml.parse(text)[0], key)
    assert isinstance(node, Sequence | Mapping)
    return node


def test_stretches_tile_the_collection() -> None:
    texts = [YAML[slice(*span)] for span in stretches(YAML, under(YAML))]

    assert texts == [
        "# of the first\n- a: |+\n    text\n\n",
        "- b: 2 # beside\n\n",
        "# of the third\n- - c\n",
    ]


REARRANGED: list[tuple[str, list[int], str | None]] = [
    ("items:\n- a\n- b\n", [1, 0], "items:\n- b\n- a\n"),
    ("items:\n- a\n- b", [1, 0], "items:\n- b\n- a\n"),
    ("items:\n- a\n- |-\n  b", [1, 0], "items:\n- |-\n  b\n- a\n"),
    # The last line has no end, and would have one elsewhere.
    ("items:\n- a\n- |\n  b", [0, 1, 0], None),
    ("items:\n- a\n- |\n  b", [1], "items:\n- |\n  b"),
    ("items:\n- a\n- k:\n  - >+\n    b", [1, 0], None),
    ("items:\r\n- a\r\n- b", [1, 0], "items:\r\n- b\r\n- a\r\n"),
    ("items:\n  - a\n  - b\nend: 1\n", [0, 0, 1], "items:\n  - a\n  - a\n  - b\nend: 1\n"),
    ("items:\n- a\n- b\nend: 1\n", [], "items: []\nend: 1\n"),
    ("items:\n  k: 1\n  l: 2\n", [1], "items:\n  l: 2\n"),
    ("items:\n  k: 1\n", [], "items: {}\n"),
    ("items: [a,  b, c]\n", [2, 0, 1], "items: [c, a,  b]\n".replace("c, a", "c,  a")),
    ("items: [a, b]\n", [], "items: []\n"),
    ("items: {a: 1, b: 2}\n", [1], "items: {b: 2}\n"),
]


@pytest.mark.parametrize(("text", "order", "after"), REARRANGED)
def test_entries_are_rearranged(text: str, order: list[int], after: str | None) -> None:
    if after is None:
        with pytest.raises(CassetteError, match="would have one elsewhere"):
            arranged(text, under(text), order)
        return
    assert splice(text, [arranged(text, under(text), order)]) == after


@pytest.mark.parametrize(
    ("text", "order", "after"),
    [
        ('{"items": [{"a": 1},\n {"b": {}}]}', [1, 0], '{"items": [{"b": {}},\n {"a": 1}]}'),
        ('{"items": [1]}', [0, 0], '{"items": [1,1]}'),
        ('{"items": [[], 2]}', [0], '{"items": [[]]}'),
    ],
)
def test_entries_of_json_keep_their_commas(text: str, order: list[int], after: str) -> None:
    node = get(from_json.parse(text), "items")
    assert isinstance(node, Sequence)

    assert splice(text, [arranged(text, node, order)]) == after


@pytest.mark.parametrize("text", ["items:\n- - a\n", "items: {? a : 1}\n", YAML])
def test_the_same_order_changes_nothing(text: str) -> None:
    node = under(text)

    assert splice(text, [arranged(text, node, range(len(node.items)))]) == text


def test_an_entry_that_shares_a_line_cannot_be_moved() -> None:
    text = "- - a\n  - b\n"
    outer = from_yaml.parse(text)[0]
    inner = get(outer, 0)
    assert isinstance(inner, Sequence)

    with pytest.raises(CassetteError, match="middle of a line"):
        arranged(text, inner, [1, 0])


DOCUMENTS = [
    ("a: 1\n---\nb: 2\n---\nc: 3\n", [2, 0], "c: 3\n---\na: 1\n"),
    ("a: 1\n---\nb: |+\n  text\n\n", [1, 0], "b: |+\n  text\n\n---\na: 1\n"),
    ("# first\na: 1\n---\n# second\nb: 2", [0, 1, 1], "# first\na: 1\n---\n# second\nb: 2\n---\n# second\nb: 2"),
    ("a: 1\r\n---\r\nb: 2\r\n", [1, 0], "b: 2\r\n---\r\na: 1\r\n"),
]


@pytest.mark.parametrize(("text", "order", "expected"), DOCUMENTS)
def test_documents_in_another_order(text: str, order: list[int], expected: str) -> None:
    assert splice(text, [arranged_documents(text, from_yaml.parse(text), order)]) == expected


def test_lines_of_json_in_another_order() -> None:
    text = '{"a": 1}\n{"b": [2]}\n'
    assert splice(text, [arranged_documents(text, from_json.parse_lines(text), [1, 0])]) == '{"b": [2]}\n{"a": 1}\n'


def test_no_document_is_no_file() -> None:
    with pytest.raises(CassetteError, match="nothing would be left"):
        arranged_documents("a: 1\n---\nb: 2\n", from_yaml.parse("a: 1\n---\nb: 2\n"), [])
