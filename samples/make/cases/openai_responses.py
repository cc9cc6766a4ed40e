"""OpenAI's Responses API, plain and streamed.

https://platform.openai.com/docs/api-reference/responses and https://platform.openai.com/docs/api-reference/responses-streaming
"""

from collections.abc import Iterator
from typing import Any

from samples.make.case import Case, Exchange, to_json

URL = "https://api.openai.example/v1/responses"
MODEL = "example-thinker-1"
JSON_TYPE = (("Content-Type", "application/json"),)
STREAM_TYPE = (("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-cache"))

Json = Any
Event = dict[str, Json]


def _exchange(request: Json, **answer: Json) -> Exchange:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer placeholder"}
    return Exchange(url=URL, headers=headers, body=to_json(request), **answer)


def _plain(request: Json, output: list[Json], usage: Json) -> Exchange:
    reply = to_json(_response("completed", output, usage)).encode()
    return _exchange(request, reply_headers=JSON_TYPE, reply=reply)


def _streamed(request: Json, output: list[Json], usage: Json) -> Exchange:
    reply = "".join(_numbered(_events(output, usage))).encode()
    return _exchange({**request, "stream": True}, reply_headers=STREAM_TYPE, reply=reply, chunked=True)


def _response(status: str, output: list[Json], usage: Json) -> Json:
    head = {"id": "resp_sample1", "object": "response", "created_at": 1735689600, "status": status, "error": None}
    return {**head, "incomplete_details": None, "model": MODEL, "output": output, "store": False, "usage": usage}


def _usage(read: int, written: int, reasoning: int = 0) -> Json:
    return {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": written,
        "output_tokens_details": {"reasoning_tokens": reasoning},
        "total_tokens": read + written,
    }


# A stream: each text comes in deltas, then whole, again whole in its part, in its item, and in the response.


def _numbered(events: Iterator[Event]) -> Iterator[str]:
    for number, event in enumerate(events):
        yield f"event: {event['type']}\ndata: {to_json({**event, 'sequence_number': number})}\n\n"


def _events(output: list[Json], usage: Json) -> Iterator[Event]:
    for status in ("created", "in_progress"):
        yield {"type": f"response.{status}", "response": _response("in_progress", [], None)}
    for index, item in enumerate(output):
        yield {"type": "response.output_item.added", "output_index": index, "item": _opened(item)}
        place = {"item_id": item["id"], "output_index": index}
        for event in ITEM_EVENTS[item["type"]](item):
            yield {**event, **place}
        yield {"type": "response.output_item.done", "output_index": index, "item": item}
    yield {"type": "response.completed", "response": _response("completed", output, usage)}


def _opened(item: Json) -> Json:
    """An item as it is announced: its texts are to come, and its encrypted form is another one."""
    first = {
        "content": [],
        "summary": [],
        "arguments": "",
        "status": "in_progress",
        "encrypted_content": "c2FtcGxlLTE=",
    }
    return {**item, **{name: first[name] for name in item if name in first}}


def _text_events(name: str, field: str, text: str, **place: Json) -> Iterator[Event]:
    words = text.split(" ")
    for number, word in enumerate(words):
        delta = word if number == 0 else f" {word}"
        yield {"type": f"response.{name}.delta", **place, "delta": delta, "obfuscation": "sample"[: 1 + number % 6]}
    yield {"type": f"response.{name}.done", **place, field: text}


def _of_message(item: Json) -> Iterator[Event]:
    for index, part in enumerate(item["content"]):
        place = {"content_index": index}
        yield {"type": "response.content_part.added", **place, "part": {**part, "text": "", "annotations": []}}
        yield from _text_events("output_text", "text", part["text"], **place)
        for number, annotation in enumerate(part["annotations"]):
            more = {"annotation_index": number, "annotation": annotation}
            yield {"type": "response.output_text.annotation.added", **place, **more}
        yield {"type": "response.content_part.done", **place, "part": part}


