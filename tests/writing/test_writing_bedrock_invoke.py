from base64 import b64encode
from json import dumps

import pytest
from written_replies import there_and_back

from cassette_cli.conversation import Json
from cassette_cli.writing import bedrock_invoke


def wrapped(value: Json) -> Json:
    return {"bytes": b64encode(dumps(value).encode()).decode(), "p": "abc"}


def test_the_message_within() -> None:
    start = {"type": "message_start", "message": {"id": "m", "content": [], "usage": {}}}
    stop = {"type": "message_stop", "amazon-bedrock-invocationMetrics": {"inputTokenCount": 1}}

    assert bedrock_invoke.plain([wrapped(start), wrapped(stop)]) == {
        "id": "m",
        "content": [],
        "usage": {},
        "amazon-bedrock-invocationMetrics": {"inputTokenCount": 1},
    }


TEXT = {"type": "text", "text": "Hi"}
CHAT = {"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}
REPLIES: dict[str, Json] = {
    "Anthropic": {"id": "m", "type": "message", "role": "assistant", "content": [TEXT], "stop_reason": "end_turn"},
    "Nova": {"output": {"message": {"role": "assistant", "content": [{"text": "Hi"}]}}, "stopReason": "end_turn"},
    "chat": {"id": "c", "object": "chat.completion", "choices": [CHAT]},
    "Titan": {
        "inputTextTokenCount": 5,
        "results": [{"tokenCount": 2, "outputText": "Hi", "completionReason": "FINISH"}],
    },
    "Llama": {"generation": "Hi", "prompt_token_count": 5, "generation_token_count": 1, "stop_reason": "stop"},
}


@pytest.mark.parametrize("vendor", REPLIES)
def test_there_and_back(vendor: str) -> None:
    plain = {**REPLIES[vendor], "amazon-bedrock-guardrailAction": "NONE"}
    back = there_and_back(bedrock_invoke, plain)

    assert {name: item for name, item in back.items() if name in plain and item is not None} == {
        **plain,
        **({"stop_sequence": back.get("stop_sequence")} if "stop_sequence" in plain else {}),
    }


def test_pieces_of_nova_that_follow_one_another_are_one_block() -> None:
    pieces = [
        {"contentBlockDelta": {"delta": {"text": text}, "contentBlockIndex": index}}
        for index, text in enumerate(("Hel", "lo"))
    ]
    call = {"toolUseId": "t", "name": "now"}
    events = [
        {"messageStart": {"role": "assistant"}},
        pieces[0],
        {"contentBlockStop": {"contentBlockIndex": 0}},
        pieces[1],
        {"contentBlockStop": {"contentBlockIndex": 1}},
        {"contentBlockStart": {"start": {"toolUse": call}, "contentBlockIndex": 2}},
        {"contentBlockDelta": {"delta": {"toolUse": {"input": "{}"}}, "contentBlockIndex": 2}},
        {"messageStop": {"stopReason": "tool_use"}},
    ]

    whole = bedrock_invoke.plain([wrapped(event) for event in events])

    assert whole["output"]["message"]["content"] == [{"text": "Hello"}, {"toolUse": {**call, "input": {}}}]


@pytest.mark.parametrize("value", [{"embedding": [0.5]}, {"images": ["iVBO"]}, []])
def test_what_has_no_stream(value: Json) -> None:
    with pytest.raises(ValueError, match=r"no stream|no object"):
        bedrock_invoke.stream(value)


def test_the_path_says_the_form() -> None:
    url = "https://a/model/m/invoke-with-response-stream"

    assert bedrock_invoke.asking(url, {}, {}, streamed=False).url == "https://a/model/m/invoke"
