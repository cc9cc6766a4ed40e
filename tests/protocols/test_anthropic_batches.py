"""Results of Anthropic's batches: each line is a message, its pieces lie in the line."""

from reading import check_laws, events_of

from cassette_cli.conversation import Channel, Delta, Json, Message, Text, ToolCall
from cassette_cli.protocols import anthropic_batches, detect
from cassette_cli.protocols.base import Call

URL = "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"
USAGE = {"input_tokens": 9, "output_tokens": 1}
CALL = {"type": "tool_use", "id": "t", "name": "add", "input": {"a": 2}}


def line(custom_id: str, *content: Json) -> Json:
    message = {
        "type": "message",
        "role": "assistant",
        "content": list(content),
        "stop_reason": "end_turn",
        "usage": USAGE,
    }
    return {"custom_id": custom_id, "result": {"type": "succeeded", "message": message}}


def test_calls_of_this_protocol() -> None:
    assert detect(Call("GET", URL, None, line("0"))) is anthropic_batches
    assert detect(Call("GET", URL.removesuffix("/results"), None, {"type": "message_batch"})) is None


def test_each_line_is_a_message() -> None:
    error = {"type": "invalid_request_error", "message": "no"}
    events = events_of(
        [
            line("a", {"type": "text", "text": "4"}),
            {"custom_id": "b", "result": {"type": "errored", "error": {"type": "error", "error": error}}},
            {"custom_id": "c", "result": {"type": "expired"}},
            line("d", CALL),
        ]
    )
    reading = anthropic_batches.read(events, streamed=True)
    check_laws(events, reading)
    said, failed, expired, called = reading.reply.messages
    assert said == Message("assistant", (Text("4"),), "end_turn", {"custom_id": "a", "usage": USAGE})
    assert failed == Message(None, (), None, {"custom_id": "b", "error": error})
    assert expired.extra == {"custom_id": "c"}
    assert called.parts == (ToolCall("t", "add", {"a": 2}, '{"a":2}'),)
    assert reading.deltas[0] == Delta(0, Channel(0, 0, "content"), "4", ("result", "message", "content", 0, "text"))
    assert reading.anomalies == ()


def test_a_line_that_is_no_json() -> None:
    reading = anthropic_batches.read(events_of([line("a"), "oops"]), streamed=True)
    assert [(anomaly.code, anomaly.event) for anomaly in reading.anomalies] == [("data-not-json", 1)]
