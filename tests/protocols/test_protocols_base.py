"""The builders that all protocols read with."""

import pytest

from cassette_cli.anomalies import Code
from cassette_cli.conversation import (
    Anomaly,
    Channel,
    Delta,
    Json,
    Media,
    Message,
    Reasoning,
    Refusal,
    ServerToolCall,
    Text,
    ToolCall,
    Unknown,
)
from cassette_cli.protocols import PROTOCOLS, detect
from cassette_cli.protocols.base import (
    AT_END,
    Call,
    Event,
    MessageBuilder,
    PartBuilder,
    PartKind,
    ReplyBuilder,
    int_at,
)


def grown(kind_: PartKind, *pieces: tuple[str, str], **fields: Json) -> PartBuilder:
    part = PartBuilder(kind_)
    part.fields = fields
    for number, (field, text) in enumerate(pieces):
        part.add(number, field, text, ("x", number))
    return part


@pytest.mark.parametrize(
    ("part", "built"),
    [
        (grown("text", ("content", "H"), ("content", "i")), Text("Hi")),
        (grown("text"), Text("")),
        (grown("refusal", ("content", "No")), Refusal("No")),
        (grown("reasoning", ("content", "H"), ("signature", "s"), ("content", "m")), Reasoning("Hm", signature="s")),
        (grown("reasoning", ("encrypted", "e")), Reasoning("", encrypted="e")),
        (grown("audio", ("transcript", "Hi"), size=3), Media("audio", size=3, transcript="Hi")),
        (grown("tool_call", ("arguments_text", "[1]"), id="c", name="f"), ToolCall("c", "f", [1], "[1]")),
        (grown("tool_call"), ToolCall(None, None, {}, "")),
        (grown("tool_call", ("arguments_text", "[")), ToolCall(None, None, None, "[")),
        (grown("server_tool_call", id="c", name="f", kind="k"), ServerToolCall("c", "f", {}, "", "k")),
    ],
)
def test_parts(part: PartBuilder, built: Json) -> None:
    assert part.build() == built


def test_arguments_that_came_as_json_count_as_they_are() -> None:
    part = grown("tool_call", ("arguments_text", "ls -l"))
    part.arguments = "ls -l"
    assert part.build() == ToolCall(None, None, "ls -l", "ls -l")


def test_parts_stand_in_their_order() -> None:
    message = MessageBuilder()
    message.put("u", Unknown(None, 1), AT_END)
    second = message.part("b", "text", (2,))
    first = message.part("a", "text", (1,))
    again = message.part("a", "text")
    other = message.part("a", "refusal", (1,))
    assert message.parts() == [first, other, second, Unknown(None, 1)]
    assert again is first


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ([1], 1),
        ([1, 1], 1),
        ([1, 2, 2, 1], [1, 2, 1]),
        (["a", "b"], ["a", "b"]),
        ([[1], [2, 3]], [1, 2, 3]),
        ([[1], 2], [1, 2]),
        ([1, [2]], [1, 2]),
        ([[], 1], [1]),
        ([{"a": 1}, {"b": [1]}, {"b": [2], "a": 1}], {"a": 1, "b": [1, 2]}),
        ([{"a": {"b": {"c": [1]}}}, {"a": {"b": {"c": [2]}}}], {"a": {"b": {"c": [1, 2]}}}),
        ([{"a": 1}, 2], [{"a": 1}, 2]),
    ],
)
def test_what_has_no_name_here_is_kept(values: list[Json], kept: Json) -> None:
    message = MessageBuilder()
    for value in values:
        message.keep("x", value)
    assert message.extra == {"x": kept}


