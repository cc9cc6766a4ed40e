"""An interaction as JSON: in full as cassette.show/1 has it, and in short as cassette.ls/1 has it."""

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from cassette_cli.conversation import Anomaly, Json, Message, Prompt, Reply, Usage
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens
from cassette_cli.model import Cassette
from cassette_cli.render.json_parts import part_json, tool_json
from cassette_cli.summary import Summary, event_count

# A byte that was no UTF-8, as Python decodes it (PEP 383): one surrogate.
BYTE = re.compile("[\udc80-\udcff]")

# A JSON object that is on its way out; its values are JSON.
Object = dict[str, Json]


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
            "response": response_json(exchange),
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
    return list(cassette.document.lines_at(each.span.start for each in cassette.interactions))


def _request(exchange: Exchange) -> Object:
    request, prompt = exchange.interaction.request, exchange.prompt
    shown = prompt or Prompt(parameters={})
    asked: Object = {
        "method": request.method,
        "url": request.url.text if request.url else None,
        "protocol": exchange.protocol,
        "model": shown.model,
        "messages": [message_json(message) for message in shown.messages],
        "tools": [tool_json(tool) for tool in shown.tools],
        "parameters": shown.parameters,
    }
    return asked if prompt else asked | _body(exchange.request_media_type, exchange.request_content)


def response_json(exchange: Exchange) -> Object:
    """The response of an exchange, as cassette.show/1 has it."""
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
        size = len(BYTE.sub("?", held).encode("utf-8", "surrogatepass"))
        return {"media_type": media_type, "body": held, "size": size}
    return {"media_type": media_type, "body": None, "size": len(held or b"")}


def message_json(message: Message) -> Object:
    """A message, as cassette.show/1 has those of a prompt."""
    said: Object = {"role": message.role, "parts": [part_json(part) for part in message.parts]}
    return said | {"extra": message.extra} if message.extra else said


def _answer(message: Message) -> Object:
    return {"role": message.role, "finish_reason": message.finish_reason} | message_json(message)


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


def _number(value: Any) -> Any:
    """A number that JSON has, else None."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
