"""Results of OpenAI's batches: each line is a chat completion, an error, or kept whole."""

from reading import check_laws, events_of

from cassette_cli.conversation import Json, Message, Text, Unknown
from cassette_cli.protocols import detect, openai_batches
from cassette_cli.protocols.base import Call

URL = "https://api.openai.com/v1/files/file-1/content"


def line(custom_id: str, body: Json, error: Json = None) -> Json:
    return {"id": "r", "custom_id": custom_id, "response": body and {"status_code": 200, "body": body}, "error": error}


CHAT = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "4"}, "finish_reason": "stop"}]}


def test_calls_of_this_protocol() -> None:
    assert detect(Call("GET", URL, None, line("0", CHAT))) is openai_batches
    assert detect(Call("GET", URL, None, {"custom_id": "0", "method": "POST", "body": {}})) is None


def test_each_line_is_a_completion() -> None:
    events = events_of(
        [
            line("a", CHAT),
            line("b", {"error": {"message": "no"}}),
            line("c", None, {"code": "expired", "message": "late"}),
            line("d", vectors := {"object": "list", "data": []}),
        ]
    )
    reading = openai_batches.read(events, streamed=True)
    check_laws(events, reading)
    assert reading.reply.messages == (
        Message("assistant", (Text("4"),), "stop", {"custom_id": "a"}),
        Message(None, (), None, {"custom_id": "b", "error": {"message": "no"}}),
        Message(None, (), None, {"custom_id": "c", "id": "r", "error": {"code": "expired", "message": "late"}}),
        Message(None, (Unknown(None, line("d", vectors)),), None, {"custom_id": "d"}),
    )
    assert [delta.route for delta in reading.deltas] == [("response", "body", "choices", 0, "message", "content")]
