"""Streamed replies made by hand, in a recording of VCR.py, and what becomes of them."""

import json
from base64 import b64encode
from typing import Any

from cassette_cli import files
from cassette_cli.document.text import splice
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette
from cassette_cli.rechunking.events import Item, rewritten
from cassette_cli.rechunking.pieces import KINDS, Kind
from cassette_cli.rechunking.proven import Recipe, rechunked
from cassette_cli.rechunking.recut import recut
from cassette_cli.rechunking.strategies import cut_of

CHAT = "https://api.example/v1/chat/completions"
MESSAGES = "https://api.example/v1/messages"
RESPONSES = "https://api.example/v1/responses"
GEMINI = "https://api.example/v1beta/models/m:streamGenerateContent"
OLLAMA = "https://api.example/api/chat"
SSE, NDJSON, JSON, EVENTS = (
    "text/event-stream",
    "application/x-ndjson",
    "application/json",
    "application/vnd.amazon.eventstream",
)


def cassette_of(body: str | bytes, url: str = CHAT, media_type: str = SSE, request: Any = None) -> Cassette:
    """A recording of one exchange."""
    held = {"string": body} if isinstance(body, str) else {"base64_string": b64encode(body).decode()}
    recording = {
        "version": 1,
        "interactions": [
            {
                "request": {"method": "POST", "uri": url, "body": json.dumps(request or {}), "headers": {}},
                "response": {
                    "status": {"code": 200, "message": "OK"},
                    "headers": {"content-type": [media_type]},
                    "body": held,
                },
            }
        ],
    }
    found = files.parse("made.json", json.dumps(recording, ensure_ascii=False))
    assert found is not None
    return found


def exchange_of(body: str | bytes, url: str = CHAT, media_type: str = SSE) -> Exchange:
    """The exchange of such a recording."""
    return exchange(cassette_of(body, url, media_type).interactions[0])


def sse(*payloads: str) -> str:
    """An event stream of these payloads."""
    return "".join(f"data: {payload}\n\n" for payload in payloads)


def body_of(found: Exchange, items: list[Item]) -> Any:
    """The body that the events of a list make."""
    assert found.content is not None
    return splice(found.content.text, [edit for _, edit in rewritten(found, items)])


def cut_anew(body: str, by: str, url: str = CHAT, media_type: str = SSE, kinds: tuple[Kind, ...] = KINDS) -> Any:
    """A body with its texts cut so."""
    found = exchange_of(body, url, media_type)
    return body_of(found, recut(found, cut_of(by, 0), kinds).items)


def done_to(cassette: Cassette, recipe: Recipe) -> Any:
    """The body of a recording's only response after a recipe, proven."""
    after = rechunked(cassette, [exchange(each) for each in cassette.interactions], recipe).cassette
    content = exchange(after.interactions[0]).content
    return content.text if content else None
