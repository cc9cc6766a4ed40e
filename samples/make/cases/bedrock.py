"""AWS Bedrock: Converse, plain and as an event stream, and a model's own stream within one.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
"""

import base64
from typing import Any

from samples.make.case import Case, Exchange, to_json
from samples.make.eventstream import MEDIA_TYPE, event

URL = "https://bedrock-runtime.us-east-1.amazonaws.example/model/example.large-v1/"
JSON_TYPE = (("Content-Type", "application/json"),)
STREAM_TYPE = (("Content-Type", MEDIA_TYPE),)
# What hides how long an event is.
PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

Json = Any


def _exchange(operation: str, request: Json, **answer: Json) -> Exchange:
    headers = {"Content-Type": "application/json"}
    return Exchange(url=URL + operation, headers=headers, body=to_json(request), **answer)


def _streamed(operation: str, request: Json, events: list[bytes]) -> Exchange:
    return _exchange(operation, request, reply_headers=STREAM_TYPE, reply=b"".join(events))


def _ask(text: str, **more: Json) -> Json:
    return {"messages": [{"role": "user", "content": [{"text": text}]}], "inferenceConfig": {"maxTokens": 500}, **more}


def _event(name: str, **fields: Json) -> bytes:
    return event(name, {**fields, "p": PADDING[: sum(map(len, to_json(fields))) % len(PADDING)]})


START = _event("messageStart", role="assistant")


def _text_block(index: int, *pieces: str) -> list[bytes]:
    deltas = [_event("contentBlockDelta", contentBlockIndex=index, delta={"text": piece}) for piece in pieces]
    return [*deltas, _event("contentBlockStop", contentBlockIndex=index)]


def _call_block(index: int, call: Json, *pieces: str) -> list[bytes]:
    inputs = [{"toolUse": {"input": piece}} for piece in pieces]
    return [
        _event("contentBlockStart", contentBlockIndex=index, start={"toolUse": call}),
        *(_event("contentBlockDelta", contentBlockIndex=index, delta=delta) for delta in inputs),
        _event("contentBlockStop", contentBlockIndex=index),
    ]


def _usage(input_tokens: int, output_tokens: int) -> Json:
    total = input_tokens + output_tokens
    return {"inputTokens": input_tokens, "outputTokens": output_tokens, "totalTokens": total}


def _end(reason: str, input_tokens: int, output_tokens: int) -> list[bytes]:
    usage = _usage(input_tokens, output_tokens)
    return [_event("messageStop", stopReason=reason), _event("metadata", metrics={"latencyMs": 640}, usage=usage)]


# Add and multiply: two calls in one reply, their results, an answer.


def _tool(name: str, description: str) -> Json:
    numbers = {letter: {"type": "integer"} for letter in "ab"}
    schema = {"type": "object", "properties": numbers, "required": ["a", "b"]}
    return {"toolSpec": {"name": name, "description": description, "inputSchema": {"json": schema}}}


TOOLS = [_tool("add", "Add two numbers"), _tool("multiply", "Multiply two numbers")]
ADD = {"name": "add", "toolUseId": "tooluse_add"}
MULTIPLY = {"name": "multiply", "toolUseId": "tooluse_multiply"}
NUMBERS = {"a": 2, "b": 3}


def _result(call: Json, text: str) -> Json:
    return {"toolResult": {"toolUseId": call["toolUseId"], "content": [{"text": text}], "status": "success"}}


def _add_multiply() -> tuple[Exchange, ...]:
    system = [{"text": "Use both tools at the same time."}]
    first = _ask("Add and multiply 2 and 3.", system=system, toolConfig={"tools": TOOLS})
    calls = [{"toolUse": {**call, "input": NUMBERS}} for call in (ADD, MULTIPLY)]
    turns = [
        {"role": "assistant", "content": [{"text": "I will do both."}, *calls]},
        {"role": "user", "content": [_result(ADD, "5"), _result(MULTIPLY, "6")]},
    ]
    second = {**first, "messages": first["messages"] + turns}
    asked = [
        START,
        *_text_block(0, "I will", " do both."),
        *_call_block(1, ADD, "", '{"a"', ": 2", ', "b": 3}'),
        *_call_block(2, MULTIPLY, '{"a": 2, "b', '": 3}'),
        *_end("tool_use", 412, 96),
    ]
    answered = [START, *_text_block(0, "The sum is 5", " and the product", " is 6."), *_end("end_turn", 540, 18)]
    return _streamed("converse-stream", first, asked), _streamed("converse-stream", second, answered)


# One question each.

QUESTION = "What is a cassette?"


