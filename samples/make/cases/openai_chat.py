"""OpenAI chat completions, plain and streamed, and what compatible providers add to them.

https://platform.openai.com/docs/api-reference/chat and https://openrouter.ai/docs/api-reference/streaming
"""

from typing import Any

from samples.make.case import Case, Exchange, number, to_json, zipped

URL = "https://api.openai.example/v1/chat/completions"
ROUTER_URL = "https://openrouter.example/api/v1/chat/completions"
MODEL = "example-mini-1"
CREATED = 1735689600
JSON_TYPE = (("Content-Type", "application/json"),)
STREAM_TYPE = (("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-cache"))
DONE = "data: [DONE]\n\n"

Json = Any


def _exchange(request: Json, **answer: Json) -> Exchange:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer placeholder"}
    return Exchange(url=answer.pop("url", URL), headers=headers, body=to_json(request), **answer)


def _streamed(request: Json, events: str, **answer: Json) -> Exchange:
    body = {**request, "stream": True, "stream_options": {"include_usage": True}}
    defaults = {"reply_headers": STREAM_TYPE, "reply": events.encode(), "chunked": True}
    return _exchange(body, **(defaults | answer))


def _ask(text: str, **more: Json) -> Json:
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], **more}


def _event(payload: Json) -> str:
    return f"data: {to_json(payload)}\n\n"


def _chunk(delta: Json, finish: str | None = None, **more: Json) -> str:
    head = {"id": "chatcmpl-sample1", "object": "chat.completion.chunk", "created": CREATED, "model": MODEL}
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return _event({**head, "choices": [choice], **more})


def _chunks(*pieces: str, field: str = "content") -> str:
    return "".join(_chunk({field: piece}) for piece in pieces)


def _usage(prompt: int, completion: int, reasoning: int = 0) -> Json:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }


def _usage_chunk(usage: Json) -> str:
    head = {"id": "chatcmpl-sample1", "object": "chat.completion.chunk", "created": CREATED, "model": MODEL}
    return _event({**head, "choices": [], "usage": usage})


def _completion(message: Json, finish: str, usage: Json) -> bytes:
    head = {"id": "chatcmpl-sample1", "object": "chat.completion", "created": CREATED, "model": MODEL}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    return to_json({**head, "choices": [choice], "usage": usage}).encode()


# Add and multiply: two calls in one reply, their results, an answer.


def _tool(name: str, description: str) -> Json:
    numbers = {letter: {"type": "integer"} for letter in "ab"}
    schema = {"type": "object", "properties": numbers, "required": ["a", "b"]}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": schema}}


TOOLS = [_tool("add", "Add two numbers"), _tool("multiply", "Multiply two numbers")]
QUESTION = {"role": "user", "content": "Add and multiply 2 and 3."}
SYSTEM = {"role": "system", "content": "Use both tools at the same time."}
ARGUMENTS = '{"a": 2, "b": 3}'
CALLS = [
    {"id": "call_add", "type": "function", "function": {"name": "add", "arguments": ARGUMENTS}},
    {"id": "call_multiply", "type": "function", "function": {"name": "multiply", "arguments": ARGUMENTS}},
]
RESULTS = [
    {"role": "tool", "tool_call_id": "call_add", "content": "5"},
    {"role": "tool", "tool_call_id": "call_multiply", "content": "6"},
]
FIRST = {
    "model": MODEL,
    "messages": [SYSTEM, QUESTION],
    "max_tokens": 400,
    "tools": TOOLS,
    "tool_choice": "auto",
}
SECOND = {
    **FIRST,
    "messages": [SYSTEM, QUESTION, {"role": "assistant", "content": None, "tool_calls": CALLS}, *RESULTS],
}
ANSWER = ("The sum of 2 and 3", " is 5, and", " their product", " is 6.")


def _call_chunks(index: int, call: Json) -> str:
    start = {"index": index, **call, "function": {"name": call["function"]["name"], "arguments": ""}}
    pieces = ('{"a"', ": 2, ", '"b": 3', "}")
    more = [{"index": index, "function": {"arguments": piece}} for piece in pieces]
    return "".join(_chunk({"tool_calls": [entry]}) for entry in (start, *more))


