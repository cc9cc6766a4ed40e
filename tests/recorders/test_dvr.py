"""DVR: the type of a body says how it is kept."""

import json
from typing import Any

import pytest
from recorded import Seen, check_laws, read, seen


def recording(content_type: str | None, body: Any) -> str:
    headers = {} if content_type is None else {"Content-Type": content_type}
    interaction = {
        "recorded_at": 1447461776.193247,
        "request": {
            "method": "POST",
            "url": "http://x.y/z",
            "headers": {"Content-Type": "application/json"},
            "body": {"n": 1},
        },
        "response": {"body": body, "status": 200, "url": "http://x.y/z", "headers": headers},
    }
    return json.dumps({"interactions": [interaction], "name": "chat"}, indent=2).replace("/", "\\/")


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("text/plain; charset=utf-8", "hello/", "hello/"),
        ("application/json", {"a": "b"}, '{"a":"b"}'),
        ("image/png", "AP8=", b"\x00\xff"),
        (None, "AP8=", b"\x00\xff"),
        ("image/png", "<gone>", "<gone>"),
        (None, None, None),
    ],
)
def test_what_is_read(content_type: str | None, body: Any, expected: Any) -> None:
    cassette = read("DVR", recording(content_type, body))
    (found,) = cassette.interactions
    answered = [] if content_type is None else [("Content-Type", content_type)]
    asked = [("Content-Type", "application/json")]
    assert seen(found) == Seen("POST", "http://x.y/z", asked, '{"n":1}', 200, answered, expected)
    assert (found.recorded_at, cassette.version, cassette.faults) == ("1447461776.193247", None, ())
    check_laws(cassette)
