import pytest

from cassette_cli.conversation import Json
from cassette_cli.writing import WRITERS
from cassette_cli.writing.calls import PLAIN, STREAM, Call

CALL = Call(0, "c1", "add", '{"a": 1.50}')
FUNCTION = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a": 1.50}'}}


@pytest.mark.parametrize(
    ("protocol", "plain", "path", "value"),
    [
        (
            "openai.chat_completions",
            {"choices": [{"message": {}}]},
            ("choices", 0, "message", "tool_calls"),
            [FUNCTION],
        ),
        (
            "openai.chat_completions",
            {"choices": [{"message": {"tool_calls": [1]}}]},
            ("choices", 0, "message", "tool_calls", 1),
            FUNCTION,
        ),
        (
            "anthropic.messages",
            {"content": []},
            ("content", 0),
            {"type": "tool_use", "id": "c1", "name": "add", "input": {"a": 1.5}},
        ),
        ("cohere.chat", {"message": {}}, ("message", "tool_calls"), [FUNCTION]),
        (
            "ollama.chat",
            {"message": {}, "done": True},
            ("message", "tool_calls"),
            [{"function": {"name": "add", "arguments": {"a": 1.5}}}],
        ),
        (
            "google.generate_content",
            {"candidates": [{}]},
            ("candidates", 0, "content"),
            {"parts": [{"functionCall": {"name": "add", "args": {"a": 1.5}}}], "role": "model"},
        ),
    ],
)
def test_the_place_of_a_call_in_a_plain_reply(
    protocol: str, plain: Json, path: tuple[str | int, ...], value: Json
) -> None:
    assert PLAIN[protocol]([plain], CALL).sets == [(0, path, value)]


def test_a_call_comes_before_the_finish_reason() -> None:
    values = [
        {"choices": [{"index": 0, "delta": {"content": "x"}}]},
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        None,
    ]
    added = STREAM["openai.chat_completions"](values, CALL)

    assert (added.before, len(added.events)) == (1, 2)


def test_protocols_have_names_that_are_known() -> None:
    assert PLAIN.keys() | STREAM.keys() <= {writer.NAME for writer in WRITERS}
