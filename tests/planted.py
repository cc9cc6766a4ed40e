"""Recordings that hold secrets, made at random while a test runs."""

import json
import string
from collections.abc import Sequence
from pathlib import Path
from random import Random

from cassette_cli import files
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette


def secret(seed: int = 0) -> str:
    """What an API key looks like: the same for a seed."""
    return "sk-" + "proj-" + "".join(Random(f"key {seed}").choices(string.ascii_letters + string.digits, k=48))


def opaque(seed: int = 0, length: int = 32) -> str:
    """What tells by nothing but its place that it is a secret."""
    return "".join(Random(f"opaque {seed}").choices(string.ascii_letters + string.digits, k=length - 2)) + "q7"


def stream(pieces: Sequence[str]) -> str:
    """The body of a streamed chat completion whose content comes in these pieces."""
    chunks = [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]
    chunks += [{"index": 0, "delta": {"content": piece}, "finish_reason": None} for piece in pieces]
    chunks += [{"index": 0, "delta": {}, "finish_reason": "stop"}]
    events = [
        {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "example-mini-1",
            "choices": [each],
        }
        for each in chunks
    ]
    return "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"


def vcrpy(
    *,
    url: str = "https://api.example/v1/chat/completions",
    headers: dict[str, str] | None = None,
    prompt: str = "Hi",
    reply: Sequence[str] = ("Hello",),
) -> str:
    """A cassette as VCR.py keeps it in JSON style YAML, of one streamed chat completion."""
    body = json.dumps({"model": "example-mini-1", "stream": True, "messages": [{"role": "user", "content": prompt}]})
    lines = [
        "interactions:",
        "- request:",
        f"    body: {json.dumps(body)}",
        "    headers:",
        "      content-type:",
        "      - application/json",
    ]
    for name, value in (headers or {}).items():
        lines += [f"      {name}:", f"      - {value}"]
    lines += [
        "    method: POST",
        f"    uri: {url}",
        "  response:",
        "    body:",
        f"      string: {json.dumps(stream(reply))}",
        "    headers:",
        "      Content-Type:",
        "      - text/event-stream",
        "    status:",
        "      code: 200",
        "      message: OK",
        "version: 1",
        "",
    ]
    return "\n".join(lines)


def go_vcr(authorization: str, body: str = "hi") -> str:
    """A cassette as go-vcr keeps it, of one request with a text body."""
    return f"""---
version: 2
interactions:
    - id: 0
      request:
        proto: HTTP/1.1
        proto_major: 1
        proto_minor: 1
        content_length: {len(body)}
        host: api.example
        body: {json.dumps(body)}
        headers:
            Authorization:
                - {authorization}
        url: https://api.example/v1
        method: POST
      response:
        proto: HTTP/2.0
        proto_major: 2
        proto_minor: 0
        content_length: -1
        body: ok
        headers:
            Content-Type:
                - text/plain
        status: 200 OK
        code: 200
        duration: 12ms
"""


def read(text: str, path: str = "a.yaml") -> tuple[Cassette, list[Exchange]]:
    """A cassette as it is understood."""
    cassette = files.parse(path, text)
    assert cassette
    return cassette, [exchange(each) for each in cassette.interactions]


def put(folder: Path, name: str, text: str) -> Path:
    """A file below a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path
