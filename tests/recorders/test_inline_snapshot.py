"""Exchanges that tests keep as external values of inline-snapshot."""

import json

from recorded import Seen, check_laws, read, seen

INTERACTION = {
    "request": {
        "method": "POST",
        "url": "https://api.example.com/v1/chat",
        "headers": {"content-type": "application/json"},
        "body": {"n": 1, "a": "b"},
    },
    "response": {"status_code": 200, "headers": {"content-type": "text/event-stream"}, "body": "data: x\n\n"},
}


def test_what_is_read() -> None:
    cassette = read("inline-snapshot", json.dumps([INTERACTION], indent=2))
    assert [seen(each) for each in cassette.interactions] == [
        Seen(
            "POST",
            "https://api.example.com/v1/chat",
            [("content-type", "application/json")],
            '{"n":1,"a":"b"}',
            200,
            [("content-type", "text/event-stream")],
            "data: x\n\n",
        )
    ]
    assert cassette.faults == ()
    check_laws(cassette)


def test_what_is_missing_is_told() -> None:
    text = json.dumps([INTERACTION, {"request": INTERACTION["request"]}])
    assert [each.message for each in read("inline-snapshot", text).faults] == ["interaction 1 has no response"]
