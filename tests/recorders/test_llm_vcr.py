"""llm-vcr: request and response side by side in one mapping."""

from recorded import Seen, check_laws, read, seen

TEXT = """name: chat
interactions:
  - method: POST
    url: https://api.example.com/v1/chat
    request_headers:
      content-type: application/json
    request_body:
      model: example
      messages:
        - role: user
          content: Say hello
    status_code: 200
    response_headers:
      content-type: text/plain
    response_body: hello
"""


def test_what_is_read() -> None:
    cassette = read("llm-vcr", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("content-type", "application/json")],
            '{"model":"example","messages":[{"role":"user","content":"Say hello"}]}',
            200,
            [("content-type", "text/plain")],
            "hello",
        )
    ]
    assert (cassette.version, cassette.faults) == (None, ())
    check_laws(cassette)


def test_what_is_missing_is_told() -> None:
    text = TEXT + "  - method: GET\n    url: http://x.y/z\n"
    assert [each.message for each in read("llm-vcr", text).faults] == [
        "interaction 1 has no status (is the file cut off?)"
    ]
