import pytest
from written_replies import there_and_back, values

from cassette_cli.writing import openai_responses

OUTPUT = [
    {"type": "reasoning", "id": "rs", "summary": [{"type": "summary_text", "text": "Hm"}]},
    {
        "type": "message",
        "id": "msg",
        "status": "completed",
        "content": [{"type": "output_text", "text": "Hi", "annotations": [{"type": "url_citation"}]}],
    },
    {"type": "function_call", "id": "fc", "status": "completed", "call_id": "c", "name": "add", "arguments": "{}"},
    {"type": "web_search_call", "id": "ws", "status": "completed"},
]
PLAIN = {"id": "r", "object": "response", "status": "completed", "output": OUTPUT, "usage": {"input_tokens": 1}}


def test_a_reply_comes_back_from_its_stream() -> None:
    assert there_and_back(openai_responses, PLAIN) == PLAIN


def test_events_are_numbered_and_typed() -> None:
    events = openai_responses.stream(PLAIN)

    assert [value["sequence_number"] for value in values(events)] == list(range(len(events)))
    assert all(event.type == value["type"] for event, value in zip(events, values(events), strict=True))
    assert (events[0].type, events[-1].type) == ("response.created", "response.completed")
    assert values(events)[0]["response"]["output"] == []


def test_items_that_the_last_event_lacks() -> None:
    done = {"type": "response.output_item.done", "output_index": 0, "item": OUTPUT[0]}
    end = {"type": "response.completed", "response": {**PLAIN, "output": []}}

    assert openai_responses.plain([done, end])["output"] == [OUTPUT[0]]


def test_a_stream_without_its_end() -> None:
    with pytest.raises(ValueError, match="ends without"):
        openai_responses.plain([{"type": "response.created"}])