def _of_reasoning(item: Json) -> Iterator[Event]:
    for index, part in enumerate(item["summary"]):
        place = {"summary_index": index}
        yield {"type": "response.reasoning_summary_part.added", **place, "part": {**part, "text": ""}}
        yield from _text_events("reasoning_summary_text", "text", part["text"], **place)
        yield {"type": "response.reasoning_summary_part.done", **place, "part": part}


def _of_call(item: Json) -> Iterator[Event]:
    return _text_events("function_call_arguments", "arguments", item["arguments"])


def _of_search(item: Json) -> Iterator[Event]:
    for state in ("in_progress", "searching", "completed"):
        yield {"type": f"response.web_search_call.{state}"}


ITEM_EVENTS = {
    "message": _of_message,
    "reasoning": _of_reasoning,
    "function_call": _of_call,
    "web_search_call": _of_search,
}


def _message(text: str, *annotations: Json) -> Json:
    part = {"type": "output_text", "annotations": list(annotations), "text": text}
    return {"id": "msg_sample1", "type": "message", "status": "completed", "content": [part], "role": "assistant"}


# Add and multiply: a thought, two calls in one reply, their results, an answer.


def _tool(name: str, description: str) -> Json:
    numbers = {letter: {"type": "integer"} for letter in "ab"}
    schema = {"type": "object", "properties": numbers, "required": ["a", "b"], "additionalProperties": False}
    return {"type": "function", "name": name, "description": description, "parameters": schema, "strict": True}


def _call(name: str) -> Json:
    ids = {"id": f"fc_{name}", "type": "function_call", "status": "completed", "call_id": f"call_{name}"}
    return {**ids, "name": name, "arguments": '{"a": 2, "b": 3}'}


SUMMARIES = [
    {"type": "summary_text", "text": text} for text in ("**Two tools**\n\nBoth at once.", "**Numbers**\n\n2 and 3.")
]
THOUGHT = {"id": "rs_sample1", "type": "reasoning", "summary": SUMMARIES, "encrypted_content": "c2FtcGxlLTI="}
CALLS = [_call("add"), _call("multiply")]
QUESTION = {"role": "user", "content": [{"type": "input_text", "text": "Add and multiply 2 and 3."}]}
FIRST = {
    "model": MODEL,
    "instructions": "Use both tools at the same time.",
    "input": [QUESTION],
    "tools": [_tool("add", "Add two numbers"), _tool("multiply", "Multiply two numbers")],
    "reasoning": {"effort": "low", "summary": "auto"},
    "include": ["reasoning.encrypted_content"],
    "store": False,
}
RESULTS = [
    {"type": "function_call_output", "call_id": "call_add", "output": "5"},
    {"type": "function_call_output", "call_id": "call_multiply", "output": "6"},
]
SECOND = {**FIRST, "input": [QUESTION, THOUGHT, *CALLS, *RESULTS]}
ANSWER = _message("The sum of 2 and 3 is 5, and their product is 6.")


def _add_multiply_streamed() -> tuple[Exchange, ...]:
    return (
        _streamed(FIRST, [THOUGHT, *CALLS], _usage(112, 102, 64)),
        _streamed(SECOND, [ANSWER], _usage(229, 19)),
    )


# One question each.


def _text() -> Exchange:
    request = {"model": MODEL, "input": "What is a cassette?", "temperature": 0.2, "store": False}
    return _plain(request, [_message('A cassette is a "recording" of HTTP.\nNothing more.')], _usage(14, 12))


def _web_search() -> Exchange:
    action = {"type": "search", "query": "leap year 2028"}
    search = {"id": "ws_sample1", "type": "web_search_call", "status": "completed", "action": action}
    citation = {"type": "url_citation", "title": "Leap years", "url": "https://calendar.example/leap"}
    said = _message("2028 has 366 days.", {**citation, "start_index": 0, "end_index": 18})
    request = {"model": MODEL, "input": "How many days has 2028?", "tools": [{"type": "web_search"}], "store": False}
    return _streamed(request, [search, said], _usage(310, 24))


CASES = [
    Case("openai_responses_sse_add_multiply", _add_multiply_streamed()),
    Case("openai_responses_sse_web_search", (_web_search(),)),
    Case("openai_responses_text", (_text(),)),
]