def test_a_reading() -> None:
    out = ReplyBuilder()
    out.id, out.model, out.complete = "r", "m", False
    message = out.message(3)
    message.role, message.finish_reason = "assistant", "stop"
    call = message.part("c", "tool_call", (2,))
    call.add(0, "arguments_text", "{", ("args",))
    text = message.part("t", "text", (1,))
    text.add(1, "content", "Hi", ("text",))
    text.copies.append((1, "content", "Hi", ("copy",)))
    text.echoes.append((2, "content", "Hi", ("echo",)))
    out.report(Code.STREAM_CUT_OFF, None, "cut")
    for event in (2, 1):
        out.report(Code.ROLE_REPEATED, event, "again", once="role")
    out.use(0)
    out.use_all([Event(1, None, "", None, False)])
    reading = out.build()
    assert reading.reply.messages == (Message("assistant", (Text("Hi"), ToolCall(None, None, None, "{")), "stop"),)
    assert (reading.reply.id, reading.reply.model, reading.reply.complete) == ("r", "m", False)
    assert reading.deltas == (
        Delta(0, Channel(0, 1, "arguments_text"), "{", ("args",)),
        Delta(1, Channel(0, 0, "content"), "Hi", ("text",)),
    )
    assert reading.copies == (Delta(1, Channel(0, 0, "content"), "Hi", ("copy",)),)
    assert reading.echoes == (Delta(2, Channel(0, 0, "content"), "Hi", ("echo",)),)
    assert reading.anomalies == (
        Anomaly("arguments-not-json", 0, "the arguments of None are not JSON"),
        Anomaly("role-repeated", 2, "again"),
        Anomaly("stream-cut-off", None, "cut"),
    )
    assert reading.used == {0, 1}


def test_arguments_null_are_json() -> None:
    out = ReplyBuilder()
    out.message().part("c", "tool_call").add(0, "arguments_text", "null", None)
    assert out.build().anomalies == ()


@pytest.mark.parametrize(
    ("event", "part", "code"),
    [
        (Event(4, None, "oops", None, False), Unknown(None, "oops"), "data-not-json"),
        (Event(4, "x", "{}", {}, True), Unknown("x", {}), "unknown-event"),
        (Event(4, None, "", {"type": "y"}, True), Unknown("y", {"type": "y"}), "unknown-event"),
        (Event(4, None, "", [1], True), Unknown(None, [1]), "unknown-event"),
    ],
)
def test_unknown_events_are_kept_and_named(event: Event, part: Unknown, code: str) -> None:
    out = ReplyBuilder()
    out.unknown(event)
    reading = out.build()
    assert reading.reply.messages[0].parts == (part,)
    assert [(anomaly.code, anomaly.event) for anomaly in reading.anomalies] == [(code, 4)]


def test_the_path_of_a_call() -> None:
    assert Call("POST", "https://example.com/v1/x?y=1", None, None).path == "/v1/x"
    assert Call("", "", None, None).path == ""


def test_plain_http_has_no_protocol() -> None:
    assert detect(Call("GET", "https://example.com/", None, {"ok": True})) is None
    assert detect(Call("", "", None, None)) is None


def test_names_are_unique() -> None:
    assert len({protocol.NAME for protocol in PROTOCOLS}) == len(PROTOCOLS)


@pytest.mark.parametrize("url", ["http://[::1/v1/chat/completions", "https://a]b/v1/chat/completions"])
def test_a_url_that_cannot_be_split_is_all_path(url: str) -> None:
    call = Call("POST", url, {"model": "m", "messages": []}, None)
    assert call.path == url
    assert call.model is None
    found = detect(call)
    assert found is not None
    assert found.NAME == "openai.chat_completions"


def test_numbers_beyond_64_bits_count_nothing() -> None:
    assert [int_at(value) for value in (2**64, -(2**64), 2**64 + 1, 10**4000, 1e300)] == [
        2**64,
        -(2**64),
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("url", "on_bedrock"),
    [
        ("https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-v2/invoke", True),
        ("https://x.example/model/arn%3Aaws%2Fx/invoke-with-response-stream", True),
        ("https://x.example/model/m/converse-stream?x=1", True),
        ("https://x.example/v1/messages?next=/model/m/invoke", False),
        ("https://x.example/models/m/invoke", False),
        ("", False),
    ],
)
def test_what_bedrock_wraps_is_told_by_its_path(url: str, on_bedrock: bool) -> None:
    assert Call("POST", url, None, None).on_bedrock == on_bedrock
