"""What says how long a body is stays true, and only where it was."""

import json

import pytest

from cassette_cli import files
from cassette_cli.document.lens import lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.exchange import exchange
from cassette_cli.lengths import lengths
from cassette_cli.model import size_of


def after(recording: str) -> str:
    """A recording whose response begins with one more letter, of two bytes."""
    cassette = files.parse("made.yaml", recording)
    assert cassette is not None
    found = exchange(cassette.interactions[0])
    assert found.content is not None
    made = [(found.content, Edit(Span(0, 0), "é"))]
    return splice(cassette.document.text, lift_all([*made, *lengths([found], made)]))


@pytest.mark.parametrize(("before", "expected"), [("5", "7"), ("6", "6")])
def test_a_header_of_vcrpy(before: str, expected: str) -> None:
    response = {
        "status": {"code": 200, "message": "OK"},
        "headers": {"Content-Length": [before]},
        "body": {"string": "Hello"},
    }
    request: dict[str, object] = {"method": "GET", "uri": "https://api.example/", "body": None, "headers": {}}
    recording = json.dumps({"version": 1, "interactions": [{"request": request, "response": response}]})

    assert json.loads(after(recording))["interactions"][0]["response"]["headers"] == {"Content-Length": [expected]}


def test_the_field_of_go_vcr() -> None:
    recording = (
        "---\nversion: 2\ninteractions:\n- id: 0\n  request:\n    method: GET\n    url: https://api.example/\n"
        "  response:\n    content_length: 5\n    body: Hello\n    code: 200\n"
    )

    assert after(recording) == recording.replace("content_length: 5", "content_length: 7").replace("Hello", "éHello")


def test_sizes_are_of_bytes() -> None:
    assert [size_of("é"), size_of(b"abc"), size_of("\udcff"), size_of("\ud800")] == [2, 3, 1, 3]
