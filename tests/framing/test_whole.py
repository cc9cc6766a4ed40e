"""A body that is one payload."""

import base64

import pytest

from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.framing import whole
from cassette_cli.framing.base import Frame


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        ("", []),
        (b"", []),
        ('{"a": 1}', [Frame(Span(0, 8), 0, '{"a": 1}')]),
        ("\n", [Frame(Span(0, 1), 0, "\n")]),
        ("é".encode(), [Frame(Span(0, 2), 0, "é")]),
        (b"\x89PNG", [Frame(Span(0, 4), 0, None)]),
    ],
)
def test_split(body: str | bytes, frames: list[Frame]) -> None:
    assert whole.matches(None, body)
    assert whole.split(body) == frames


def test_the_payload_of_a_text_is_the_text_itself() -> None:
    body = Source('{"a": 1}')
    (frame,) = whole.split(body.text)
    assert whole.payload(body, frame) is body


def test_the_payload_of_bytes_is_their_text() -> None:
    source = Source(base64.b64encode("\0é".encode()).decode())
    body = base64_lens(source)
    (frame,) = whole.split(body.text)
    payload = whole.payload(body, frame)
    assert payload.text == frame.data == "\0é"
    after = splice(source.text, lift_all([(payload, Edit(Span(1, 2), "ü"))]))
    assert base64.b64decode(after) == "\0ü".encode()
