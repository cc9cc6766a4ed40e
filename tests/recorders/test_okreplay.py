"""OkReplay: tapes, which a tag tells."""

from recorded import Seen, check_laws, read, seen

TEXT = """!tape
name: chat
interactions:
- recorded: 2012-10-21T12:52:39.797Z
  request:
    method: POST
    uri: http://x.y/z
    headers:
      Accept: all
    body: '{"n":1}'
  response:
    status: 200
    headers:
      Content-Type: text/plain
    body: 'count: 1'
- recorded: 2012-10-21T12:52:39.844Z
  request:
    method: GET
    uri: http://x.y/z
    headers: {}
  response:
    status: 404
    headers: {}
    body: !!binary |-
      AP8=
"""


def test_what_is_read() -> None:
    cassette = read("OkReplay", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen("POST", "http://x.y/z", [("Accept", "all")], '{"n":1}', 200, [("Content-Type", "text/plain")], "count: 1"),
        Seen("GET", "http://x.y/z", [], None, 404, [], b"\x00\xff"),
    ]
    assert [each.recorded_at for each in cassette.interactions] == [
        "2012-10-21T12:52:39.797Z",
        "2012-10-21T12:52:39.844Z",
    ]
    assert (cassette.version, cassette.faults) == (None, ())
    check_laws(cassette)


def test_an_empty_tape() -> None:
    assert read("OkReplay", "!tape\nname: empty\ninteractions: []\n").interactions == ()
