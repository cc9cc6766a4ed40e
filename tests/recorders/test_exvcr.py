"""ExVCR: lists of interactions, and binaries as Erlang writes them."""

import json
from base64 import b64encode
from typing import Any

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli.document.lens import lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.proof import prove


def recording(request: dict[str, Any] | None = None, **response: Any) -> str:
    asked = {
        "body": "",
        "headers": {"A": "b"},
        "method": "post",
        "options": [],
        "request_body": "",
        "url": "http://x.y/z",
    }
    answered = {"binary": False, "body": "hello", "headers": {"C": "d"}, "status_code": 200, "type": "ok"}
    return json.dumps([{"request": asked | (request or {}), "response": answered | response}], indent=2)


def term(data: bytes) -> str:
    return b64encode(b"\x83m" + len(data).to_bytes(4, "big") + data).decode()


def test_what_is_read() -> None:
    cassette = read("ExVCR", recording({"request_body": '{"n":1}'}))
    assert [seen(each) for each in cassette.interactions] == [
        Seen("POST", "http://x.y/z", [("A", "b")], '{"n":1}', 200, [("C", "d")], "hello")
    ]
    assert cassette.faults == ()
    check_laws(cassette)


def test_the_status_of_httpc() -> None:
    (found,) = read("ExVCR", recording(status_code=["HTTP/1.1", 404, "Not Found"])).interactions
    assert (found.response.status, found.response.reason) == (404, "Not Found")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (term(b"\x00\xff"), b"\x00\xff"),
        (term(b""), b""),
        (term(b"\x00\xff")[:-4] + "AAAA", term(b"\x00\xff")[:-4] + "AAAA"),
        ("<gone>", "<gone>"),
        ("AAAA", "AAAA"),
    ],
)
def test_binaries(body: str, expected: str | bytes) -> None:
    cassette = read("ExVCR", recording(body=body, binary=True))
    assert seen(cassette.interactions[0]).response == expected


def test_a_binary_keeps_its_size_true() -> None:
    text = recording(body=term(b"\x00\xffabc"), binary=True)
    cassette = read("ExVCR", text)
    body = cassette.interactions[0].response.body
    assert body is not None
    changes = [(body, Edit(Span(1, 2), b"longer"))]
    assert splice(text, lift_all(changes)) == recording(body=term(b"\x00longerabc"), binary=True)
    assert seen(prove(cassette, changes).interactions[0]).response == b"\x00longerabc"
    check_laws(cassette)


def test_a_stub_written_by_hand() -> None:
    text = '[{"request": {"url": "http://x.y/.*"}, "response": {"status_code": 200, "body": "a"}}]'
    assert [seen(each).url for each in read("ExVCR", text).interactions] == ["http://x.y/.*"]
