"""Numbers of events after others were put in or left out."""

from streams import exchange_of, sse

from cassette_cli.rechunking.events import Item, Made
from cassette_cli.rechunking.numbered import numbered


def events(*payloads: str) -> list[Item]:
    return list(exchange_of(sse(*payloads)).frames)


def data(items: list[Item], counter: str | None = "n") -> list[str | None]:
    return [item.data for item in numbered(items, counter)]


def test_those_behind_move_on() -> None:
    one, two, three = events('{"n":5, "x":1}', '{"n": 6}', '{"n":8}')
    assert not isinstance(two, Made)

    assert data([one, two, Made(two, '{"n": 6}'), three]) == ['{"n":5, "x":1}', '{"n": 6}', '{"n": 7}', '{"n":9}']
    assert data([two, three]) == ['{"n": 5}', '{"n":7}']
    assert data([two, three], None) == ['{"n": 6}', '{"n":8}']


def test_what_has_no_number_stays() -> None:
    one, *others = events('{"n":5}', "[DONE]", '{"n":"6"}', '{"m":{"n":7}}')

    assert data(others) == ["[DONE]", '{"n":"6"}', '{"m":{"n":7}}']
    assert data([one]) == ['{"n":5}']
