"""langchain-tests: requests and responses in two lists, in files under gzip."""

import gzip
from pathlib import Path

from recorded import Seen, check_laws, read, seen

from cassette_cli import files
from cassette_cli.document.text import Edit, Span
from cassette_cli.proof import prove

TEXT = """requests:
- body: !!binary |
    eyJuIjoxfQ==
  headers:
    Content-Type:
    - '**REDACTED**'
  method: POST
  uri: https://api.example.com/v1/chat
- body: null
  headers: {}
  method: GET
  uri: https://api.example.com/v1/models
responses:
- body:
    string: hello
  headers:
    Content-Type:
    - text/plain
  status:
    code: 200
    message: OK
- body:
    string: !!binary |
      AP8=
  headers: {}
  status:
    code: 404
    message: Not Found
"""


def test_what_is_read() -> None:
    cassette = read("langchain-tests", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("Content-Type", "**REDACTED**")],
            b'{"n":1}',
            200,
            [("Content-Type", "text/plain")],
            "hello",
        ),
        Seen("GET", "https://api.example.com/v1/models", [], None, 404, [], b"\x00\xff"),
    ]
    assert [each.response.reason for each in cassette.interactions] == ["OK", "Not Found"]
    assert cassette.faults == ()
    check_laws(cassette)


def test_a_request_without_its_response_is_told() -> None:
    cassette = read("langchain-tests", TEXT[: TEXT.index("- body:\n    string: !!binary")])
    assert [str(each) for each in cassette.faults] == ["a:9:3: interaction 1 has no response"]
    alone = TEXT[: TEXT.index("- body: null")] + TEXT[TEXT.index("responses:") :]
    assert [each.message for each in read("langchain-tests", alone).faults] == [
        "interaction 1 has no request (is the file cut off?)"
    ]


def test_a_file_under_gzip_is_written_under_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml.gz"
    path.write_bytes(gzip.compress(TEXT.encode(), mtime=0))
    cassette = files.read(str(path))
    body = cassette.interactions[0].response.body
    assert body is not None
    files.store(cassette, prove(cassette, [(body, Edit(Span(0, 5), "hi"))]))
    assert gzip.decompress(path.read_bytes()).decode() == TEXT.replace("hello", "hi")
