"""What is carried: bytes, texts that any file holds, headers by name."""

import pytest
from carrying import plain, read_again

from cassette_cli.converting.base import (
    Loss,
    carried,
    grouped,
    header,
    lost_dates,
    lost_durations,
    lost_ids,
    noted,
    text_or_bytes,
)
from cassette_cli.errors import CassetteError

RECORDING = """\
interactions:
- request:
    body: {body}
    headers:
      x-a:
      - {value}
    method: POST
    uri: https://api.example/
  response:
    body:
      string: ok
    headers: {{}}
    status:
      code: 200
      message: OK
version: 1
"""

BODIES = [
    ("null", None),
    ("''", b""),
    ("é", "é".encode()),
    ("!!binary /9j/", b"\xff\xd8\xff"),
    ('"\\x80"', b"\xc2\x80"),
]


@pytest.mark.parametrize(("written", "body"), BODIES)
def test_a_body_is_bytes(written: str, body: bytes | None) -> None:
    (interaction,) = read_again(RECORDING.format(body=written, value="a")).interactions
    assert carried(interaction).request_body == body


# JSON can hold the two halves of a character beyond the first plane, and one of them alone.
def in_json(text: str) -> str:
    request = f'{{"body": {text}, "headers": {{"x-a": [{text}]}}, "method": "POST", "uri": "https://api.example/"}}'
    response = '{"body": {"string": "ok"}, "headers": {}, "status": {"code": 200, "message": "OK"}}'
    return f'{{"interactions": [{{"request": {request}, "response": {response}}}], "version": 1}}'


@pytest.mark.parametrize(("written", "value"), [('"\\uD83D\\uDE00"', "\U0001f600"), ('"é"', "é")])
def test_two_halves_are_one_character(written: str, value: str) -> None:
    (interaction,) = read_again(in_json(written)).interactions
    found = carried(interaction)
    assert found.request_headers == (("x-a", value),)
    assert found.request_body == value.encode()


def test_half_a_character_is_no_text() -> None:
    (interaction,) = read_again(in_json('"\\ud83d"')).interactions
    with pytest.raises(CassetteError, match="half a character"):
        carried(interaction)


def test_headers_by_name() -> None:
    lines = (("Set-Cookie", "a=1"), ("X-A", "1"), ("set-cookie", "b=2"))
    assert grouped(lines) == {"Set-Cookie": ["a=1", "b=2"], "X-A": ["1"]}
    assert (header(lines, "set-cookie"), header(lines, "x-b")) == ("a=1", None)


TEXTS: list[tuple[bytes | None, str | bytes]] = [(None, ""), (b"", ""), ("é".encode(), "é"), (b"\xff", b"\xff")]


@pytest.mark.parametrize(("body", "found"), TEXTS)
def test_text_where_it_is_one(body: bytes | None, found: str | bytes) -> None:
    assert text_or_bytes(body) == found


def test_losses() -> None:
    some = [plain(id="0"), plain(id="x", duration_ms=1.5), plain(recorded_at="2025-01-01", duration_ms=0.0)]
    assert list(lost_ids(some)) == [Loss("lost", "its id", (1,))]
    assert list(lost_durations(some)) == [Loss("lost", "how long the response took", (1, 2))]
    assert list(lost_dates(some)) == [Loss("lost", "when it was recorded", (2,))]
    assert list(noted("added", "x", [False])) == []
