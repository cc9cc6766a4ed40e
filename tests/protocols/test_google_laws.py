"""Laws of Google's protocols: reading is total, and however a reply is cut into pieces, it is the same reply."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import check_laws, read

from cassette_cli.conversation import Json, Message, Reasoning, Text, ToolCall
from cassette_cli.protocols import (
    google_cached_content,
    google_count_tokens,
    google_embed_content,
    google_generate_content,
    google_interactions,
)
from cassette_cli.protocols.base import Event, ProtocolModule

GOOGLE: list[ProtocolModule] = [
    google_cached_content,
    google_count_tokens,
    google_embed_content,
    google_generate_content,
    google_interactions,
]
each_protocol = pytest.mark.parametrize("protocol", GOOGLE, ids=lambda protocol: protocol.NAME)

PARTS = [
    *("text", "thought", "thoughtSignature", "functionCall", "functionResponse", "executableCode", "toolCall"),
    *("codeExecutionResult", "toolResponse", "inlineData", "fileData", "name", "id", "args", "partialArgs", "jsonPath"),
    *("willContinue", "stringValue", "numberValue", "nullValue", "response", "parts", "mimeType", "data", "fileUri"),
]
OTHERS = [
    *("candidates", "content", "role", "finishReason", "index", "safetyRatings", "citationMetadata", "promptFeedback"),
    *("usageMetadata", "promptTokenCount", "totalTokenCount", "blockReason", "responseId", "modelVersion", "error"),
    *("contents", "systemInstruction", "tools", "functionDeclarations", "function_declarations", "requests", "values"),
    *("embedding", "embeddings", "totalTokens", "generateContentRequest", "request", "citations", "model"),
]
INTERACTIONS = [
    *("event_type", "interaction", "step", "delta", "steps", "outputs", "type", "summary", "signature", "arguments"),
    *("call_id", "result", "annotations", "status", "usage", "input", "system_instruction", "is_error", "object"),
]
WORDS = st.sampled_from(
    [
        *("interaction.created", "step.start", "step.delta", "step.stop", "interaction.completed", "content.start"),
        *("text", "thought", "thought_summary", "thought_signature", "arguments_delta", "function_call", "image"),
        *("function_result", "google_search_call", "google_search_result", "model_output", "user_input", "error"),
        *("text_annotation_delta", "in_progress", "completed", "STOP", "$.a", "$.a[0]", "$.a.b", "$", "$['a']", "{}"),
        *("[DONE]", "", "x"),
    ]
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-2, 3), st.floats(), WORDS)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(PARTS + OTHERS + INTERACTIONS), inner, max_size=5)
        | st.dictionaries(st.sampled_from(PARTS), inner, max_size=3)
    ),
    max_leaves=25,
)


def _fields(**fields: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """An object with some of these fields, each as expected or as anything."""
    return st.fixed_dictionaries({}, optional={name: field | VALUES for name, field in fields.items()})


CALLS = _fields(
    name=st.sampled_from(["f", "g"]),
    id=st.sampled_from(["1", ""]),
    args=VALUES,
    willContinue=st.booleans(),
    partialArgs=st.lists(_fields(jsonPath=WORDS, stringValue=st.text(max_size=3), numberValue=VALUES), max_size=3),
)
PART = _fields(text=st.text(max_size=3), thought=st.booleans(), thoughtSignature=WORDS, functionCall=CALLS)
CANDIDATES = _fields(
    content=_fields(role=WORDS, parts=st.lists(PART, max_size=3)), finishReason=WORDS, index=st.integers(0, 1)
)
RESPONSES = _fields(
    candidates=st.lists(CANDIDATES, max_size=2),
    usageMetadata=_fields(promptTokenCount=VALUES, totalTokenCount=VALUES),
    promptFeedback=_fields(blockReason=WORDS),
    responseId=WORDS,
)
STEPS = _fields(
    type=WORDS,
    id=WORDS,
    text=st.text(max_size=3),
    content=st.lists(_fields(type=WORDS, text=WORDS), max_size=2),
    arguments=WORDS,
    signature=WORDS,
)
STREAMED = _fields(
    event_type=WORDS,
    index=st.integers(0, 1),
    step=STEPS,
    delta=STEPS,
    interaction=_fields(steps=st.lists(STEPS, max_size=2), status=WORDS, usage=VALUES),
)


@each_protocol
@given(payloads=st.lists(VALUES | RESPONSES | STREAMED, max_size=6), kind=st.none() | WORDS, streamed=st.booleans())
def test_google_readings_are_total(
    protocol: ProtocolModule, payloads: Sequence[Json], kind: str | None, streamed: bool
) -> None:
    events = [Event(number, kind, "...", value, True) for number, value in enumerate(payloads)]
    check_laws(events, protocol.read(events, streamed=streamed))


@each_protocol
@given(request=VALUES | _fields(contents=st.lists(_fields(parts=st.lists(PART))), input=st.lists(STEPS)))
def test_google_prompts_are_total(protocol: ProtocolModule, request: Json) -> None:
    assert isinstance(protocol.prompt(request).parameters, dict)


@each_protocol
def test_google_reads_what_is_nested_deeply(protocol: ProtocolModule) -> None:
    deep = "[" * 900 + "]" * 900
    call = f'{{"functionCall": {{"name": "f", "args": {deep}, "partialArgs": [{{"jsonPath": "$.a", "x": {deep}}}]}}}}'
    far = {"functionCall": {"partialArgs": [{"jsonPath": "$" + ".a" * 5_000, "stringValue": "x"}]}}
    payloads = [
        f'{{"candidates": [{{"content": {{"parts": [{call}, {{"text": {deep}}}, {deep}]}}, "x": {deep}}}]}}',
        f'{{"event_type": "step.start", "index": 0, "step": {{"type": "function_call", "arguments": {deep}}}}}',
        f'{{"event_type": "step.delta", "index": 0, "delta": {{"type": "x_result", "result": {deep}}}}}',
        {"candidates": [{"content": {"parts": [far]}}]},
    ]
    for streamed in (True, False):
        read(protocol, payloads * 2, streamed=streamed)


def cut(text: str) -> st.SearchStrategy[list[str]]:
    """All ways to cut a text."""
    places = st.lists(st.integers(0, len(text)), max_size=8).map(sorted)
    return places.map(lambda at: [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)])


THOUGHT, TEXT = "Hm, 🎲\n", 'A "reply".'
ARGUMENTS = {"a": "ü\n", "b": ["x", ""]}


@given(cut(THOUGHT), cut(TEXT), st.lists(st.booleans(), min_size=40, max_size=40))
def test_gemini_chunking_does_not_matter(thought: list[str], text: list[str], same_event: list[bool]) -> None:
    """Cut anywhere, each piece in an event of its own or with others: what comes is what comes whole."""
    parts: list[Json] = [{"text": piece, "thought": True} for piece in thought]
    parts += [{"text": piece} for piece in text]
    parts += [{"functionCall": {"name": "f", "args": ARGUMENTS}}, {"text": "", "thoughtSignature": "s"}]
    grouped: list[list[Json]] = [[]]
    for part, joins in zip(parts, same_event, strict=False):
        if not joins:
            grouped.append([])
        grouped[-1].append(part)
    payloads: list[Json] = [{"candidates": [{"content": {"parts": group, "role": "model"}}]} for group in grouped]
    payloads[-1]["candidates"][0]["finishReason"] = "STOP"
    reading = read(google_generate_content, payloads)
    call = ToolCall(None, "f", ARGUMENTS, '{"a":"ü\\n","b":["x",""]}')
    meant = (Message("model", (Reasoning(THOUGHT), Text(TEXT), call, Text("", signature="s")), "STOP"),)
    assert reading.reply.messages == meant
    assert reading.anomalies == ()
    content = {"parts": [{"text": THOUGHT, "thought": True}, {"text": TEXT}, *parts[-2:]], "role": "model"}
    plain = read(
        google_generate_content, [{"candidates": [{"content": content, "finishReason": "STOP"}]}], streamed=False
    )
    assert plain.reply.messages == meant


@given(cut(THOUGHT), cut(TEXT), cut('{"a": [1, "ü"]}'))
def test_interactions_chunking_does_not_matter(thought: list[str], text: list[str], arguments: list[str]) -> None:
    def step(index: int, start: Json, deltas: list[Json]) -> list[Json]:
        return [
            {"event_type": "step.start", "index": index, "step": start},
            *({"event_type": "step.delta", "index": index, "delta": delta} for delta in deltas),
            {"event_type": "step.stop", "index": index},
        ]

    summary = [{"type": "thought_summary", "content": {"type": "text", "text": piece}} for piece in thought]
    payloads = [
        {"event_type": "interaction.created", "interaction": {"id": "v1_1", "status": "in_progress"}},
        *step(0, {"type": "thought"}, [*summary, {"type": "thought_signature", "signature": "s"}]),
        *step(1, {"type": "model_output"}, [{"type": "text", "text": piece} for piece in text]),
        *step(
            2,
            {"type": "function_call", "id": "c1", "name": "f", "arguments": {}},
            [{"type": "arguments_delta", "arguments": piece} for piece in arguments],
        ),
        {"event_type": "interaction.completed", "interaction": {"status": "requires_action"}},
        "[DONE]",
    ]
    reading = read(google_interactions, payloads)
    call = ToolCall("c1", "f", {"a": [1, "ü"]}, '{"a": [1, "ü"]}')
    assert reading.reply.messages == (Message("model", (Reasoning(THOUGHT, "s"), Text(TEXT), call), "requires_action"),)
    assert reading.anomalies == ()
