"""cachy: one JSON object per line, without the request."""

import json
from pathlib import Path

import pytest
from recorded import Seen, check_laws, read, seen

from cassette_cli import files
from cassette_cli.errors import CassetteError

LINES = [
    {"key": "2901a2a6", "response": '{"id":"msg_1"}', "headers": {"a": "b"}, "status_code": 200, "binary": False},
    {"key": "2901a2a7", "response": "AP8=", "headers": {}, "status_code": 404, "binary": True},
    {"key": "2901a2a8", "response": "old"},
]
TEXT = "\n".join(map(json.dumps, LINES)) + "\n"


def test_what_is_read() -> None:
    cassette = read("cachy", TEXT)
    assert [seen(each) for each in cassette.interactions] == [
        Seen(None, None, [], None, 200, [("a", "b")], '{"id":"msg_1"}'),
        Seen(None, None, [], None, 404, [], b"\x00\xff"),
        Seen(None, None, [], None, None, [], "old"),
    ]
    assert [each.id for each in cassette.interactions] == ["2901a2a6", "2901a2a7", "2901a2a8"]
    assert cassette.faults == ()
    check_laws(cassette)


def test_other_lines_are_none(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"request": {}}\n{"request": {}}\n', encoding="utf-8")
    with pytest.raises(CassetteError, match="more text after the JSON value"):
        files.read(str(path))
    assert files.from_bytes(str(path)) is None


def test_a_recording_of_another_recorder_has_one_text() -> None:
    text = '{"version": 1, "interactions": []}\n{"a": 1}\n'
    with pytest.raises(CassetteError, match="a:2:1: not JSON: more text after the JSON value"):
        files.parse("a", text)
