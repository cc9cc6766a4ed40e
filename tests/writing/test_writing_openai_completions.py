import pytest
from written_replies import there_and_back

from cassette_cli.writing import openai_completions


def test_a_reply_comes_back_from_its_stream() -> None:
    choices = [{"index": at, "text": text, "logprobs": None, "finish_reason": "stop"} for at, text in enumerate("ab")]
    plain = {"id": "c", "object": "text_completion", "created": 1, "model": "m", "choices": choices, "usage": {"n": 1}}

    assert there_and_back(openai_completions, plain) == plain


def test_no_text() -> None:
    with pytest.raises(ValueError, match="no text"):
        openai_completions.plain([None])
    with pytest.raises(ValueError, match="no choices"):
        openai_completions.stream([])
