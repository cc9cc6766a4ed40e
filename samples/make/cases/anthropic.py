"""Anthropic messages, plain and streamed.

https://docs.anthropic.com/en/api/messages and https://docs.anthropic.com/en/docs/build-with-claude/streaming
"""

import base64
from typing import Any

from samples.make.case import Case, Exchange, to_json

URL = "https://api.anthropic.example/v1/messages"
MODEL = "example-large-1"
JSON_TYPE = (("Content-Type", "application/json"),)
STREAM_TYPE = (("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-cache"))
SIGNATURE = base64.b64encode(b"signed by the stand-in").decode()

Json = Any


def _exchange(request: Json, **answer: Json) -> Exchange:
    headers = {
        "Content-Type": "application/json",
        "Anthropic-Version": "2023-06-01",
        "X-Api-Key": "placeholder",
    }
    return Exchange(url=URL, headers=headers, body=to_json(request), **answer)


def _streamed(request: Json, events: str) -> Exchange:
    body = {**request, "stream": True}
    return _exchange(body, reply_headers=STREAM_TYPE, reply=events.encode(), chunked=True)


def _ask(text: str, **more: Json) -> Json:
    return {"model": MODEL, "max_tokens": 2000, "messages": [{"role": "user", "content": text}], **more}


def _event(kind: str, **fields: Json) -> str:
    return f"event: {kind}\ndata: {to_json({'type': kind, **fields})}\n\n"


PING = _event("ping")


def _start(input_tokens: int) -> str:
    usage = {"input_tokens": input_tokens, "cache_read_input_tokens": 0, "output_tokens": 1}
    message = {"id": "msg_sample1", "type": "message", "role": "assistant", "model": MODEL, "content": []}
    ends = {"stop_reason": None, "stop_sequence": None, "usage": usage}
    return _event("message_start", message={**message, **ends})


def _block(index: int, block: Json, *deltas: Json) -> str:
    return (
        _event("content_block_start", index=index, content_block=block)
        + "".join(_event("content_block_delta", index=index, delta=delta) for delta in deltas)
        + _event("content_block_stop", index=index)
    )


def _text_block(index: int, *pieces: str) -> str:
    deltas = [{"type": "text_delta", "text": piece} for piece in pieces]
    return _block(index, {"type": "text", "text": ""}, *deltas)


def _call_block(index: int, call: Json, *pieces: str) -> str:
    deltas = [{"type": "input_json_delta", "partial_json": piece} for piece in pieces]
    return _block(index, {**call, "input": {}}, *deltas)


def _end(reason: str, output_tokens: int) -> str:
    delta = {"stop_reason": reason, "stop_sequence": None}
    return _event("message_delta", delta=delta, usage={"output_tokens": output_tokens}) + _event("message_stop")


def _message(content: Json, reason: str, output_tokens: int) -> bytes:
    head = {"id": "msg_sample1", "type": "message", "role": "assistant", "model": MODEL}
    usage = {"input_tokens": 14, "cache_read_input_tokens": 0, "output_tokens": output_tokens}
    ends = {"stop_reason": reason, "stop_sequence": None, "usage": usage}
    return to_json({**head, "content": content, **ends}).encode()


# Add and multiply: two calls in one reply, their results, an answer.


def _tool(name: str, description: str) -> Json:
    numbers = {letter: {"type": "integer"} for letter in "ab"}
    schema = {"type": "object", "properties": numbers, "required": ["a", "b"]}
    return {"name": name, "description": description, "input_schema": schema}


TOOLS = [_tool("add", "Add two numbers"), _tool("multiply", "Multiply two numbers")]
ADD = {"type": "tool_use", "id": "toolu_add", "name": "add"}
MULTIPLY = {"type": "tool_use", "id": "toolu_multiply", "name": "multiply"}
NUMBERS = {"a": 2, "b": 3}


def _result(call: Json, text: str) -> Json:
    return {"type": "tool_result", "tool_use_id": call["id"], "content": text}


def _add_multiply() -> tuple[Exchange, ...]:
    first = _ask("Add and multiply 2 and 3.", system="Use both tools at the same time.", tools=TOOLS)
    said = {"type": "text", "text": "I will do both."}
    calls = [said, {**ADD, "input": NUMBERS}, {**MULTIPLY, "input": NUMBERS}]
    results = [_result(ADD, "5"), _result(MULTIPLY, "6")]
    turns = [{"role": "assistant", "content": calls}, {"role": "user", "content": results}]
    second = {**first, "messages": first["messages"] + turns}
    asked = (
        _start(412)
        + PING
        + _text_block(0, "I will", " do both.")
        + _call_block(1, ADD, "", '{"a"', ": 2", ', "b": 3}')
        + _call_block(2, MULTIPLY, "", '{"a": 2, "b', '": 3}')
        + _end("tool_use", 96)
    )
    answered = _start(540) + _text_block(0, "The sum is 5", " and the product", " is 6.") + _end("end_turn", 18)
    return _streamed(first, asked), _streamed(second, answered)


# One question each.


def _thinking() -> Exchange:
    thought = [{"type": "thinking_delta", "thinking": text} for text in ("2028 divides", " by 4,", "\nso yes.")]
    signed = {"type": "signature_delta", "signature": SIGNATURE}
    events = (
        _start(41)
        + PING
        + _block(0, {"type": "thinking", "thinking": "", "signature": ""}, *thought, signed)
        + PING
        + _text_block(1, "Yes, 2028", " is a leap year.")
        + _end("end_turn", 57)
    )
    thinking = {"type": "enabled", "budget_tokens": 1024}
    return _streamed(_ask("Is 2028 a leap year?", thinking=thinking), events)


def _text() -> Exchange:
    content = [{"type": "text", "text": 'A cassette is a "recording" of HTTP.\nNothing more.'}]
    reply = _message(content, "end_turn", 12)
    return _exchange(_ask("What is a cassette?"), reply_headers=JSON_TYPE, reply=reply)


def _error_event() -> Exchange:
    error = {"type": "overloaded_error", "message": "Overloaded"}
    begun = _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    delta = _event("content_block_delta", index=0, delta={"type": "text_delta", "text": "Once upon"})
    return _streamed(_ask("Tell me a story."), _start(13) + PING + begun + delta + _event("error", error=error))


def _cut_off() -> Exchange:
    begun = _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    delta = _event("content_block_delta", index=0, delta={"type": "text_delta", "text": "Once upon"})
    return _streamed(_ask("Tell me a story."), _start(13) + begun + delta)


def _refused() -> Exchange:
    error = {"type": "invalid_request_error", "message": "max_tokens: Field required"}
    reply = to_json({"type": "error", "error": error}).encode()
    return _exchange(_ask("Hello?"), status=400, reply_headers=JSON_TYPE, reply=reply)


CASES = [
    Case("anthropic_sse_add_multiply", _add_multiply()),
    Case("anthropic_sse_thinking", (_thinking(),)),
    Case("anthropic_sse_error", (_error_event(),)),
    Case("anthropic_sse_cut_off", (_cut_off(),)),
    Case("anthropic_text", (_text(),)),
    Case("anthropic_error_400", (_refused(),)),
]
