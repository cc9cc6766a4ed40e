import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import yaml_document

from cassette_cli.document.document import Document, lines_at, position
from cassette_cli.document.text import Span
from cassette_cli.document.tree import text_of


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("abc", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\n\nb\n", 5, (4, 1)),
        ("😀é\n😀é", 5, (2, 3)),
        ("\u2028a", 1, (1, 2)),
    ],
)
def test_position_counts_characters_from_one(text: str, offset: int, expected: tuple[int, int]) -> None:
    assert position(text, offset) == expected
    assert Document(text, ()).position(offset) == expected


@given(st.text("ab\r\n", max_size=30), st.data())
def test_many_lines_are_found_as_each_one_is(text: str, data: st.DataObject) -> None:
    # No character of interest stands between CR and LF.
    places = [place for place in range(len(text) + 1) if text[place - 1 : place + 1] != "\r\n"]
    offsets = sorted(data.draw(st.lists(st.sampled_from(places))))
    assert list(lines_at(text, offsets)) == [position(text, offset)[0] for offset in offsets]


def test_a_document_of_several_roots() -> None:
    document = yaml_document("a\n--- b\n")
    assert [text_of(root) for root in document.roots] == ["a", "b"]
    assert text_of(document.root) == "a"
    assert document.source.text is document.text
    assert document.source.depth == 0
    assert document.source_of(Span(2, 7)) == "--- b"


def test_an_empty_document() -> None:
    assert yaml_document("").root is None
    assert yaml_document("# nothing\n").roots == ()


def test_lines_are_those_of_the_file() -> None:
    document = Document("a: 1\nb: 2\n", (), (3, 9))

    assert [document.position(offset) for offset in (0, 6, 10)] == [(3, 1), (9, 2), (9, 1)]
    assert list(document.lines_at([0, 5])) == [3, 9]
    assert Document("", (), ()).position(0) == (1, 1)
