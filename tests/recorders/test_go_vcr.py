"""go-vcr: what is read from each shape of its files."""

import pytest

from cassette_cli.document import from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Change, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders import go_vcr

VERSION_2 = """\
---
version: 2
interactions:
    - id: 7
      request:
        proto: HTTP/1.1
        proto_major: 1
        proto_minor: 1
        content_length: 17
        transfer_encoding:
            - chunked
        trailer:
            X-Sum:
                - abc
        host: api.example.com
        remote_addr: ""
        body: '{"stream": true}'
        form:
            page:
                - "1"
        headers:
            Accept:
                - text/event-stream
            X-Two:
                - one
                - two
            X-None: []
            X-Null: null
        url: https://api.example.com/v1/chat?page=1
        method: POST
      response:
        proto: HTTP/2.0
        content_length: -1
        uncompressed: true
        body: |+
            data: {"n": 1}

        headers:
            Content-Type:
                - text/event-stream
        status: 200 OK
        code: 200
        duration: 922.565833ms
"""

VERSION_1 = """\
---
version: 1
interactions:
- request:
    body: ""
    form: {}
    headers: {}
    url: https://api.example.com/v4/domains
    method: GET
  response:
    body: '{"data": []}'
    headers: {}
    status: 404 Not Found
    code: 404
    duration: ""
- request:
    body: a=1&b=2
    form: { }
    url: https://api.example.com/v4/domains
    method: POST
  response:
    body: !!binary |
      H4s=
    status: 200 OK
    code: 200
    duration: 1500
"""

INDENT_2_WITHIN_4 = """\
version: 2
interactions:
  - id: 0
    request:
        url: https://api.example.com/
        method: GET
    response:
        body: "data: {}\\r\\n\\r\\n"
        status: ""
        code: 204
        duration: 1m2.5s
"""


def read(text: str) -> tuple[Interaction, ...]:
    document = Document(text, from_yaml.parse(text))
    assert document.root is not None
    assert go_vcr.matches(document.root)
    return go_vcr.interactions(document)


def told(text: str) -> list[str]:
    return [str(fault) for fault in go_vcr.faults(Document(text, from_yaml.parse(text)))]


def test_reads_version_2() -> None:
    (found,) = read(VERSION_2)
    assert (found.index, found.id, found.duration_ms, found.recorded_at) == (0, "7", 922.565833, None)
    assert VERSION_2[found.span.start :].startswith("id: 7")
    request, response = found.request, found.response
    assert request.url is not None
    assert (request.method, request.url.text) == ("POST", "https://api.example.com/v1/chat?page=1")
    assert [(header.name, header.value.text) for header in request.headers] == [
        ("Accept", "text/event-stream"),
        ("X-Two", "one"),
        ("X-Two", "two"),
        ("X-Null", ""),
    ]
    assert request.body is not None
    assert request.body.text == '{"stream": true}'
    assert response.body is not None
    assert response.body.text == 'data: {"n": 1}\n\n'
    assert (response.status, response.reason) == (200, "OK")
    assert [(header.name, header.value.text) for header in response.headers] == [("Content-Type", "text/event-stream")]


def test_reads_version_1() -> None:
    first, second = read(VERSION_1)
    assert (first.id, first.duration_ms) == (None, None)
    assert (first.response.status, first.response.reason) == (404, "Not Found")
    assert first.request.body is not None
    assert first.request.body.text == ""
    assert second.duration_ms == 0.0015
    assert second.request.body is not None
    assert second.request.body.text == "a=1&b=2"
    assert second.response.body is not None
    assert second.response.body.text == b"\x1f\x8b"


def test_reads_any_indentation() -> None:
    (found,) = read(INDENT_2_WITHIN_4)
    assert found.response.body is not None
    assert found.response.body.text == "data: {}\r\n\r\n"
    assert (found.response.status, found.response.reason, found.duration_ms) == (204, None, 62500.0)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (VERSION_2, 2),
        (VERSION_1, 1),
        ("version: 2\ninteractions: []\n", 2),
        (VERSION_1.replace("version: 1\n", ""), None),
    ],
)
def test_version(text: str, version: int | None) -> None:
    (root,) = from_yaml.parse(text)
    assert go_vcr.matches(root)
    assert go_vcr.version(root) == version


def test_reads_no_interactions() -> None:
    assert read("---\nversion: 2\ninteractions: []\n") == ()


@pytest.mark.parametrize(
    ("response", "status", "reason"),
    [
        ("{code: 200, status: 200 OK}", 200, "OK"),
        ("{status: 502 Bad Gateway}", 502, "Bad Gateway"),
        ("{code: 200}", 200, None),
        ("{code: 200, status: '200'}", 200, None),
        ("{code: '200', status: Fine}", 200, "Fine"),
        ("{code: [], status: {}}", None, None),
        ("{code: many, status: null}", None, None),
    ],
)
def test_status(response: str, status: int | None, reason: str | None) -> None:
    (found,) = read(f"version: 2\ninteractions:\n- request: {{url: u, method: GET}}\n  response: {response}\n")
    assert (found.response.status, found.response.reason) == (status, reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0s", 0.0),
        ("0", 0.0),
        ("922.565833ms", 922.565833),
        ("4.1319125s", 4131.9125),
        ("1m2.5s", 62500.0),
        ("1h0m0.000000001s", 3600000.000001),
        ("1.5\u00b5s", 0.0015),
        ("1.5\u03bcs", 0.0015),
        ("1.5us", 0.0015),
        ("17ns", 0.000017),
        ("-1.5s", -1500.0),
        ("+.5s", 500.0),
        ("2540400h10m10.000000000s", 9145440610000.0),
        ("922565833", 922.565833),
        ("", None),
        ("soon", None),
        ("1.5", None),
        ("1s later", None),
        ("s", None),
        ("1" * 5000, None),
        (None, None),
    ],
)
def test_milliseconds(text: str | None, expected: float | None) -> None:
    assert go_vcr.milliseconds(text) == expected


