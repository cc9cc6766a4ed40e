"""The request's side: what is new in a prompt, or the request as HTTP."""

from itertools import chain

import pytest
from handmade import headers, made, prompt_of, said, text_of

from cassette_cli.conversation import Tool
from cassette_cli.render.asked import request_sections
from cassette_cli.render.view import Shown, View

HELLO, HI, BYE = said("user", "Hello"), said("assistant", "Hi!"), said("user", "Bye")
ADD, MUL = Tool("add"), Tool("mul")
BEFORE = prompt_of(HELLO, tools=(ADD,), parameters={"temperature": 0})


def asked(shown: Shown, view: View = View()) -> list[str]:  # noqa: B008  # a frozen value
    return text_of(chain.from_iterable(request_sections(shown, view))).splitlines()


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (1, "   … 1 earlier message as in 0 (--full shows them)"),
        (2, "   … 2 earlier messages as in 0 (--full shows them)"),
        (3, "   the same 3 messages as in 0 (--full shows them)"),
    ],
)
def test_known_messages_are_counted(known: int, first: str) -> None:
    shown = Shown(exchange=made(prompt=prompt_of(HELLO, HI, BYE)), known=known, since=0, before=prompt_of(HELLO))

    assert asked(shown)[0] == first
    assert [line.strip() for line in asked(shown)[1:]] == ["user", "Hello", "assistant", "Hi!", "user", "Bye"][
        2 * known :
    ]
    assert [line.strip() for line in asked(shown, View(full=True))] == [
        "user",
        "Hello",
        "assistant",
        "Hi!",
        "user",
        "Bye",
    ]


def test_what_differs_in_known_messages_is_named() -> None:
    shown = Shown(exchange=made(prompt=prompt_of(HELLO, BYE)), known=1, since=0, but=("cache_control", "name"))

    assert asked(shown)[0] == "   … 1 earlier message as in 0, but for cache_control, name (--full shows them)"


@pytest.mark.parametrize(
    ("tools", "parameters", "said_of_them"),
    [
        ((ADD,), {"temperature": 0}, []),
        ((ADD,), {"temperature": 0, "stream": True}, []),
        ((ADD, MUL), {"temperature": 0}, ["tools  add, mul"]),
        ((), {"temperature": 0}, ["tools  none"]),
        ((ADD,), {"temperature": 1}, ["with  temperature=1"]),
        ((ADD,), {}, []),
    ],
)
def test_tools_and_parameters_are_shown_when_they_change(
    tools: tuple[Tool, ...], parameters: dict[str, object], said_of_them: list[str]
) -> None:
    prompt = prompt_of(HELLO, BYE, tools=tools, parameters=parameters)
    shown = Shown(exchange=made(prompt=prompt), known=1, since=0, before=BEFORE)

    assert [line.strip() for line in asked(shown)] == [
        *said_of_them,
        "… 1 earlier message as in 0 (--full shows them)",
        "user",
        "Bye",
    ]


def test_a_single_message_sent_again() -> None:
    shown = Shown(exchange=made(prompt=prompt_of(HELLO)), known=1, since=4, before=prompt_of(HELLO))

    assert asked(shown) == ["   the same message as in 4 (--full shows them)"]


def test_a_conversation_that_begins_shows_all_that_it_offers() -> None:
    assert [line.strip() for line in asked(Shown(exchange=made(prompt=BEFORE)))] == [
        "with  temperature=0",
        "tools  add",
        "user",
        "Hello",
    ]


def test_all_headers_are_shown_on_demand() -> None:
    exchange = made(prompt=prompt_of(HELLO), request_headers=headers(User_Agent="client/1", Anthropic_Beta="x"))

    assert asked(Shown(exchange=exchange))[0] == "   Anthropic-Beta: x"
    assert asked(Shown(exchange=exchange), View(full=True))[:2] == ["   request headers", "     User-Agent: client/1"]


def test_a_request_that_no_protocol_reads() -> None:
    assert asked(Shown(exchange=made(asked='{"a": 1}'))) == ["   request  application/json", '     {"a": 1}']
    assert asked(Shown(exchange=made(method="GET"))) == []
