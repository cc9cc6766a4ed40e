import pytest
from written_replies import there_and_back

from cassette_cli.writing import ollama_generate


@pytest.mark.parametrize("more", [{}, {"thinking": "Hm"}])
def test_a_reply_comes_back_from_its_stream(more: dict[str, str]) -> None:
    plain = {"model": "m", "created_at": "now", "response": "Hi", **more, "done": True, "context": [1]}

    assert there_and_back(ollama_generate, plain) == plain


def test_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        ollama_generate.plain([])
    with pytest.raises(ValueError, match="no response"):
        ollama_generate.stream({})
