import pytest
from written_replies import there_and_back, values

from cassette_cli.conversation import Json
from cassette_cli.writing import openai_chat
from cassette_cli.writing.base import Request, Sent

CALL = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a": 1}'}}


def reply(message: Json, **more: Json) -> Json:
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": "stop"}
    return {"id": "r", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], **more}


@pytest.mark.parametrize(
    "plain",
    [
        reply({"content": "Hello"}, usage={"prompt_tokens": 1}),
        reply({"content": None, "tool_calls": [CALL, {**CALL, "id": "c2"}]}),
        reply({"content": "x", "reasoning_content": "Hm"}),
        reply({"content": "x", "reasoning": "Hm", "reasoning_details": [{"type": "reasoning.text", "text": "Hm"}]}),
        reply({"content": "x", "annotations": [{"type": "url_citation"}]}),
        reply({"content": None, "refusal": "No."}),
    ],
)
def test_a_reply_comes_back_from_its_stream(plain: Json) -> None:
    assert there_and_back(openai_chat, plain) == plain


def test_a_stream_is_what_openai_streams() -> None:
    events = openai_chat.stream(reply({"content": "Hi", "tool_calls": [CALL]}, usage={"prompt_tokens": 1}))
    chunks = values(events)

    assert [chunk["choices"][0]["delta"] if chunk["choices"] else chunk["usage"] for chunk in chunks[:-1]] == [
        {"role": "assistant", "content": ""},
        {"content": "Hi"},
        {"tool_calls": [{"index": 0, **CALL, "function": {"name": "add", "arguments": ""}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '{"a": 1}'}}]},
        {},
        {"prompt_tokens": 1},
    ]
    assert events[-1] == Sent(None, "[DONE]")
    assert {chunk["object"] for chunk in chunks[:-1]} == {"chat.completion.chunk"}


def test_choices_and_pieces_come_together() -> None:
    def chunk(index: int, **delta: Json) -> Json:
        return {"id": "r", "choices": [{"index": index, "delta": delta, "logprobs": {"content": [index]}}]}

    plain = openai_chat.plain([chunk(1, content="b"), chunk(0, content="a"), None, chunk(1, content="c")])

    assert [choice["message"]["content"] for choice in plain["choices"]] == ["a", "bc"]
    assert plain["choices"][1]["logprobs"] == {"content": [1, 1]}


def test_what_a_request_says() -> None:
    assert openai_chat.asking("u", {}, {"usage": {"x": 1}}, streamed=True) == Request(
        {"stream": True, "stream_options": {"include_usage": True}}, "u"
    )
    assert openai_chat.asking("u", {}, {}, streamed=False) == Request({"stream": False, "stream_options": None}, "u")


@pytest.mark.parametrize("values", [[], [None], [{"error": 1}]])
def test_no_message(values: list[Json]) -> None:
    with pytest.raises(ValueError, match="no message"):
        openai_chat.plain(values)


def test_text_and_typed_chunks_in_one_reply() -> None:
    def chunk(content: Json) -> Json:
        return {"id": "r", "choices": [{"index": 0, "delta": {"content": content}}]}

    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}
    plain = openai_chat.plain([chunk("a"), chunk([thinking]), chunk("b")])

    assert plain["choices"][0]["message"]["content"] == [
        {"type": "text", "text": "a"},
        thinking,
        {"type": "text", "text": "b"},
    ]
