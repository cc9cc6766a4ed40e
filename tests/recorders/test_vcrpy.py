"""VCR.py: what is read from each shape of its files, YAML and JSON, and of the formats made from it."""

import json
from typing import Any

import pytest

from cassette_cli.document import from_json, from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Change, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.model import Interaction
from cassette_cli.recorders import vcrpy

PLAIN = """\
interactions:
- request:
    body: '{"stream": true}'
    headers:
      accept:
      - '*/*'
      x-two:
      - one
      - two
    method: POST
    uri: https://api.example.com/v1/chat
  response:
    body:
      string: !!binary |
        aGVs
        bG8=
    headers:
      Content-Type: text/plain
      X-Bytes:
      - !!binary |
        Y2Fmw6k=
      X-Null: null
    status:
      code: 200
      message: OK
  recorded_at: '2021-03-04T05:06:07'
version: 1
"""

OLD_HTTPX = """\
interactions:
- request:
    body: ''
    headers: {}
    method: GET
    uri: https://api.example.com/
  response:
    content: "{\\"a\\": 1}"
    headers:
      content-type: application/json
    http_version: HTTP/1.1
    status_code: 201
version: 1
"""

ISTR_KEYS = """\
interactions:
- request:
    body: null
    headers:
      ? !!python/object/apply:multidict._multidict.istr
      - Accept
      : - application/json
      ? !!python/object/new:multidict._multidict.istr
        args:
        - User-Agent
      : - probe
      !!binary SG9zdA==:
      - h
    method: GET
    uri: https://api.example.com/
  response:
    body: {string: ok}
    headers: {}
    status: {code: 200, message: OK}
version: 1
"""

IN_JSON = """\
{
    "version": 1,
    "interactions": [
        {
            "request": {
                "body": null,
                "headers": {"accept": ["*/*"]},
                "method": "GET",
                "uri": "http://example.com/caf\\u00e9"
            },
            "response": {
                "status": {"message": "OK", "code": 200},
                "headers": {"content-type": ["text/plain"]},
                "body": {"string": "a\\nb"}
            }
        },
        {
            "request": {"method": "POST", "uri": "/", "body": {"base64_string": "YT0x", "encoding": "utf-8"}},
            "response": {"status": {"message": null, "code": 204}, "body": {"string": "", "base64_string": null}}
        }
    ]
}
"""


def document_of(text: str) -> Document:
    return Document(text, (from_json.parse(text),) if text.startswith("{") else from_yaml.parse(text))


def read(text: str) -> tuple[Interaction, ...]:
    document = document_of(text)
    assert document.root is not None
    assert vcrpy.matches(document.root)
    return vcrpy.interactions(document)


def one(request: str = "{method: GET, uri: u}", response: str = "{status: {code: 200}}") -> Interaction:
    (found,) = read(f"interactions:\n- request: {request}\n  response: {response}\nversion: 1\n")
    return found


def test_reads_text_and_bytes() -> None:
    (found,) = read(PLAIN)
    assert (found.index, found.id, found.duration_ms) == (0, None, None)
    assert found.recorded_at == "2021-03-04T05:06:07"
    assert PLAIN[found.span.start :].startswith("request:")
    request, response = found.request, found.response
    assert request.url is not None
    assert (request.method, request.url.text) == ("POST", "https://api.example.com/v1/chat")
    assert [(header.name, header.value.text) for header in request.headers] == [
        ("accept", "*/*"),
        ("x-two", "one"),
        ("x-two", "two"),
    ]
    assert request.body is not None
    assert request.body.text == '{"stream": true}'
    assert (response.status, response.reason) == (200, "OK")
    assert [(header.name, header.value.text) for header in response.headers] == [
        ("Content-Type", "text/plain"),
        ("X-Bytes", "café"),
        ("X-Null", ""),
    ]
    assert response.body is not None
    assert response.body.text == b"hello"


