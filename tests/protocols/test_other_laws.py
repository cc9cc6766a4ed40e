"""Laws of the smaller protocols, on random JSON that has their words: nothing raises, joined deltas are the texts of
the reply, and which protocol a call speaks can always be told."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import check_laws

from cassette_cli.conversation import Json
from cassette_cli.protocols import (
    PROTOCOLS,
    anthropic_completions,
    anthropic_count_tokens,
    cloudflare_workers_ai,
    cohere_chat,
    cohere_embed,
    cohere_generate,
    dashscope_generation,
    huggingface_text_generation,
    mcp,
    ollama_chat,
    ollama_embed,
    ollama_generate,
    openai_assistants,
    openai_audio,
    openai_completions,
    openai_embeddings,
    openai_images,
    openai_moderations,
    replicate_predictions,
)
from cassette_cli.protocols.base import Call, Event, ProtocolModule

MODULES: list[ProtocolModule] = [
    anthropic_completions,
    anthropic_count_tokens,
    cloudflare_workers_ai,
    cohere_chat,
    cohere_embed,
    cohere_generate,
    dashscope_generation,
    huggingface_text_generation,
    mcp,
    ollama_chat,
    ollama_embed,
    ollama_generate,
    openai_assistants,
    openai_audio,
    openai_completions,
    openai_embeddings,
    openai_images,
    openai_moderations,
    replicate_predictions,
]
NAMES_OF_FIELDS = """
type event_type object id index model message messages delta content text thinking tool_plan tool_calls function
name arguments parameters citations content_index role finish_reason usage tokens billed_units error response
generation_id chat_history tool_call_delta is_finished done done_reason images image context prompt_eval_count
choices value logprobs data embedding embeddings b64_json url results output input status urls get metrics logs
completion stop_reason generations generated_text token special details generated_tokens result jsonrpc method
params protocolVersion delta step_details code_interpreter outputs required_action submit_tool_outputs
annotations value refusal image_file file_id reasoning_content request_id p audio segment
"""
NAMES = st.sampled_from(NAMES_OF_FIELDS.split())
WORDS_OF_PROTOCOLS = """
message-start content-start content-delta content-end tool-plan-delta tool-call-start tool-call-delta tool-call-end
citation-start message-end debug stream-start text-generation tool-calls-chunk tool-calls-generation stream-end
citation-generation search-results text thinking assistant CHATBOT TEXT_CONTENT COMPLETE completion ping error
thread.run thread.run.step thread.run.step.delta thread.message thread.message.delta list completed function
code_interpreter file_search image_file transcript.text.delta transcript.text.done speech.audio.delta
image_generation.completed image_generation.partial_image embeddings_by_type text_completion 2.0 tools/call
output done logs succeeded stop null [DONE] https://a.b/c.png data:,x
"""
WORDS = st.sampled_from(WORDS_OF_PROTOCOLS.split())
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 3), st.floats(), WORDS, st.sampled_from(["", "{}", '{"a"', "}", "a"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=12
)


def fields(**named: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """An object with some of these fields, each as expected or as anything."""
    return st.fixed_dictionaries({}, optional={name: field | VALUES for name, field in named.items()})


FUNCTIONS = fields(name=st.sampled_from(["f", "g"]), arguments=st.sampled_from(["{}", '{"a"', ": 1}"]) | VALUES)
CALLS = st.lists(
    fields(index=st.integers(0, 2), id=WORDS, type=WORDS, function=FUNCTIONS, parameters=VALUES), max_size=2
)
MESSAGES = fields(
    role=WORDS, content=VALUES | st.text(max_size=3), thinking=st.text(max_size=3), tool_calls=CALLS | FUNCTIONS
)
INNER = fields(text=st.text(max_size=3), thinking=st.text(max_size=3), type=WORDS)
LISTS = st.lists(
    fields(index=st.integers(0, 2), text=st.text(max_size=3), type=WORDS, finish_reason=WORDS, message=MESSAGES),
    max_size=2,
)
EVENTS = fields(
    type=WORDS,
    event_type=WORDS,
    object=WORDS,
    index=st.integers(0, 1),
    id=st.sampled_from(["a", "b"]),
    text=st.text(max_size=3),
    response=st.text(max_size=3)
    | fields(text=st.text(max_size=3), tool_calls=CALLS, chat_history=st.lists(MESSAGES, max_size=2)),
    message=MESSAGES,
    delta=st.text(max_size=3)
    | fields(
        message=fields(content=INNER, tool_plan=st.text(max_size=3), tool_calls=CALLS | FUNCTIONS, citations=VALUES),
        content=st.lists(INNER, max_size=2),
        step_details=fields(tool_calls=CALLS),
    ),
    tool_call_delta=fields(index=st.integers(0, 1), name=WORDS, parameters=st.text(max_size=3)),
    tool_calls=CALLS,
    choices=LISTS,
    generations=LISTS,
    output=VALUES | fields(choices=LISTS, text=st.text(max_size=3)),
    generated_text=st.text(max_size=3),
    token=fields(text=st.text(max_size=3), special=st.booleans()),
    content=VALUES | st.lists(INNER, max_size=2),
    result=VALUES | fields(content=VALUES, response=VALUES, tool_calls=CALLS),
    data=st.lists(fields(content=VALUES, role=WORDS, b64_json=WORDS), max_size=2),
    done=st.booleans(),
    is_finished=st.booleans(),
    finish_reason=WORDS,
    completion=st.text(max_size=3),
    input=VALUES,
    status=WORDS,
    jsonrpc=st.just("2.0"),
)


@pytest.mark.parametrize("protocol", MODULES, ids=lambda protocol: protocol.NAME)
@given(payloads=st.lists(EVENTS | VALUES, max_size=5), kind=st.none() | WORDS, streamed=st.booleans())
def test_reading_is_total(protocol: ProtocolModule, payloads: Sequence[Json], kind: str | None, streamed: bool) -> None:
    events = [Event(number, kind, "...", value, True) for number, value in enumerate(payloads)]
    check_laws(events, protocol.read(events, streamed=streamed))


@pytest.mark.parametrize("protocol", MODULES, ids=lambda protocol: protocol.NAME)
@given(payloads=st.lists(st.text(max_size=3) | WORDS, max_size=5), kind=st.none() | WORDS)
def test_reading_of_what_is_no_json_is_total(
    protocol: ProtocolModule, payloads: Sequence[str], kind: str | None
) -> None:
    events = [Event(number, kind, text, None, False) for number, text in enumerate(payloads)]
    reading = protocol.read(events, streamed=True)
    check_laws(events, reading)
    protocol.read(events, streamed=False)


REQUESTS = fields(
    model=WORDS,
    prompt=VALUES,
    inputs=VALUES,
    input=VALUES | fields(prompt=WORDS, messages=st.lists(MESSAGES, max_size=2)),
    messages=st.lists(MESSAGES, max_size=2),
    message=WORDS,
    chat_history=st.lists(MESSAGES, max_size=2),
    tools=VALUES,
    texts=VALUES,
    images=VALUES,
    thread=VALUES,
    tool_outputs=VALUES,
    tool_results=VALUES,
    parameters=VALUES,
    jsonrpc=st.just("2.0"),
    method=st.just("tools/call"),
    params=VALUES,
)


@pytest.mark.parametrize("protocol", MODULES, ids=lambda protocol: protocol.NAME)
@given(request=VALUES | REQUESTS)
def test_prompts_are_total(protocol: ProtocolModule, request: Json) -> None:
    assert isinstance(protocol.prompt(request).parameters, dict)


SOME_PATHS = """
/v1/chat /v2/chat /api/chat /api/generate /api/embed /v1/generate /generate_stream /v1/completions /v1/embeddings
/v1/complete /v1/messages/count_tokens /v1/images/generations /v1/audio/transcriptions /v1/moderations /mcp
/v1/threads/t/runs /v1/predictions /ai/run/m /services/aigc/text-generation/generation /v2/embed /models/a/b /
"""
PATHS = st.sampled_from(SOME_PATHS.split())


@given(PATHS, VALUES | REQUESTS, VALUES | EVENTS)
def test_detection_is_total(path: str, request: Json, response: Json) -> None:
    call = Call("POST", f"https://api.example{path}", request, response)
    for protocol in PROTOCOLS:
        assert protocol.matches(call) in (True, False)
