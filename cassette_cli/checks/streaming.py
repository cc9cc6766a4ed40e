"""Whether what was asked for, a stream or a whole reply, is what came.

Where it is asked: the APIs of OpenAI, of Anthropic and those like them have `stream` in the body, false where it is
absent; Ollama's is true then (https://github.com/ollama/ollama/blob/main/docs/api.md); Google's and AWS's have paths.
"""

import re
from collections.abc import Iterator

from cassette_cli.checks.base import Check, Problem, Scene, number_of, parameter, succeeded
from cassette_cli.checks.settings import Level
from cassette_cli.exchange import Exchange
from cassette_cli.model import split_url

CHECKS = {
    "stream-missing": Check(Level.WARNING, "a stream was asked for, and the reply is whole"),
    "stream-unasked": Check(Level.WARNING, "no stream was asked for, and the reply is one"),
}
STREAMS = re.compile(r":streamGenerateContent\Z|/converse-stream/?\Z|/invoke-with-response-stream/?\Z")
WHOLE = re.compile(r":generateContent\Z|/converse/?\Z|/invoke/?\Z")
# These say nothing of `stream` where they want none.
SILENT = frozenset({"openai.chat_completions", "openai.completions", "openai.responses", "anthropic.messages"})
# A stream of these is fetched by another request.
ELSEWHERE = frozenset({"replicate.predictions"})
EAGER = frozenset({"ollama.chat", "ollama.generate"})


def find(scene: Scene) -> Iterator[Problem]:
    """The replies that came otherwise than they were asked for."""
    for exchange in scene.exchanges:
        wanted = _wanted(exchange)
        if wanted is None or not succeeded(exchange) or not (exchange.content and exchange.content.text):
            continue
        number = number_of(exchange)
        if wanted and not exchange.streamed:
            yield Problem("stream-missing", "the request asks for a stream, and the response is none", number)
        elif exchange.streamed and not wanted:
            yield Problem("stream-unasked", "the request asks for no stream, and the response is one", number)


def _wanted(exchange: Exchange) -> bool | None:
    """Whether a stream was asked for; None where nothing tells."""
    url = exchange.interaction.request.url
    path = split_url(url.text if url else None).path
    if STREAMS.search(path):
        return True
    if exchange.prompt is None or exchange.protocol in ELSEWHERE:
        return None
    said = parameter(exchange, "stream")
    if isinstance(said, bool):
        return said
    if said is not None:
        return None
    if exchange.protocol in EAGER:
        return True
    return False if exchange.protocol in SILENT or WHOLE.search(path) else None
