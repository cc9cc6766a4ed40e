"""Streams: what is cut over events is one text, and every event keeps its place."""

import json

import planted
import pytest
from planted import secret
from redacting import found, redacted, vcrpy

from cassette_cli.exchange import Places
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.streams import Stream

KEY = secret()
CREDENTIALS = [Category.CREDENTIALS]


def pieces(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


@pytest.mark.parametrize("width", [1, 3, 17, 200])
def test_a_key_in_pieces(width: int) -> None:
    text = planted.vcrpy(reply=pieces(f"Use {KEY} now.", width))
    assert [(each.where, each.rule, each.value) for each in found(text, CREDENTIALS)] == [
        ("reply.messages[0].parts[0].content", "openai-api-key", KEY)
    ]
    after = redacted(text, CREDENTIALS)
    assert after.count("data: ") == text.count("data: ")
    [_, exchanges] = planted.read(after)
    assert exchanges[0].reply
    assert "Use <openai-api-key-1> now." in repr(exchanges[0].reply.messages[0].parts)


def test_a_stream_that_no_protocol_reads() -> None:
    events = [{"out": piece, "n": "same"} for piece in pieces(f"Use {KEY} now.", 5)]
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    text = vcrpy("", body, answered={"Content-Type": "text/event-stream"})
    [finding] = found(text, CREDENTIALS)
    assert finding.where == "response.events[0] and on.$.out"
    after = redacted(text, CREDENTIALS)
    assert "<openai-api-key-1>" in after
    assert after.count("data: ") == len(events)


def test_lines_that_belong_to_no_one_text() -> None:
    rows = [{"text": f"first {KEY}."}, {"text": "next"}, {"text": KEY}]
    text = vcrpy("", "".join(json.dumps(row) + "\n" for row in rows), answered={"Content-Type": "application/x-ndjson"})
    assert [each.value for each in found(text, CREDENTIALS)] == [KEY, KEY]
    assert redacted(text, CREDENTIALS).count("<openai-api-key-1>") == 2


def test_nothing_is_read_where_the_gate_is_shut() -> None:
    [_, exchanges] = planted.read(planted.vcrpy(reply=["a", "b"]))
    assert list(Stream(exchanges[0], Places(exchanges[0]), lambda _: False).texts()) == []
