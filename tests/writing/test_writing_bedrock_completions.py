import pytest

from cassette_cli.conversation import Json
from cassette_cli.writing import bedrock_completions

LLAMA = [
    {"generation": "A ", "prompt_token_count": 5, "generation_token_count": 1, "stop_reason": None},
    {"generation": "b", "prompt_token_count": None, "generation_token_count": 2, "stop_reason": "stop"},
]
TITAN = [
    {"outputText": "A ", "index": 0, "totalOutputTextTokenCount": None, "completionReason": None, "x": 5},
    {"outputText": "b", "index": 0, "totalOutputTextTokenCount": 2, "completionReason": "FINISH", "x": None},
]
COHERE = [
    {"text": "A ", "is_finished": False},
    {"text": "b", "is_finished": False},
    {"finish_reason": "COMPLETE", "is_finished": True},
]
MISTRAL = [{"outputs": [{"text": "A ", "stop_reason": None}]}, {"outputs": [{"text": "b", "stop_reason": "stop"}]}]


@pytest.mark.parametrize(
    ("events", "plain"),
    [
        (LLAMA, {"generation": "A b", "prompt_token_count": 5, "generation_token_count": 2, "stop_reason": "stop"}),
        (TITAN, {"x": 5, "results": [{"tokenCount": 2, "outputText": "A b", "completionReason": "FINISH"}]}),
        (COHERE, {"generations": [{"finish_reason": "COMPLETE", "text": "A b"}]}),
        (MISTRAL, {"outputs": [{"text": "A b", "stop_reason": "stop"}]}),
        ([{"completion": "A "}, {"completion": "b", "stop": None}], {"completion": "A b", "stop": None}),
    ],
)
def test_events_make_a_reply(events: list[dict[str, Json]], plain: Json) -> None:
    assert bedrock_completions.plain(events) == plain


def test_results_of_titan_are_events() -> None:
    results = [{"tokenCount": 1, "outputText": text, "completionReason": "FINISH"} for text in "ab"]

    first, second = bedrock_completions.events({"inputTextTokenCount": 5, "results": results})

    assert (first["index"], first["outputText"], first["totalOutputTextTokenCount"]) == (0, "a", 1)
    assert (second["index"], second["outputText"], second["inputTextTokenCount"]) == (1, "b", 5)


def test_other_replies_are_their_own_event() -> None:
    value: dict[str, Json] = {"generations": [{"text": "a", "finish_reason": "COMPLETE"}], "prompt": "p"}

    assert bedrock_completions.events(value) == [value]


def test_unknown_shapes() -> None:
    with pytest.raises(ValueError, match="no plain form"):
        bedrock_completions.plain([{"x": 1}])
    with pytest.raises(ValueError, match="no stream"):
        bedrock_completions.events({"embeddings": [[0.5]]})
