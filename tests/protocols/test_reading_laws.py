"""Laws of every reading: it is total, and however a reply is cut into pieces, it is the same reply."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import check_laws, read

from cassette_cli.conversation import Json, Message, Reasoning, Text, ToolCall
from cassette_cli.protocols import PROTOCOLS, anthropic, openai_chat
from cassette_cli.protocols.base import Event, ProtocolModule

# Words that make random JSON look like a protocol's, so that readers get past their first test of its shape.
NAMES_OF_FIELDS = """
type index delta content_block message content text thinking signature data partial_json input id name usage choices
role finish_reason tool_calls function arguments custom function_call reasoning reasoning_content summary refusal
reasoning_details audio transcript images annotations error object model stop_reason citation logprobs x_groq citations
image_url url input_audio file messages tools system source tool_use_id
"""
WORDS_OF_PROTOCOLS = """
message_start content_block_start content_block_delta content_block_stop message_delta message_stop ping error
text_delta thinking_delta signature_delta input_json_delta citations_delta compaction_delta text thinking tool_use
redacted_thinking server_tool_use mcp_tool_use web_search_tool_result compaction image message assistant
chat.completion.chunk chat.completion stop tool_calls image_url input_audio file tool_result document refusal
"""
NAMES = st.sampled_from(NAMES_OF_FIELDS.split())
WORDS = st.sampled_from(WORDS_OF_PROTOCOLS.split())
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 3), st.floats(), WORDS, st.sampled_from(["", "{}", '{"a"', "}", "x"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=25
)


def _fields(**fields: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """An object with some of these fields, each as expected or as anything."""
    return st.fixed_dictionaries({}, optional={name: field | VALUES for name, field in fields.items()})


FUNCTIONS = _fields(name=st.sampled_from(["f", "g"]), arguments=st.sampled_from(["{}", '{"a": 1}', '{"a"', ": 1}"]))
CALLS = st.lists(_fields(index=st.integers(0, 2), id=st.sampled_from(["c", "d", ""]), function=FUNCTIONS), max_size=2)
PARTS = st.lists(
    _fields(type=WORDS, text=st.text(), thinking=st.text(), refusal=st.text(), signature=st.text()), max_size=2
)
DELTAS = _fields(
    role=WORDS,
    content=st.text() | PARTS,
    reasoning=st.text(),
    reasoning_details=PARTS,
    tool_calls=CALLS,
    images=PARTS,
    audio=_fields(transcript=st.text()),
)
CHUNKS = _fields(
    id=st.just("c"),
    choices=st.lists(_fields(index=st.integers(0, 1), delta=DELTAS, message=DELTAS, finish_reason=WORDS), max_size=2),
    usage=VALUES,
)
EVENTS = _fields(
    type=WORDS,
    index=st.integers(0, 2),
    message=_fields(content=VALUES, usage=VALUES),
    content_block=_fields(type=WORDS, text=st.text(), input=VALUES, id=WORDS),
    delta=_fields(type=WORDS, text=st.text(), partial_json=st.text(), stop_reason=WORDS),
    usage=VALUES,
)


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.NAME)
@given(payloads=st.lists(VALUES | CHUNKS | EVENTS, max_size=6), kind=st.none() | WORDS, streamed=st.booleans())
def test_reading_is_total(protocol: ProtocolModule, payloads: Sequence[Json], kind: str | None, streamed: bool) -> None:
    events = [Event(number, kind, "...", value, True) for number, value in enumerate(payloads)]
    check_laws(events, protocol.read(events, streamed=streamed))


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.NAME)
@given(request=VALUES | _fields(messages=st.lists(DELTAS), tools=st.lists(VALUES)))
def test_prompts_are_total(protocol: ProtocolModule, request: Json) -> None:
    assert isinstance(protocol.prompt(request).parameters, dict)


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.NAME)
@pytest.mark.parametrize("streamed", [True, False])
def test_deep_nesting_is_read(protocol: ProtocolModule, streamed: bool) -> None:
    deep = "[" * 900 + "]" * 900
    payloads = [
        f'{{"choices": [{{"index": 0, "delta": {{"x": {deep}, "content": {deep}, "tool_calls": [{{"index": 0,'
        f' "function": {{"arguments": {deep}}}}}]}}, "logprobs": {deep}}}]}}',
        f'{{"type": "content_block_start", "index": 0, "content_block": {{"type": "tool_use", "input": {deep}}}}}',
        f'{{"type": "message", "content": [{{"type": "tool_result", "content": {deep}}}, {deep}]}}',
    ]
    read(protocol, payloads * 2, streamed=streamed)


def cut(text: str) -> st.SearchStrategy[list[str]]:
    """All ways to cut a text."""
    places = st.lists(st.integers(0, len(text)), max_size=8).map(sorted)
    return places.map(lambda at: [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)])


TEXTS = {"reasoning": "Hm, 🎲\n", "content": 'A "reply".', "f": '{"a": "ü\\n"}', "g": '{"b": [1, 2]}'}
MEANT = (
    Reasoning(TEXTS["reasoning"]),
    Text(TEXTS["content"]),
    ToolCall("id-f", "f", {"a": "ü\n"}, TEXTS["f"]),
    ToolCall("id-g", "g", {"b": [1, 2]}, TEXTS["g"]),
)
CUTS = st.fixed_dictionaries({name: cut(text) for name, text in TEXTS.items()})


@st.composite
def chat_streams(draw: st.DrawFn) -> list[Json]:
    """One reply as a stream of deltas: cut anywhere, its channels mixed, several of them in one delta or not."""
    pieces: dict[str, list[str]] = draw(CUTS)
    deltas: list[dict[str, Json]] = []
    for name in draw(st.permutations([name for name, texts in pieces.items() for _ in texts])):
        piece = pieces[name].pop(0)
        call = {"index": "fg".find(name), "function": {"arguments": piece}}
        deltas.append({"tool_calls": [call]} if name in ("f", "g") else {name: piece})
    heads = [
        {"tool_calls": [{"index": number, "id": f"id-{name}", "type": "function", "function": {"name": name}}]}
        for number, name in enumerate("fg")
    ]
    joined: list[dict[str, Json]] = [{"role": "assistant"}, *heads]
    for delta in deltas:
        if not delta.keys() & joined[-1].keys() and draw(st.booleans()):
            joined[-1] = {**joined[-1], **delta}
        else:
            joined.append(delta)
    chunks: list[Json] = [{"id": "c", "choices": [{"index": 0, "delta": delta}]} for delta in joined]
    return [*chunks, {"id": "c", "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]}, "[DONE]"]


@given(chat_streams())
def test_chat_chunking_does_not_matter(payloads: list[Json]) -> None:
    reading = read(openai_chat, payloads)
    assert reading.reply.messages == (Message("assistant", MEANT, "tool_calls"),)
    assert reading.anomalies == ()


@given(CUTS)
def test_anthropic_chunking_does_not_matter(pieces: dict[str, list[str]]) -> None:
    blocks = [
        ({"type": "thinking"}, "thinking_delta", "thinking", pieces["reasoning"]),
        ({"type": "text"}, "text_delta", "text", pieces["content"]),
        *(
            ({"type": "tool_use", "id": f"id-{name}", "name": name}, "input_json_delta", "partial_json", pieces[name])
            for name in "fg"
        ),
    ]
    payloads: list[Json] = [{"type": "message_start", "message": {"role": "assistant"}}]
    for index, (block, kind, field, texts) in enumerate(blocks):
        payloads.append({"type": "content_block_start", "index": index, "content_block": block})
        payloads += [
            {"type": "content_block_delta", "index": index, "delta": {"type": kind, field: text}} for text in texts
        ]
        payloads.append({"type": "content_block_stop", "index": index})
    payloads += [{"type": "message_delta", "delta": {"stop_reason": "tool_use"}}, {"type": "message_stop"}]
    reading = read(anthropic, payloads)
    assert reading.reply.messages == (Message("assistant", MEANT, "tool_use"),)
    assert reading.anomalies == ()
