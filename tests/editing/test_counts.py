import pytest
from edits import after, replies_of, sample

from cassette_cli.conversation import Usage
from cassette_cli.editing.asked import SetFinishReason, SetUsage


def usage(name: str, field: str, value: str) -> Usage:
    found = replies_of(after(sample(name), SetUsage(field, value)))[0].usage
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("vcrpy/openai_chat_text.yaml", "prompt_tokens"),
        ("vcrpy/anthropic_sse_thinking.yaml", "input_tokens"),
        ("vcrpy/google_generate_content_sse_add_multiply.yaml", "promptTokenCount"),
        ("vcrpy/bedrock_converse_eventstream_add_multiply.yaml", "inputTokens"),
        ("vcrpy/ollama_chat_ndjson_add.yaml", "prompt_eval_count"),
        ("vcrpy/openai_responses_sse_add_multiply.yaml", "input_tokens"),
    ],
)
def test_a_count_has_a_common_name_and_the_providers(name: str, own: str) -> None:
    assert usage(name, "input_tokens", "777") == usage(name, own, "777")
    assert usage(name, own, "777").input_tokens == 777


def test_a_cost_keeps_its_spelling() -> None:
    text = after(sample("vcrpy/openai_chat_sse_openrouter.yaml"), SetUsage("cost", "0.00001234")).document.text

    assert '"cost":0.00001234' in text.replace(" ", "")


@pytest.mark.parametrize(
    "name",
    [
        "vcrpy/openai_chat_text.yaml",
        "vcrpy/anthropic_sse_thinking.yaml",
        "vcrpy/google_generate_content_sse_add_multiply.yaml",
        "vcrpy/bedrock_converse_eventstream_add_multiply.yaml",
        "vcrpy/huggingface_text_generation_sse_hello.yaml",
        "vcrpy/cohere_chat_sse_add.yaml",
    ],
)
def test_a_finish_reason_changes(name: str) -> None:
    assert replies_of(after(sample(name), SetFinishReason("other")))[0].messages[0].finish_reason == "other"


def test_the_finish_reason_of_one_choice() -> None:
    again = after(sample("vcrpy/openai_completions_sse_two.yaml"), SetFinishReason("other", 1))

    first, second = replies_of(again)[0].messages
    assert (first.finish_reason, second.finish_reason) == ("stop", "other")
