import pytest
from written_replies import there_and_back

from cassette_cli.conversation import Json
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


CONTENT = [
    {"reasoningContent": {"reasoningText": {"text": "Hm", "signature": "s"}}},
    {"text": "Hello"},
    {"toolUse": {"toolUseId": "t", "name": "add", "input": {"a": 1.50}}},
    {"toolUse": {"toolUseId": "u", "name": "now", "input": {}}},
    {"toolResult": {"toolUseId": "t", "status": "success", "content": [{"text": "2"}]}},
    {"citationsContent": {"content": [{"text": "So"}], "citations": [{"title": "T"}]}},
]


def test_there_and_back() -> None:
    plain = {
        "output": {"message": {"role": "assistant", "content": CONTENT}},
        "stopReason": "tool_use",
        "additionalModelResponseFields": {"x": 1},
        "usage": {"inputTokens": 1},
        "metrics": {"latencyMs": 5},
    }

    assert there_and_back(bedrock_converse, plain) == plain


def test_events_have_their_types() -> None:
    sent = bedrock_converse.stream({"output": {"message": {"role": "assistant", "content": CONTENT[:3]}}})

    assert [each.type for each in sent] == [
        "messageStart",
        *("contentBlockDelta", "contentBlockDelta", "contentBlockStop"),
        *("contentBlockDelta", "contentBlockStop"),
        *("contentBlockStart", "contentBlockDelta", "contentBlockStop"),
        "messageStop",
        "metadata",
    ]


@pytest.mark.parametrize("value", [{}, {"output": {"message": {"content": [{"video": {}}]}}}])
def test_what_has_no_stream(value: Json) -> None:
    with pytest.raises(ValueError, match=r"no message|a block of video"):
        bedrock_converse.stream(value)
