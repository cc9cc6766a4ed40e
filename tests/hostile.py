"""A recording that tries to be markup, script or style wherever a recording has a text."""

import json
from typing import Any

# Each sets `pwned`, loads something, or changes how the page looks, if it is anything but text.
PAYLOADS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    "</style><style>body{display:none}</style>",
    "</pre></details></main><h1 id=pwned>",
    '" onmouseover="window.pwned=1" x="',
    "' autofocus onfocus='window.pwned=1",
    "<svg/onload=window.pwned=1>",
    "--><!--<iframe src=https://evil.example/>",
    "javascript:window.pwned=1",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "<base href=https://evil.example/><link rel=stylesheet href=//evil.example/a.css>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "{{constructor.constructor('window.pwned=1')()}}",
    "\u202e<b>\u0000\ud800",
)
ALL = " ".join(PAYLOADS)


def hostile(note: str = "") -> dict[str, Any]:
    """A cassette as VCR.py writes it: a streamed chat with a tool call, a reply in one piece, plain HTTP, an error and
    a stream of events that no protocol knows. `note` is in each, so that two recordings differ."""
    evil = f"{ALL}{note}"
    offered = {
        "type": "function",
        "function": {"name": evil, "description": evil, "parameters": {"properties": {evil: {"type": evil}}}},
    }
    asked = {
        "model": evil,
        "messages": [{"role": evil, "content": evil}, {"role": "system", "content": evil}],
        "tools": [offered],
        "stream": True,
        "stop": [evil],
        evil: evil,
    }
    call = {
        "index": 0,
        "id": evil,
        "type": "function",
        "function": {"name": evil, "arguments": json.dumps({evil: evil})},
    }
    deltas: list[dict[str, Any]] = [
        {"role": evil, "content": evil},
        {"content": evil, "reasoning": evil, "annotations": [{"type": evil, "url": "javascript:window.pwned=1"}]},
        {"tool_calls": [call]},
        {"refusal": evil, evil: evil},
    ]
    chunks: list[dict[str, Any]] = [
        {"id": evil, "object": "chat.completion.chunk", "model": evil, "choices": [_choice(each)]} for each in deltas
    ]
    chunks.append({"choices": [{"index": 0, "delta": {}, "finish_reason": evil}], "usage": {evil: evil}})
    events = "".join(f"event: {evil_line(note)}\n: {evil_line(note)}\ndata: {json.dumps(each)}\n\n" for each in chunks)
    said: dict[str, Any] = {
        "id": evil,
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": evil, "content": evil}}],
    }
    url = f"https://api.example/v1/chat/completions?{evil}"
    return {
        "version": 1,
        "interactions": [
            _interaction(url, asked, events, "text/event-stream"),
            _interaction(url, asked | {"stream": False}, json.dumps(said), "application/json"),
            _interaction(f"https://a.example/{evil}", evil, evil, f"text/html{evil_line(note)}"),
            _interaction(url, asked, json.dumps({"error": {"message": evil, evil: evil}}), "application/json", 400),
            _interaction("/x", evil, f"data: {evil_line(note)}\n\n" * 3, "text/event-stream"),
        ],
    }


def evil_line(note: str) -> str:
    """All payloads on one line, as a header or a line of a stream can hold them."""
    return f"{ALL}{note}".replace("\0", "")


def _choice(delta: dict[str, Any]) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": None}


def _interaction(url: str, asked: Any, answered: str, media_type: str, status: int = 200) -> dict[str, Any]:
    return {
        "request": {
            "method": "POST",
            "uri": url,
            "body": asked if isinstance(asked, str) else json.dumps(asked),
            "headers": {ALL: [ALL]},
        },
        "response": {
            "status": {"code": status, "message": ALL},
            "headers": {"content-type": [media_type], ALL: [ALL]},
            "body": {"string": answered},
        },
    }
