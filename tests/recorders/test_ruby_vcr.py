"""Ruby VCR: what is read from each shape of its files, YAML and JSON."""

import pytest

from cassette_cli.document import from_json, from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Change, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.model import Interaction
from cassette_cli.recorders import ruby_vcr

IN_YAML = """\
---
http_interactions:
- request:
    method: post
    uri: https://api.example.com/v1/chat
    body:
      encoding: UTF-8
      string: '{"stream": true}'
    headers:
      Accept:
      - "*/*"
      X-Two:
      - one
      - two
      X-Nil:
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - text/event-stream
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        ZGF0YTogeyJuIjogMX0K
        Cg==
  recorded_at: Wed, 12 Nov 2025 10:00:00 GMT
- request:
    method: :get
    uri: https://api.example.com/v1/models
    body:
      encoding: US-ASCII
      string: ''
    headers: {}
  response:
    status:
      code: 500
      message: null
    headers: {}
    body:
      encoding: UTF-8
      base64_string: |
        aGVs
        bG8=
    http_version: '1.1'
    adapter_metadata:
      vcr_decompressed: gzip
  recorded_at: Wed, 12 Nov 2025 10:00:01 GMT
recorded_with: VCR 6.4.0
"""

IN_JSON = (
    '{"http_interactions":[{"request":{"method":"get","uri":"http://example.com/","body":{"encoding":"US-ASCII",'
    '"string":""},"headers":{}},"response":{"status":{"code":200,"message":"OK"},"headers":{"A":["b"]},'
    '"body":{"encoding":"UTF-8","base64_string":"aGVsbG8=\\n"}},"recorded_at":"Wed, 12 Nov 2025 10:00:00 GMT"}],'
    '"recorded_with":"VCR 2.9.3"}'
)


def document_of(text: str) -> Document:
    return Document(text, (from_json.parse(text),) if text.startswith("{") else from_yaml.parse(text))


def read(text: str) -> tuple[Interaction, ...]:
    document = document_of(text)
    assert document.root is not None
    assert ruby_vcr.matches(document.root)
    return ruby_vcr.interactions(document)


def one(request: str = "{method: get, uri: u}", response: str = "{status: {code: 200}}") -> Interaction:
    (found,) = read(f"http_interactions:\n- request: {request}\n  response: {response}\nrecorded_with: VCR 6.1.0\n")
    return found


def test_reads_yaml() -> None:
    first, second = read(IN_YAML)
    assert (first.index, first.id, first.duration_ms) == (0, None, None)
    assert first.recorded_at == "Wed, 12 Nov 2025 10:00:00 GMT"
    assert IN_YAML[first.span.start :].startswith("request:")
    assert first.request.url is not None
    assert (first.request.method, first.request.url.text) == ("POST", "https://api.example.com/v1/chat")
    assert [(header.name, header.value.text) for header in first.request.headers] == [
        ("Accept", "*/*"),
        ("X-Two", "one"),
        ("X-Two", "two"),
        ("X-Nil", ""),
    ]
    assert first.request.body is not None
    assert first.request.body.text == '{"stream": true}'
    assert (first.response.status, first.response.reason) == (200, "OK")
    assert first.response.body is not None
    assert first.response.body.text == b'data: {"n": 1}\n\n'
    assert (second.index, second.request.method) == (1, "GET")
    assert second.request.body is not None
    assert second.request.body.text == ""
    assert (second.response.status, second.response.reason) == (500, None)
    assert second.response.body is not None
    assert second.response.body.text == b"hello"


def test_reads_json() -> None:
    (found,) = read(IN_JSON)
    assert found.request.method == "GET"
    assert found.recorded_at == "Wed, 12 Nov 2025 10:00:00 GMT"
    assert [(header.name, header.value.text) for header in found.response.headers] == [("A", "b")]
    assert found.response.body is not None
    assert found.response.body.text == b"hello"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{encoding: UTF-8, string: null}", None),
        ("{encoding: UTF-8}", None),
        ("{encoding: UTF-8, string: ''}", ""),
        ("{encoding: UTF-8, string: ! 'a: b'}", "a: b"),
        ("{encoding: ASCII-8BIT, string: a}", "a"),
        ("{string: a, base64_string: aGk=}", b"hi"),
        ("a plain string", "a plain string"),
        ("!binary aGk=", b"hi"),
        ("null", None),
    ],
)
def test_body(body: str, expected: str | bytes | None) -> None:
    found = one(request=f"{{method: get, uri: u, body: {body}}}", response=f"{{status: {{}}, body: {body}}}")
    for lens in (found.request.body, found.response.body):
        assert (None if lens is None else lens.text) == expected


