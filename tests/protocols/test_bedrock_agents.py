"""AWS Bedrock's agents: which calls it is, requests, the events of an answer, and the way back."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path

import pytest
from bedrock_events import Typed, interaction, read_typed, recorded
from hypothesis import given
from hypothesis import strategies as st
from reading import check_laws, read, short

from cassette_cli.conversation import (
    Channel,
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    Text,
    ToolCall,
    Unknown,
)
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.exchange import Places, exchange
from cassette_cli.protocols import bedrock_agents, detect
from cassette_cli.protocols.base import Call, Event
from samples.make.eventstream import event

HOST = "https://bedrock-agent-runtime.us-east-1.amazonaws.com"
URL = f"{HOST}/agents/AGENT1/agentAliases/ALIAS1/sessions/s-1/text"
ASKS = {"inputText": "Hi", "enableTrace": False}


@pytest.mark.parametrize(
    ("url", "request_", "expected"),
    [
        (URL, ASKS, True),
        (URL, None, True),
        (f"{HOST}/agents/s-1", {"instruction": "Be kind.", **ASKS}, True),
        (f"{HOST}/agents/s-1", {"name": "x"}, False),
        (f"{HOST}/agents/AGENT1/agentAliases/ALIAS1/memories", ASKS, False),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, *, expected: bool) -> None:
    call = Call("POST", url, request_, None)

    assert bedrock_agents.matches(call) is expected
    assert (detect(call) is bedrock_agents) is expected


@pytest.mark.parametrize(
    ("request_", "prompt"),
    [
        (ASKS, Prompt(messages=(Message("user", (Text("Hi"),)),), parameters={"enableTrace": False})),
        (
            {"foundationModel": "m", "instruction": "Be kind.", "inputText": "Hi"},
            Prompt(
                model="m",
                messages=(Message("system", (Text("Be kind."),)), Message("user", (Text("Hi"),))),
                parameters={},
            ),
        ),
        (None, Prompt(parameters={})),
    ],
)
def test_requests(request_: Json, prompt: Prompt) -> None:
    assert bedrock_agents.prompt(request_) == prompt


def chunk(text: str, *citations: Json) -> Typed:
    attribution = {"attribution": {"citations": list(citations)}} if citations else {}
    return "chunk", {"bytes": b64encode(text.encode()).decode(), **attribution}


TRACE = {"trace": {"orchestrationTrace": {"rationale": {"text": "Hm", "traceId": "t"}}}, "sessionId": "s-1"}
FUNCTION = {"functionInvocationInput": {"actionGroup": "g", "function": "add", "parameters": [{"name": "a"}]}}
API = {"apiInvocationInput": {"apiPath": "/sum", "httpMethod": "GET"}}
FILES = {"files": [{"name": "a.png", "type": "image/png", "bytes": "iVBORw0="}, {"name": "a.csv", "bytes": "YQ=="}]}


@pytest.mark.parametrize(
    ("events", "parts", "extra"),
    [
        ([chunk("Hel"), chunk("lo", {"x": 1})], [Text("Hello", ({"x": 1},))], None),
        ([("trace", TRACE), chunk("Hi")], [Reasoning("Hm"), Text("Hi")], {"trace": [TRACE]}),
        (
            [("returnControl", {"invocationId": "i1", "invocationInputs": [FUNCTION, API, {"other": 1}]})],
            [
                ToolCall(
                    "i1",
                    "add",
                    {"actionGroup": "g", "parameters": [{"name": "a"}]},
                    '{"actionGroup":"g","parameters":[{"name":"a"}]}',
                ),
                ToolCall("i1", "/sum", {"httpMethod": "GET"}, '{"httpMethod":"GET"}'),
                ToolCall("i1", None, {"other": 1}, '{"other":1}'),
            ],
            None,
        ),
        (
            [("files", FILES)],
            [Media("image", "image/png", 5), Media("file", None, 1)],
            {"files": [{"name": "a.png", "type": "image/png"}, {"name": "a.csv"}]},
        ),
    ],
)
def test_answers(events: Sequence[Typed], parts: list[Part], extra: Json) -> None:
    reading = read_typed(bedrock_agents, events)

    assert reading.reply.messages == (Message(None, tuple(parts), None, extra),)
    assert reading.reply.complete
    assert reading.anomalies == ()


@pytest.mark.parametrize(
    ("events", "anomalies", "complete"),
    [
        ([chunk("Hi"), ("dependencyFailedException", {"message": "no"})], [("error-event", 1)], False),
        ([chunk("Hi"), ("InternalError", "")], [], False),
        ([("chunk", {"bytes": "!"})], [("unknown-event", 0)], True),
        ([("surprise", {"x": 1})], [("unknown-event", 0)], True),
        ([("chunk", "{no")], [("data-not-json", 0)], True),
    ],
)
def test_answers_that_are_odd(events: Sequence[Typed], anomalies: list[tuple[str, int]], *, complete: bool) -> None:
    reading = read_typed(bedrock_agents, events)

    assert short(reading) == anomalies
    assert reading.reply.complete is complete
    assert complete or reading.reply.error is not None


def test_errors() -> None:
    body = {"message": "no such agent"}
    assert read(bedrock_agents, [body], streamed=False).reply.error == body
    assert read(bedrock_agents, [{"hello": 1}], streamed=False).reply.messages[0].parts == (
        Unknown(None, {"hello": 1}),
    )


NAMES = [
    *("bytes", "attribution", "citations", "trace", "orchestrationTrace", "rationale", "text", "invocationInputs"),
    *(
        "functionInvocationInput",
        "function",
        "apiPath",
        "invocationId",
        "files",
        "type",
        "name",
        "inputText",
        "message",
    ),
]
VALUES = st.recursive(
    st.none() | st.integers() | st.sampled_from(["", "YQ==", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20,
)
KINDS = st.sampled_from(["chunk", "trace", "returnControl", "files", "other", "fooException"])


@given(st.lists(st.tuples(KINDS, VALUES), max_size=5), st.booleans())
def test_reading_is_total(values: list[Typed], streamed: bool) -> None:
    events = [Event(number, kind, "...", value, True) for number, (kind, value) in enumerate(values)]
    check_laws(events, bedrock_agents.read(events, streamed=streamed))


@given(VALUES)
def test_prompts_are_total(request: Json) -> None:
    assert isinstance(bedrock_agents.prompt(request), Prompt)


def test_an_edit_goes_through_base64() -> None:
    body = b"".join(event(*each) for each in [chunk("Hel"), ("trace", TRACE), chunk("lo")])
    source = Source(b64encode(body).decode())
    places = Places(exchange(interaction(URL, ASKS, body, source)))

    edited = splice(source.text, lift_all([(places.channel(Channel(0, 0, "content")), Edit(Span(2, 4), "\u00e9, "))]))
    again = exchange(interaction(URL, ASKS, b64decode(edited)))

    assert again.reply is not None
    assert again.reply.messages[0].parts == (Text("Heé, o"), Reasoning("Hm"))
    assert again.anomalies == ()


def test_real_recordings_have_no_anomaly(corpus: Path) -> None:
    found = [each for each in recorded(corpus) if each.protocol == bedrock_agents.NAME]

    assert found
    for each in found:
        assert each.anomalies == ()
        assert each.reply is not None
        assert each.reply.messages[0].parts
