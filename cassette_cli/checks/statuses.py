"""Whether a status fits the body that comes with it (RFC 9110, 15), and the media type the framing."""

from collections.abc import Iterator

from cassette_cli.checks.base import Check, Problem, Scene, number_of, succeeded
from cassette_cli.checks.settings import Level
from cassette_cli.conversation import Reply
from cassette_cli.exchange import Exchange

CHECKS = {
    "body-unexpected": Check(Level.WARNING, "a body where the status or the method allows none"),
    "body-missing": Check(Level.WARNING, "a call of a model succeeded and said nothing"),
    "error-with-success": Check(Level.WARNING, "an error under a status of success"),
    "reply-with-failure": Check(Level.WARNING, "a reply of a model under a status of failure"),
    "media-type-wrong": Check(Level.WARNING, "Content-Type names another kind of body than the one that is there"),
}
NO_BODY = frozenset({204, 304})
JSON = "application/json"
EVENTS = "text/event-stream"


def find(scene: Scene) -> Iterator[Problem]:
    """What does not fit in each response."""
    for exchange in scene.exchanges:
        number = number_of(exchange)
        yield from (Problem(code, message, number) for code, message in _of(exchange))


def _of(exchange: Exchange) -> Iterator[tuple[str, str]]:
    response, reply = exchange.interaction.response, exchange.reply
    status = response.status
    text = exchange.content.text if exchange.content else None
    if text and (status in NO_BODY or exchange.interaction.request.method == "HEAD"):
        reason = f"status {status}" if status in NO_BODY else "HEAD"
        yield "body-unexpected", f"{reason} allows no body, and there is one"
    if exchange.prompt and status == 200 and not text and not exchange.faults:
        yield "body-missing", f"a call of {exchange.protocol} succeeded, and there is no body"
    if reply and succeeded(exchange) and not exchange.streamed and reply.error is not None and not _says(reply):
        yield "error-with-success", f"status {status}, and the body is an error"
    if reply and (status or 0) >= 400 and _says(reply) and reply.error is None:
        yield "reply-with-failure", f"status {status}, and the body is a reply"
    if succeeded(exchange) and (wrong := _media_type(exchange)):
        yield "media-type-wrong", f"the response says content-type: {exchange.media_type}, but its body is {wrong}"


def _says(reply: Reply) -> bool:
    return any(message.parts for message in reply.messages)


def _media_type(exchange: Exchange) -> str | None:
    """What a body is that its media type denies; None where it agrees, or names nothing in particular."""
    if exchange.media_type == JSON and exchange.framing == "sse":
        return "a stream of server-sent events"
    if exchange.media_type == EVENTS and exchange.framing == "whole" and exchange.content and exchange.content.text:
        return "no stream of server-sent events"
    return None
