from edits import after, parts_of, sample

from cassette_cli.conversation import Reasoning, Text
from cassette_cli.editing.asked import SetText
from cassette_cli.exchange import exchange


def test_what_says_a_text_once_more_follows() -> None:
    again = after(sample("vcrpy/openai_responses_sse_web_search.yaml"), SetText("text", "New words."))
    reading = exchange(again.interactions[0]).reading
    assert reading is not None

    assert {echo.text for echo in reading.echoes if echo.channel.field == "content"} >= {"New words."}


def test_a_piece_that_is_there_under_two_names_follows() -> None:
    again = after(sample("vcrpy/openai_chat_sse_openrouter.yaml"), SetText("reasoning", "Hm, so be it."))
    found = exchange(again.interactions[0])
    assert found.reading is not None

    assert any(isinstance(part, Reasoning) and part.content == "Hm, so be it." for part in parts_of(again))
    assert "".join(copy.text for copy in found.reading.copies) == "Hm, so be it."


def test_a_text_of_nothing() -> None:
    again = after(sample("vcrpy/anthropic_sse_thinking.yaml"), SetText("text", ""))

    assert not any(isinstance(part, Text) and part.content for part in parts_of(again))
