import pytest
from edits import after, parts_of, sample

from cassette_cli.conversation import Reply, ToolCall
from cassette_cli.editing.asked import SetArgument, SetToolName
from cassette_cli.editing.calls import calls_of, named
from cassette_cli.exchange import exchange

CHAT = "vcrpy/openai_chat_sse_add_multiply.yaml"


def reply(name: str = CHAT) -> Reply:
    found = exchange(sample(name).interactions[0]).reply
    assert found is not None
    return found


@pytest.mark.parametrize("which", ["multiply", "1", "call_multiply"])
def test_a_call_is_named_by_name_number_or_id(which: str) -> None:
    assert named(reply(), which).call.name == "multiply"


@pytest.mark.parametrize(
    "name",
    [
        CHAT,
        "vcrpy/openai_responses_sse_add_multiply.yaml",
        "vcrpy/anthropic_sse_add_multiply.yaml",
        "vcrpy/google_generate_content_sse_add_multiply.yaml",
        "vcrpy/bedrock_converse_eventstream_add_multiply.yaml",
        "vcrpy/ollama_chat_ndjson_add.yaml",
        "vcrpy/openai_chat_add_multiply.yaml",
        "vcrpy/cohere_chat_sse_add.yaml",
    ],
)
def test_name_and_arguments_of_one_call_change(name: str) -> None:
    before = [called.call for called in calls_of(reply(name))]
    key = next(iter(before[0].arguments))
    again = after(sample(name), SetArgument("0", (key,), '{"x": 1.50}'), SetToolName("0", "other"))
    calls = [part for part in parts_of(again) if isinstance(part, ToolCall)]

    assert (calls[0].name, calls[0].id) == ("other", before[0].id)
    assert calls[0].arguments == {**before[0].arguments, key: {"x": 1.5}}
    assert calls[1:] == before[1:]


def test_every_copy_of_a_name_follows() -> None:
    again = after(sample("vcrpy/openai_responses_sse_add_multiply.yaml"), SetToolName("0", "other"))
    text = exchange(again.interactions[0]).content.text  # type: ignore[union-attr]
    assert isinstance(text, str)

    # The item as it is added, as it is done, and in the whole reply.
    assert text.count('"name":"other"') + text.count('"name": "other"') == 3


def test_arguments_can_be_set_whole() -> None:
    again = after(sample(CHAT), SetArgument("add", (), '{"c": 1}'))

    assert parts_of(again)[0].arguments == {"c": 1}  # type: ignore[union-attr]
