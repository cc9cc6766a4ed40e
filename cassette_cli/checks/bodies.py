"""Bodies as they are kept, beside what headers say of them: lengths, content codings, sizes.

RFC 9110, 8.4 (Content-Encoding) and 8.6 (Content-Length). What replays a recording hands both to the client as
they stand.
"""

import re
from collections.abc import Iterator

from cassette_cli.checks.base import Check, Fix, Problem, Scene, number_of, readable, sides
from cassette_cli.checks.fixing import can_unpack
from cassette_cli.checks.settings import Level
from cassette_cli.document.encoding import Base64
from cassette_cli.document.structure import JsonText
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens, is_binary, is_text
from cassette_cli.framing.encoding import CODINGS, Coded
from cassette_cli.model import BodyLens, Header, MessageSide, Request, Response, header_value, size_of, stated_lengths

CHECKS = {
    "content-length-wrong": Check(Level.WARNING, "a stated length is not that of the body"),
    "content-encoding-wrong": Check(Level.WARNING, "Content-Encoding names a coding, and the body is plain"),
    "content-encoding-missing": Check(Level.WARNING, "the body is compressed, and no header says so"),
    "body-compressed": Check(Level.NOTE, "a compressed body cannot be reviewed"),
    "body-base64": Check(Level.NOTE, "a text is kept as base64"),
    "body-large": Check(Level.NOTE, "a body that makes the file hard to review"),
    "body-binary": Check(Level.NOTE, "a body that is no text: an image, audio"),
}
# These keep bodies decoded beside the headers that came (http://www.softwareishard.com/blog/har-12-spec/#content).
DECODED = frozenset({"HAR"})
# A body that is meant to be compressed.
ARCHIVE = re.compile(r"gzip|zip|zstd|compress|tar|octet-stream")
# Large enough that dropping it is worth a thought.
BINARY = 10_000
# Their Content-Length is that of a body that is not sent (RFC 9110, 8.6).
BODILESS = frozenset({204, 304})


def find(scene: Scene) -> Iterator[Problem]:
    """What is wrong with the bodies of each exchange."""
    for exchange in scene.exchanges:
        for side, message, content in sides(exchange):
            body = message.body
            if body is not None and readable(body) and content is not None:
                yield from _of_size(scene, exchange, side, body, content)
                if scene.cassette.recorder not in DECODED:
                    yield from _of_coding(exchange, side, message, body, content)
                    yield from _of_length(exchange, side, message, body)


def _of_length(exchange: Exchange, side: MessageSide, message: Request | Response, body: BodyLens) -> Iterator[Problem]:
    status = exchange.interaction.response.status
    if side == "response" and (exchange.interaction.request.method == "HEAD" or status in BODILESS):
        return
    if isinstance(body, JsonText):
        # How it is written when it is played is up to the recorder.
        return
    size = str(size_of(body.text))
    wrong = [length for length in stated_lengths(message) if length.text.isdigit() and length.text != size]
    if wrong:
        text = f"the {side}'s length is stated as {wrong[0].text}, but its body has {size} bytes"
        fix = Fix(number_of(exchange), side)
        yield Problem("content-length-wrong", text, number_of(exchange), None, wrong[0], fix)


def _of_coding(
    exchange: Exchange, side: MessageSide, message: Request | Response, body: BodyLens, content: ContentLens
) -> Iterator[Problem]:
    number = number_of(exchange)
    named = _coding(message)
    coded = _undone(body, content)
    if named and not coded:
        text = f"the {side} says content-encoding: {named.value.text}, but its body is plain"
        yield Problem("content-encoding-wrong", text, number, None, named.value, Fix(number, side, (named,)))
    elif coded and not named and is_text(content) and not ARCHIVE.search(_media_type(message)):
        yield Problem(
            "content-encoding-missing", f"the {side}'s body is compressed, but no header says so", number, None, body
        )
    if not is_text(content) or (coded and not coded.complete):
        return
    fix = Fix(number, side, (named,) if coded and named else (), unpack=True) if can_unpack(body, content) else None
    if coded:
        text = f"the {side}'s body is compressed: nobody can review it"
        yield Problem("body-compressed", text, number, None, body, fix)
    elif isinstance(body, Base64):
        yield Problem("body-base64", f"the {side}'s body is a text that is kept as base64", number, None, body, fix)


def _media_type(message: Request | Response) -> str:
    return (header_value(message.headers, "content-type") or "").lower()


def _coding(message: Request | Response) -> Header | None:
    """The header that names a content coding that is known here."""
    for header in message.headers:
        if header.name.lower() == "content-encoding" and header.value.text.strip().lower() in CODINGS:
            return header
    return None


def _undone(body: BodyLens, content: ContentLens) -> Coded | None:
    """The outermost coding that lies between a body and its content."""
    at: object = content
    found = None
    while at is not body and at is not None:
        found = at if isinstance(at, Coded) else found
        at = getattr(at, "outer", None)
    return found


def _of_size(
    scene: Scene, exchange: Exchange, side: MessageSide, body: BodyLens, content: ContentLens
) -> Iterator[Problem]:
    size = size_of(body.text)
    if size >= scene.settings.large:
        yield Problem("body-large", f"the {side}'s body has {size:,} bytes", number_of(exchange), None, body)
    elif size >= BINARY and is_binary(content) and not exchange.streamed:
        yield Problem("body-binary", f"the {side}'s body is {size:,} bytes of no text", number_of(exchange), None, body)
