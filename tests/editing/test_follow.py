import pytest
from edits import KINDS, sample

from cassette_cli import files
from cassette_cli.conversation import ToolCall
from cassette_cli.editing.asked import Asked, SetArgument, SetText, SetToolName
from cassette_cli.editing.edit import edited
from cassette_cli.editing.follow import followed
from cassette_cli.exchange import exchange
from cassette_cli.model import Cassette


def both(name: str, asked: Asked, index: int = 0) -> tuple[Cassette, list[int]]:
    before = sample(name)
    after, places = followed(before, edited(before, index, [asked]).cassette, index)
    return files.read(before.path, files.encoded(after.document.text)), places


def calls_sent(cassette: Cassette, index: int = 1) -> list[ToolCall]:
    prompt = exchange(cassette.interactions[index]).prompt
    assert prompt is not None
    return [part for message in prompt.messages for part in message.parts if isinstance(part, ToolCall)]


@pytest.mark.parametrize("name", KINDS)
def test_the_next_request_sends_back_the_same_arguments(name: str) -> None:
    after, places = both(name, SetArgument("add", ("a",), "40"))

    assert places == [1]
    assert [call.arguments for call in calls_sent(after)] == [{"a": 40, "b": 3}, {"a": 2, "b": 3}]
    assert [call.id for call in calls_sent(after)] == [call.id for call in calls_sent(sample(name))]


@pytest.mark.parametrize(
    "name",
    [
        "vcrpy/anthropic_sse_add_multiply.yaml",
        "vcrpy/google_generate_content_sse_add_multiply.yaml",
        "vcrpy/bedrock_converse_eventstream_add_multiply.yaml",
        "vcrpy/openai_responses_sse_add_multiply.yaml",
    ],
)
def test_names_follow_in_every_protocol(name: str) -> None:
    after, places = both(name, SetToolName("0", "other"))

    assert places == [1]
    assert calls_sent(after)[0].name == "other"


def test_a_request_of_another_conversation_stays() -> None:
    name = "vcrpy/openai_chat_sse_add_multiply.yaml"
    after, places = both(name, SetText("text", "Other."), index=1)

    assert places == []
    assert after.interactions[0].request.body.text == sample(name).interactions[0].request.body.text  # type: ignore[union-attr]


def test_the_length_of_the_request_stays_true() -> None:
    after, _ = both("go_vcr/openai_chat_sse_add_multiply.yaml", SetArgument("add", ("a",), "4000"))
    body = after.interactions[1].request.body
    assert body is not None

    assert f"content_length: {len(body.text)}" in after.document.text
