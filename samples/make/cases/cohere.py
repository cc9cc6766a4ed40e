"""Cohere: chat in both versions of its API, generate and embed.

https://docs.cohere.com/reference/chat, https://docs.cohere.com/v1/reference/chat, https://docs.cohere.com/reference/embed
"""

from typing import Any

from samples.make.case import Case, Exchange, to_json

ROOT = "https://api.cohere.example"
MODEL = "command-example"
JSON_TYPE = (("Content-Type", "application/json"),)
USAGE = {
    "billed_units": {"input_tokens": 57, "output_tokens": 20},
    "tokens": {"input_tokens": 1490, "output_tokens": 94},
}
CITED = {"start": 11, "end": 12, "text": "5", "type": "TEXT_CONTENT", "sources": [{"type": "tool", "id": "add_1:0"}]}

Json = Any


def _exchange(path: str, request: Json, reply: bytes, media_type: str = "application/json", **answer: Json) -> Exchange:
    return Exchange(
        url=f"{ROOT}/{path}",
        headers={"Content-Type": "application/json", "Authorization": "Bearer placeholder"},
        body=to_json({"model": MODEL, **request}),
        reply_headers=(("Content-Type", media_type),),
        reply=reply,
        **answer,
    )


def _plain(path: str, request: Json, answer: Json, status: int = 200) -> Exchange:
    return _exchange(path, request, to_json(answer).encode(), status=status)


def _streamed(request: Json, *events: Json) -> Exchange:
    """Version 2: server-sent events."""
    blocks = [f"event: {event['type']}\ndata: {to_json(event)}\n\n" for event in events]
    reply = "".join([*blocks, "data: [DONE]\n\n"]).encode()
    return _exchange("v2/chat", {**request, "stream": True}, reply, "text/event-stream", chunked=True)


def _lines(path: str, request: Json, *lines: Json) -> Exchange:
    """Version 1: JSON lines."""
    reply = "".join(to_json(line) + "\n" for line in lines).encode()
    return _exchange(path, {**request, "stream": True}, reply, "application/stream+json", chunked=True)


def _event(kind: str, message: Json = None, **fields: Json) -> Json:
    return {"type": kind, **fields, **({} if message is None else {"delta": {"message": message}})}


def _block(index: int, kind: str, *pieces: str) -> list[Json]:
    return [
        _event("content-start", {"content": {"type": kind, kind: ""}}, index=index),
        *(_event("content-delta", {"content": {kind: piece}}, index=index) for piece in pieces),
        _event("content-end", index=index),
    ]


