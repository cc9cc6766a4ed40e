"""Values as JSON, in the shapes that the schemas of this package describe (cassette.show/1, cassette.ls/1).

    {"schema": "cassette.show/1", "cassettes": [
    {"path": "a.yaml", "recorder": "go-vcr", "version": 2, "interactions": [...]}
    ],
    "totals": {...}, "errors": []}

A document is made piece by piece, so that no more than one interaction is held at a time.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeAlias

from cassette_cli.conversation import Json, Usage
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.render.console import HOSTILE
from cassette_cli.render.json_interactions import Object, interactions_json, summaries_json
from cassette_cli.summary import Heading, Summary, Totals

SHOW = "cassette.show/1"
LS = "cassette.ls/1"

# An interaction as JSON text, and what it used.
Piece: TypeAlias = tuple[str, Usage | None]


def show_pieces(cassette: Cassette, exchanges: Iterable[Exchange]) -> Iterator[Piece]:
    """The interactions of a cassette as cassette.show/1 has them."""
    usages: list[Usage | None] = []
    for interaction in interactions_json(cassette, _noting(usages, exchanges)):
        yield dumps(interaction), usages.pop()


def _noting(usages: list[Usage | None], exchanges: Iterable[Exchange]) -> Iterator[Exchange]:
    """The exchanges; what each used is put into `usages` when it passes."""
    for exchange in exchanges:
        usages.append(exchange.reply.usage if exchange.reply else None)
        yield exchange


def ls_pieces(cassette: Cassette, summaries: Sequence[Summary]) -> Iterator[Piece]:
    """The interactions of a cassette as cassette.ls/1 has them."""
    objects = summaries_json(cassette, summaries)
    return ((dumps(held), each.usage) for held, each in zip(objects, summaries, strict=True))


def show_lines(heading: Heading, pieces: Iterable[Piece]) -> Iterator[str]:
    """JSON Lines: each interaction of cassette.show/1 with its cassette's path, recorder and version, on its own."""
    about = dumps(_about(heading))[:-1]
    return (f"{about}, {text[1:]}\n" for text, _ in pieces)


def document(
    schema: str, cassettes: Iterable[tuple[Heading, Iterable[Piece]]], errors: Sequence[CassetteError]
) -> Iterator[str]:
    """The text of a document, in pieces, in the frame that all JSON output has: cassettes, then totals and errors.
    `errors` is read last, when all cassettes were asked for."""
    totals = Totals()
    yield f'{{"schema": {dumps(schema)}, "cassettes": ['
    for heading, pieces in cassettes:
        yield (",\n" if totals.cassettes else "\n") + dumps(_about(heading))[:-1] + ', "interactions": ['
        usages = []
        for number, (text, usage) in enumerate(pieces):
            yield (", " if number else "") + text
            usages.append(usage)
        yield "]}"
        totals = totals.with_cassette(usages)
    faults = [error_json(error) for error in errors]
    yield f'\n],\n"totals": {dumps(totals_json(totals))},\n"errors": {dumps(faults)}}}\n'


def write(pieces: Iterable[str], stream: TextIO) -> None:
    """Write JSON text as UTF-8 (RFC 8259, 8.1), whatever encoding the stream has."""
    stream.flush()
    for piece in pieces:
        stream.buffer.write(piece.encode())
    stream.buffer.flush()


def dumps(value: Json) -> str:
    """A value on one line. Nothing in it can act on a terminal, and all of it can be encoded."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = json.dumps(_without_nan(value), ensure_ascii=False)
    if text.isascii() and "\x7f" not in text:
        return text
    return HOSTILE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"


def _without_nan(value: Json) -> Json:
    """What Python reads as NaN and Infinity is no JSON: it becomes text."""
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def _about(heading: Heading) -> Object:
    side: Object = {"side": heading.side} if heading.side else {}
    return {"path": heading.path, **side, "recorder": heading.recorder, "version": heading.version}


def totals_json(totals: Totals) -> Object:
    """The sums of a document."""
    return {
        "cassettes": totals.cassettes,
        "interactions": totals.interactions,
        "input_tokens": totals.input_tokens,
        "output_tokens": totals.output_tokens,
        "cost": None if totals.cost is None else float(totals.cost),
    }


def error_json(error: CassetteError) -> Object:
    """What could not be read, and where."""
    where = error.where
    return {"path": where.path, "line": where.line, "column": where.column, "message": error.message}
