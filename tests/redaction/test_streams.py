"""Streams: what is cut over events is one text, and every event keeps its place."""

import base64
import json
from collections.abc import Sequence

import planted
import pytest
from planted import secret
from redacting import found, redacted, vcrpy

from cassette_cli.exchange import Places
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.streams import Stream

KEY = secret()
COMPLETIONS = "https://api.example/v1/chat/completions"
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


def sse(events: Sequence[object]) -> str:
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    return vcrpy("", body, url=COMPLETIONS, answered={"Content-Type": "text/event-stream"})


def chunk(delta: dict[str, object]) -> dict[str, object]:
    return {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}


def wrapped(event: dict[str, object]) -> dict[str, object]:
    return {"bytes": base64.b64encode(json.dumps(event).encode()).decode(), "p": "abc"}


PIECES = pieces(f"Use {KEY} now.", 7)
PASSED_OVER = {
    "a field that the protocol does not know": [chunk({"content": "a", "vendor": {"said": each}}) for each in PIECES],
    "a field beside the one that is read": [chunk({"content": each, "said": each}) for each in PIECES],
    "events of another protocol": [{"type": "text_delta", "text": each} for each in PIECES],
    "events of another protocol in base64": [wrapped({"delta": {"text": each}}) for each in PIECES],
    "two texts for what was one": [
        chunk({"content": PIECES[0]}),
        chunk({"tool_calls": [{"index": 0, "id": "call_1", "function": {"name": "f", "arguments": "{}"}}]}),
        *(chunk({"content": each}) for each in PIECES[1:]),
    ],
}


@pytest.mark.parametrize("events", PASSED_OVER.values(), ids=PASSED_OVER)
def test_what_a_reader_passes_over_is_one_text_too(events: list[object]) -> None:
    text = sse(events)
    assert KEY in {each.value for each in found(text, CREDENTIALS)}
    after = redacted(text, CREDENTIALS)
    body = json.loads(after)["interactions"][0]["response"]["body"]["string"]
    said = "".join(leaves(json.loads(line.removeprefix("data: "))) for line in body.splitlines() if line)
    assert KEY not in said
    assert said.count("openai-api-key-1") == len({each.where for each in found(text, CREDENTIALS)})
    assert after.count("data: ") == len(events)


def leaves(value: object) -> str:
    """The texts of an event that are pieces of what was said, joined."""
    if isinstance(value, dict):
        inner = value.get("bytes")
        return leaves(json.loads(base64.b64decode(inner)) if inner else list(value.values()))
    return "".join(map(leaves, value)) if isinstance(value, list) else str(value)


def test_constant_texts_are_no_pieces() -> None:
    start = KEY[:16]
    assert found(sse([chunk({"content": "a", "note": start}) for _ in range(5)]), CREDENTIALS) == []


def test_lines_that_belong_to_no_one_text() -> None:
    rows = [{"text": f"first {KEY}."}, {"text": "next"}, {"text": KEY}]
    text = vcrpy("", "".join(json.dumps(row) + "\n" for row in rows), answered={"Content-Type": "application/x-ndjson"})
    assert [each.value for each in found(text, CREDENTIALS)] == [KEY, KEY]
    assert redacted(text, CREDENTIALS).count("<openai-api-key-1>") == 2


def test_nothing_is_read_where_the_gate_is_shut() -> None:
    [_, exchanges] = planted.read(planted.vcrpy(reply=["a", "b"]))
    assert list(Stream(exchanges[0], Places(exchanges[0]), lambda _: False).texts()) == []
