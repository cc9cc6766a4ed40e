"""What the stand-in server is asked and answers: the values that every case is made of.

A case is a conversation of one or more exchanges. All of its content is invented; hosts end in `.example`, which
RFC 2606 keeps for such use.
"""

import gzip
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

DATE = "Wed, 01 Jan 2025 00:00:00 GMT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request as a client makes it, and what the stand-in answers.

    `url` is the one to be recorded; `reply` the body as it travels, content coding applied. `chunked` sends it in
    pieces of one event each, as providers do.
    """

    method: str = "POST"
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    status: int = 200
    reply_headers: tuple[tuple[str, str], ...] = ()
    reply: bytes = b""
    chunked: bool = False

    @property
    def path(self) -> str:
        """Path and query of the URL."""
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def origin(self) -> str:
        """Scheme and host of the URL."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Case:
    """`name` is the sample's file name without ending: protocol, framing where streamed, and what it shows."""

    name: str
    exchanges: tuple[Exchange, ...]


def number(text: str) -> str:
    """A number to be written exactly so: `0.00005397` where Python would write `5.397e-05`."""
    return f"number:{text}"


def to_json(value: Any) -> str:
    """Compact JSON, as providers send it; characters beyond ASCII stay as they are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r'"number:([^"]*)"', r"\1", text)


def zipped(body: bytes) -> bytes:
    """gzip without a date, its header written by Python: the same bytes wherever zlib packs the same way."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()