@pytest.mark.parametrize(
    ("request_", "response"),
    [
        ("{method: {}, uri: [], headers: x, body: {}}", "{status: 200, headers: [], body: ~}"),
        ("{}", "{status: {code: {}, message: []}, headers: {A: {b: c}}}"),
    ],
)
def test_a_field_of_a_wrong_shape_is_absent(request_: str, response: str) -> None:
    found = one(request_, response)
    assert (found.request.method, found.request.url, found.request.headers, found.request.body) == (
        None,
        None,
        (),
        None,
    )
    assert (found.response.status, found.response.reason) == (None, None)
    assert (found.response.headers, found.response.body, found.recorded_at) == ((), None, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("http_interactions:\n-\n  - 1\nrecorded_with: VCR 6.4.0\n", "3:3: interaction 0 is not a mapping"),
        ("---\nhttp_interactions:", "2:19: `http_interactions` holds nothing (is the file cut off?)"),
        ("---\nhttp_interactions:\n- reque", "3:3: interaction 0 is not a mapping (is the file cut off?)"),
        (
            "---\nhttp_interactions:\n- request:\n    method: post\n",
            "3:3: interaction 0 has no response (is the file cut off?)",
        ),
    ],
)
def test_what_is_missing_is_told_with_its_place(text: str, fault: str) -> None:
    document = Document(text, from_yaml.parse(text))
    assert document.root is not None
    assert ruby_vcr.matches(document.root)
    assert [str(each) for each in ruby_vcr.faults(document)] == [fault]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (IN_YAML, "6.4.0"),
        (IN_JSON, "2.9.3"),
        (IN_YAML.replace("recorded_with: VCR 6.4.0\n", ""), None),
        ("http_interactions: []\nrecorded_with: VCR 6.4.0\n", "6.4.0"),
    ],
)
def test_version(text: str, version: str | None) -> None:
    root = document_of(text).root
    assert root is not None
    assert ruby_vcr.matches(root)
    assert ruby_vcr.version(root) == version


def test_edits_find_their_way_back() -> None:
    first, second = read(IN_YAML)
    assert first.request.url is not None
    assert first.response.body is not None
    assert second.response.body is not None
    changes: list[Change] = [
        (first.request.url, Edit(Span(0, 5), "http")),
        (first.response.body, Edit(Span(12, 13), b"22")),
        (second.response.body, Edit(Span(5, 5), b"!")),
    ]
    edited = splice(IN_YAML, lift_all(changes))
    again = read(edited)
    assert again[0].request.url is not None
    assert again[0].request.url.text == "http://api.example.com/v1/chat"
    assert again[0].response.body is not None
    assert again[0].response.body.text == b'data: {"n": 22}\n\n'
    assert again[1].response.body is not None
    assert again[1].response.body.text == b"hello!"


@pytest.mark.parametrize(
    "text",
    [
        "http_interactions: []\n",
        "http_interactions: {}\nrecorded_with: VCR 6.4.0\n",
        "http_interactions:\n- request: {method: GET, uri: u}\n  response: {status: 200, headers: {a: b}}\n"
        "recorded_with: VCR-vcr/2.1.0\n",
        "http_interactions:\n- request: {method: get, uri: u}\n  response: {status: {status_code: 200}}\n"
        "  recorded_with: vcr/0.5.4, webmockr/0.7.0\n",
        "http_interactions:\n- request: {method: GET, uri: u}\n  response: {status: 200, headers: {a: b}}\n",
        "http_interactions:\n- request: {method: GET, uri: u}\n  response: {status: {code: 200}}\n"
        "recorded_with: betamax/0.4.2\n",
        "interactions:\n- request: {method: GET, uri: u}\n  response: {status: {code: 200}}\nversion: 1\n",
        "- !ruby/struct:VCR::HTTPInteraction\n  request: {}\n",
    ],
)
def test_leaves_others_alone(text: str) -> None:
    (root,) = from_yaml.parse(text)
    assert not ruby_vcr.matches(root)
