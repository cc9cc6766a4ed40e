"""Interactions as every recorder lays them out, in plain values for YAML or JSON; `recorders/` says where that is known
from."""

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import Any

from cassette_cli.converting.base import Carried, Lines
from cassette_cli.document.from_httprr import MAGIC

# A file's content: what YAML and JSON dump.
Layout = Callable[[Sequence[Carried]], Any]


def _text(body: bytes | None) -> str | None:
    """A body as text, None where it is none."""
    try:
        return (body or b"").decode()
    except UnicodeDecodeError:
        return None


def _base64(body: bytes | None) -> str:
    return b64encode(body or b"").decode()


def _either(body: bytes | None) -> str | bytes:
    """A body as text where it is one: else bytes, which YAML has a tag for."""
    text = _text(body)
    return (body or b"") if text is None else text


def _parsed(body: bytes | None) -> Any:
    """A body parsed where it is a JSON object."""
    try:
        found = json.loads(body or b"")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _lists(lines: Lines) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in lines:
        found.setdefault(name, []).append(value)
    return found


def _named(lines: Lines) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in lines]


def vcrpy(held: Sequence[Carried]) -> Any:
    return {
        "interactions": [
            {
                "request": {
                    "body": _either(each.request_body),
                    "headers": _lists(each.request_headers),
                    "method": each.method,
                    "uri": each.url,
                },
                "response": {
                    "body": {"string": _either(each.response_body)},
                    "headers": _lists(each.response_headers),
                    "status": {"code": each.status, "message": each.reason},
                },
            }
            for each in held
        ],
        "version": 1,
    }


def langchain(held: Sequence[Carried]) -> Any:
    sides = vcrpy(held)["interactions"]
    return {side: [each[side.removesuffix("s")] for each in sides] for side in ("requests", "responses")}


def go_vcr(held: Sequence[Carried]) -> Any:
    return {
        "version": 2,
        "interactions": [
            {
                "id": number,
                "request": {
                    "body": _either(each.request_body),
                    "headers": _lists(each.request_headers),
                    "url": each.url,
                    "method": each.method,
                    "content_length": len(each.request_body or b""),
                },
                "response": {
                    "body": _either(each.response_body),
                    "headers": _lists(each.response_headers),
                    "status": f"{each.status} {each.reason}",
                    "code": each.status,
                    "duration": "1.5ms",
                },
            }
            for number, each in enumerate(held)
        ],
    }


def _encoded(body: bytes | None, name: str = "base64_string") -> Any:
    text = _text(body)
    return {"encoding": "UTF-8", "string": text} if text is not None else {"encoding": "UTF-8", name: _base64(body)}


def betamax(held: Sequence[Carried]) -> Any:
    return {"http_interactions": [_ruby(each, _encoded) for each in held], "recorded_with": "betamax/0.9.0"}


def ruby_vcr(held: Sequence[Carried]) -> Any:
    def body(data: bytes | None) -> Any:
        return {"encoding": "UTF-8", "string": _either(data)}

    return {"http_interactions": [_ruby(each, body) for each in held], "recorded_with": "VCR 6.4.0"}


def _ruby(each: Carried, body: Callable[[bytes | None], Any]) -> Any:
    return {
        "request": {
            "method": (each.method or "").lower(),
            "uri": each.url,
            "body": body(each.request_body),
            "headers": _lists(each.request_headers),
        },
        "response": {
            "status": {"code": each.status, "message": each.reason},
            "headers": _lists(each.response_headers),
            "body": body(each.response_body),
        },
        "recorded_at": "Wed, 12 Nov 2025 10:00:00 GMT",
    }


def r_vcr(held: Sequence[Carried]) -> Any:
    return {
        "http_interactions": [
            {
                "request": {"method": each.method, "uri": each.url, "body": {"string": _either(each.request_body)}},
                "response": {
                    "status": each.status,
                    "headers": dict(each.response_headers),
                    "body": {"string": _either(each.response_body)},
                },
                "recorded_at": "2026-08-02 17:43:56",
            }
            for each in held
        ],
        "recorded_with": "VCR-vcr/2.0.0",
    }


