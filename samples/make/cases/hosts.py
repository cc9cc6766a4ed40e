"""APIs of those who host models of others, and of tools: Hugging Face, Replicate, Cloudflare, DashScope, MCP; and
Anthropic's that are no messages.

https://huggingface.github.io/text-generation-inference/, https://replicate.com/docs/reference/http,
https://developers.cloudflare.com/workers-ai/, https://help.aliyun.com/zh/model-studio/qwen-api-via-dashscope,
https://modelcontextprotocol.io/specification/2025-06-18/basic/transports, https://docs.anthropic.com/en/api/complete
"""

from typing import Any

from samples.make.case import Case, Exchange, to_json

JSON_TYPE = "application/json"
STREAM_TYPE = "text/event-stream"
USAGE = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}

Json = Any


def _exchange(url: str, request: Json, reply: str, media_type: str, **more: Json) -> Exchange:
    return Exchange(
        url=url,
        headers={"Content-Type": "application/json", "Authorization": "Bearer placeholder"},
        body=to_json(request) if request is not None else "",
        reply_headers=(("Content-Type", media_type),) if reply else (),
        reply=reply.encode(),
        chunked=media_type == STREAM_TYPE,
        **more,
    )


def _plain(url: str, request: Json, answer: Json, **more: Json) -> Exchange:
    return _exchange(url, request, to_json(answer), JSON_TYPE, **more)


def _streamed(url: str, request: Json, *blocks: str, **more: Json) -> Exchange:
    return _exchange(url, request, "".join(block + "\n\n" for block in blocks), STREAM_TYPE, **more)


def _data(value: Json) -> str:
    return f"data: {to_json(value)}"


# Hugging Face: a special token ends the text.

GENERATE = "https://tgi.example/generate"
SAY = {"inputs": "Say hello", "parameters": {"max_new_tokens": 9, "details": True}}
DETAILS = {"finish_reason": "eos_token", "generated_tokens": 3, "input_length": 2}


def _token(text: str, whole: str | None = None, details: Json = None) -> str:
    token = {"id": 7, "text": text, "logprob": -0.5, "special": details is not None}
    return "data:" + to_json({"index": 1, "token": token, "generated_text": whole, "details": details})


def _tokens() -> Exchange:
    return _streamed(f"{GENERATE}_stream", SAY, _token("Hel"), _token("lo"), _token("</s>", "Hello", DETAILS))


def _generated() -> Exchange:
    return _plain(GENERATE, SAY, {"generated_text": "Hello", "details": DETAILS})


# Replicate: a prediction is made, its stream is read, and what it gave is asked for.

PREDICTIONS = "https://api.replicate.example/v1/models/example/small/predictions"


def _prediction(status: str, **more: Json) -> Json:
    urls = {"get": "https://api.replicate.example/v1/predictions/p-sample"}
    given = {"prompt": "Say hello", "system_prompt": "Be terse."}
    return {
        "id": "p-sample",
        "model": "example/small",
        "input": given,
        "status": status,
        "error": None,
        "urls": urls,
        **more,
    }


def _predicted() -> tuple[Exchange, ...]:
    made = _prediction("starting")
    metrics = {"input_token_count": 9, "output_token_count": 4, "predict_time": 0.25}
    whole = _prediction("succeeded", output=["Hel", "lo!"], metrics=metrics)
    return (
        _plain(PREDICTIONS, {"input": made["input"], "stream": True}, made, status=201),
        _plain(made["urls"]["get"], None, whole, method="GET"),
    )


def _output() -> Exchange:
    blocks = (
        "event: output\nid: 1:0\ndata: Hel",
        "event: output\nid: 1:1\ndata: lo\ndata: !",
        "event: done\nid: 1:2\ndata: {}",
    )
    return _streamed("https://stream.replicate.example/v1/files/sample", None, ": hi", *blocks, method="GET")


# Cloudflare: numbers are numbers, and padding hides the length of what is said.

RUN = "https://api.cloudflare.example/client/v4/accounts/sample/ai/run/@cf/example/small"


def _workers(*, stream: bool) -> Exchange:
    ask = {"messages": [{"role": "user", "content": "Count to 2."}], "stream": stream}
    if not stream:
        call = {"name": "count", "arguments": {"to": 2}}
        result = {"response": None, "tool_calls": [call], "usage": USAGE}
        return _plain(RUN, ask, {"result": result, "success": True, "errors": [], "messages": []})
    pieces = [{"response": "1, ", "p": "abc"}, {"response": 2, "p": "abcdef"}, {}, {"response": "", "usage": USAGE}]
    return _streamed(RUN, ask, *map(_data, pieces), "data: [DONE]")


# DashScope: each event has all of the text so far.

QWEN = "https://dashscope.example/api/v1/services/aigc/text-generation/generation"


def _qwen() -> Exchange:
    ask = {"model": "qwen-example", "input": {"messages": [{"role": "user", "content": "Hi"}]}}
    said = [("Hel", "null"), ("Hello", "null"), ("Hello", "stop")]
    blocks = []
    for number, (text, reason) in enumerate(said, start=1):
        choice = {"message": {"role": "assistant", "content": text}, "finish_reason": reason}
        usage = {"input_tokens": 9, "output_tokens": number, "total_tokens": 9 + number}
        event = {"output": {"choices": [choice]}, "usage": usage, "request_id": "r-sample"}
        blocks.append(f"id:{number}\nevent:result\n:HTTP_STATUS/200\ndata:{to_json(event)}")
    return _streamed(QWEN, {**ask, "parameters": {"result_format": "message"}}, *blocks)


