"""A secret in the URL, a header, the prompt and a streamed reply of each recorder's file is found once in each place,
goes away, and takes nothing with it."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from planted import read, secret, stream
from redacting import found, redacted

from cassette_cli.conversation import Text

KEY = secret()
BODY = json.dumps({"model": "example-mini-1", "stream": True, "messages": [{"role": "user", "content": f"Say {KEY}"}]})
REPLY = stream(["It is ", KEY[:10], KEY[10:17], KEY[17:], "."])
URL = f"https://api.example.com/v1/chat/completions?key={KEY}"
PATH = URL.removeprefix("https://api.example.com")
ASKED = {"authorization": f"Bearer {KEY}", "content-type": "application/json"}
ANSWERED = {"content-type": "text/event-stream"}


def pairs(headers: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def lists(headers: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in headers.items()}


def base64(data: bytes) -> str:
    return b64encode(data).decode()


def sides(url: str = "url", **response: Any) -> dict[str, Any]:
    asked = {"method": "POST", url: URL, "headers": ASKED, "body": BODY}
    return {"request": asked, "response": {"headers": ANSWERED, "body": REPLY} | response}


def har() -> dict[str, Any]:
    packed = gzip.compress(REPLY.encode(), mtime=0)
    entry = {
        "request": {
            "method": "POST",
            "url": URL,
            "headers": pairs(ASKED),
            "queryString": [{"name": "key", "value": KEY}],
            "postData": {"mimeType": "application/json", "text": BODY},
            "bodySize": len(BODY),
        },
        "response": {
            "status": 200,
            "statusText": "OK",
            "headers": pairs(ANSWERED | {"content-encoding": "gzip"}),
            "content": {"encoding": "base64", "text": json.dumps([base64(packed[:99]), base64(packed[99:])])},
        },
    }
    return {"log": {"version": "1.2", "entries": [entry]}}


def httpmock() -> dict[str, Any]:
    when = {"path": PATH.partition("?")[0], "method": "POST", "query_param": [{"name": "key", "value": KEY}]}
    answered = {"status": 200, "header": pairs(ANSWERED), "body": base64(REPLY.encode()), "body_encoding": "base64"}
    return {"when": when | {"header": pairs(ASKED), "body": BODY}, "then": answered}


def azure() -> dict[str, Any]:
    entry = {
        "RequestUri": URL,
        "RequestMethod": "POST",
        "RequestHeaders": ASKED,
        "RequestBody": json.loads(BODY),
        "StatusCode": 200,
        "ResponseHeaders": ANSWERED,
        "ResponseBody": [f"{line}\n\n" for line in REPLY.split("\n\n")],
    }
    return {"Entries": [entry], "Variables": {}}


def nock() -> list[dict[str, Any]]:
    packed = gzip.compress(REPLY.encode(), mtime=0).hex()
    element = {
        "scope": "https://api.example.com:443",
        "method": "POST",
        "path": PATH,
        "body": json.loads(BODY),
        "reqheaders": ASKED,
        "status": 200,
        "response": [packed[:100], packed[100:]],
        "rawHeaders": ["Content-Type", "text/event-stream", "Content-Encoding", "gzip"],
    }
    return [element]


def wiremock() -> dict[str, Any]:
    headers = {name: {"equalTo": value} for name, value in ASKED.items()}
    asked = {"url": PATH, "method": "POST", "headers": headers, "bodyPatterns": [{"equalToJson": BODY}]}
    return {"request": asked, "response": {"status": 200, "headers": ANSWERED, "base64Body": base64(REPLY.encode())}}


def langchain() -> dict[str, Any]:
    asked = {"method": "POST", "uri": URL, "headers": lists(ASKED), "body": BODY.encode()}
    answered = {"status": {"code": 200, "message": "OK"}, "headers": lists(ANSWERED), "body": {"string": REPLY}}
    return {"requests": [asked], "responses": [answered]}


def r_vcr() -> dict[str, Any]:
    interaction = sides("uri", status=200, body={"string": REPLY})
    interaction["request"]["body"] = {"base64_string": base64(BODY.encode())}
    return {"http_interactions": [interaction], "recorded_with": "VCR-vcr/2.1.0"}


def betamax() -> dict[str, Any]:
    status = {"code": 200, "message": "OK"}
    interaction = sides("uri", status=status, body={"base64_string": base64(REPLY.encode()), "encoding": None})
    interaction["request"]["body"] = {"string": BODY, "encoding": "utf-8"}
    return {"http_interactions": [interaction], "recorded_with": "betamax/0.9.0"}


def exvcr() -> list[dict[str, Any]]:
    term = b"\x83m" + len(REPLY.encode()).to_bytes(4, "big") + REPLY.encode()
    return [sides(status_code=200, type="ok", binary=True, body=base64(term))]


def cassetter() -> dict[str, Any]:
    interaction = sides("uri", status=200, body={"type": "binary", "content": REPLY.encode().hex()})
    interaction["request"]["body"] = {"type": "json", "content": json.loads(BODY)}
    return {"version": 1, "interactions": [interaction]}


def llm_vcr() -> dict[str, Any]:
    request = {"method": "POST", "url": URL, "request_headers": ASKED, "request_body": json.loads(BODY)}
    return {"interactions": [request | {"status_code": 200, "response_headers": ANSWERED, "response_body": REPLY}]}


MADE: dict[str, Callable[[], Any]] = {
    "httpmock": httpmock,
    "HAR": har,
    "Azure test proxy": azure,
    "dd-apm-test-agent": lambda: sides(status={"code": 200, "message": "OK"}, body=f"base64:{base64(REPLY.encode())}"),
    "Betamax": betamax,
    "WireMock": wiremock,
    "R vcr": r_vcr,
    "nock": nock,
    "langchain-tests": langchain,
    "ExVCR": exvcr,
    "inline-snapshot": lambda: [sides(status_code=200)],
    "DVR": lambda: {"interactions": [sides(status=200)]},
    "PHP-VCR": lambda: [sides(status={"code": "200", "message": "OK"})],
    "cassetter": cassetter,
    "llm-vcr": llm_vcr,
}
TEXTS = {
    (name, kind): text
    for name, make in MADE.items()
    for kind, text in (
        ("YAML", yaml.dump(make(), sort_keys=False)),
        *([] if name == "langchain-tests" else [("JSON", json.dumps(make(), indent=1))]),
    )
}


@pytest.mark.parametrize(("name", "text"), [(key[0], text) for key, text in TEXTS.items()], ids=map(" ".join, TEXTS))
def test_a_secret_goes_from_every_place(name: str, text: str) -> None:
    cassette, _ = read(text)
    assert cassette.recorder == name
    places = [each.where for each in found(text)]
    assert [each for each in places if each.startswith("document.")] == (
        ["document.log.entries[0].request.queryString[0].value"] if name == "HAR" else []
    )
    assert len(places) >= 4
    after = redacted(text)
    assert KEY not in after
    again, exchanges = read(after)
    assert again.recorder == name
    reply = exchanges[0].reply
    assert reply is not None
    part = reply.messages[0].parts[0]
    assert part == Text("It is <openai-api-key-1>.")


def test_fields_that_state_a_length_stay_true() -> None:
    after = json.loads(redacted(json.dumps(har())))
    request = after["log"]["entries"][0]["request"]
    assert request["bodySize"] == len(request["postData"]["text"]) != len(BODY)
