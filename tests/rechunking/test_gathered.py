"""Texts gathered where they begin: their spelling, their tokens, and where they must stay apart."""

import pytest
from streams import exchange_of, sse

from cassette_cli.conversation import Channel
from cassette_cli.rechunking.gathered import Entries, Gathering, Part, gathered, size_of
from cassette_cli.rechunking.logprobs import TokenList
from cassette_cli.rechunking.pieces import KINDS, piece_events
from cassette_cli.rechunking.strategies import cut_of

END = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'
CONTENT = Channel(0, 0, "content")


def chunk(literal: str) -> str:
    return f'{{"choices":[{{"index":0,"delta":{{"content":"{literal}"}}}}]}}'


def of(*literals: str, by: str = "size:2", breaks: tuple[int, ...] = ()) -> Gathering:
    found = exchange_of(sse(*map(chunk, literals), END))
    return gathered(found, piece_events(found), cut_of(by, 0), KINDS, breaks)


def test_pieces_keep_the_spelling_of_each_character() -> None:
    found = of("é\\u00e9\\n", 'x\\"', "y")

    assert found.places[0, 0].parts == (Part("éé", "é\\u00e9"), Part("\nx", "\\nx"), Part('"y', '\\"y'))
    assert found.counts == {CONTENT: (3, 3)}


def test_the_other_places_are_empty_and_know_what_was_said() -> None:
    found = of("a", "b")

    moved = found.places[1, 0]
    assert (moved.parts, moved.before, moved.moved) == ((Part("", ""),), "ab", True)
    assert found.heads[1, 0].frame.number == 0


def test_what_stays_apart_is_cut_by_itself() -> None:
    found = of("a", "b", "c", by="whole", breaks=(1,))

    assert [found.places[event, 0].parts[0].text for event in range(3)] == ["a", "bc", ""]
    assert found.places[1, 0].before == "a"
    assert found.counts == {CONTENT: (3, 2)}


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [(0, 3, ("1",)), (3, 6, ("2", "3")), (6, 9, ()), (6, None, ("4",)), (0, None, ("1", "2", "3", "4"))],
)
def test_entries_between(begin: int, end: int | None, expected: tuple[str, ...]) -> None:
    """Of tokens that begin at 0, 3 and 4, and at 9, where the next piece does."""
    entries = Entries([], [])
    entries.add(0, TokenList(0, "", ("1", "2", "3"), (3, 1, 9), ","))
    entries.add(9, TokenList(0, "", ("4",), (1,), ","))

    assert entries.between(begin, end) == expected


def test_sizes_are_of_utf_8() -> None:
    assert size_of("é\N{GRINNING FACE}\ud800") == 9
