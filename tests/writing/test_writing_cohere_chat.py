import pytest
from written_replies import there_and_back

from cassette_cli.writing import cohere_chat

CALL = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a": 1}'}}


def test_a_reply_of_version_2_comes_back_from_its_stream() -> None:
    message = {
        "role": "assistant",
        "tool_plan": "I will add.",
        "content": [{"type": "text", "text": "Hi"}],
        "tool_calls": [CALL],
        "citations": [{"start": 0, "end": 2, "text": "Hi", "sources": []}],
    }
    plain = {"id": "r", "message": message, "finish_reason": "TOOL_CALL", "usage": {"tokens": {"input_tokens": 1}}}

    assert there_and_back(cohere_chat, plain) == plain


def test_the_end_of_a_stream_of_version_1_holds_the_reply() -> None:
    end = {"event_type": "stream-end", "finish_reason": "COMPLETE", "response": {"text": "Hi"}}

    assert cohere_chat.plain([{"text": "Hi"}, end]) == {"text": "Hi", "finish_reason": "COMPLETE"}


def test_a_reply_of_version_1_has_no_stream() -> None:
    with pytest.raises(ValueError, match="version 2"):
        cohere_chat.stream({"text": "Hi"})
