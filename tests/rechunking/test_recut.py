"""Streams cut anew: tables of before and after for every protocol's ways, and the laws."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streams import CHAT, GEMINI, JSON, MESSAGES, NDJSON, OLLAMA, cut_anew, exchange_of, sse

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette
from cassette_cli.rechunking import recut
from cassette_cli.rechunking.proven import Recipe, rechunked

END = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'

# What it shows, URL, media type, strategy, payloads before, payloads after.
TABLE: list[tuple[str, str, str, list[str], list[str]]] = [
    (
        "role, id and name stay on the first piece; other fields keep their text, the spelling of numbers too",
        CHAT,
        "size:3",
        [
            '{"id":"1", "created":1.50, "choices":[{"index":0,"delta":{"role":"assistant","content":"H\\u00e9llo"}}]}',
            END,
        ],
        [
            '{"id":"1", "created":1.50, "choices":[{"index":0,"delta":{"role":"assistant","content":"H\\u00e9l"}}]}',
            '{"id":"1", "created":1.50, "choices":[{"index":0,"delta":{"content":"lo"}}]}',
            END,
        ],
    ),
    (
        "a call that comes whole",
        CHAT,
        "size:4",
        [
            '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function",'
            '"function":{"name":"add","arguments":"{\\"a\\":1}"}}]}}]}',
            END,
        ],
        [
            '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function",'
            '"function":{"name":"add","arguments":"{\\"a\\""}}]}}]}',
            '{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}',
            END,
        ],
    ),
    (
        "pieces are gathered where the text begins; an event that says more stays, one that does not goes",
        CHAT,
        "whole",
        [
            '{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}',
            '{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":null}]}',
            '{"choices":[{"index":0,"delta":{"content":"c"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}',
        ],
        [
            '{"choices":[{"index":0,"delta":{"content":"abc"},"finish_reason":null}]}',
            '{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}',
        ],
    ),
    (
        "the finish reason and the usage of a reply in one event come with its last piece",
        CHAT,
        "size:1",
        ['{"choices":[{"index":0,"delta":{"content":"ab"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}'],
        [
            '{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}',
            '{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}',
        ],
    ),
    (
        "two texts in one event: the last piece of the one and the first of the other are together still",
        CHAT,
        "size:2",
        ['{"choices":[{"index":0,"delta":{"reasoning":"abc","content":"xyz"}}]}', END],
        [
            '{"choices":[{"index":0,"delta":{"reasoning":"ab"}}]}',
            '{"choices":[{"index":0,"delta":{"reasoning":"c","content":"xy"}}]}',
            '{"choices":[{"index":0,"delta":{"content":"z"}}]}',
            END,
        ],
    ),
    (
        "what says a piece once more says the same piece",
        CHAT,
        "size:2",
        [
            '{"choices":[{"index":0,"delta":{"reasoning":"abc","reasoning_details":'
            '[{"type":"reasoning.text","text":"abc","signature":"s"}]}}]}',
            END,
        ],
        [
            '{"choices":[{"index":0,"delta":{"reasoning":"ab","reasoning_details":'
            '[{"type":"reasoning.text","text":"ab"}]}}]}',
            '{"choices":[{"index":0,"delta":{"reasoning":"c","reasoning_details":'
            '[{"type":"reasoning.text","text":"c","signature":"s"}]}}]}',
            END,
        ],
    ),
    (
        "where all of the text so far is said beside each piece, it is said still",
        CHAT,
        "size:2",
        [
            '{"choices":[{"index":0,"delta":{"content":"a"},"message":{"role":"assistant","content":"a"}}]}',
            '{"choices":[{"index":0,"delta":{"content":"bcd"},"message":{"role":"assistant","content":"abcd"}}]}',
            END,
        ],
        [
            '{"choices":[{"index":0,"delta":{"content":"ab"},"message":{"role":"assistant","content":"ab"}}]}',
            '{"choices":[{"index":0,"delta":{"content":"cd"},"message":{"role":"assistant","content":"abcd"}}]}',
            END,
        ],
    ),
    (
        "log probabilities go with the piece in which their token begins",
        CHAT,
        "size:4",
        [
            '{"choices":[{"index":0,"delta":{"content":"Hel"},"logprobs":{"content":[{"token":"Hel","logprob":-1}]}}]}',
            '{"choices":[{"index":0,"delta":{"content":"lo é"},"logprobs":{"content":[{"token":"lo","logprob":-2}, '
            '{"token":" é","logprob":-3,"bytes":[32,195,169]}]}}]}',
            END,
        ],
        [
            '{"choices":[{"index":0,"delta":{"content":"Hell"},"logprobs":{"content":[{"token":"Hel","logprob":-1},'
            '{"token":"lo","logprob":-2}]}}]}',
            '{"choices":[{"index":0,"delta":{"content":"o é"},"logprobs":{"content":['
            '{"token":" é","logprob":-3,"bytes":[32,195,169]}]}}]}',
            END,
        ],
    ),
    (
        "blocks are opened and closed once",
        MESSAGES,
        "size:3",
        [
            '{"type":"message_start","message":{"id":"m","role":"assistant","content":[]}}',
            '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
            '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}',
            '{"type":"content_block_stop","index":0}',
            '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}',
            '{"type":"message_stop"}',
        ],
        [
            '{"type":"message_start","message":{"id":"m","role":"assistant","content":[]}}',
            '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}',
            '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}',
            '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}}',
            '{"type":"content_block_stop","index":0}',
            '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}',
            '{"type":"message_stop"}',
        ],
    ),
    (
        "a part's signature, the finish reason and the usage of Gemini come last, other parts where they were",
        GEMINI,
        "size:2",
        [
            '{"candidates": [{"content": {"parts": [{"text": "abc"},{"functionCall": {"name": "f","args": {}}},'
            '{"text": "xyz","thoughtSignature": "s"}],"role": "model"},"finishReason": "STOP"}],'
            '"usageMetadata": {"totalTokenCount": 3}}',
        ],
        [
            '{"candidates": [{"content": {"parts": [{"text": "ab"}],"role": "model"}}]}',
            '{"candidates": [{"content": {"parts": [{"text": "c"},{"functionCall": {"name": "f","args": {}}},'
            '{"text": "xy"}],"role": "model"}}]}',
            '{"candidates": [{"content": {"parts": [{"text": "z","thoughtSignature": "s"}],"role": "model"},'
            '"finishReason": "STOP"}],"usageMetadata": {"totalTokenCount": 3}}',
        ],
    ),
]


def payloads(body: str) -> list[str]:
    return [line.removeprefix("data: ") for line in body.split("\n") if line]


@pytest.mark.parametrize(("url", "by", "before", "after"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_before_and_after(url: str, by: str, before: list[str], after: list[str]) -> None:
    assert payloads(cut_anew(sse(*before), by, url)) == after


def test_what_is_not_asked_for_stays() -> None:
    chunk = '{"choices":[{"index":0,"delta":{"reasoning":"abc","content":"xyz"}}]}'

    after = cut_anew(sse(chunk, END), "size:2", kinds=("text",))

    assert payloads(after)[:2] == [
        '{"choices":[{"index":0,"delta":{"reasoning":"abc","content":"xy"}}]}',
        '{"choices":[{"index":0,"delta":{"content":"z"}}]}',
    ]


def test_each_framing_is_spelled_as_it_was() -> None:
    events = ': hi\r\n\r\nevent: message\r\ndata:{"choices":[{"index":0,"delta":{"content":"ab"}}]}\r\nid: 1\r\n\r\n'
    lines = '{"model":"m","message":{"role":"assistant","content":"ab"},"done":true,"eval_count":2}'
    array = '[{"candidates": [{"content": {"parts": [{"text": "ab"}]},"finishReason": "STOP"}]}\n]'

    assert cut_anew(events, "char") == (
        ": hi\r\n\r\n"
        'event: message\r\ndata:{"choices":[{"index":0,"delta":{"content":"a"}}]}\r\nid: 1\r\n\r\n'
        'event: message\r\ndata:{"choices":[{"index":0,"delta":{"content":"b"}}]}\r\nid: 1\r\n\r\n'
    )
    assert cut_anew(lines, "char", OLLAMA, NDJSON) == (
        '{"model":"m","message":{"role":"assistant","content":"a"},"done":false}\n'
        '{"model":"m","message":{"role":"assistant","content":"b"},"done":true,"eval_count":2}'
    )
    assert cut_anew(array, "char", GEMINI, JSON) == (
        '[{"candidates": [{"content": {"parts": [{"text": "a"}]}}]}\n,\r\n'
        '{"candidates": [{"content": {"parts": [{"text": "b"}]},"finishReason": "STOP"}]}\n]'
    )


@pytest.mark.parametrize(
    "chunk",
    [
        # Nothing tells which call a further piece would belong to.
        '{"choices":[{"index":0,"delta":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{\\"a\\":1}"}}]}}]}',
        # Groq runs it, and says all of it in each event.
        '{"choices":[{"index":0,"delta":{"executed_tools":[{"index":0,"type":"python","arguments":"{}"}]}}]}',
        # Half a character: joined with the other half it would be a whole one.
        '{"choices":[{"index":0,"delta":{"content":"a\\ud83d"}}]}',
    ],
)
def test_a_piece_that_cannot_be_cut_stays_as_it_is(chunk: str) -> None:
    body = sse(chunk, END)

    assert cut_anew(body, "char") == body


def test_time_grows_with_what_is_written() -> None:
    text = "x" * 40_000
    body = sse(json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}), END)

    assert cut_anew(body, "char").count("data: ") == 40_001


def test_a_recording_made_to_harm_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recut, "MOST_WRITTEN", 100_000)
    body = sse(json.dumps({"x": "y" * 1000, "choices": [{"index": 0, "delta": {"content": "z" * 1000}}]}), END)

    with pytest.raises(CassetteError, match="interaction 0: so many pieces would make too much text of it"):
        cut_anew(body, "char")


pieces = st.lists(st.text(st.sampled_from('aé"\\\n😀\u2028 '), min_size=1, max_size=5), min_size=1, max_size=6)


@given(pieces, st.booleans(), st.sampled_from(["char", "word", "token", "random", "hostile", "size:2"]))
def test_the_reply_is_what_it_was(texts: list[str], escaped: bool, by: str) -> None:
    chunks = [{"choices": [{"index": 0, "delta": {"content": text}}]} for text in texts]
    before = sse(*(json.dumps(chunk, ensure_ascii=escaped) for chunk in chunks), END, "[DONE]")

    after = cut_anew(before, by)

    assert exchange_of(after).reply == exchange_of(before).reply
    assert payloads(after)[-2:] == payloads(before)[-2:]


@given(pieces, st.integers(1, 4))
def test_sizes_do_not_depend_on_how_the_text_came(texts: list[str], size: int) -> None:
    chunks = [
        {"id": number, "choices": [{"index": 0, "delta": {"content": text}}]} for number, text in enumerate(texts)
    ]
    body = sse(*map(json.dumps, chunks), END)

    assert cut_anew(cut_anew(body, "whole"), f"size:{size}") == cut_anew(body, f"size:{size}")


def test_of_real_recordings_whole_and_then_a_size_is_that_size(corpus: Path) -> None:
    checked = 0
    paths = sorted((corpus / "charmbracelet+fantasy").rglob("*stream*.yaml"))[::6]
    for found in files.load(map(str, paths)):
        exchanges = [exchange(each) for each in found.interactions] if isinstance(found, Cassette) else []
        if isinstance(found, Cassette) and any(each.streamed and each.protocol for each in exchanges):
            direct = rechunked(found, exchanges, Recipe(by="size:7")).cassette
            whole = rechunked(found, exchanges, Recipe(by="whole")).cassette
            twice = rechunked(whole, [exchange(each) for each in whole.interactions], Recipe(by="size:7")).cassette
            assert twice.document.text == direct.document.text, found.path
            checked += 1
    assert checked > 10
