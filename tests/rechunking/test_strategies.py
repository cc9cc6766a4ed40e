"""How texts are cut: each strategy by example, and the law of all of them: joined, the pieces are the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.errors import CassetteError
from cassette_cli.rechunking.strategies import STRATEGIES, Text, cut_of, spelled_out

FAMILY = "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
SPECS = [each.name if each.name != "size" else "size:3" for each in STRATEGIES]


@pytest.mark.parametrize(
    ("spec", "text", "pieces"),
    [
        ("event", "as it is", ["as it is"]),
        ("whole", "as it is", ["as it is"]),
        ("word", "Two  words, \n", ["Two", "  words,", " \n"]),
        ("word", "東京 is", ["東", "京", " is"]),
        ("token", "It's 12345 unbelievable!\n", ["It", "'s", " ", "123", "45", " unbeli", "evable", "!", "\n"]),
        ("char", f"a{FAMILY}", ["a", *FAMILY]),
        ("grapheme", f"a{FAMILY}e\u0301", ["a", FAMILY, "e\u0301"]),
        ("size:3", "abcdefgh", ["abc", "def", "gh"]),
        ("random:2-2", "abcde", ["ab", "cd", "e"]),
        ("interleave", "one two", ["one", " two"]),
    ],
)
def test_pieces(spec: str, text: str, pieces: list[str]) -> None:
    assert list(cut_of(spec, 0)(Text(text))) == pieces


@given(st.text(max_size=40), st.sampled_from(SPECS), st.integers(0, 5), st.booleans())
def test_joined_pieces_are_the_text(text: str, spec: str, seed: int, is_json: bool) -> None:
    pieces = cut_of(spec, seed)(Text(text, is_json))

    assert "".join(pieces) == text
    assert spec == "hostile" or all(pieces) or not text


def test_a_seed_gives_the_same_pieces_everywhere() -> None:
    """Those that were drawn when this was written."""
    text = Text("The same seed gives the same pieces.", purpose="0 0.0.content 0")

    assert list(cut_of("random:1-9", 7)(text)) == PIECES_OF_SEED_7
    assert cut_of("random:1-9", 8)(text) != cut_of("random:1-9", 7)(text)
    assert cut_of("random:1-9", 7)(text._replace(purpose="another")) != cut_of("random:1-9", 7)(text)


PIECES_OF_SEED_7 = ["Th", "e s", "ame ", "s", "eed g", "ives the ", "sam", "e pi", "eces."]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("words", "no strategy 'words'"),
        ("size", "size:5"),
        ("size:0", "size:5"),
        ("size:x", "size:5"),
        ("random:9-1", "random:1-12"),
        ("random:0-1", "random:1-12"),
        ("random:", "random:1-12"),
        ("char:2", "it takes no parameter"),
        ("hostile:2", "it takes no parameter"),
    ],
)
def test_what_is_no_strategy(spec: str, message: str) -> None:
    with pytest.raises(CassetteError, match=message):
        cut_of(spec, 0)


def test_names() -> None:
    assert spelled_out("random") == "random:1-12"
    assert spelled_out("word") == "word"
    assert len({each.name for each in STRATEGIES}) == len(STRATEGIES)