def har(held: Sequence[Carried]) -> Any:
    entries = [
        {
            "startedDateTime": "2025-11-12T10:00:00.000Z",
            "time": 921,
            "request": {
                "method": each.method,
                "url": each.url,
                "headers": _named(each.request_headers),
                "postData": {"mimeType": "application/json", "text": _text(each.request_body) or ""},
            },
            "response": {
                "status": each.status,
                "statusText": each.reason,
                "headers": _named(each.response_headers),
                "content": {"mimeType": "text/plain", "text": _base64(each.response_body), "encoding": "base64"},
            },
        }
        for each in held
    ]
    return {"log": {"version": "1.2", "creator": {"name": "Firefox", "version": "1"}, "entries": entries}}


def _when(each: Carried) -> Any:
    text = _text(each.response_body)
    body = {"body": text} if text is not None else {"body_base64": _base64(each.response_body)}
    return {
        "when": {
            "path": "/v1/chat",
            "method": each.method,
            "header": _named(each.request_headers),
            "body": _text(each.request_body),
        },
        "then": {"status": each.status, "header": _named(each.response_headers), **body},
    }


def httpmock(held: Sequence[Carried]) -> Any:
    return _when(held[0])


def dd_apm_test_agent(held: Sequence[Carried]) -> Any:
    def body(data: bytes | None) -> str:
        text = _text(data)
        return f"base64:{_base64(data)}" if text is None else text

    each = held[0]
    return {
        "request": {
            "method": each.method,
            "url": each.url,
            "headers": dict(each.request_headers),
            "body": body(each.request_body),
        },
        "response": {
            "status": {"code": each.status, "message": each.reason},
            "headers": dict(each.response_headers),
            "body": body(each.response_body),
        },
    }


def azure_test_proxy(held: Sequence[Carried]) -> Any:
    def body(data: bytes | None) -> Any:
        text = _text(data)
        return _base64(data) if text is None else _parsed(data) or text.splitlines(keepends=True)

    entries = [
        {
            "RequestUri": each.url,
            "RequestMethod": each.method,
            "RequestHeaders": dict(each.request_headers),
            "RequestBody": body(each.request_body),
            "StatusCode": each.status,
            "ResponseHeaders": dict(each.response_headers),
            "ResponseBody": body(each.response_body),
        }
        for each in held
    ]
    return {"Entries": entries, "Variables": {}}


def nock(held: Sequence[Carried]) -> Any:
    return [
        {
            "scope": "https://api.example.com:443",
            "method": each.method,
            "path": "/v1/chat",
            "body": _parsed(each.request_body) or _text(each.request_body),
            "status": each.status,
            "response": (each.response_body or b"").hex()
            if _text(each.response_body) is None
            else _text(each.response_body),
            "rawHeaders": dict(each.response_headers),
            "responseIsBinary": _text(each.response_body) is None,
        }
        for each in held
    ]


def wiremock(held: Sequence[Carried]) -> Any:
    text = [_text(each.response_body) for each in held]
    return {
        "mappings": [
            {
                "request": {
                    "url": "/v1/chat",
                    "method": each.method,
                    "headers": {name: {"equalTo": value} for name, value in each.request_headers},
                    "bodyPatterns": [{"equalToJson": _text(each.request_body)}],
                },
                "response": {
                    "status": each.status,
                    "headers": dict(each.response_headers),
                    **({"base64Body": _base64(each.response_body)} if said is None else {"body": said}),
                },
            }
            for each, said in zip(held, text, strict=True)
        ]
    }


def exvcr(held: Sequence[Carried]) -> Any:
    return [
        {
            "request": {
                "body": _text(each.request_body),
                "headers": dict(each.request_headers),
                "method": (each.method or "").lower(),
                "options": [],
                "request_body": "",
                "url": each.url,
            },
            "response": {
                "binary": False,
                "body": _text(each.response_body) or "",
                "headers": dict(each.response_headers),
                "status_code": each.status,
                "type": "ok",
            },
        }
        for each in held
    ]


def inline_snapshot(held: Sequence[Carried]) -> Any:
    return [
        {
            "request": {
                "method": each.method,
                "url": each.url,
                "headers": dict(each.request_headers),
                "body": _parsed(each.request_body) or _text(each.request_body),
            },
            "response": {
                "status_code": each.status,
                "headers": dict(each.response_headers),
                "body": _parsed(each.response_body) or _text(each.response_body),
            },
        }
        for each in held
    ]


