"""The smaller protocols on real recordings: which calls are theirs, what is named, and where their pieces lie."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, Places, exchange
from cassette_cli.files import load

# How many calls there are at least. Fewer would mean that calls are no longer recognised.
CALLS = {
    "anthropic.completions": 13,
    "anthropic.count_tokens": 8,
    "cloudflare.workers_ai": 24,
    "cohere.chat": 42,
    "cohere.embed": 4,
    "cohere.generate": 3,
    "dashscope.generation": 1,
    "huggingface.text_generation": 3,
    "mcp": 23,
    "ollama.chat": 16,
    "ollama.embed": 1,
    "ollama.generate": 5,
    "openai.assistants": 110,
    "openai.audio": 1,
    "openai.completions": 50,
    "openai.embeddings": 39,
    "openai.images": 1,
    "replicate.predictions": 35,
}
# What is odd in them: a block of thinking and one of text with one index, an error where the reply ends, choices like
# chat's at the end of a stream, and what Writer leaves out.
ODD = {
    ("cohere.chat", "block-repeated"): 1,
    ("cohere.chat", "error-event"): 1,
    ("openai.completions", "finish-reason-missing"): 2,
    ("openai.completions", "index-missing"): 3,
}


@pytest.fixture(scope="module")
def exchanges(corpus: Path) -> list[Exchange]:
    return list(_exchanges(corpus))


def _exchanges(corpus: Path) -> Iterator[Exchange]:
    for cassette in load([str(corpus)]):
        if not isinstance(cassette, CassetteError):
            found = map(exchange, cassette.interactions)
            yield from (each for each in found if each.protocol in CALLS)


def test_calls_are_recognised(exchanges: list[Exchange]) -> None:
    found = Counter(each.protocol for each in exchanges)
    assert {name: found[name] for name in CALLS if found[name] < CALLS[name]} == {}


def test_what_is_odd(exchanges: list[Exchange]) -> None:
    found = Counter(
        (each.protocol, anomaly.code)
        for each in exchanges
        for anomaly in (each.reading.anomalies if each.reading else ())
    )
    assert found == ODD


def test_pieces_have_their_places(exchanges: list[Exchange]) -> None:
    without_place = Counter[str | None]()
    for each in exchanges:
        assert each.reading is not None
        places = Places(each)
        for delta in each.reading.deltas:
            lens = places.lens_of(delta)
            if delta.route is None:
                without_place[each.protocol] += 1
            else:
                assert lens is not None
                assert lens.text == delta.text
        for echo in each.reading.echoes:
            assert echo.route is not None
            lens = places.lens_at(echo.event, echo.route)
            assert lens is not None
            assert lens.text == echo.text
    # Arguments that are objects, and numbers that are text.
    assert set(without_place) == {"cloudflare.workers_ai", "ollama.chat"}
