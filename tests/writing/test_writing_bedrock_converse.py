import pytest

from cassette_cli.writing import bedrock_converse

EVENTS = [
    {"role": "assistant", "p": "abc"},
    {"contentBlockIndex": 0, "delta": {"reasoningContent": {"text": "Hm"}}},
    {"contentBlockIndex": 0, "delta": {"reasoningContent": {"signature": "s"}}},
    {"contentBlockIndex": 1, "delta": {"text": "Hel"}},
    {"contentBlockIndex": 1, "delta": {"text": "lo"}},
    {"contentBlockIndex": 1},
    {"contentBlockIndex": 2, "start": {"toolUse": {"toolUseId": "t", "name": "add"}}},
    {"contentBlockIndex": 2, "delta": {"toolUse": {"input": '{"a":'}}},
    {"contentBlockIndex": 2, "delta": {"toolUse": {"input": "1}"}}},
    {"stopReason": "tool_use"},
    {"usage": {"inputTokens": 1}, "metrics": {"latencyMs": 5}},
]


def test_events_make_an_answer() -> None:
    assert bedrock_converse.plain(EVENTS) == {
        "output": {
            "message": {
                "role": "assistant",
                "content": [
                    {"reasoningContent": {"reasoningText": {"text": "Hm", "signature": "s"}}},
                    {"text": "Hello"},
                    {"toolUse": {"toolUseId": "t", "name": "add", "input": {"a": 1}}},
                ],
            }
        },
        "stopReason": "tool_use",
        "usage": {"inputTokens": 1},
        "metrics": {"latencyMs": 5},
    }


def test_the_path_says_the_form() -> None:
    url = "https://a/model/m/converse-stream"

    assert bedrock_converse.asking(url, {}, {}, streamed=False).url == "https://a/model/m/converse"


def test_bytes_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="bytes"):
        bedrock_converse.stream({})