def _add_multiply_streamed() -> tuple[Exchange, ...]:
    role = _chunk({"role": "assistant", "content": None})
    calls = "".join(_call_chunks(index, call) for index, call in enumerate(CALLS))
    asked = role + calls + _chunk({}, "tool_calls") + _usage_chunk(_usage(112, 38)) + DONE
    role = _chunk({"role": "assistant", "content": ""})
    answered = role + _chunks(*ANSWER) + _chunk({}, "stop") + _usage_chunk(_usage(171, 19)) + DONE
    return _streamed(FIRST, asked), _streamed(SECOND, answered)


def _add_multiply_again() -> tuple[Exchange, ...]:
    """The same questions, recorded another day: an argument, some words, ids, pieces and counts differ."""
    calls: list[Json] = [
        {"id": "call_sum7", "type": "function", "function": {"name": "add", "arguments": ARGUMENTS}},
        {"id": "call_product7", "type": "function", "function": {"name": "multiply", "arguments": '{"a": 2, "b": 4}'}},
    ]
    pieces = {"call_sum7": ('{"a": 2', ', "b": 3}'), "call_product7": ('{"a": 2', ', "b": 4}')}
    asked = _chunk({"role": "assistant", "content": None})
    for index, call in enumerate(calls):
        start = {"index": index, **call, "function": {"name": call["function"]["name"], "arguments": ""}}
        more = [{"index": index, "function": {"arguments": piece}} for piece in pieces[call["id"]]]
        asked += "".join(_chunk({"tool_calls": [entry]}) for entry in (start, *more))
    asked += _chunk({}, "tool_calls") + _usage_chunk(_usage(112, 38)) + DONE
    results = [
        {"role": "tool", "tool_call_id": "call_sum7", "content": "5"},
        {"role": "tool", "tool_call_id": "call_product7", "content": "8"},
    ]
    second = {
        **FIRST,
        "messages": [SYSTEM, QUESTION, {"role": "assistant", "content": None, "tool_calls": calls}, *results],
    }
    answer = ("The sum of 2", " and 3", " is 5, and their", " product is 8", ".")
    answered = _chunk({"role": "assistant", "content": ""}) + _chunks(*answer)
    answered += _chunk({}, "stop") + _usage_chunk(_usage(171, 20)) + DONE
    head = "chatcmpl-sample1", "chatcmpl-sample7"
    return _streamed(FIRST, asked.replace(*head)), _streamed(second, answered.replace(*head))


def _add_multiply() -> tuple[Exchange, ...]:
    calls = {"role": "assistant", "content": None, "tool_calls": CALLS}
    asked = _completion(calls, "tool_calls", _usage(112, 38))
    said = {"role": "assistant", "content": "".join(ANSWER), "refusal": None}
    answered = _completion(said, "stop", _usage(171, 19))
    return (
        _exchange(FIRST, reply_headers=JSON_TYPE, reply=asked),
        _exchange(SECOND, reply_headers=JSON_TYPE, reply=answered),
    )


# One question each.


def _text() -> Exchange:
    said = {"role": "assistant", "content": 'A cassette is a "recording" of HTTP.\nNothing more.'}
    reply = _completion(said, "stop", _usage(14, 12))
    return _exchange(_ask("What is a cassette?", temperature=0.2), reply_headers=JSON_TYPE, reply=reply)


def _gzip() -> Exchange:
    plain = _text()
    headers = (*JSON_TYPE, ("Content-Encoding", "gzip"))
    asked = {**plain.headers, "Accept-Encoding": "gzip"}
    return Exchange(url=URL, headers=asked, body=plain.body, reply_headers=headers, reply=zipped(plain.reply))


