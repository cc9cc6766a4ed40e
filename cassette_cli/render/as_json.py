"""Values as JSON, in the shapes that the schemas of this package describe (cassette.show/1, cassette.ls/1).

    {"schema": "cassette.show/1", "cassettes": [
    {"path": "a.yaml", "recorder": "go-vcr", "version": 2, "interactions": [...]}
    ],
    "totals": {...}, "errors": []}

A document is made piece by piece, so that no more than one cassette is held at a time.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from cassette_cli.conversation import Anomaly, Json, Message, Prompt, Reply, Usage
from cassette_cli.document.document import lines_at
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens
from cassette_cli.model import Cassette
from cassette_cli.render.console import HOSTILE
from cassette_cli.render.json_parts import part_json, tool_json
from cassette_cli.summary import Summary, Totals, event_count

SHOW = "cassette.show/1"
LS = "cassette.ls/1"

BYTE = re.compile("[\udc80-\udcff]")

# A JSON object that is on its way out; its values are JSON.
Object = dict[str, Json]


def show_document(
    recordings: Iterable[tuple[Cassette, Sequence[Exchange]]], errors: Sequence[CassetteError]
) -> Iterator[str]:
    """The text of a cassette.show/1 document, in pieces. `errors` is read last, when all recordings were asked for."""
    entries = (
        (cassette_json(cassette, interactions_json(cassette, exchanges)), [_usage_of(each) for each in exchanges])
        for cassette, exchanges in recordings
    )
    return document(SHOW, entries, errors)


def show_lines(recordings: Iterable[tuple[Cassette, Sequence[Exchange]]]) -> Iterator[str]:
    """JSON Lines: each interaction of cassette.show/1 with its cassette's path, recorder and version, on its own."""
    for cassette, exchanges in recordings:
        about = {"path": cassette.path, "recorder": cassette.recorder, "version": cassette.version}
        for interaction in interactions_json(cassette, exchanges):
            yield dumps(about | interaction) + "\n"


def ls_document(
    recordings: Iterable[tuple[Cassette, Sequence[Summary]]], errors: Sequence[CassetteError]
) -> Iterator[str]:
    """The text of a cassette.ls/1 document, in pieces, as `show_document`."""
    entries = (
        (cassette_json(cassette, summaries_json(cassette, rows)), [row.usage for row in rows])
        for cassette, rows in recordings
    )
    return document(LS, entries, errors)


def document(
    schema: str, cassettes: Iterable[tuple[Object, Iterable[Usage | None]]], errors: Sequence[CassetteError]
) -> Iterator[str]:
    """The frame that all JSON output has: cassettes with what their interactions used, then totals and errors."""
    totals = Totals()
    yield f'{{"schema": {dumps(schema)}, "cassettes": ['
    for cassette, usages in cassettes:
        yield (",\n" if totals.cassettes else "\n") + dumps(cassette)
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


def cassette_json(cassette: Cassette, interactions: Iterable[Object]) -> Object:
    """A cassette with interactions made elsewhere."""
    return {
        "path": cassette.path,
        "recorder": cassette.recorder,
        "version": cassette.version,
        "interactions": list(interactions),
    }


def interactions_json(cassette: Cassette, exchanges: Iterable[Exchange]) -> Iterator[Object]:
    """Exchanges of a cassette as cassette.show/1 has interactions."""
    lines = _lines(cassette)
    for exchange in exchanges:
        interaction = exchange.interaction
        yield {
            "index": interaction.index,
            "id": interaction.id,
            "line": lines[interaction.index],
            "duration_ms": _number(interaction.duration_ms),
            "recorded_at": interaction.recorded_at,
            "request": _request(exchange),
            "response": _response(exchange),
            "anomalies": [_anomaly(anomaly) for anomaly in exchange.anomalies],
        }


def summaries_json(cassette: Cassette, summaries: Iterable[Summary]) -> Iterator[Object]:
    """Summaries of a cassette's interactions as cassette.ls/1 has them."""
    lines = _lines(cassette)
    for summary in summaries:
        usage = summary.usage or Usage()
        yield {
            "index": summary.index,
            "id": summary.id,
            "line": lines[summary.index],
            "duration_ms": _number(summary.duration_ms),
            "method": summary.method,
            "url": summary.url,
            "status": summary.status,
            "protocol": summary.protocol,
            "model": summary.model,
            "streamed": summary.streamed,
            "events": summary.events,
            "complete": summary.complete,
            "finish_reasons": list(summary.finish_reasons),
            "input_tokens": usage.input_tokens,
            "output_tokens": usage.output_tokens,
            "cost": _number(usage.cost),
            "anomalies": list(summary.anomalies),
        }


def _lines(cassette: Cassette) -> list[int]:
    """The line at which each interaction begins."""
    return list(lines_at(cassette.document.text, (each.span.start for each in cassette.interactions)))


def _request(exchange: Exchange) -> Object:
    request, prompt = exchange.interaction.request, exchange.prompt
    shown = prompt or Prompt(parameters={})
    asked: Object = {
        "method": request.method,
        "url": request.url.text if request.url else None,
        "protocol": exchange.protocol,
        "model": shown.model,
        "messages": [_message(message) for message in shown.messages],
        "tools": [tool_json(tool) for tool in shown.tools],
        "parameters": shown.parameters,
    }
    return asked if prompt else asked | _body(exchange.request_media_type, exchange.request_content)


def _response(exchange: Exchange) -> Object:
    reply = exchange.reply or Reply()
    answered: Object = {
        "status": exchange.interaction.response.status,
        "media_type": exchange.media_type,
        "streamed": exchange.streamed,
        "framing": exchange.framing if exchange.streamed else None,
        "events": event_count(exchange),
        "complete": exchange.reply.complete if exchange.reply else None,
        "id": reply.id,
        "model": reply.model,
        "messages": [_answer(message) for message in reply.messages],
        "usage": _usage(reply.usage) if reply.usage else None,
        "error": reply.error,
    }
    return answered if exchange.reply else answered | _body(exchange.media_type, exchange.content)


def _body(media_type: str | None, content: ContentLens | None) -> Object:
    """What no protocol reads: text as it is, of bytes only how many there are."""
    held = content.text if content else None
    if isinstance(held, str):
        # A byte that was no UTF-8 is one surrogate here (PEP 383), and one byte there.
        size = len(BYTE.sub("?", held).encode("utf-8", "surrogatepass"))
        return {"media_type": media_type, "body": held, "size": size}
    return {"media_type": media_type, "body": None, "size": len(held or b"")}


def _message(message: Message) -> Object:
    said: Object = {"role": message.role, "parts": [part_json(part) for part in message.parts]}
    return said | {"extra": message.extra} if message.extra else said


def _answer(message: Message) -> Object:
    return {"role": message.role, "finish_reason": message.finish_reason} | _message(message)


def _usage_of(exchange: Exchange) -> Usage | None:
    return exchange.reply.usage if exchange.reply else None


def _usage(usage: Usage) -> Object:
    return {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "total_tokens": usage.total_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "cache_read_input_tokens": usage.cache_read_input_tokens,
        "cache_creation_input_tokens": usage.cache_creation_input_tokens,
        "cost": _number(usage.cost),
        "raw": usage.raw,
    }


def _anomaly(anomaly: Anomaly) -> Object:
    return {"code": anomaly.code, "event": anomaly.event, "message": anomaly.message}


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


def _number(value: Any) -> Any:
    """A number that JSON has, else None."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