# MCP: a tool is called, and progress is told on the way.

MCP = "https://tools.example/mcp"


def _rpc(**fields: Json) -> Json:
    return {"jsonrpc": "2.0", **fields}


def _tool() -> Exchange:
    call = _rpc(id=2, method="tools/call", params={"name": "add", "arguments": {"a": 2, "b": 3}})
    progress = _rpc(method="notifications/progress", params={"progressToken": 2, "progress": 1, "total": 2})
    result = _rpc(id=2, result={"content": [{"type": "text", "text": "5"}], "isError": False})
    blocks = [f"event: message\n{_data(message)}" for message in (progress, result)]
    return _streamed(MCP, call, *blocks)


def _tools() -> Exchange:
    tool = {"name": "add", "description": "Add two numbers", "inputSchema": {"type": "object"}}
    return _plain(MCP, _rpc(id=1, method="tools/list"), _rpc(id=1, result={"tools": [tool]}))


# Anthropic.

ANTHROPIC = "https://api.anthropic.example/v1"


def _completion(text: str, reason: str | None = None) -> str:
    event = {
        "type": "completion",
        "id": "compl_sample",
        "completion": text,
        "stop_reason": reason,
        "model": "example-1",
    }
    return f"event: completion\n{_data(event)}"


def _completions() -> Exchange:
    ask = {"model": "example-1", "prompt": "\n\nHuman: Hi\n\nAssistant:", "max_tokens_to_sample": 9}
    ping = 'event: ping\ndata: {"type":"ping"}'
    blocks = (_completion(" Hel"), ping, _completion("lo"), _completion("", "stop_sequence"))
    return _streamed(f"{ANTHROPIC}/complete", ask, *blocks)


def _count() -> Exchange:
    ask = {"model": "example-large-1", "messages": [{"role": "user", "content": "How many tokens are these?"}]}
    return _plain(f"{ANTHROPIC}/messages/count_tokens", ask, {"input_tokens": 13})


def _qwen_whole() -> Exchange:
    choice = {"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}
    usage = {"input_tokens": 9, "output_tokens": 3, "total_tokens": 12}
    ask = {"model": "qwen-example", "input": {"messages": [{"role": "user", "content": "Hi"}]}}
    answer = {"output": {"choices": [choice]}, "usage": usage, "request_id": "r-sample"}
    return _plain(QWEN, {**ask, "parameters": {"result_format": "message"}}, answer)


def _completed() -> Exchange:
    ask = {"model": "example-1", "prompt": "\n\nHuman: Hi\n\nAssistant:", "max_tokens_to_sample": 9}
    answer = {"type": "completion", "id": "compl_sample", "completion": " Hello", "stop_reason": "stop_sequence"}
    return _plain(f"{ANTHROPIC}/complete", ask, {**answer, "model": "example-1"})


# Results of batches, a line each: one that went well, one that failed.


def _lines(url: str, media_type: str, *lines: Json) -> Exchange:
    return _exchange(url, None, "".join(f"{to_json(each)}\n" for each in lines), media_type, method="GET")


def _batch_of_messages() -> Exchange:
    said = [{"type": "text", "text": "4"}]
    head = {"type": "message", "id": "msg_sample", "role": "assistant", "model": "example-large-1", "content": said}
    message = {**head, "stop_reason": "end_turn", "usage": {"input_tokens": 9, "output_tokens": 1}}
    failed = {"type": "error", "error": {"type": "invalid_request_error", "message": "max_tokens: Field required"}}
    return _lines(
        f"{ANTHROPIC}/messages/batches/msgbatch_sample/results",
        "application/x-jsonl",
        {"custom_id": "sum", "result": {"type": "succeeded", "message": message}},
        {"custom_id": "none", "result": {"type": "errored", "error": failed}},
    )


def _batch_of_chats() -> Exchange:
    choice = {"index": 0, "message": {"role": "assistant", "content": "4"}, "finish_reason": "stop"}
    body = {"id": "chatcmpl-sample", "object": "chat.completion", "model": "example-mini-1", "choices": [choice]}
    done = {"status_code": 200, "request_id": "req_sample", "body": {**body, "usage": USAGE}}
    refused = {"status_code": 400, "request_id": "req_other", "body": {"error": {"message": "No such model."}}}
    return _lines(
        "https://api.openai.example/v1/files/file-sample/content",
        "application/octet-stream",
        {"id": "batch_req_1", "custom_id": "sum", "response": done, "error": None},
        {"id": "batch_req_2", "custom_id": "none", "response": refused, "error": None},
    )


CASES = [
    Case("huggingface_text_generation_sse_hello", (_tokens(),)),
    Case("huggingface_text_generation_hello", (_generated(),)),
    Case("replicate_predictions_hello", _predicted()),
    Case("replicate_predictions_sse_hello", (_output(),)),
    Case("cloudflare_workers_ai_sse_count", (_workers(stream=True),)),
    Case("cloudflare_workers_ai_count", (_workers(stream=False),)),
    Case("dashscope_generation_sse_hello", (_qwen(),)),
    Case("mcp_sse_call", (_tool(),)),
    Case("mcp_list", (_tools(),)),
    Case("anthropic_completions_sse_hello", (_completions(),)),
    Case("anthropic_completions_hello", (_completed(),)),
    Case("anthropic_batches_ndjson_two", (_batch_of_messages(),)),
    Case("openai_batches_ndjson_two", (_batch_of_chats(),)),
    Case("dashscope_generation_hello", (_qwen_whole(),)),
    Case("anthropic_count_tokens_one", (_count(),)),
]
