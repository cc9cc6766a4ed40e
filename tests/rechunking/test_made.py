"""The events that one becomes: which pieces are together, and what is written of them."""

import pytest
from streams import exchange_of, sse

from cassette_cli.rechunking.events import Made
from cassette_cli.rechunking.gathered import Gathered, Part
from cassette_cli.rechunking.made import made_of
from cassette_cli.rechunking.pieces import piece_events
from cassette_cli.rechunking.rules import CHAT

ONE = '{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}'
TWO = '{"choices":[{"index":0,"delta":{"reasoning":"a","content":"b"}}]}'


def made(payload: str, *texts: list[str]) -> list[str | None]:
    event = piece_events(exchange_of(sse(payload)))[0]
    filled = [Gathered(tuple(Part(text, text) for text in each), {}) for each in texts]
    return [item.data for item in made_of(event, filled, CHAT)]


@pytest.mark.parametrize(
    ("reasoning", "content", "expected"),
    [
        (["a"], ["b"], [("a", "b")]),
        (["1", "2"], ["b"], [("1", None), ("2", "b")]),
        (["a"], ["1", "2"], [("a", "1"), (None, "2")]),
        (["1", "2"], ["3", "4"], [("1", None), ("2", "3"), (None, "4")]),
    ],
)
def test_as_many_events_as_it_takes(
    reasoning: list[str], content: list[str], expected: list[tuple[str | None, str | None]]
) -> None:
    def delta(pair: tuple[str | None, str | None]) -> str:
        fields = zip(("reasoning", "content"), pair, strict=True)
        return ",".join(f'"{name}":"{text}"' for name, text in fields if text is not None)

    after = made(TWO, reasoning, content)

    assert after == [f'{{"choices":[{{"index":0,"delta":{{{delta(pair)}}}}}]}}' for pair in expected]


def test_the_finish_reason_is_on_the_last() -> None:
    assert made(ONE, ["x", "y"]) == [ONE.replace('"a"', '"x"').replace('"stop"', "null"), ONE.replace('"a"', '"y"')]


def test_an_event_that_stays_as_it_is_is_the_recorded_one() -> None:
    event = piece_events(exchange_of(sse(ONE)))[0]

    (item,) = made_of(event, [Gathered((Part("a", "a"),), {})], CHAT)

    assert item is event.frame
    assert not isinstance(item, Made)
