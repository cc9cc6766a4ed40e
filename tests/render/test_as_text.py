"""Heads, titles, totals, and sections apart by blank lines."""

from decimal import Decimal

import pytest
from handmade import made, prompt_of, said, text_of

from cassette_cli.conversation import Reply
from cassette_cli.document.document import Document
from cassette_cli.model import Cassette
from cassette_cli.render.as_text import interaction_lines, title_lines, total_lines
from cassette_cli.render.console import Policy
from cassette_cli.render.view import Shown, View
from cassette_cli.summary import Totals, heading


def head(**fields: object) -> list[str]:
    return text_of(interaction_lines(Shown(exchange=made(**fields)), View())).splitlines()  # type: ignore[arg-type]  # passed on


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ["0  POST https://api.example/v1/x  200"]),
        ({"index": 123, "method": "GET", "url": "/x?a=1"}, ["123 GET /x?a=1  200"]),
        ({"status": 404, "reason": "Not Found"}, ["0  POST https://api.example/v1/x  404 Not Found"]),
        ({"status": 200, "reason": "OK"}, ["0  POST https://api.example/v1/x  200"]),
        ({"status": None, "method": None, "url": None}, ["0  (no method) (no URL)"]),
        ({"duration_ms": 1266.4}, ["0  POST https://api.example/v1/x  200", "   1.27 s"]),
        ({"id_": "0"}, ["0  POST https://api.example/v1/x  200"]),
        ({"id_": "abc"}, ["0  POST https://api.example/v1/x  200", "   id abc"]),
    ],
)
def test_the_head(fields: dict[str, object], shown: list[str]) -> None:
    assert head(**fields) == shown


@pytest.mark.parametrize(
    ("asked", "answered", "shown"),
    [
        ("big", "big", "big"),
        ("big", "big-2025", "big (big-2025)"),
        ("big", None, "big"),
        (None, "big-2025", "big-2025"),
    ],
)
def test_the_model_asked_for_and_the_one_that_answered(asked: str | None, answered: str | None, shown: str) -> None:
    prompt, reply = prompt_of(model=asked), Reply(model=answered)

    assert (
        head(prompt=prompt, reply=reply, answered="data: 1\n\n" * 3, streamed=True)[1]
        == f"   toy.chat · {shown} · 3 events"
    )


EXCHANGE = made(
    prompt=prompt_of(said("user", "Hello")), reply=Reply(messages=(said("assistant", "Hi!", finish="stop"),))
)


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (View(), ["", "   user", "     Hello", "", "   assistant  reply", "     Hi!", "", "   finish stop"]),
        (View(response=False), ["", "   user", "     Hello"]),
        (View(request=False), ["", "   assistant  reply", "     Hi!", "", "   finish stop"]),
    ],
)
def test_sections_are_apart(view: View, shown: list[str]) -> None:
    assert text_of(interaction_lines(Shown(exchange=EXCHANGE), view)).splitlines()[2:] == shown


@pytest.mark.parametrize(
    ("version", "count", "shown"),
    [
        (2, 1, "a/b.yaml  go-vcr 2 · 1 interaction"),
        ("6.4.0", 0, "a/b.yaml  go-vcr 6.4.0 · 0 interactions"),
        (None, 2, "a/b.yaml  go-vcr · 2 interactions"),
    ],
)
def test_the_title(version: int | str | None, count: int, shown: str) -> None:
    cassette = Cassette(
        path="a/b.yaml",
        recorder="go-vcr",
        version=version,
        document=Document("", ()),
        interactions=(EXCHANGE.interaction,) * count,
    )

    assert text_of(title_lines(heading(cassette))) == f"{shown}\n"
    assert text_of(title_lines(heading(cassette)), Policy(width=60)).startswith(f"{shown} ──")


@pytest.mark.parametrize(
    ("totals", "shown"),
    [
        (Totals(cassettes=1, interactions=1, input_tokens=5), ""),
        (Totals(cassettes=1, interactions=2), "2 interactions\n"),
        (
            Totals(cassettes=3, interactions=1200, input_tokens=50_000, output_tokens=7, cost=Decimal("0.0001")),
            "3 cassettes · 1,200 interactions · 50,000 in · 7 out · $0.0001\n",
        ),
    ],
)
def test_the_total(totals: Totals, shown: str) -> None:
    assert text_of(total_lines(totals)) == shown
