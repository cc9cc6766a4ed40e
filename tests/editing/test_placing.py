"""Places for bodies of another kind, in files made by hand."""

import json

import pytest
from edits import sample

from cassette_cli import files
from cassette_cli.document.encoding import Base64
from cassette_cli.editing.placing import holds_bytes, placed
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette

VCRPY = """interactions:
- request:
    body: null
    headers: {}
    method: POST
    uri: https://api.example/x
  response:
    headers:
      content-length:
      - '8'
    parsed_body:
      a:
      - 1
      - b: x
    # how it went
    status:
      code: 200
      message: OK
version: 1
"""
RUBY = """---
http_interactions:
- request:
    method: post
    uri: https://api.example/x
    body:
      encoding: UTF-8
      string: ''
    headers: {}
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Length:
      - '8'
    body:
      encoding: UTF-8
      string: '{"a": 1}'
  recorded_at: Wed, 12 Nov 2025 10:00:00 GMT
recorded_with: VCR 6.4.0
"""


def parsed(text: str, path: str = "made.yaml") -> Cassette:
    found = files.parse(path, text)
    assert found is not None
    return found


def test_a_structure_becomes_a_text() -> None:
    after = placed(parsed(VCRPY), 0, of_bytes=False)

    assert after.document.text == VCRPY.replace("    parsed_body:\n      a:\n      - 1\n      - b: x\n", "").replace(
        "  response:\n", "  response:\n    body:\n      string: |+\n        .\n"
    )


def test_a_structure_becomes_bytes() -> None:
    body = placed(parsed(VCRPY), 0, of_bytes=True).interactions[0].response.body

    assert isinstance(body, Base64)


def test_a_text_of_ruby_becomes_bytes_and_says_so() -> None:
    after = placed(parsed(RUBY), 0, of_bytes=True)
    response = after.interactions[0].response

    assert isinstance(response.body, Base64)
    assert "      encoding: ASCII-8BIT\n      string: !binary |-\n        AAAA" in after.document.text
    assert response.headers[0].value.text == str(len(response.body.text))


def test_a_structure_in_json_becomes_a_string() -> None:
    element = {"scope": "https://a:443", "method": "POST", "path": "/x", "status": 200, "response": {"a": 1}}
    after = placed(parsed(json.dumps([element]), "made.json"), 0, of_bytes=False)

    assert json.loads(after.document.text) == [{**element, "response": "."}]


@pytest.mark.parametrize(
    ("cassette", "why"),
    [
        (
            parsed(json.dumps([{"scope": "a", "path": "b", "status": 200, "response": {"a": 1}}]), "a.json"),
            "nock have no",
        ),
        (sample("har/http_json.har"), "HAR have no"),
        (parsed(VCRPY.replace("    # how", "    body: null\n    # how")), "as a structure"),
    ],
)
def test_there_is_no_place(cassette: Cassette, why: str) -> None:
    with pytest.raises(CassetteError, match=why):
        placed(cassette, 0, of_bytes=True)


def test_where_bytes_have_a_place() -> None:
    found = {
        name: holds_bytes(cassette, content)
        for name in (
            "vcrpy/openai_chat_gzip.yaml",
            "vcrpy/openai_chat_sse_add_multiply.yaml",
            "httprr/openai_chat_sse_add_multiply.httprr",
        )
        for cassette in [sample(name)]
        if (content := exchange(cassette.interactions[0]).content) is not None
    }

    assert list(found.values()) == [True, False, True]