@pytest.mark.parametrize(
    "interaction",
    [
        "{request: {url: [], method: {}, headers: [1], body: null}, response: {code: x}}",
        "{request: {url: u, headers: {A: {b: c}, D: [[e]]}}, response: {code: 1, headers: 3, duration: []}}",
        "{request: {url: u}, response: {code: 1}, id: [0]}",
    ],
)
def test_a_field_of_a_wrong_shape_is_absent(interaction: str) -> None:
    (found,) = read(f"version: 2\ninteractions:\n- {interaction}\n")
    assert (found.id, found.duration_ms, found.request.method, found.request.headers) == (None, None, None, ())
    assert (found.request.body, found.response.body, found.response.headers) == (None, None, ())


def test_a_side_that_is_missing_reads_as_empty() -> None:
    text = INDENT_2_WITHIN_4 + "  - response: {code: 200}\n  - request: {url: u}\n"
    _, without_request, without_response = read(text)
    assert (without_request.request.method, without_request.request.url) == (None, None)
    assert (without_response.response.status, without_response.response.headers) == (None, ())


@pytest.mark.parametrize(
    ("interaction", "lack"),
    [
        ("null", "is not a mapping"),
        ("text", "is not a mapping"),
        ("{request: 1, response: []}", "has neither a request nor a response"),
        ("{request: {url: u}}", "has no response"),
        ("{response: {code: 200}}", "has no request"),
        ("{request: {url: u}, response: {body: b}}", "has no status"),
    ],
)
def test_what_an_interaction_lacks_is_told_with_its_place(interaction: str, lack: str) -> None:
    text = INDENT_2_WITHIN_4 + f"  - {interaction}\n"
    assert [found.index for found in read(text)] == [0, 1]
    assert told(text) == [f"12:5: interaction 1 {lack} (is the file cut off?)"]
    assert told(text + "  - {request: {}, response: {code: 1}}\n") == [f"12:5: interaction 1 {lack}"]


def test_of_many_faults_some_are_told() -> None:
    faults = told(INDENT_2_WITHIN_4 + "  - null\n" * 10_000)
    assert len(faults) == 9
    assert faults[-1] == "9992 more interactions lack something"


def test_a_file_cut_off_anywhere_is_known_and_its_fault_told() -> None:
    begins = VERSION_2.index("interactions:") + len("interactions:")
    for end in range(begins, VERSION_2.index("200 OK") + 3):
        try:
            (root, *_) = from_yaml.parse(VERSION_2[:end])
        except CassetteError:
            continue
        assert go_vcr.matches(root), VERSION_2[:end]
        assert len(told(VERSION_2[:end])) == (end < VERSION_2.index(" OK")), VERSION_2[:end]


def test_reads_through_aliases() -> None:
    text = (
        "version: 2\ninteractions:\n- request: &request {url: u, method: GET, body: &body b}\n"
        "  response: {code: 200, body: *body}\n- request: *request\n  response: {code: 201}\n"
    )
    first, second = read(text)
    assert first.response.body is not None
    assert first.response.body.text == "b"
    assert second.request.url is not None
    assert second.request.url.text == "u"


def test_edits_find_their_way_back() -> None:
    (found,) = read(VERSION_2)
    assert found.request.url is not None
    assert found.response.body is not None
    changes: list[Change] = [
        (found.request.url, Edit(Span(0, 5), "http")),
        (found.request.headers[2].value, Edit(Span(0, 3), "drei")),
        (found.response.body, Edit(Span(12, 13), "22")),
    ]
    edited = splice(VERSION_2, lift_all(changes))
    expected = VERSION_2.replace("https:", "http:").replace("- two", "- drei").replace('"n": 1', '"n": 22')
    assert edited == expected


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\ninteractions: []\n",
        "interactions: []\n",
        "version: 2\ninteractions: {}\nname: x\n",
        "version: 2\ninteractions: 3\n",
        "version: 2\n",
        "version: 2\ninteractions:\n- {step: 1}\n",
        "version: 2\ninteractions:\n- request: {url: u, verb: GET}\n",
        "version: 3\ninteractions:\n- request: {url: u}\n",
        "version: 2\nname: x\ninteractions:\n- request: {url: u}\n",
        "- request: {url: u}\n  response: {code: 200}\n",
        "interactions:\n- request: {method: GET, uri: u}\n  response: {status: {code: 200, message: OK}}\n",
        "interactions:\n- request: {method: GET, url: u}\n  response: {status: 200, url: u, headers: {A: b}}\n",
        "interactions:\n- {method: POST, url: u, status_code: 200}\n",
        "http_interactions:\n- request: {method: get, uri: u}\n  response: {status: {code: 200}}\n",
        "text\n",
    ],
)
def test_leaves_others_alone(text: str) -> None:
    (root,) = from_yaml.parse(text)
    assert not go_vcr.matches(root)
