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
from cassette_cli.summary import Summary, Totals

SHOW = "cassette.show/1"
LS = "cassette.ls/1"

# A cassette, its interactions, and what they used, which is read when they have been.
Entry: TypeAlias = tuple[Cassette, Iterable[Object], Iterable[Usage | None]]


def show_document(
    recordings: Iterable[tuple[Cassette, Iterable[Exchange]]], errors: Sequence[CassetteError]
) -> Iterator[str]:
    """The text of a cassette.show/1 document, in pieces. `errors` is read last, when all recordings were asked for."""
    return document(SHOW, map(_show_entry, recordings), errors)


def _show_entry(recording: tuple[Cassette, Iterable[Exchange]]) -> Entry:
    cassette, exchanges = recording
    usages: list[Usage | None] = []
    return cassette, interactions_json(cassette, _noting(usages, exchanges)), usages


def _noting(usages: list[Usage | None], exchanges: Iterable[Exchange]) -> Iterator[Exchange]:
    """The exchanges; what each used is put into `usages` when it passes."""
    for exchange in exchanges:
        usages.append(exchange.reply.usage if exchange.reply else None)
        yield exchange


def show_lines(recordings: Iterable[tuple[Cassette, Iterable[Exchange]]]) -> Iterator[str]:
    """JSON Lines: each interaction of cassette.show/1 with its cassette's path, recorder and version, on its own."""
    for cassette, exchanges in recordings:
        for interaction in interactions_json(cassette, exchanges):
            yield dumps(_about(cassette) | interaction) + "\n"


def ls_document(
    recordings: Iterable[tuple[Cassette, Sequence[Summary]]], errors: Sequence[CassetteError]
) -> Iterator[str]:
    """The text of a cassette.ls/1 document, in pieces, as `show_document`."""
    entries = ((cassette, summaries_json(cassette, rows), [row.usage for row in rows]) for cassette, rows in recordings)
    return document(LS, entries, errors)


def document(schema: str, cassettes: Iterable[Entry], errors: Sequence[CassetteError]) -> Iterator[str]:
    """The frame that all JSON output has: cassettes, then totals and errors."""
    totals = Totals()
    yield f'{{"schema": {dumps(schema)}, "cassettes": ['
    for cassette, interactions, usages in cassettes:
        yield (",\n" if totals.cassettes else "\n") + dumps(_about(cassette))[:-1] + ', "interactions": ['
        for number, interaction in enumerate(interactions):
            yield (", " if number else "") + dumps(interaction)
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


def _about(cassette: Cassette) -> Object:
    side: Object = {"side": cassette.side.name} if cassette.side else {}
    return {"path": cassette.path, **side, "recorder": cassette.recorder, "version": cassette.version}


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