START = _event("message-start", {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": []}, id="c-sample")


def _end(reason: str) -> Json:
    return {"type": "message-end", "delta": {"finish_reason": reason, "usage": USAGE}}


def _call(*pieces: str) -> list[Json]:
    head = {"id": "add_1", "type": "function", "function": {"name": "add", "arguments": ""}}
    deltas = [{"function": {"arguments": piece}} for piece in pieces]
    return [
        _event("tool-call-start", {"tool_calls": head}, index=0),
        *(_event("tool-call-delta", {"tool_calls": delta}, index=0) for delta in deltas),
        _event("tool-call-end", index=0),
    ]


NUMBERS = {letter: {"type": "integer"} for letter in "ab"}
ADD = {"name": "add", "description": "Add two numbers", "parameters": {"type": "object", "properties": NUMBERS}}


def _add() -> tuple[Exchange, ...]:
    """A plan and a call, and an answer that cites the call's result."""
    ask: Json = {
        "messages": [{"role": "user", "content": "Add 2 and 3."}],
        "tools": [{"type": "function", "function": ADD}],
    }
    plan = [_event("tool-plan-delta", {"tool_plan": piece}) for piece in ("I will", " add.")]
    call = {"id": "add_1", "type": "function", "function": {"name": "add", "arguments": '{"a":2,"b":3}'}}
    document = {"type": "document", "document": {"data": "5"}}
    turns = [
        {"role": "assistant", "tool_plan": "I will add.", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "add_1", "content": [document]},
    ]
    cited = [_event("citation-start", {"citations": CITED}, index=0), _event("citation-end", index=0)]
    answered = [*_block(0, "thinking", "It is 5."), *_block(1, "text", "The sum", " is 5."), *cited]
    return (
        _streamed(ask, START, *plan, *_call('{"a"', ':2,"b"', ":3}"), _end("TOOL_CALL")),
        _streamed({**ask, "messages": ask["messages"] + turns}, START, *answered, _end("COMPLETE")),
    )


def _failed() -> Exchange:
    failed = {"type": "message-end", "delta": {"finish_reason": "ERROR", "usage": {}, "error": "No valid response"}}
    return _streamed({"messages": [{"role": "user", "content": "Hi"}]}, START, *_block(0, "thinking", "Hm"), failed)


def _text() -> Exchange:
    message = {"role": "assistant", "content": [{"type": "text", "text": "A recording of HTTP."}]}
    answer = {"id": "c-sample", "message": message, "finish_reason": "COMPLETE", "usage": USAGE}
    return _plain("v2/chat", {"messages": [{"role": "user", "content": "What is a cassette?"}]}, answer)


def _refused() -> Exchange:
    return _plain("v2/chat", {"messages": []}, {"id": "c-sample", "message": "messages must not be empty"}, 400)


def _joke() -> Exchange:
    """Version 1, whose last line says all of it once more."""
    ask = {
        "preamble": "Talk like a pirate.",
        "chat_history": [{"role": "USER", "message": "Ahoy"}, {"role": "CHATBOT", "message": "Arr!"}],
        "message": "A joke?",
    }
    said = "Why, matey? Arr!"
    history = [*ask["chat_history"], {"role": "USER", "message": "A joke?"}, {"role": "CHATBOT", "message": said}]
    whole = {
        "response_id": "r-sample",
        "generation_id": "g-sample",
        "text": said,
        "chat_history": history,
        "meta": USAGE,
    }
    return _lines(
        "v1/chat",
        ask,
        {"is_finished": False, "event_type": "stream-start", "generation_id": "g-sample"},
        {"is_finished": False, "event_type": "text-generation", "text": "Why, matey?"},
        {"is_finished": False, "event_type": "text-generation", "text": " Arr!"},
        {"is_finished": True, "event_type": "stream-end", "response": whole, "finish_reason": "COMPLETE"},
    )


def _owl() -> Exchange:
    generation = {"id": "1", "text": " lived a wise old owl.", "finish_reason": "COMPLETE"}
    answer = {"id": "g-sample", "generations": [generation], "prompt": "Once there", "meta": USAGE}
    return _plain("v1/generate", {"prompt": "Once there"}, answer)


def _owl_streamed() -> Exchange:
    generation = {"id": "1", "text": " lived an owl.", "finish_reason": "COMPLETE"}
    whole = {"id": "g-sample", "generations": [generation], "prompt": "Once there"}
    return _lines(
        "v1/generate",
        {"prompt": "Once there"},
        {"text": " lived", "is_finished": False},
        {"text": " an owl.", "is_finished": False},
        {"is_finished": True, "finish_reason": "COMPLETE", "response": whole},
    )


def _embed() -> Exchange:
    ask = {"texts": ["Ruby", "Python"], "input_type": "search_document", "embedding_types": ["float"]}
    answer = {
        "id": "e-sample",
        "response_type": "embeddings_by_type",
        "embeddings": {"float": [[0.25, -0.5], [0.5, 0.125]]},
        "texts": ["Ruby", "Python"],
        "meta": {"billed_units": {"input_tokens": 2}},
    }
    return _plain("v2/embed", ask, answer)


CASES = [
    Case("cohere_chat_sse_add", _add()),
    Case("cohere_chat_sse_error", (_failed(),)),
    Case("cohere_chat_text", (_text(),)),
    Case("cohere_chat_error_400", (_refused(),)),
    Case("cohere_chat_ndjson_joke", (_joke(),)),
    Case("cohere_generate_owl", (_owl(),)),
    Case("cohere_generate_ndjson_owl", (_owl_streamed(),)),
    Case("cohere_embed_two", (_embed(),)),
]
