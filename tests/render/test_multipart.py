"""The parts of multipart bodies, and how they are shown."""

from base64 import b64encode

import pytest
from handmade import text_of
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Source
from cassette_cli.render.http import body_lines
from cassette_cli.render.multipart import BodyPart, body_parts

FORM = (
    '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper\r\n'
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: Text/CSV\r\n\r\n'
    "x,1\r\n\r\n--b--\r\n"
)
PARTS = [BodyPart("model", None, "text/plain", b"whisper"), BodyPart("file", "a.csv", "text/csv", b"x,1\r\n")]


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (FORM, PARTS),
        (FORM.encode(), PARTS),
        ("\r\n" + FORM, PARTS),
        (
            FORM.replace("\r\n", "\n"),
            [PARTS[0], BodyPart("file", "a.csv", "text/csv", b"x,1\n")],
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n\xff\x00\r\n\xfe\r\n--b--',
            [BodyPart("f", "a", "text/plain", b"\xff\x00\r\n\xfe")],
        ),
        (
            '--b\r\nContent-Type: application/json\r\n\r\n{"a": 1}\r\n--b--',
            [BodyPart(None, None, "application/json", b'{"a": 1}')],
        ),
        ("no parts here", []),
        ("", []),
    ],
)
def test_parts(body: str | bytes, parts: list[BodyPart]) -> None:
    assert list(body_parts(body)) == parts


@given(st.binary(max_size=60), st.sampled_from([b"", b"--b\r\n", FORM.encode()[:70]]))
def test_reading_is_total(body: bytes, before: bytes) -> None:
    assert all(isinstance(part, BodyPart) for part in body_parts(before + body))


def test_how_a_form_is_shown() -> None:
    head = 'Content-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png'
    picture = f"--b\r\n{head}\r\n\r\n".encode() + b"\xff\xfe\x00\r\n"
    body = base64_lens(Source(b64encode(picture + FORM.encode()).decode()))
    assert text_of(body_lines(body, "multipart/form-data", 2, full=False)) == (
        "  image  a.png  <image/png, 3 B>\n  model = whisper\n  file  a.csv  <text/csv, 5 B>\n    x,1\n"
    )