def dvr(held: Sequence[Carried]) -> Any:
    return {
        "name": "chat",
        "interactions": [
            {
                "recorded_at": 1447461776.193247,
                "request": {"method": each.method, "url": each.url, "headers": dict(each.request_headers)},
                "response": {
                    "status": each.status,
                    "url": each.url,
                    "headers": dict(each.response_headers),
                    "body": _text(each.response_body) or _base64(each.response_body),
                },
            }
            for each in held
        ],
    }


def okreplay(held: Sequence[Carried]) -> Any:
    interactions = [
        {
            "recorded": "2025-11-12T10:00:00.000Z",
            "request": {
                "method": each.method,
                "uri": each.url,
                "headers": dict(each.request_headers),
                "body": _either(each.request_body),
            },
            "response": {
                "status": each.status,
                "headers": dict(each.response_headers),
                "body": _either(each.response_body),
            },
        }
        for each in held
    ]
    return {"name": "chat", "interactions": interactions}


def php_vcr(held: Sequence[Carried]) -> Any:
    return [
        {
            "request": {
                "method": each.method,
                "url": each.url,
                "headers": dict(each.request_headers),
                "body": _text(each.request_body),
            },
            "response": {
                "status": {"http_version": "1.1", "code": str(each.status), "message": each.reason},
                "headers": dict(each.response_headers),
                "body": _text(each.response_body) or "",
            },
        }
        for each in held
    ]


def llm_vcr(held: Sequence[Carried]) -> Any:
    interactions = [
        {
            "method": each.method,
            "url": each.url,
            "request_headers": dict(each.request_headers),
            "request_body": _parsed(each.request_body) or _text(each.request_body),
            "status_code": each.status,
            "response_headers": dict(each.response_headers),
            "response_body": _parsed(each.response_body) or _text(each.response_body),
        }
        for each in held
    ]
    return {"name": "chat", "interactions": interactions}


def cassetter(held: Sequence[Carried]) -> Any:
    def body(data: bytes | None) -> Any:
        text = _text(data)
        if text is None:
            return {"type": "binary", "content": (data or b"").hex()}
        return {"type": "json", "content": found} if (found := _parsed(data)) else {"type": "text", "content": text}

    interactions = [
        {
            "request": {
                "method": each.method,
                "uri": each.url,
                "headers": _lists(each.request_headers),
                "body": body(each.request_body),
            },
            "response": {
                "status": each.status,
                "headers": _lists(each.response_headers),
                "body": body(each.response_body),
            },
            "recorded_at": "2026-01-01T00:00:00Z",
        }
        for each in held
    ]
    return {"version": 1, "interactions": interactions}


def cachy(held: Sequence[Carried]) -> Any:
    text = _text(held[0].response_body)
    return {
        "key": "2901a2a6",
        "response": _base64(held[0].response_body) if text is None else text,
        "headers": dict(held[0].response_headers),
        "status_code": held[0].status,
        "binary": text is None,
    }


def trace(held: Sequence[Carried]) -> bytes:
    """A trace of httprr, which is neither YAML nor JSON."""
    records = []
    for each in held:
        asked = _message(f"{each.method} {each.url} HTTP/1.1", each.request_headers, each.request_body)
        answered = _message(f"HTTP/1.1 {each.status} {each.reason}", each.response_headers, each.response_body)
        records.append(f"{len(asked)} {len(answered)}\n".encode() + asked + answered)
    return MAGIC.encode() + b"".join(records)


def _message(first: str, lines: Lines, body: bytes | None) -> bytes:
    fields = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return f"{first}\r\n{fields}\r\n".encode() + (body or b"")


# By the names of the recorders; the tag of a tape cannot be said in plain values.
LAYOUTS: dict[str, Layout] = {
    "VCR.py": vcrpy,
    "go-vcr": go_vcr,
    "Ruby VCR": ruby_vcr,
    "httpmock": httpmock,
    "dd-apm-test-agent": dd_apm_test_agent,
    "Azure test proxy": azure_test_proxy,
    "Betamax": betamax,
    "HAR": har,
    "WireMock": wiremock,
    "R vcr": r_vcr,
    "nock": nock,
    "langchain-tests": langchain,
    "ExVCR": exvcr,
    "inline-snapshot": inline_snapshot,
    "DVR": dvr,
    "OkReplay": okreplay,
    "PHP-VCR": php_vcr,
    "cassetter": cassetter,
    "llm-vcr": llm_vcr,
    "cachy": cachy,
}