def _text() -> Exchange:
    said = {"role": "assistant", "content": [{"text": 'A "recording" of HTTP.\nNothing more.'}]}
    answer = {"metrics": {"latencyMs": 420}, "output": {"message": said}, "stopReason": "end_turn"}
    reply = to_json({**answer, "usage": _usage(9, 12)}).encode()
    return _exchange("converse", _ask(QUESTION), reply_headers=JSON_TYPE, reply=reply)


def _exception() -> Exchange:
    error = event("modelStreamErrorException", {"message": "The model has failed."}, "exception")
    return _streamed("converse-stream", _ask(QUESTION), [START, *_text_block(0, "A cass")[:1], error])


def _cut_off() -> Exchange:
    events = [START, *_text_block(0, "A cassette", " is")]
    return _streamed("converse-stream", _ask(QUESTION), [b"".join(events)[:-9]])


def _wrapped() -> Exchange:
    """Messages of Anthropic, each event base64 in the payload of a `chunk`."""
    request = {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 500,
        "messages": [{"role": "user", "content": QUESTION}],
    }
    head = {"id": "msg_bdrk_sample1", "type": "message", "role": "assistant", "model": "example-large-1", "content": []}
    metrics = {"inputTokenCount": 12, "outputTokenCount": 9, "invocationLatency": 640, "firstByteLatency": 210}
    pieces = ("A ", "recording 📼 of", " HTTP.")
    events: list[Json] = [
        {"type": "message_start", "message": {**head, "usage": {"input_tokens": 12, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}
            for text in pieces
        ),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 9}},
        {"type": "message_stop", "amazon-bedrock-invocationMetrics": metrics},
    ]
    encoded = [base64.b64encode(to_json(each).encode()).decode() for each in events]
    return _streamed("invoke-with-response-stream", request, [_event("chunk", bytes=text) for text in encoded])


def _titan() -> Exchange:
    result = {"tokenCount": 4, "outputText": "\nA recording.", "completionReason": "FINISH"}
    reply = to_json({"inputTextTokenCount": 5, "results": [result]}).encode()
    return _exchange("invoke", {"inputText": QUESTION}, reply_headers=JSON_TYPE, reply=reply)


def _chunks(request: Json, *values: Json) -> Exchange:
    encoded = [base64.b64encode(to_json(each).encode()).decode() for each in values]
    return _streamed("invoke-with-response-stream", request, [_event("chunk", bytes=text) for text in encoded])


def _llama() -> Exchange:
    pieces = ("A ", "recording.", "")
    return _chunks(
        {"prompt": QUESTION, "max_gen_len": 9},
        *(
            {
                "generation": piece,
                "prompt_token_count": None if number else 5,
                "generation_token_count": number + 1,
                "stop_reason": None if piece else "stop",
            }
            for number, piece in enumerate(pieces)
        ),
    )


def _nova() -> Exchange:
    return _chunks(
        {"schemaVersion": "messages-v1", **_ask(QUESTION)},
        {"messageStart": {"role": "assistant"}},
        {"contentBlockDelta": {"delta": {"text": "A recording."}, "contentBlockIndex": 0}},
        {"contentBlockStop": {"contentBlockIndex": 0}},
        {"messageStop": {"stopReason": "end_turn"}},
        {"metadata": {"usage": _usage(9, 3), "metrics": {}, "trace": {}}},
    )


def _agent() -> Exchange:
    host = "https://bedrock-agent-runtime.us-east-1.amazonaws.example"
    rationale = {"trace": {"orchestrationTrace": {"rationale": {"text": "A question.", "traceId": "t-sample"}}}}
    said = base64.b64encode(b"A recording.").decode()
    return Exchange(
        url=f"{host}/agents/AGENT1/agentAliases/ALIAS1/sessions/session-1/text",
        headers={"Content-Type": "application/json"},
        body=to_json({"inputText": QUESTION, "enableTrace": True}),
        reply_headers=STREAM_TYPE,
        reply=event("trace", rationale) + event("chunk", {"bytes": said}),
    )


def _counted() -> Exchange:
    request = {"input": {"converse": {"messages": _ask(QUESTION)["messages"]}}}
    return _exchange("count-tokens", request, reply_headers=JSON_TYPE, reply=b'{"inputTokens":9}')


CASES = [
    Case("bedrock_converse_eventstream_add_multiply", _add_multiply()),
    Case("bedrock_converse_eventstream_exception", (_exception(),)),
    Case("bedrock_converse_eventstream_cut_off", (_cut_off(),)),
    Case("bedrock_converse_text", (_text(),)),
    Case("bedrock_invoke_eventstream_messages", (_wrapped(),)),
    Case("bedrock_invoke_eventstream_llama", (_llama(),)),
    Case("bedrock_invoke_eventstream_nova", (_nova(),)),
    Case("bedrock_invoke_titan", (_titan(),)),
    Case("bedrock_agents_eventstream_question", (_agent(),)),
    Case("bedrock_count_tokens_one", (_counted(),)),
]
