"""Texts that cite in one piece, their sources numbered."""

import pytest
from handmade import text_of

from cassette_cli.conversation import Json, Part, Refusal, Text, ToolCall
from cassette_cli.render.citations import said_of, source_lines, with_citations_joined

NEWS = {"type": "web_search_result_location", "url": "https://news.example", "title": "News", "cited_text": "It rains."}
AGAIN = NEWS | {"cited_text": "It pours."}
BOOK = {"type": "char_location", "document_title": "Handbook", "document_index": 0, "cited_text": " Read me. "}
CALL = ToolCall("c", "add", {}, "{}")


def test_sentences_and_their_sources_become_one_text() -> None:
    parts: list[Part] = [Text("It rains", (NEWS, BOOK)), Text(". And "), Text("it pours", (AGAIN, AGAIN)), Text(".")]

    assert list(with_citations_joined(parts)) == [Text("It rains [1] [2]. And it pours [1].", (NEWS, BOOK))]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [Text("a"), Text("b")],
        [Text("a", (NEWS,))],
        [Text("a", (NEWS,)), CALL, Text("b")],
        [Refusal("no"), CALL],
    ],
)
def test_other_parts_stay_as_they_are(parts: list[Part]) -> None:
    assert list(with_citations_joined(parts)) == parts


def test_only_texts_in_a_row_are_joined() -> None:
    parts: list[Part] = [Text("a"), CALL, Text("b", (NEWS,)), Text("c"), CALL, Text("d"), Text("e")]

    assert list(with_citations_joined(parts)) == [Text("a"), CALL, Text("b [1]c", (NEWS,)), CALL, Text("d"), Text("e")]


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (NEWS, ("News", "https://news.example")),
        (BOOK, ("Handbook", '"Read me."')),
        (
            {"type": "url_citation", "url_citation": {"url": "https://a.example", "title": "A"}},
            ("A", "https://a.example"),
        ),
        ({"startIndex": 1, "uri": "https://a.example"}, ("", "https://a.example")),
        ({"type": "file_citation", "filename": "a.txt", "index": 3}, ("a.txt", "")),
        ({"url": 3, "title": None}, ("", '{"url": 3, "title": null}')),
        ([1, 2], ("", "[1, 2]")),
        ({"odd": "x" * 200}, ("", "(--full shows it)")),
    ],
)
def test_what_a_source_says_of_itself(annotation: Json, said: tuple[str, str]) -> None:
    assert said_of(annotation) == said


def test_sources_are_numbered() -> None:
    assert text_of(source_lines([NEWS, BOOK, {"uri": "https://a.example"}], 2)).splitlines() == [
        "  [1] News  https://news.example",
        '  [2] Handbook  "Read me."',
        "  [3] https://a.example",
    ]
