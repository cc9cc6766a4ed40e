"""httpmock: one YAML document per interaction, parameters decoded, bytes in base64."""

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli.document.lens import lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError

TEXT = """when:
  path: /v1/models/a%3Ab:stream
  method: POST
  query_param:
  - name: alt
    value: sse
  - name: key
    value: a b/é&c
  header:
  - name: content-type
    value: application/json
  - name: anthropic-version
    value: 2023-06-01
  body: '{"n":1}'
then:
  status: 200
  header:
  - name: content-type
    value: text/event-stream
  body: |+
    data: {"n": 1}

---
when:
  path: /v1/files
  method: GET
  query_param: []
  body: null
then:
  status: 404
  delay: 120
  body: aGVsbG8=
  body_encoding: base64
"""


def test_what_is_read() -> None:
    cassette = read("httpmock", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "/v1/models/a%3Ab:stream?alt=sse&key=a%20b/%C3%A9%26c",
            [("content-type", "application/json"), ("anthropic-version", "2023-06-01")],
            '{"n":1}',
            200,
            [("content-type", "text/event-stream")],
            'data: {"n": 1}\n\n',
        ),
        Seen("GET", "/v1/files", [], None, 404, [], b"hello"),
    ]
    assert [each.duration_ms for each in cassette.interactions] == [None, 120]
    assert cassette.faults == ()


def test_laws() -> None:
    check_laws(read("httpmock", TEXT))


def test_a_parameter_of_the_url_is_edited_decoded() -> None:
    cassette = read("httpmock", TEXT)
    url = cassette.interactions[0].request.url
    assert url is not None
    start = url.text.index("a%20b")
    changes = [(url, Edit(Span(start, len(url.text)), "%3Ckey%3E"))]
    assert splice(TEXT, lift_all(changes)) == TEXT.replace("a b/é&c", "<key>")
    with pytest.raises(CassetteError, match="kept decoded"):
        lift_all([(url, Edit(Span(start, len(url.text)), "<key>"))])


@pytest.mark.parametrize(
    ("when", "then", "expected"),
    [
        ("path: /a\n  host: x.example\n  scheme: https", "body: a", ("https://x.example/a", None, "a")),
        ("path: /a\n  host: x.example", "body: a", ("http://x.example/a", None, "a")),
        ("path_prefix: /a", "body_base64: aGk=", (None, None, b"hi")),
        ("path: /a\n  json_body: {n: 1}", "json_body: {a: [b]}", ("/a", '{"n":1}', '{"a":["b"]}')),
        (
            "path: /a\n  form_urlencoded_tuple: [{name: a, value: b c}, {name: d, value: ''}]",
            "body: '[redacted]'\n  body_encoding: base64",
            ("/a", "a=b%20c&d=", "[redacted]"),
        ),
    ],
)
def test_other_ways_to_say_it(when: str, then: str, expected: tuple[str | None, ...]) -> None:
    cassette = read("httpmock", f"when:\n  method: POST\n  {when}\nthen:\n  status: 200\n  {then}\n")
    (found,) = map(seen, cassette.interactions)
    assert (found.url, found.request, found.response) == expected
    check_laws(cassette)


def test_what_is_missing_is_told() -> None:
    cassette = read("httpmock", "when:\n  path: /a\nthen: {}\n---\nwhen:\n  path: /b\n")
    assert [fault.message for fault in cassette.faults] == [
        "interaction 0 has no status",
        "interaction 1 has no response (is the file cut off?)",
    ]
