"""HAR: of browsers, as Polly.js writes it in JSON, and as YAML; bodies in base64, in hexadecimal digits, in chunks."""

import gzip
import json
from base64 import b64encode
from typing import Any

import pytest
import yaml
from recorded import Seen, check_laws, lenses, read, seen

from cassette_cli.document.text import Edit, Span
from cassette_cli.exchange import exchange
from cassette_cli.proof import prove


def recording(content: Any, posted: Any, **response: Any) -> dict[str, Any]:
    entry = {
        "_id": "abc",
        "startedDateTime": "2025-11-12T10:00:00.000Z",
        "time": 921.5,
        "request": {
            "method": "POST",
            "url": "https://api.example.com/v1/chat?a=b",
            "headers": [{"name": "content-type", "value": "application/json"}],
            "queryString": [{"name": "a", "value": "b"}],
            "postData": posted,
            "bodySize": 7,
        },
        "response": {
            "status": 200,
            "statusText": "OK",
            "headers": [{"name": "content-type", "value": "text/event-stream"}, {"name": "x", "value": "y"}],
            "content": content,
            "bodySize": 17,
        }
        | response,
    }
    return {"log": {"version": "1.2", "creator": {"name": "Polly.JS", "version": "6.0.6"}, "entries": [entry]}}


STREAM = 'data: {"n": 1}\n\n'
PLAIN = recording({"mimeType": "text/event-stream", "text": STREAM, "size": 16}, {"text": '{"n":1}'})
TEXTS = {
    "JSON": json.dumps(PLAIN, indent=2),
    "byte order mark": "\ufeff" + json.dumps(PLAIN, indent=2),
    "YAML": yaml.safe_dump(PLAIN),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_what_is_read(text: str) -> None:
    cassette = read("HAR", text)
    (found,) = cassette.interactions
    assert seen(found) == Seen(
        "POST",
        "https://api.example.com/v1/chat?a=b",
        [("content-type", "application/json")],
        '{"n":1}',
        200,
        [("content-type", "text/event-stream"), ("x", "y")],
        STREAM,
    )
    assert (found.id, found.duration_ms, found.recorded_at) == ("abc", 921.5, "2025-11-12T10:00:00.000Z")
    assert [lens.text for lens in found.request.lengths] == ["7"]
    assert [lens.text for lens in found.response.lengths] == ["17", "16"]
    assert (cassette.version, found.response.reason, cassette.faults) == ("1.2", "OK", ())
    check_laws(cassette)


def chunks(encode: Any, *data: bytes) -> str:
    return json.dumps([encode(each) for each in data])


def base64(data: bytes) -> str:
    return b64encode(data).decode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": base64(b"\x00\xff"), "encoding": "base64"}, b"\x00\xff"),
        ({"text": "[redacted]", "encoding": "base64"}, "[redacted]"),
        ({"text": chunks(base64, b"\x00", b"\xff"), "encoding": "base64"}, b"\x00\xff"),
        ({"text": "00ff", "_isBinary": True}, b"\x00\xff"),
        ({"text": chunks(bytes.hex, b"\x00\xff", b"a"), "_isBinary": True}, b"\x00\xffa"),
        ({"text": "[]", "encoding": "base64"}, "[]"),
        ({"text": '[{"a": 1}]', "encoding": "base64"}, '[{"a": 1}]'),
        ({"text": "[1]"}, "[1]"),
        ({"size": 0}, None),
        ({}, None),
    ],
)
def test_bodies_of_responses(content: Any, expected: str | bytes | None) -> None:
    for text in (json.dumps(recording(content, None), indent=2), yaml.safe_dump(recording(content, None))):
        cassette = read("HAR", text)
        assert seen(cassette.interactions[0]).response == expected
        if expected not in ("[]", None):
            check_laws(cassette)


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"textJSON": {"n": 1, "a": "b"}}, '{"n":1,"a":"b"}'),
        ({"params": [{"name": "a", "value": "b c"}, {"name": "d"}]}, "a=b%20c&d="),
        ({"params": [], "text": ""}, ""),
        ({"params": []}, None),
        (None, None),
    ],
)
def test_bodies_of_requests(posted: Any, expected: str | None) -> None:
    cassette = read("HAR", json.dumps(recording({}, posted), indent=2))
    assert seen(cassette.interactions[0]).request == expected


def test_a_stream_in_chunks_of_gzip_is_edited_where_it_stands() -> None:
    packed = gzip.compress(STREAM.encode(), mtime=0)
    content = {"text": chunks(base64, packed[:20], packed[20:]), "encoding": "base64"}
    cassette = read("HAR", json.dumps(recording(content, None), indent=2))
    body = exchange(cassette.interactions[0]).content
    assert body is not None
    assert body.text == STREAM
    after = prove(cassette, [(body, Edit(Span(12, 13), "25"))])
    again = exchange(after.interactions[0]).content
    assert again is not None
    assert again.text == 'data: {"n": 25}\n\n'


def test_pages_without_entries_and_entries_without_status() -> None:
    assert read("HAR", '{"log": {"version": "1.2", "entries": []}}').interactions == ()
    faults = read("HAR", json.dumps(recording({}, None, status=None))).faults
    assert [fault.message for fault in faults] == ["interaction 0 has no status"]


def test_every_text_has_a_lens_of_its_own() -> None:
    found = list(lenses(read("HAR", TEXTS["JSON"])))
    assert len({id(each) for each in found}) == len(found) == 6