def test_reads_the_old_httpx_shape() -> None:
    (found,) = read(OLD_HTTPX)
    assert (found.response.status, found.response.reason) == (201, None)
    assert found.response.body is not None
    assert found.response.body.text == '{"a": 1}'
    assert [(header.name, header.value.text) for header in found.response.headers] == [
        ("content-type", "application/json")
    ]


def test_reads_names_that_are_objects() -> None:
    (found,) = read(ISTR_KEYS)
    assert [(header.name, header.value.text) for header in found.request.headers] == [
        ("Accept", "application/json"),
        ("User-Agent", "probe"),
        ("Host", "h"),
    ]
    assert found.request.body is None


def test_reads_json() -> None:
    first, second = read(IN_JSON)
    assert first.request.url is not None
    assert first.request.url.text == "http://example.com/café"
    assert first.request.body is None
    assert first.response.body is not None
    assert first.response.body.text == "a\nb"
    assert second.request.body is not None
    assert second.request.body.text == b"a=1"
    assert (second.response.status, second.response.reason) == (204, None)
    assert second.response.body is not None
    assert second.response.body.text == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("null", None),
        ("", None),
        ("''", ""),
        ("a=1&b=%20", "a=1&b=%20"),
        ("!!binary aGk=", b"hi"),
        ("!!python/unicode 'hi'", "hi"),
        ("{}", None),
        ("{string: null}", None),
        ("{string: text, extra: 1}", "text"),
        ("{encoding: utf-8}", None),
        ("{string: '', base64_string: aGk=}", b"hi"),
        (
            "!!python/object/new:_io.BytesIO {state: !!python/tuple [!!binary aGk=, 0, null]}",
            b"hi",
        ),
    ],
)
def test_body(body: str, expected: str | bytes | None) -> None:
    found = one(request=f"{{method: GET, uri: u, body: {body}}}", response=f"{{status: {{code: 200}}, body: {body}}}")
    for lens in (found.request.body, found.response.body):
        assert (None if lens is None else lens.text) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("parsed_body: {a: [1, null, x]}", {"a": [1, None, "x"]}),
        ("parsed_body: [1.5, true]", [1.5, True]),
        ("body: '', parsed_body: {a: 1}", {"a": 1}),
        ("body: '{\"b\": 2}', parsed_body: null", {"b": 2}),
        ("body: {b: {string: 2}}", {"b": {"string": 2}}),
        ("body: [b]", ["b"]),
        ("body: {string: {a: 1}}", {"a": 1}),
    ],
)
def test_a_body_kept_as_a_structure_reads_as_its_json(fields: str, expected: object) -> None:
    found = one(request=f"{{method: GET, uri: u, {fields}}}", response=f"{{status: {{code: 200}}, {fields}}}")
    for lens in (found.request.body, found.response.body):
        assert lens is not None
        assert json.loads(lens.text) == expected


@pytest.mark.parametrize(
    ("response", "status", "reason"),
    [
        ("{status: {code: 200, message: OK}}", 200, "OK"),
        ("{status: {code: '200', message: ''}}", 200, None),
        ("{status: {code: null, message: null}}", None, None),
        ("{status: null}", None, None),
        ("{body: {string: ok}}", None, None),
        ("{status: [200, OK]}", None, None),
    ],
)
def test_status(response: str, status: int | None, reason: str | None) -> None:
    found = one(response=response)
    assert (found.response.status, found.response.reason) == (status, reason)


