import pytest
from written_replies import there_and_back, values

from cassette_cli.conversation import Json
from cassette_cli.writing import ollama_chat


@pytest.mark.parametrize(
    "message",
    [
        {"role": "assistant", "content": "Hi"},
        {"role": "assistant", "content": "Hi", "thinking": "Hm"},
        {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "add", "arguments": {"a": 1}}}]},
    ],
)
def test_a_reply_comes_back_from_its_stream(message: Json) -> None:
    plain = {
        "model": "m",
        "created_at": "now",
        "message": message,
        "done_reason": "stop",
        "done": True,
        "eval_count": 4,
    }

    assert there_and_back(ollama_chat, plain) == plain
    assert [line["done"] for line in values(ollama_chat.stream(plain))][-2:] == [False, True]


def test_no_message() -> None:
    with pytest.raises(ValueError, match="no message"):
        ollama_chat.plain([{"error": "x"}])
