"""cassetter: bodies that say what they are."""

import pytest
from recorded import Seen, check_laws, read, seen

TEXT = """version: 1
interactions:
- request:
    method: POST
    uri: https://api.example.com/v1/chat
    headers:
      content-type:
      - application/json
    body:
      type: json
      content:
        a: b
        n: 9.5
  response:
    status: 200
    headers: {}
    body:
      type: text
      content: |
        line one
  recorded_at: '2026-01-02T03:04:05Z'
- request:
    method: GET
    uri: https://api.example.com/blob
    body:
      type: none
  response:
    status: 200
    body:
      type: binary
      content: '00ff'
  recorded_at: 2026-01-03T00:00:00Z
ws_interactions: []
"""


def test_what_is_read() -> None:
    cassette = read("cassetter", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("content-type", "application/json")],
            '{"a":"b","n":9.5}',
            200,
            [],
            "line one\n",
        ),
        Seen("GET", "https://api.example.com/blob", [], None, 200, [], b"\x00\xff"),
    ]
    assert [each.recorded_at for each in cassette.interactions] == ["2026-01-02T03:04:05Z", "2026-01-03T00:00:00Z"]
    assert (cassette.version, cassette.faults) == (1, ())
    check_laws(cassette)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("type: binary\n      content: <gone>", "<gone>"),
        ("type: json\n      content: null", "null"),
        ("type: json\n      content: text", '"text"'),
        ("type: text", None),
        ("type: none\n      content: ''", None),
    ],
)
def test_bodies(body: str, expected: str | None) -> None:
    text = TEXT.replace("type: binary\n      content: '00ff'", body)
    assert seen(read("cassetter", text).interactions[1]).response == expected


TOML = """# made by hand
version = 1

[[interactions]]
recorded_at = "2026-02-01T00:00:00Z"

[interactions.request]
method = "POST"
uri = "https://api.example.com/json"
body_type = "json"
body_content = '{"n":1}'

[interactions.request.headers]
content-type = ["application/json"]
x-multi = ["one", "two"]

[interactions.response]
status = 200
body_type = "binary"
body_content = "00ff"

[interactions.response.headers]
"""


def test_toml() -> None:
    cassette = read("cassetter", TOML)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/json",
            [("content-type", "application/json"), ("x-multi", "one"), ("x-multi", "two")],
            '{"n":1}',
            200,
            [],
            b"\x00\xff",
        )
    ]
    (found,) = cassette.interactions
    assert (cassette.version, found.recorded_at, cassette.faults) == (1, "2026-02-01T00:00:00Z", ())
    assert TOML[slice(*found.span)].startswith("[[interactions]]")
    check_laws(cassette)
