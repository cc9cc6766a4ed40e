"""Laws of readings of the Responses API: a stream of a reply says what the plain reply says, however its texts are cut;
reading is total; and the official SDK reads the recorded replies alike."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import check_laws, read
from responses_events import Object, call, message, response, streamed, thought

from cassette_cli.conversation import Json, Message, Reasoning, Text, ToolCall
from cassette_cli.protocols import openai_responses
from cassette_cli.protocols.base import Event
from cassette_cli.protocols.openai_responses.calls import CALLS, CLIENT_OUTPUTS
from cassette_cli.protocols.openai_responses.content_items import SECTIONS
from cassette_cli.protocols.openai_responses.events import DELTAS, DONES, PROGRESS, READERS
from cassette_cli.protocols.openai_responses.reply import BEGUN, ENDED

TEXTS = st.text(max_size=12)
ANNOTATIONS = st.lists(st.fixed_dictionaries({"type": st.just("url_citation"), "url": TEXTS}), max_size=2)
CONTENT = st.lists(
    st.fixed_dictionaries({"type": st.just("output_text"), "text": TEXTS, "annotations": ANNOTATIONS})
    | st.fixed_dictionaries({"type": st.just("refusal"), "refusal": TEXTS}),
    max_size=3,
)
THOUGHTS = st.lists(st.fixed_dictionaries({"type": st.just("reasoning_text"), "text": TEXTS}), max_size=2)
JSON_TEXTS = st.recursive(
    st.none() | st.integers() | TEXTS, lambda inner: st.dictionaries(TEXTS, inner, max_size=3)
).map(json.dumps)


def _named(item: Object, number: int) -> Object:
    """The item under ids of its own."""
    ids = {"id": f"item_{number}"} | ({"call_id": f"call_{number}"} if "call_id" in item else {})
    return {**item, **ids}


ITEMS = st.lists(
    st.one_of(
        CONTENT.map(lambda content: {**message(), "content": content}),
        st.builds(
            lambda summaries, content, encrypted: thought(*summaries, content=content, encrypted_content=encrypted),
            st.lists(TEXTS, max_size=2),
            THOUGHTS,
            st.none() | TEXTS,
        ),
        JSON_TEXTS.map(call),
        JSON_TEXTS.map(lambda text: {"type": "mcp_call", "name": "roll", "arguments": text, "output": "4"}),
        TEXTS.map(lambda text: {"type": "custom_tool_call", "call_id": "", "name": "sql", "input": text}),
        TEXTS.map(lambda text: {"type": "code_interpreter_call", "code": text, "outputs": [{"logs": text}]}),
    ),
    max_size=4,
).map(lambda items: [_named(item, number) for number, item in enumerate(items)])


@given(ITEMS, st.integers(1, 4))
def test_a_stream_says_what_the_plain_reply_says(items: list[Object], size: int) -> None:
    plain = read(openai_responses, [response("completed", items)], streamed=False)
    stream = streamed(items, lambda text: [text[at : at + size] for at in range(0, len(text), size)])
    reading = read(openai_responses, stream)
    assert reading.reply == plain.reply
    assert [anomaly.code for anomaly in reading.anomalies if anomaly.code != "arguments-empty"] == []


@given(st.data())
def test_where_a_text_is_cut_does_not_matter(data: st.DataObject) -> None:
    items = [thought("Hm, 🎲\n"), message('A "reply".'), call('{"a": "ü\\n"}')]

    def cut(text: str) -> list[str]:
        places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
        return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]

    reading = read(openai_responses, streamed(items, cut))
    parts = (Reasoning("Hm, 🎲\n"), Text('A "reply".'), ToolCall("call_1", "add", {"a": "ü\n"}, '{"a": "ü\\n"}'))
    assert reading.reply.messages == (Message("assistant", parts, "completed"),)
    assert reading.anomalies == ()
    # Each text lies once more in its own done event, that of its part (calls have none), its item, and the response.
    assert len(reading.echoes) == 4 + 4 + 3


@given(ITEMS, st.data())
def test_a_stream_that_is_cut_off_keeps_what_came(items: list[Object], data: st.DataObject) -> None:
    whole = streamed(items, list)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    reading = read(openai_responses, cut)
    assert not reading.reply.complete
    assert {"stream-cut-off", "stream-empty"} & {anomaly.code for anomaly in reading.anomalies}


KINDS = [*DELTAS, *DONES, *PROGRESS, *READERS, *BEGUN, *ENDED, "error", "keepalive", "response.weather"]
FIELDS = """
type item part response delta text refusal arguments input code name id call_id item_id output_index content_index
summary_index command_index annotation annotations logprobs content summary encrypted_content output usage status error
object model role action sources result results outputs queries operation tools command stdout partial_image_b64
image_url file_id file_data input_audio data transcript instructions message sequence_number
"""
WORDS = [*CALLS, *CLIENT_OUTPUTS, *SECTIONS, "message", "reasoning", "compaction", "response", "assistant", "x", "y"]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.floats(),
    st.sampled_from(WORDS),
    st.sampled_from(["", "{}", '{"a"']),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS.split()), inner, max_size=6),
    max_leaves=25,
)


def _fields(**fields: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """An object with some of these fields, each as expected or as anything."""
    return st.fixed_dictionaries({}, optional={name: field | VALUES for name, field in fields.items()})


IDS, INDEXES = st.sampled_from(["a", "b"]), st.integers(0, 2)
CONTENT_PARTS = _fields(type=st.sampled_from([*SECTIONS]), text=TEXTS, annotations=ANNOTATIONS)
ANY_ITEMS = _fields(
    type=st.sampled_from(WORDS),
    id=IDS,
    call_id=IDS,
    name=IDS,
    arguments=JSON_TEXTS,
    content=st.lists(CONTENT_PARTS | TEXTS, max_size=2),
)
RESPONSES = _fields(id=IDS, status=IDS, output=st.lists(ANY_ITEMS, max_size=3), object=st.just("response"))
EVENTS = _fields(
    type=st.sampled_from(KINDS),
    output_index=INDEXES,
    content_index=INDEXES,
    item_id=IDS,
    item=ANY_ITEMS,
    part=CONTENT_PARTS | TEXTS,
    summary_index=INDEXES,
    delta=TEXTS,
    text=TEXTS,
    response=RESPONSES,
)


@given(st.lists(EVENTS | RESPONSES | VALUES, max_size=8), st.none() | st.sampled_from(KINDS), st.booleans())
def test_reading_is_total(payloads: list[Json], kind: str | None, streamed: bool) -> None:
    events = [Event(number, kind, "...", value, True) for number, value in enumerate(payloads)]
    check_laws(events, openai_responses.read(events, streamed=streamed))


@pytest.mark.parametrize("streamed", [True, False])
def test_deep_nesting_is_read(streamed: bool) -> None:
    deep = "[" * 900 + "]" * 900
    kinds = ["message", "reasoning", "function_call", "web_search_call", "mcp_call", "shell_call_output", "weather"]
    names = ["content", "summary", "arguments", "action", "output", "namespace"]
    fields = ", ".join(f'"{name}": {deep}' for name in names)
    items = [f'{{"type": "{kind}", "id": "{kind}", {fields}}}' for kind in kinds]
    parts = f'[{{"type": "output_text", "text": "Hi", "annotations": {deep}, "logprobs": {deep}}}]'
    items.append(f'{{"type": "message", "role": "assistant", "content": {parts}}}')
    output = f'{{"object": "response", "status": "completed", "output": [{", ".join(items)}], "moderation": {deep}}}'
    events = [f'{{"type": "response.output_item.done", "output_index": 0, "item": {item}}}' for item in items]
    events.append(f'{{"type": "response.completed", "response": {output}}}')
    read(openai_responses, events * 2 if streamed else [output], streamed=streamed)
    openai_responses.prompt({"input": json.loads(output)["output"]})


@given(_fields(input=st.lists(ANY_ITEMS | VALUES, max_size=4), tools=VALUES, instructions=VALUES))
def test_prompts_are_total(request: Json) -> None:
    assert isinstance(openai_responses.prompt(request).parameters, dict)
