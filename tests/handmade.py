"""Exchanges made by hand, and lines as the text that they are printed as."""

import io
from collections.abc import Iterable
from typing import Any

from cassette_cli.conversation import Anomaly, Message, Part, Prompt, Reading, Reply, Text
from cassette_cli.document.lens import Fixed
from cassette_cli.document.text import Span
from cassette_cli.exchange import Exchange
from cassette_cli.framing import sse
from cassette_cli.model import Header, Interaction, Request, Response
from cassette_cli.render.console import Policy, Printer
from cassette_cli.render.lines import Line

PLAIN = Policy()


def text_of(lines: Iterable[Line], how: Policy = PLAIN) -> str:
    """What printing some lines gives."""
    stream = io.StringIO()
    Printer(stream, how).lines(lines)
    return stream.getvalue()


def headers(**values: str) -> tuple[Header, ...]:
    """Headers, underscores in their names as hyphens."""
    return tuple(Header(name.replace("_", "-"), Fixed(value)) for name, value in values.items())


def said(role: str | None, *parts: Part | str, finish: str | None = None) -> Message:
    """A message; a string is a text."""
    return Message(role, tuple(Text(part) if isinstance(part, str) else part for part in parts), finish)


def prompt_of(*messages: Message, **fields: Any) -> Prompt:
    """A prompt; `parameters` are none unless given."""
    return Prompt(**{"messages": messages, "parameters": {}} | fields)


def made(
    *,
    index: int = 0,
    prompt: Prompt | None = None,
    reply: Reply | None = None,
    url: str | None = "https://api.example/v1/x",
    method: str | None = "POST",
    status: int | None = 200,
    reason: str | None = None,
    asked: str | None = None,
    asked_type: str | None = "application/json",
    answered: str | None = None,
    answered_type: str | None = "application/json",
    request_headers: tuple[Header, ...] = (),
    response_headers: tuple[Header, ...] = (),
    streamed: bool = False,
    anomalies: tuple[Anomaly, ...] = (),
    duration_ms: float | None = None,
    id_: str | None = None,
) -> Exchange:
    """An exchange; it speaks the protocol "toy.chat" where it has a prompt or a reply."""
    return Exchange(
        interaction=Interaction(
            index=index,
            span=Span(0, 0),
            request=Request(method=method, url=None if url is None else Fixed(url), headers=request_headers),
            response=Response(status=status, reason=reason, headers=response_headers),
            id=id_,
            duration_ms=duration_ms,
        ),
        request_content=None if asked is None else Fixed(asked),
        request_media_type=None if asked is None else asked_type,
        content=None if answered is None else Fixed(answered),
        media_type=None if answered is None else answered_type,
        framing="sse" if streamed else "whole",
        frames=tuple(sse.split(answered or "")) if streamed else (),
        streamed=streamed,
        protocol="toy.chat" if prompt or reply else None,
        ask=(lambda: prompt) if prompt else None,
        reading=Reading(reply=reply) if reply else None,
        anomalies=anomalies,
    )
