import pytest
from written_replies import there_and_back, values

from cassette_cli.conversation import Json
from cassette_cli.writing import anthropic_messages

PLAIN: Json = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "m",
    "content": [
        {"type": "thinking", "thinking": "Hm", "signature": "abc"},
        {"type": "text", "text": "Hi", "citations": [{"type": "char_location"}]},
        {"type": "tool_use", "id": "toolu_1", "name": "add", "input": {"a": 1}},
        {"type": "web_search_tool_result", "tool_use_id": "s", "content": []},
    ],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 9, "output_tokens": 5},
}


def test_a_reply_comes_back_from_its_stream() -> None:
    assert there_and_back(anthropic_messages, PLAIN) == PLAIN


def test_a_stream_is_what_anthropic_streams() -> None:
    events = anthropic_messages.stream({**PLAIN, "content": PLAIN["content"][2:3]})

    assert [event.type for event in events] == [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    assert values(events)[2]["delta"] == {"type": "input_json_delta", "partial_json": '{"a":1}'}


@pytest.mark.parametrize(
    ("url", "streamed", "after"),
    [
        ("https://a/v1/messages", False, "https://a/v1/messages"),
        ("https://a/models/m:streamRawPredict", False, "https://a/models/m:rawPredict"),
        ("https://a/models/m:rawPredict", True, "https://a/models/m:streamRawPredict"),
    ],
)
def test_vertex_names_the_form_in_the_path(url: str, streamed: bool, after: str) -> None:
    assert anthropic_messages.asking(url, {}, {}, streamed=streamed).url == after
