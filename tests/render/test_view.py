"""Each exchange with what those before it had of its prompt."""

from collections.abc import Iterator

from handmade import made, prompt_of, said

from cassette_cli.conversation import Reply
from cassette_cli.exchange import Exchange
from cassette_cli.render.view import Shown, shown

HELLO, HI, BYE = said("user", "Hello"), said("assistant", "Hi!"), said("user", "Bye")


def test_what_was_there_before() -> None:
    first = made(index=3, prompt=prompt_of(HELLO, model="m"), reply=Reply(messages=(HI,)))
    page = made(index=4)
    second = made(index=5, prompt=prompt_of(HELLO, HI, BYE))

    assert list(shown([first, page, second])) == [
        Shown(exchange=first),
        Shown(exchange=page),
        Shown(exchange=second, known=2, since=3, before=prompt_of(model="m")),
    ]


def test_exchanges_are_asked_for_one_by_one() -> None:
    """Their bodies may be large, so none is made before it is its turn."""
    asked = []

    def making() -> Iterator[Exchange]:
        for index in range(3):
            asked.append(index)
            yield made(index=index, prompt=prompt_of(HELLO))

    assert next(shown(making())).exchange.interaction.index == 0
    assert asked == [0]
