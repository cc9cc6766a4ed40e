"""Files as recorders write them, made by hand: what is read of them, and the laws that edits of their texts obey."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from cassette_cli import files
from cassette_cli.document.document import Companion
from cassette_cli.document.lens import Joined, Lens, lift_all
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.model import BodyLens, Cassette, Interaction, Request, Response
from cassette_cli.proof import prove
from cassette_cli.recorders import RECORDERS
from cassette_cli.recorders.base import Decisive


class Seen(NamedTuple):
    """What an interaction says, its texts as they read."""

    method: str | None
    url: str | None
    asked: list[tuple[str, str]]
    request: str | bytes | None
    status: int | None
    answered: list[tuple[str, str]]
    response: str | bytes | None


def read(recorder: str, text: str, beside: dict[str, Companion] | None = None) -> Cassette:
    """The cassette that a text is; one recorder, this one, knows it."""
    cassette = files.parse("a", text, beside or {})
    assert cassette is not None
    root = cassette.document.root
    assert root is not None
    assert [each.NAME for each in RECORDERS if each.matches(root)] == [recorder]
    assert cassette.recorder == recorder
    return cassette


def seen(interaction: Interaction) -> Seen:
    request, response = interaction.request, interaction.response
    return Seen(
        request.method,
        request.url.text if request.url else None,
        _headers(request),
        _text(request.body),
        response.status,
        _headers(response),
        _text(response.body),
    )


def _headers(side: Request | Response) -> list[tuple[str, str]]:
    return [(header.name, header.value.text) for header in side.headers]


def _text(body: BodyLens | None) -> str | bytes | None:
    return body.text if body else None


def lenses(cassette: Cassette) -> Iterator[Lens[Any]]:
    """Every text of a cassette that can be edited, lengths left out."""
    for each in cassette.interactions:
        for side in (each.request, each.response):
            yield from (header.value for header in side.headers)
            if side.body is not None:
                yield side.body
        if each.request.url is not None:
            yield each.request.url


def small_edit(lens: Lens[Any]) -> Edit[Any] | None:
    """An edit in the middle of a text that its place can hold; None where there is none."""
    text = lens.text
    if isinstance(text, bytes):
        return Edit(Span(len(text) // 2, len(text) // 2 + 1), b"\xff!")
    middle = len(text) // 2
    for place in (*range(middle, len(text)), *range(middle)):
        edit = Edit(Span(place, place + 1), "77" if text[place].isdigit() else "Zz")
        try:
            if text[place].isalnum():
                lift_all([(lens, edit)])
                return edit
        except CassetteError:
            # What is implied between texts, and what decides how the body is read.
            assert isinstance(lens, JsonText | Joined | Decisive)
    return None


def check_laws(cassette: Cassette) -> None:
    """Get-put, put-get and locality of every text; each that is not empty can be edited."""
    text, count = cassette.document.text, 0
    for lens in lenses(cassette):
        same = lift_all([(lens, Edit(Span(0, len(lens.text)), lens.text))], cassette.document.source)
        assert splice(text, same) == text
        edit = small_edit(lens)
        if edit is None:
            continue
        count += not isinstance(lens, Decisive)
        after = prove(cassette, [(lens, edit)], with_companions=True)
        changed = [pair for pair in zip(_lines(cassette), _lines(after), strict=True) if pair[0] != pair[1]]
        assert len(changed) == 1
    assert count == len([each for each in lenses(cassette) if each.text and not isinstance(each, Decisive)])


def _lines(cassette: Cassette) -> list[str]:
    document = cassette.document
    texts = [document.text, *(each.source.text for each in document.companions.values())]
    return [line for text in texts for line in text.split("\n")]
