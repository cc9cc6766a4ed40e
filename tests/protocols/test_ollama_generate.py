"""Ollama's generate: which calls it is, what requests say, and what its lines bring beside those of chat."""

import pytest
from reading import Case, read, short

from cassette_cli.conversation import Json, Media, Message, Part, Prompt, Reasoning, Text, ToolCall, Usage
from cassette_cli.protocols import detect, ollama_generate
from cassette_cli.protocols.base import Call

URL = "http://localhost:11434/api/generate"
ASKS: Json = {"model": "m", "prompt": "Hi"}
ANSWERS: Json = {"model": "m", "response": "Hello", "done": False}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (URL, ASKS, ANSWERS),
        (URL, ASKS, None),
        (URL, {"model": "m"}, {"error": "model 'm' not found"}),
        ("https://gateway.example/ollama", ASKS, ANSWERS),
        ("", None, ANSWERS),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    assert detect(Call("POST", url, request_, response)) is ollama_generate


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        ("https://app.example/api/generate", {"prompt": "Hi"}, None),
        ("https://app.example/api/generate", ASKS, {"response": "Hello"}),
        ("https://app.example/api/generate", ASKS, "Hello"),
        ("https://app.example/api/generate", None, None),
        ("http://localhost:11434/api/pull", {"model": "m"}, {"status": "success"}),
        ("", None, None),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not ollama_generate.matches(Call("POST", url, request_, response))


def test_a_request() -> None:
    sent = {**ASKS, "system": "Be terse.", "images": ["aGVsbG8="], "suffix": "!", "context": [1, 2], "raw": False}
    assert ollama_generate.prompt(sent) == Prompt(
        model="m",
        messages=(
            Message("system", (Text("Be terse."),)),
            Message("user", (Text("Hi"), Media("image", size=5))),
        ),
        parameters={"suffix": "!", "context": [1, 2], "raw": False},
    )
    # What is empty says nothing, and is kept as sent.
    empty = {"prompt": "", "system": "", "images": []}
    assert ollama_generate.prompt({"model": "m", **empty}) == Prompt(model="m", parameters=empty)


def line(text: Json = "", **more: Json) -> Json:
    return {"model": "m", "created_at": "2025-01-01T00:00:00Z", "response": text, "done": False, **more}


LAST = line(done=True, done_reason="stop", context=[1, 2, 3], prompt_eval_count=26, eval_count=2)


def said(*parts: Part, finish: str | None = "stop", **extra: Json) -> tuple[Message, ...]:
    return (Message("assistant", parts, finish, extra or None),)


STREAMS = [
    Case("text", [line("Hel"), line("lo"), LAST], said(Text("Hello"), context=[1, 2, 3])),
    Case("thinking", [line(thinking="Hm"), line("Hi"), LAST], said(Reasoning("Hm"), Text("Hi"), context=[1, 2, 3])),
    Case(
        "a call",
        [line(tool_calls=[{"function": {"name": "add", "arguments": {"a": 2}}}]), LAST],
        said(ToolCall(None, "add", {"a": 2}, '{"a":2}'), context=[1, 2, 3]),
    ),
    Case("an image", [line(image="aGVsbG8="), line(done=True, done_reason="stop")], said(Media("image", size=5))),
    Case("a model that is only loaded", [line(done=True, done_reason="load")], said(finish="load")),
    Case("text that is no text", [line({"a": 1}), line(done=True, done_reason="stop")], said(response={"a": 1})),
    Case("cut off", [line("Hel")], said(Text("Hel"), finish=None), [("stream-cut-off", 0)], complete=False),
]


@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case.name)
def test_streams(case: Case) -> None:
    reading = read(ollama_generate, case.payloads)
    assert reading.reply.messages == case.messages
    assert short(reading) == list(case.anomalies)
    assert reading.reply.complete is case.complete


def test_a_plain_reply_is_what_its_stream_is() -> None:
    plain = read(ollama_generate, [{**LAST, "response": "Hello", "thinking": "Hm"}], streamed=False)
    streamed = read(ollama_generate, [line(thinking="Hm"), line("Hel"), line("lo"), LAST])
    assert plain.reply == streamed.reply
    assert plain.reply.usage == Usage(input_tokens=26, output_tokens=2, raw={"prompt_eval_count": 26, "eval_count": 2})
    assert plain.anomalies == streamed.anomalies == ()