@pytest.mark.parametrize(
    ("request_", "response"),
    [
        ("{method: {}, uri: [], headers: x, body: null}", "{headers: [], body: null}"),
        ("{method: [], uri: {}, headers: {? {}: x, ? [[]]: y, Z: {a: b}}}", "{status: {}, headers: {A: [[b]]}}"),
        ("{method: null, uri: null, headers: {~: a}}", "{status: {code: []}, headers: {A: []}}"),
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
    assert (found.response.status, found.response.headers, found.response.body) == (None, (), None)


def test_what_an_interaction_lacks_is_told_with_its_place() -> None:
    text = PLAIN.replace("version: 1", "- 3\nversion: 1")
    assert [found.request.method for found in read(text)] == ["POST", None]
    assert [str(fault) for fault in vcrpy.faults(document_of(text))] == ["27:3: interaction 1 is not a mapping"]
    assert list(vcrpy.faults(document_of(OLD_HTTPX))) == []


def test_a_file_cut_off_anywhere_is_known_and_its_fault_told() -> None:
    last = PLAIN.index("200")
    for end in range(len("interactions:"), last):
        try:
            document = document_of(PLAIN[:end])
        except CassetteError:
            continue
        assert document.root is not None
        assert vcrpy.matches(document.root), PLAIN[:end]
        (fault,) = vcrpy.faults(document)
        assert fault.message.endswith("(is the file cut off?)")


@pytest.mark.parametrize("text", ["interactions: []\nversion: 1\n", "interactions: []\n", "interactions: {}\n"])
def test_reads_no_interactions(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(("text", "version"), [(PLAIN, 1), (PLAIN.replace("version: 1\n", ""), None), (IN_JSON, 1)])
def test_version(text: str, version: int | None) -> None:
    root = document_of(text).root
    assert root is not None
    assert vcrpy.version(root) == version


@pytest.mark.parametrize(
    ("text", "old", "new", "body"),
    [(PLAIN, b"e", b"<new>", b"h<new>llo"), (IN_JSON, "\n", "\t\n", "a\t\nb")],
)
def test_edits_find_their_way_back(text: str, old: Any, new: Any, body: str | bytes) -> None:
    found = read(text)[0]
    assert found.request.url is not None
    assert found.response.body is not None
    assert found.response.body.text[1:2] == old
    changes: list[Change] = [
        (found.request.url, Edit(Span(0, 4), "ftp")),
        (found.response.headers[0].value, Edit(Span(5, 10), "html")),
        (found.response.body, Edit(Span(1, 2), new)),
    ]
    edited = read(splice(text, lift_all(changes)))[0]
    assert edited.request.url is not None
    assert edited.request.url.text == "ftp" + found.request.url.text[4:]
    assert edited.response.headers[0].value.text == "text/html"
    assert edited.response.body is not None
    assert edited.response.body.text == body
    assert len(edited.request.headers) == len(found.request.headers)


@pytest.mark.parametrize(
    "text",
    [
        "version: 2\ninteractions: []\n",
        "version: 1\ninteractions: null\n",
        "version: 1\ninteractions: []\nname: tape\n",
        "interactions:\n  000a8d:\n  - {token: 1, text: <think>}\n",
        "version: 1\ninteractions:\n- request_sample: {json: {}}\n  response_sample: {json: {}}\n",
        "version: 1\ninteractions:\n- {kind: message, direction: received, data: {}}\n",
        "version: 1\ninteractions:\n- request: {uri: u, raw: x}\n  response: {raw: x}\n",
        "version: 1\ninteractions:\n- request: {method: GET, uri: u, body: {type: none}}\n  response: {status: 200}\n",
        "!tape\nname: t\ninteractions:\n- request: {method: GET, uri: u}\n  response: {status: 200, body: b}\n",
        "requests:\n- {method: GET, uri: u}\nresponses:\n- {status: {code: 200}}\n",
        "- request: {method: GET, uri: u}\n  response: {status: {code: 200}}\n",
        "version: 2\ninteractions:\n- request: {method: GET, url: u}\n  response: {code: 200, status: 200 OK}\n",
        "models: [m]\nconversations:\n- messages: []\n",
    ],
)
def test_leaves_others_alone(text: str) -> None:
    (root,) = from_yaml.parse(text)
    assert not vcrpy.matches(root)
