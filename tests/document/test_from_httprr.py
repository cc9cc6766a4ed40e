"""httprr traces as trees: sizes are bytes, spans are characters."""

import pytest

from cassette_cli.document.from_httprr import MAGIC, parse, rest_fault
from cassette_cli.document.tree import get, text_of
from cassette_cli.errors import CassetteError


def test_messages_lie_where_their_sizes_say() -> None:
    text = MAGIC + "6 3\nGÉT /abc7 2\nGET /xyok"
    tree = parse(text)
    assert len(tree.items) == 2
    assert text_of(get(tree, 0, "request")) == "GÉT /"
    assert text_of(get(tree, 0, "response")) == "abc"
    assert text_of(get(tree, 1, "request")) == "GET /xy"
    assert text_of(get(tree, 1, "response")) == "ok"
    for node in tree.items:
        for name in ("request", "response", "request_size", "response_size"):
            scalar = get(node, name)
            assert scalar is not None
            assert text[scalar.span.start : scalar.span.end] == text_of(scalar)


def test_an_empty_trace_has_no_records() -> None:
    assert parse(MAGIC).items == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("httprr trace v2\n", 1, "the first line is not"),
        (MAGIC + "what\n", 2, "two sizes are missing"),
        (MAGIC + "3 300\nabcdef", 3, "a message of 300 bytes"),
        (MAGIC + "1 1\né", 3, "a message of 1 bytes"),
    ],
)
def test_a_size_that_does_not_fit_is_told_with_its_place(text: str, line: int, reason: str) -> None:
    with pytest.raises(CassetteError, match=reason) as caught:
        parse(text)
    assert caught.value.where.line == line


def test_what_stands_before_a_record_that_is_cut_off_is_read() -> None:
    whole = MAGIC + "6 3\nGÉT /abc"
    for rest in ("7", "7 2\nGET", "7 2\nGET /xyo"):
        tree = parse(whole + rest)
        assert (len(tree.items), tree.span.end) == (1, len(whole))
        fault = rest_fault(whole + rest, tree.span.end)
        assert fault is not None
        assert fault.where.line in (3, 4)
    assert rest_fault(whole, len(whole)) is None