def _unicode_events() -> str:
    pieces = ("Grüße", " aus", " Köln:\t", "東京 ", "👋🏽", ' "quoted" \\ ', "it's\n\n", "done")
    return (
        _chunk({"role": "assistant", "content": ""})
        + _chunks(*pieces)
        + _chunk({}, "stop")
        + _usage_chunk(_usage(9, 21))
        + DONE
    )


def _gzip_streamed() -> Exchange:
    plain = _streamed(_ask("Greet me in three languages."), _unicode_events())
    headers = (*STREAM_TYPE, ("Content-Encoding", "gzip"))
    asked = {**plain.headers, "Accept-Encoding": "gzip"}
    return Exchange(
        url=URL,
        headers=asked,
        body=plain.body,
        reply_headers=headers,
        reply=zipped(plain.reply),
        chunked=True,
    )


def _router_chunk(delta: Json, finish: str | None = None, **more: Json) -> str:
    head = {"id": "gen-sample2", "provider": "Example", "model": "example/thinker-1"}
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "native_finish_reason": finish}
    stamp = {"object": "chat.completion.chunk", "created": CREATED}
    return _event({**head, **stamp, "choices": [choice], **more})


def _thought(text: str) -> Json:
    detail = {"type": "reasoning.text", "text": text, "format": "unknown", "index": 0}
    return {"role": "assistant", "content": "", "reasoning": text, "reasoning_details": [detail]}


def _router() -> Exchange:
    usage = {**_usage(18, 31, 22), "cost": number("0.00005397"), "is_byok": False}
    comment = ": OPENROUTER PROCESSING\n\n"
    events = (
        comment * 2
        + "".join(_router_chunk(_thought(text)) for text in ("A leap year", " has 366", " days."))
        + comment
        + "".join(_router_chunk({"role": "assistant", "content": text}) for text in ("36", "6", "."))
        + _router_chunk({"role": "assistant", "content": ""}, "stop")
        + _router_chunk({"role": "assistant", "content": ""}, usage=usage)
        + DONE
    )
    request = {**_ask("How many days has 2028?"), "model": "example/thinker-1", "usage": {"include": True}}
    return _streamed(request, events, url=ROUTER_URL)


def _error_event() -> Exchange:
    error = {"code": 502, "message": "The provider closed the connection."}
    events = (
        _router_chunk({"role": "assistant", "content": "Once"})
        + _router_chunk({"role": "assistant", "content": " upon"})
        + _router_chunk({"content": ""}, "error", error=error)
        + DONE
    )
    request = {**_ask("Tell me a story."), "model": "example/thinker-1"}
    return _streamed(request, events, url=ROUTER_URL)


def _cut_off() -> Exchange:
    whole = _chunk({"role": "assistant", "content": ""}) + _chunks("Once", " upon", " a time")
    return _streamed(_ask("Tell me a story."), whole[:-40])  # in the middle of the last event


def _refused(status: int, message: str, kind: str) -> Exchange:
    error = {"message": message, "type": kind, "param": None, "code": None}
    reply = to_json({"error": error}).encode()
    return _exchange(_ask("Hello?"), status=status, reply_headers=JSON_TYPE, reply=reply)


CASES = [
    Case("openai_chat_sse_add_multiply", _add_multiply_streamed()),
    Case("openai_chat_sse_add_multiply_again", _add_multiply_again()),
    Case("openai_chat_sse_openrouter", (_router(),)),
    Case("openai_chat_sse_unicode", (_streamed(_ask("Greet me in three languages."), _unicode_events()),)),
    Case("openai_chat_sse_gzip", (_gzip_streamed(),)),
    Case("openai_chat_sse_error", (_error_event(),)),
    Case("openai_chat_sse_cut_off", (_cut_off(),)),
    Case("openai_chat_add_multiply", _add_multiply()),
    Case("openai_chat_text", (_text(),)),
    Case("openai_chat_gzip", (_gzip(),)),
    Case("openai_chat_error_400", (_refused(400, "No such model.", "invalid_request_error"),)),
    Case("openai_chat_error_500", (_refused(500, "Something went wrong.", "server_error"),)),
]
