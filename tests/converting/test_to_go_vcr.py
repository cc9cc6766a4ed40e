"""go-vcr's YAML: what is written, and what its matcher compares of a request."""

import pytest
from carrying import nasty, plain, read_again, written

from cassette_cli.converting import go_vcr
from cassette_cli.converting.base import carried
from cassette_cli.converting.convert import differing
from cassette_cli.converting.go_vcr import canonical
from cassette_cli.document.tree import get, text_of

WRITTEN = """\
---
version: 2
interactions:
    - id: 0
      request:
        proto: HTTP/1.1
        proto_major: 1
        proto_minor: 1
        content_length: 8
        host: api.example
        body: '{"a": 1}'
        form:
            a:
                - "2"
            b:
                - "1"
        headers:
            Content-Type:
                - application/json
        url: https://api.example/v1/x?b=1&a=2
        method: POST
      response:
        proto: HTTP/1.1
        proto_major: 1
        proto_minor: 1
        content_length: -1
        body: |
            yes
        headers:
            Content-Type:
                - text/plain
            Date:
                - Wed, 12 Nov 2025 10:00:00 GMT
        status: 200 OK
        code: 200
        duration: 1.5ms
"""


def test_what_is_written() -> None:
    assert written(go_vcr, plain(duration_ms=1.5)) == WRITTEN


def test_nothing_asked_is_left_out() -> None:
    text = written(go_vcr, plain(request_body=None, request_headers=(), url="https://u:p@api.example:8443/"))
    assert "        host: api.example:8443\n        url: https://u:p@api.example:8443/\n" in text
    assert "        content_length: 0\n" in text


STATUSES = [
    (200, "OK", "200 OK"),
    (200, "Fine", "200 Fine"),
    (404, None, "404 Not Found"),
    (529, None, "529"),
    (None, None, "0"),
]


@pytest.mark.parametrize(("status", "reason", "line"), STATUSES, ids=[line for _, _, line in STATUSES])
def test_statuses(status: int | None, reason: str | None, line: str) -> None:
    text = written(go_vcr, plain(status=status, reason=reason))
    quoted = f'"{line}"' if line.isdigit() else line
    assert f"        status: {quoted}\n        code: {status or 0}\n" in text


LENGTHS = [("4", 4), ("x", -1), ("", -1), ("٤", -1), ("9" * 30, -1)]


@pytest.mark.parametrize(("stated", "length"), LENGTHS)
def test_a_stated_length(stated: str, length: int) -> None:
    cassette = read_again(written(go_vcr, plain(response_headers=(("Content-Length", stated),))))
    assert text_of(get(cassette.document.root, "interactions", 0, "response", "content_length")) == str(length)


FORMS = [
    ("POST", "application/x-www-form-urlencoded", "a=1&b=%41+b", {"a": ["1", "2"], "b": ["A b", "1"]}),
    ("GET", "application/x-www-form-urlencoded", "a=1", {"a": ["2"], "b": ["1"]}),
    ("POST", "application/json", "a=1", {"a": ["2"], "b": ["1"]}),
    ("POST", "application/x-www-form-urlencoded; charset=utf-8", "c;d=1&e", {"e": [""], "a": ["2"], "b": ["1"]}),
]


@pytest.mark.parametrize(("method", "media_type", "body", "form"), FORMS)
def test_forms(method: str, media_type: str, body: str, form: dict[str, list[str]]) -> None:
    asked = plain(method=method, request_headers=(("content-type", media_type),), request_body=body.encode())
    lines = []
    for name in sorted(form):
        lines += [f"            {name}:\n", *(f"                - {quoted(value)}\n" for value in form[name])]
    assert f"        form:\n{''.join(lines)}        headers:" in written(go_vcr, asked)


def quoted(value: str) -> str:
    return f'"{value}"' if value.isdigit() or not value else value


NAMES = [
    ("content-type", "Content-Type"),
    ("X-STAINLESS-OS", "X-Stainless-Os"),
    ("openai-processing-ms", "Openai-Processing-Ms"),
    ("a b", "a b"),
    ("", ""),
]


@pytest.mark.parametrize(("name", "spelled"), NAMES)
def test_names_of_headers(name: str, spelled: str) -> None:
    assert canonical(name) == spelled


# As Go's yaml sorted them.
SORTED = ["1", "01", "2", "10", "A", "A-1", "A-2", "A-10", "A-B", "Aa", "B", "a", "a1b", "a1-"]


def test_keys_stand_as_go_sorts_them() -> None:
    text = written(go_vcr, plain(url="https://a.example/?" + "&".join(f"{name}=x" for name in sorted(SORTED, key=len))))
    form = text[text.index("form:") : text.index("headers:")]
    assert [line.strip(' ":') for line in form.splitlines()[1:-1] if line.endswith(":")] == SORTED


def test_hard_texts() -> None:
    some = nasty()
    for meant, found in zip(some, read_again(written(go_vcr, *some)).interactions, strict=True):
        assert differing(go_vcr.held(meant), carried(found)) is None


def test_what_is_lost() -> None:
    asked = plain(recorded_at="2025-11-12T10:00:00Z", duration_ms=1.0, id="x")
    assert [loss.what for loss in go_vcr.losses([asked])] == ["when it was recorded", "its id"]
