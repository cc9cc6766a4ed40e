"""Which pieces may be cut anew."""

import pytest
from edits import SAMPLES, recordings
from streams import MESSAGES, exchange_of, sse

from cassette_cli.conversation import Channel
from cassette_cli.rechunking.pieces import is_of_pieces, kind_of, piece_events

THINKING = sse(
    '{"type":"message_start","message":{"id":"m","role":"assistant","content":[]}}',
    '{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}',
    '{"type":"content_block_stop","index":0}',
    '{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"So"}}',
    '{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":", é\\u00e9"}}',
    '{"type":"content_block_stop","index":1}',
    '{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}',
    '{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{}"}}',
    '{"type":"content_block_stop","index":2}',
    '{"type":"message_stop"}',
)


def test_kinds() -> None:
    reading = exchange_of(THINKING, MESSAGES).reading
    assert reading is not None

    kinds = {delta.channel: kind_of(delta.channel, reading) for delta in reading.deltas}

    assert kinds == {
        Channel(0, 0, "content"): "reasoning",
        Channel(0, 0, "signature"): None,
        Channel(0, 1, "content"): "text",
        Channel(0, 2, "arguments_text"): "arguments",
    }


def test_events_that_open_a_block_are_left_alone() -> None:
    events = piece_events(exchange_of(THINKING, MESSAGES))

    assert sorted(events) == [2, 3, 6, 9]


def test_pieces_know_their_spelling() -> None:
    (piece,) = piece_events(exchange_of(THINKING, MESSAGES))[6].pieces()

    assert piece.delta.text == ", éé"
    assert list(piece.units) == [",", " ", "é", "\\u00e9"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, True),
        ("content_block_delta", True),
        ("contentBlockDelta", True),
        ("response.output_text.delta", True),
        ("text-generation", True),
        ("thread.message.delta", True),
        ("completion", True),
        ("output", True),
        ("chunk", True),
        ("content_block_start", False),
        ("message_start", False),
        ("response.output_text.done", False),
        ("response.output_item.added", False),
        ("response.completed", False),
        ("stream-end", False),
        ("ping", False),
    ],
)
def test_names_of_events_that_bring_pieces(name: str | None, expected: bool) -> None:
    assert is_of_pieces(name) is expected


def test_a_message_whose_checksum_is_wrong_is_no_model() -> None:
    body = sse('{"choices":[{"index":0,"delta":{"content":"a"}}]}')[:-1]

    assert piece_events(exchange_of(body)) == {}


def test_an_event_with_a_line_that_clients_ignore_is_no_model() -> None:
    """Each further one would have that line, too."""
    event = '{"choices":[{"index":0,"delta":{"content":"a"}}]}'
    body = sse(event, event).replace("data:", "eevnt: x\ndata:", 1)

    assert list(piece_events(exchange_of(body))) == [1]


# Texts that stay whole in some event: it says all so far, is a trace, or a call that no index tells from others.
LEFT_ALONE = {
    ("aws.bedrock.agents", "reasoning"),
    ("dashscope.generation", "text"),
    ("openai.chat_completions", "arguments"),
    ("openai.completions", "text"),
}


def test_streams_of_every_protocol_are_of_pieces() -> None:
    left: set[tuple[str | None, str | None]] = set()
    cut: set[tuple[str | None, str | None]] = set()
    for _, found in recordings([SAMPLES], 1000):
        if not found.streamed or found.reading is None:
            continue
        pieces = {piece.delta for event in piece_events(found).values() for piece in event.pieces()}
        for delta in found.reading.deltas:
            kind = kind_of(delta.channel, found.reading)
            if kind and delta.route is not None:
                (cut if delta in pieces else left).add((found.protocol, kind))

    assert left == LEFT_ALONE
    assert {
        ("aws.bedrock.converse", "text"),
        ("aws.bedrock.converse", "arguments"),
        ("aws.bedrock.invoke", "text"),
        ("openai.assistants", "arguments"),
    } <= cut
